//! The README's first screen is true: row counts, findings and commands are those of the sample.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

#[test]
fn row_counts_and_findings_of_the_first_screen() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let temp = TempDir::new().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .current_dir(root)
        .args(["run", "pipelines/sample.toml", "--dataset"])
        .arg(temp.path().join("dataset"))
        .arg("--summaries")
        .arg(temp.path().join("summaries"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let check =
        Command::new(env!("CARGO_BIN_EXE_nianbao")).arg("check").arg(temp.path().join("dataset")).output().unwrap();
    let checked = String::from_utf8_lossy(&check.stdout).into_owned();
    for readme in ["README.md", "README.zh.md"] {
        let text = fs::read_to_string(root.join(readme)).unwrap();
        for start in ["rows ", "findings "] {
            let line = told.lines().find(|l| l.starts_with(start)).unwrap();
            assert!(text.contains(line), "{readme} does not have `{line}`; run `make readme`");
        }
        for part in checked.lines().find(|l| l.starts_with("files ")).unwrap().split(", ").skip(1) {
            let (n, table) = part.split_once(' ').unwrap();
            let row = text.lines().find(|l| l.starts_with(&format!("| `{table}` |"))).unwrap_or_default();
            assert!(row.ends_with(&format!("| {n} |")), "{readme}: {table} has {n} rows, not `{row}`");
        }
        assert!(text.contains("$ make run") && !text.contains("@ROWS"));
    }
    let help = Command::new(env!("CARGO_BIN_EXE_nianbao")).arg("--help").output().unwrap();
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    for command in ["run", "show", "check", "diff", "rollback", "summary", "stage", "dictionary"] {
        assert!(help.contains(command), "{help}");
    }
}
