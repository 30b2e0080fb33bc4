//! Prints the OpenAPI document: cargo run -p dto --features openapi --example openapi

#[expect(clippy::print_stdout, reason = "printing is what it is for")]
fn main() {
    println!("{:#}", dto::openapi::document());
}
