//! A disk that is full, at every point of a run: a small file system of its own, where this user may mount one.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::nights::{Archive, pipeline};

/// What happens within the mount: last night's run, then one with less and less room, then one with enough again.
const SCRIPT: &str = r#"
set -u
disk="$1/disk"; bin="$2"; pipeline="$1/dataset.toml"
mount -t tmpfs -o size=16m none "$disk" || exit 77
"$bin" run "$pipeline" --dataset "$disk/dataset" --summaries "$disk/summaries" --progress never >/dev/null 2>&1 || exit 1
last=$(readlink "$disk/dataset/current")
printf '\n' >> "$3"
for left in 8 24 64 128 200 300 400 500 600 800 1000 1400; do
  rm -f "$disk/ballast"
  free=$(df --output=avail -k "$disk" | tail -1)
  head -c $(( (free - left) * 1024 )) /dev/zero > "$disk/ballast"
  "$bin" run "$pipeline" --dataset "$disk/dataset" --summaries "$disk/summaries" --progress never >/dev/null 2>"$1/said"
  code=$?
  echo "$left KB left: exit $code: $(tail -1 "$1/said")"
  if [ $code -eq 2 ]; then
    [ "$(readlink "$disk/dataset/current")" = "$last" ] || { echo "current has moved"; exit 1; }
    "$bin" check "$disk/dataset" >/dev/null 2>&1 || { echo "last night's dataset is damaged"; exit 1; }
    grep -q "room" "$1/said" || { echo "nobody was told what to do"; exit 1; }
  else
    break
  fi
done
rm -f "$disk/ballast"
"$bin" run "$pipeline" --dataset "$disk/dataset" --summaries "$disk/summaries" --progress never >/dev/null 2>"$1/said" || { cat "$1/said"; exit 1; }
"$bin" check "$disk/dataset" >/dev/null 2>&1 || { echo "the dataset is damaged"; exit 1; }
left=$(ls -A "$disk/dataset" "$disk/dataset/releases" | grep -c '^\.\(staging\|trash\|current\)')
[ "$left" -eq 0 ] || { echo "something is left behind"; ls -A "$disk/dataset/releases"; exit 1; }
umount "$disk"
"#;

#[test]
fn a_full_disk_costs_one_night() {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::new(folder.path().join("archive"), 41);
    let _ = pipeline(folder.path(), &archive.root, "dataset", "");
    fs::create_dir(folder.path().join("disk")).unwrap();
    let changed = archive.files().into_iter().find(|p| p.to_str().unwrap().contains("2022")).unwrap();
    let run = |unshare: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(unshare).args(["sh", "-c", SCRIPT, "sh"]);
        command.arg(folder.path()).arg(Path::new(env!("CARGO_BIN_EXE_nianbao"))).arg(&changed).output()
    };
    // Who is not root may mount in a namespace of its own, where the system lets it.
    for unshare in [&["-m"][..], &["-rm"][..]] {
        let Ok(output) = run(unshare) else { continue };
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        if output.status.code() == Some(77) || said.contains("unshare") {
            continue;
        }
        println!("{said}");
        assert!(output.status.success(), "{said}");
        assert!(said.matches("exit 2").count() >= 3, "the disk was never full: {said}");
        return;
    }
    println!("skipped: this user may not mount a file system");
}
