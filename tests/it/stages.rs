//! The run in stages: whatever is cut, shuffled, doubled, killed or lost, the release is that of one process, or there is
//! none.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use nianbao::run::{Pipeline, run as night};
use nianbao_dataset::stages::{self, BinDone, PartDone, Stage};
use nianbao_dataset::{Disk, Manifest, Op, manifest, resolve};
use nianbao_testing::years::Random;

use crate::nightly::ledger;
use crate::nights::{Archive, contents, options, pipeline};

/// Number of a task, twice each, in an order of chance.
fn shuffled(random: &mut Random, tasks: usize) -> Vec<u32> {
    let mut all: Vec<u32> = (0..tasks).chain(0..tasks).map(|n| u32::try_from(n).unwrap()).collect();
    for i in (1..all.len()).rev() {
        all.swap(i, usize::try_from(random.below(i as u64 + 1)).unwrap());
    }
    all
}

/// Runs tasks on two threads at once, which are two machines to each other.
fn everywhere<T: Send>(tasks: &[u32], at: &Path, task: impl Fn(&Stage, u32) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let work = || {
        let stage = Stage::open(at, &Disk::default()).unwrap();
        let mut done = Vec::new();
        while let Some(n) = tasks.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push(task(&stage, *n));
        }
        done
    };
    std::thread::scope(|s| [s.spawn(work), s.spawn(work)].map(|t| t.join().unwrap()).into_iter().flatten().collect())
}

fn planned(pipeline: &Pipeline, bins: u32) -> Stage {
    stages::plan(&pipeline.asked(false, true), bins, &Disk::default()).unwrap()
}

fn read_all(stage: &Stage, random: &mut Random) -> Vec<BinDone> {
    let tasks = shuffled(random, stage.plan.bins.len());
    everywhere(&tasks, &stage.folder, |s, n| stages::read(s, n).unwrap())
}

fn write_all(stage: &Stage, partitions: u32, random: &mut Random) -> Vec<PartDone> {
    let tasks = shuffled(random, partitions as usize);
    everywhere(&tasks, &stage.folder, |s, n| stages::write(s, n).unwrap())
}

/// A run in stages, every task twice; `told` says whether the driver hears the tasks or looks into the folder.
fn in_stages(pipeline: &Pipeline, bins: u32, told: bool, random: &mut Random) {
    let stage = planned(pipeline, bins);
    let done = read_all(&stage, random);
    let settled = stages::settle(&stage, told.then_some(&*done)).unwrap();
    let parts = write_all(&stage, settled.partitions, random);
    // A late attempt changes nothing.
    if stage.plan.bins.len() > 1 {
        stages::read(&stage, 1).unwrap();
    }
    stages::commit(&stage, told.then_some(&*parts)).unwrap();
    assert!(!stage.folder.exists());
}

/// What a manifest says, without names of runs.
fn told(dataset: &Path) -> serde_json::Value {
    let told = manifest(&resolve(dataset).unwrap()).unwrap();
    let of_ledger = told.ledger.map(|l| nianbao_dataset::ManifestFile { sha256: String::new(), bytes: 0, ..l });
    let run = String::new();
    serde_json::to_value(Manifest { run, previous: None, ledger: of_ledger, ..told }).unwrap()
}

fn same(ours: &Path, theirs: &Path, what: &str) {
    let (a, b) = (contents(ours), contents(theirs));
    let differing: Vec<&String> = a.keys().chain(b.keys()).filter(|k| a.get(*k) != b.get(*k)).collect();
    assert_eq!(differing, Vec::<&String>::new(), "{what}");
    assert_eq!(told(ours), told(theirs), "{what}");
    assert_eq!(ledger(ours), ledger(theirs), "{what}");
}

/// Nights of random changes: moved, doubled, cut, removed files, duplicates whose first file went.
fn nights(bins: u32, seed: u64, rounds: usize) {
    let folder = tempfile::tempdir().unwrap();
    let mut random = Random(seed);
    let mut archive = Archive::new(folder.path().join("archive"), seed);
    let source = "[source]\npath = \"archive\"\ndetect = \"mtime\"\n";
    let (whole, cut) = (
        pipeline(folder.path(), &archive.root, "whole", source),
        pipeline(folder.path(), &archive.root, "cut", source),
    );
    for round in 0..rounds {
        let changes: Vec<String> = (0..archive.random.below(6)).map(|_| archive.change()).collect();
        let what = format!("{bins} bins, seed {seed}, round {round}: {changes:#?}");
        let mut allowed = options(false);
        allowed.allow_gone = true;
        night(&whole, &allowed, &mut |_| {}).unwrap();
        in_stages(&cut, bins, round % 2 == 0, &mut random);
        same(&cut.dataset.path, &whole.dataset.path, &what);
    }
    // A night without a change: everything is linked, nothing is left to be written.
    night(&whole, &options(false), &mut |_| {}).unwrap();
    in_stages(&cut, bins, true, &mut random);
    same(&cut.dataset.path, &whole.dataset.path, "no change");
}

#[test]
fn one_bin_gives_what_run_gives() {
    nights(1, 101, 4);
}

#[test]
fn three_bins_give_what_run_gives() {
    nights(3, 102, 6);
}

#[test]
fn more_bins_than_are_needed_give_what_run_gives() {
    nights(17, 103, 6);
    nights(200, 104, 1);
}

struct Scene {
    folder: tempfile::TempDir,
    archive: Archive,
    cut: Pipeline,
}

impl Scene {
    fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::new(folder.path().join("archive"), seed);
        let cut = pipeline(folder.path(), &archive.root, "cut", "");
        Self { folder, archive, cut }
    }

    fn dataset(&self) -> &Path {
        &self.cut.dataset.path
    }

    /// The release of one process.
    fn whole(&self) -> PathBuf {
        let whole = pipeline(self.folder.path(), &self.archive.root, "whole", "");
        night(&whole, &options(true), &mut |_| {}).unwrap();
        whole.dataset.path
    }
}

fn each(stage: &Stage) -> Vec<BinDone> {
    (0..u32::try_from(stage.plan.bins.len()).unwrap()).map(|n| stages::read(stage, n).unwrap()).collect()
}

fn finish(stage: &Stage) {
    let settled = stages::settle(stage, None).unwrap();
    for n in 0..settled.partitions {
        stages::write(stage, n).unwrap();
    }
    stages::commit(stage, None).unwrap();
}

#[test]
fn a_panic_costs_its_file() {
    let scene = Scene::new(7);
    let mut stage = planned(&scene.cut, 3);
    let victim = scene.archive.files().into_iter().find(|f| f.to_string_lossy().contains("贺兰县")).unwrap();
    let victim = victim.strip_prefix(&scene.archive.root).unwrap().to_string_lossy().into_owned();
    let own = victim.clone();
    stage.before = Some(Box::new(move |name| assert!(name != own, "a fault of the program")));
    let (first, second) = (each(&stage), each(&stage));
    assert_eq!(first, second, "it fails the same way every time");
    finish(&stage);
    let rows = ledger(scene.dataset());
    let fallen: Vec<_> = rows.iter().filter(|r| r.facts.status.code() == "unreadable").collect();
    assert!(fallen.iter().any(|r| r.facts.source_path == victim && r.facts.fingerprint == 0), "read again next night");
    let others = ledger(&scene.whole());
    let expected: Vec<&str> = others.iter().map(|r| r.facts.source_path.as_str()).filter(|p| *p != victim).collect();
    for path in expected {
        assert!(rows.iter().any(|r| r.facts.source_path == path), "{path} is lost");
    }
}

/// What the process does that is to die: see below.
const DIES: &str = "NIANBAO_TEST_DIES_AT";

#[test]
fn a_file_that_ends_the_process_is_set_aside() {
    if let Ok(at) = std::env::var(DIES) {
        let (folder, victim) = at.split_once('\n').unwrap();
        let mut stage = Stage::open(Path::new(folder), &Disk::default()).unwrap();
        let victim = victim.to_owned();
        stage.before = Some(Box::new(move |name| {
            if name == victim {
                std::process::abort();
            }
        }));
        stages::read(&stage, 0).unwrap();
        return;
    }
    let scene = Scene::new(8);
    let stage = planned(&scene.cut, 1);
    let victim = scene.archive.files().into_iter().nth(3).unwrap();
    let victim = victim.strip_prefix(&scene.archive.root).unwrap().to_string_lossy().into_owned();
    let attempt = || {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "stages::a_file_that_ends_the_process_is_set_aside", "--nocapture"])
            .env(DIES, format!("{}\n{victim}", stage.folder.display()))
            .output()
            .unwrap()
            .status
            .success()
    };
    assert_eq!([attempt(), attempt(), attempt()], [false, false, true]);
    let refused = format!("{:#}", stages::commit(&stage, None).unwrap_err());
    assert!(refused.contains("run `nianbao stage settle` first"), "{refused}");
    finish(&stage);
    let rows = ledger(scene.dataset());
    let aside = rows.iter().find(|r| r.facts.source_path == victim).unwrap();
    assert_eq!(aside.facts.status.code(), "unreadable");
    assert!(aside.facts.reason.as_deref().unwrap().contains("ended the process"));
    // One death may be a shot; the next attempt reads the file. And nothing of the attempts is published.
    let hidden = walkdir::WalkDir::new(resolve(scene.dataset()).unwrap()).into_iter();
    assert!(hidden.skip(1).all(|e| !e.unwrap().file_name().to_string_lossy().starts_with('.')));
}

#[test]
fn a_driver_that_is_lost_goes_on() {
    let scene = Scene::new(9);
    let first = planned(&scene.cut, 5);
    stages::read(&first, 0).unwrap();
    stages::read(&first, 3).unwrap();
    let again = planned(&scene.cut, 5);
    assert_eq!((&again.folder, stages::unread(&again).unwrap()), (&first.folder, vec![1, 2, 4]));
    let refused = format!("{:#}", stages::settle(&again, None).unwrap_err());
    assert!(refused.contains("3 of 5 tasks of reading are not done: 1 2 4"), "{refused}");
    for n in stages::unread(&again).unwrap() {
        stages::read(&again, n).unwrap();
    }
    let settled = stages::settle(&again, None).unwrap();
    for n in 0..settled.partitions - 1 {
        stages::write(&again, n).unwrap();
    }
    let refused = format!("{:#}", stages::commit(&again, None).unwrap_err());
    assert!(refused.contains("1 of") && refused.contains("tasks of writing are not done"), "{refused}");
    assert!(!scene.dataset().join("current").exists());
    // Settled twice gives the same orders; what was written stands.
    assert_eq!(stages::settle(&again, None).unwrap(), settled);
    stages::write(&again, settled.partitions - 1).unwrap();
    stages::commit(&again, None).unwrap();
    same(scene.dataset(), &scene.whole(), "gone on");
    // Another archive is another plan, and the old one is given up.
    let mut scene = scene;
    let old = planned(&scene.cut, 2);
    scene.archive.put("新.txt", b"x");
    let new = planned(&scene.cut, 2);
    assert!(old.folder != new.folder && !old.folder.exists());
}

#[test]
fn what_does_not_fit_is_refused_and_nothing_published() {
    let scene = Scene::new(10);
    let stage = planned(&scene.cut, 3);
    let said = |result: nianbao_dataset::Result<BinDone>| format!("{:#}", result.unwrap_err());
    assert_eq!(said(stages::read(&stage, 3)), "there is no task 3: those of reading are 0 to 2");
    let done = each(&stage);
    let settle = |bins: &[BinDone]| stages::settle(&stage, Some(bins)).map_err(|e| format!("{e:#}"));
    let foreign = BinDone { bin: 3, ..done[0].clone() };
    assert!(settle(&[&done[..], &[foreign]].concat()).unwrap_err().contains("of another plan"));
    let short = BinDone { steps: 1, ..done[1].clone() };
    assert!(settle(&[done[0].clone(), short, done[2].clone()]).unwrap_err().contains("came with 1 steps"));
    assert!(settle(&done[1..]).unwrap_err().contains("not done: 0;"));
    // Half a file, and one that is not there.
    let records = stage.folder.join("read").join(&done[0].records);
    let bytes = fs::read(&records).unwrap();
    fs::write(&records, &bytes[1..]).unwrap();
    assert!(settle(&done).unwrap_err().contains("not there as a whole; run task 0"));
    fs::write(&records, &bytes).unwrap();
    let facts = stage.folder.join("read").join(&done[2].facts);
    let bytes = fs::read(&facts).unwrap();
    fs::write(&facts, &bytes[..bytes.len() - 1]).unwrap();
    assert!(settle(&done).unwrap_err().contains("is damaged; remove it"));
    fs::write(&facts, &bytes).unwrap();
    let settled = settle(&done).unwrap();
    let said = format!("{:#}", stages::write(&stage, settled.partitions).unwrap_err());
    assert!(said.starts_with("there is no task "), "{said}");
    for n in 0..settled.partitions {
        stages::write(&stage, n).unwrap();
    }
    // A data file that went.
    let cells = walkdir::WalkDir::new(stage.folder.join("release/cells")).into_iter().map(|e| e.unwrap().into_path());
    let lost = cells.filter(|p| p.is_file()).last().unwrap();
    let bytes = fs::read(&lost).unwrap();
    fs::remove_file(&lost).unwrap();
    assert!(format!("{:#}", stages::commit(&stage, None).unwrap_err()).contains("not there as a whole"));
    fs::create_dir_all(lost.parent().unwrap()).unwrap();
    fs::write(&lost, bytes).unwrap();
    // The dataset went on: another run published.
    let twin = scene.folder.path().join("twin");
    assert!(Command::new("cp").arg("-a").arg(scene.dataset()).arg(&twin).status().unwrap().success());
    night(&scene.cut, &options(true), &mut |_| {}).unwrap();
    let before = contents(scene.dataset());
    let refused = format!("{:#}", stages::commit(&stage, None).unwrap_err());
    assert!(refused.contains("went on meanwhile") && refused.contains("plan again"), "{refused}");
    assert_eq!(contents(scene.dataset()), before);
    // The same plan beside the dataset as it was is carried out.
    let stage = Stage::open(&twin, &Disk::default()).unwrap();
    stages::commit(&stage, None).unwrap();
    same(&twin, &scene.whole(), "at last");
}

#[test]
fn another_build_or_other_options_are_refused() {
    let scene = Scene::new(11);
    let stage = planned(&scene.cut, 2);
    let path = stage.folder.join("plan.json");
    let plan: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let refused = |pointer: &str, value: serde_json::Value| {
        let mut other = plan.clone();
        *other.pointer_mut(pointer).unwrap() = value;
        fs::write(&path, other.to_string()).unwrap();
        match Stage::open(scene.dataset(), &Disk::default()) {
            Ok(_) => panic!("{pointer} is not looked at"),
            Err(error) => format!("{error:#}"),
        }
    };
    for (pointer, value) in [
        ("/fingerprint/read", 1.into()),
        ("/fingerprint/written", 1.into()),
        ("/frozen/max_size", 1.into()),
        ("/frozen/pages", 1.into()),
        ("/settings/thresholds/jump", 2.0.into()),
        ("/settings", serde_json::json!({"old": 1})),
    ] {
        let said = refused(pointer, value);
        assert!(said.contains("of another build") && said.contains("plan again"), "{pointer}: {said}");
    }
    assert!(refused("/ocr_version", "tesseract 9".into()).contains("made with tesseract 9, here is no OCR"));
    let none = Stage::open(scene.folder.path(), &Disk::default()).err().unwrap();
    assert!(format!("{none:#}").contains("has no plan; begin with `nianbao stage plan`"));
}

/// Does it again while it fails as it was made to.
fn patient<T>(tries: &AtomicUsize, task: impl Fn() -> nianbao_dataset::Result<T>) -> T {
    loop {
        match task() {
            Ok(done) => return done,
            Err(error) => assert!(format!("{error:#}").contains("injected"), "{error:#}"),
        }
        tries.fetch_add(1, Ordering::Relaxed);
    }
}

/// Every call to the file system fails once, in every stage: what failed is run again, and the release is whole.
#[test]
fn every_call_fails_once() {
    let scene = Scene::new(12);
    let whole = scene.whole();
    let calls = Arc::new(AtomicUsize::new(0));
    let mut failures = 0;
    for fails in (0..).step_by(61) {
        let _ = fs::remove_dir_all(scene.dataset());
        calls.store(0, Ordering::SeqCst);
        let counted = Arc::clone(&calls);
        let hook = move |_: Op, _: &Path| match counted.fetch_add(1, Ordering::SeqCst) == fails {
            true => Err(io::Error::other("injected")),
            false => Ok(()),
        };
        let disk = Disk::with(Arc::new(hook));
        let tries = AtomicUsize::new(0);
        let stage = patient(&tries, || stages::plan(&scene.cut.asked(false, true), 2, &disk));
        for n in 0..2 {
            patient(&tries, || stages::read(&stage, n));
        }
        let settled = patient(&tries, || stages::settle(&stage, None));
        for n in 0..settled.partitions {
            patient(&tries, || stages::write(&stage, n));
        }
        patient(&tries, || match stages::commit(&stage, None) {
            // The call behind the pointer failed: the release is current.
            Err(_) if scene.dataset().join("current").exists() => Ok(()),
            result => result.map(|_| ()),
        });
        let tries = tries.into_inner();
        let (ours, theirs) = (contents(scene.dataset()), contents(&whole));
        let names: fn(&BTreeMap<String, Vec<u8>>) -> Vec<&String> = |all| all.keys().collect();
        assert_eq!(names(&ours), names(&theirs), "call {fails}");
        assert!(ours == theirs, "call {fails}");
        failures += tries;
        if tries == 0 && calls.load(Ordering::SeqCst) <= fails {
            break;
        }
    }
    assert!(failures > 10, "{failures}");
}

#[test]
fn from_the_command_line() {
    let scene = Scene::new(13);
    let dataset = scene.dataset().to_str().unwrap().to_owned();
    let file = scene.folder.path().join("cut.toml");
    let nianbao = |args: &[&str]| {
        let ran = Command::new(env!("CARGO_BIN_EXE_nianbao")).arg("stage").args(args).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (ran.status.code(), text(ran.stdout), text(ran.stderr))
    };
    let json = |args: &[&str]| -> (String, serde_json::Value) {
        let (code, out, err) = nianbao(args);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{args:?}");
        (out.clone(), serde_json::from_str(&out).unwrap())
    };
    let refused = |args: &[&str], what: &str| {
        let (code, out, err) = nianbao(args);
        assert_eq!((code, out.as_str(), err.lines().count()), (Some(2), "", 1), "{args:?}: {err}");
        assert!(err.contains(what), "{args:?}: {err}");
    };
    refused(&["read", "--at", &dataset, "--task", "0"], "begin with `nianbao stage plan`");
    refused(&["plan", file.to_str().unwrap(), "--bins", "0"], "bins: from 1");
    refused(&["read", "--at", "s3://bucket/x", "--task", "0"], "knows no object storage");
    let (_, plan) = json(&["plan", file.to_str().unwrap(), "--bins", "3"]);
    assert_eq!(plan["left"], serde_json::json!([0, 1, 2]));
    refused(&["read", "--at", &dataset, "--task", "3"], "there is no task 3");
    refused(&["settle", "--at", &dataset], "3 of 3 tasks of reading are not done");
    let lines: Vec<String> =
        ["2", "0", "1"].map(|n| json(&["read", "--at", &dataset, "--task", n]).0).into_iter().collect();
    let told = scene.folder.path().join("done.jsonl");
    fs::write(&told, "{").unwrap();
    refused(&["settle", "--at", &dataset, "--done", told.to_str().unwrap()], "line 1 of");
    fs::write(&told, lines.concat()).unwrap();
    let (_, settled) = json(&["settle", "--at", &dataset, "--done", told.to_str().unwrap()]);
    refused(&["commit", "--at", &dataset], "tasks of writing are not done");
    refused(&["write", "--at", &dataset, "--task", "100000"], "there is no task 100000");
    let last = settled["partitions"].as_u64().unwrap() - 1;
    let (code, out, _) = nianbao(&["write", "--at", &dataset, "--task", &format!("0-{last}")]);
    assert_eq!((code, out.lines().count() as u64), (Some(0), last + 1));
    let (_, done) = json(&["commit", "--at", &dataset]);
    assert!(done["reports"].as_u64().unwrap() > 20);
    same(scene.dataset(), &scene.whole(), "from the command line");
}
