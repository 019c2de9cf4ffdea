//! Readers beside publishing: polars, DuckDB and others read in a loop while a hundred releases are published.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::nights::{Archive, options, pipeline};
use nianbao::run::run;

const PUBLISHES: u64 = 100;

#[test]
fn nobody_reads_half_a_release() {
    let Some(python) = nianbao_testing::python() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::new(folder.path().join("archive"), 21);
    // Few releases stay, so that old ones are removed under the readers' eyes.
    let nightly = pipeline(folder.path(), &archive.root, "nightly", "");
    let run = || run(&nightly, &options(false), &mut |_| {}).unwrap().unwrap();
    run();
    let (stop, ready) = (folder.path().join("stop"), folder.path().join("ready"));
    let readers = Command::new(python)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/readers.py"))
        .arg(&nightly.dataset.path)
        .arg(&stop)
        .arg("--ready")
        .arg(&ready)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut waited = 0;
    while !ready.exists() && waited < 1200 {
        std::thread::sleep(Duration::from_millis(100));
        waited += 1;
    }
    assert!(ready.exists(), "the readers never began");
    for _ in 0..PUBLISHES {
        archive.change();
        run();
        std::thread::sleep(Duration::from_millis(30));
    }
    fs::write(&stop, "").unwrap();
    let output = readers.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    println!("{said}");
    assert!(output.status.success(), "{said}");
    let told: serde_json::Value = serde_json::from_str(said.trim()).unwrap();
    assert!(told["failed"] == 0 && told["mixed"] == 0, "{said}");
    assert!(told["releases"].as_u64().unwrap() > 10, "{said}");
    assert!(told["reads"]["polars"].as_u64().unwrap() > 0 && told["reads"]["duckdb"].as_u64().unwrap() > 0, "{said}");
}
