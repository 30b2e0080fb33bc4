//! Prints the OpenAPI document: cargo run -p contract --features openapi --example openapi

#[expect(clippy::print_stdout, reason = "printing is what it is for")]
fn main() {
    println!("{:#}", contract::openapi::document());
}
