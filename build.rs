//! Lists `data/editions/*.toml` for the library, so that a new edition of the form is a new file and no code.
//!
//! The fuzz crate, one folder below, compiles the same sources and shares this script.

use std::{env, fmt::Write as _, fs, io, path::Path};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let places = ["data/editions", "../data/editions"];
    let place = places.into_iter().find(|place| Path::new(&root).join(place).is_dir()).unwrap_or(places[0]);
    println!("cargo:rerun-if-changed={place}");
    let mut files = fs::read_dir(Path::new(&root).join(place))?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<io::Result<Vec<_>>>()?;
    files.retain(|p| p.extension().is_some_and(|e| e == "toml"));
    files.sort();
    let mut code = String::from("&[");
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // Resolved when the crate is compiled: a target folder may serve clones at several places.
        let path = format!("/{place}/{name}");
        let _ = write!(code, "({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))),");
    }
    code.push(']');
    fs::write(Path::new(&out).join("editions.rs"), code)
}
