//! A release holds the files of `web`, so that one that was added makes it anew; every other build reads them where they are.

fn main() {
    let is_release = std::env::var_os("CARGO_CFG_DEBUG_ASSERTIONS").is_none();
    println!("cargo::rerun-if-changed={}", if is_release { "web" } else { "build.rs" });
}
