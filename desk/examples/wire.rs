//! Writes what the page knows of the API: make wire

fn main() -> std::io::Result<()> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("web/wire");
    std::fs::create_dir_all(&folder)?;
    for (name, text) in desk::wire::files() {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}
