//! `embed_migrations!` reads files that cargo knows nothing about.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
