//! What a run leaves behind when the file system refuses or the process dies: the dataset of last night or of tonight, and
//! nothing that the next run does not clear away.
//!
//! `NIANBAO_KILLS=N` sets how often a process is killed (260 by default).

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::nights::{Archive, contents, options, pipeline};
use nianbao::run::{Options, Pipeline, run};
use nianbao_dataset::Disk;
use nianbao_dataset::Op;
use nianbao_report::form;
use nianbao_testing::years::Random;
use tempfile::TempDir;

const SUMMARY: &str = "[[summary]]\nname = \"依申请公开\"\nsql = \"requests.sql\"\nper = \"none\"\n";

/// A dataset of last night, and an archive that has changed since.
struct Scene {
    _folder: TempDir,
    root: PathBuf,
    before: BTreeMap<String, Vec<u8>>,
    after: BTreeMap<String, Vec<u8>>,
}

impl Scene {
    fn new() -> Self {
        // In memory where that is possible: a killed process leaves the same there, and nothing waits for a disk.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() && std::env::var_os("TMPDIR").is_none() {
            tempfile::tempdir_in(memory)
        } else {
            tempfile::tempdir()
        }
        .unwrap();
        let root = folder.path().to_owned();
        let sql =
            "-- 说明: 每个机关\nSELECT agency, applicant, received FROM requests ORDER BY agency, applicant, received";
        fs::write(root.join("requests.sql"), sql).unwrap();
        let mut archive = Archive::new(root.join("archive"), 11);
        let last = pipeline(&root, &archive.root, "last", SUMMARY);
        run(&last, &options(false), &mut |_| {}).unwrap();
        let before = contents(&last.dataset.path);
        for _ in 0..4 {
            archive.change();
        }
        archive
            .put("甘肃省/兰州市/榆中县/2023/榆中县财政局.txt", "榆中县财政局2023年政府信息公开工作年度报告".as_bytes());
        let after = pipeline(&root, &archive.root, "after", SUMMARY);
        run(&after, &options(false), &mut |_| {}).unwrap();
        let after = contents(&after.dataset.path);
        assert_ne!(before, after);
        Self { _folder: folder, root, before, after }
    }

    /// A copy of last night's dataset under a name of its own, with its pipeline.
    fn dataset(&self, name: &str) -> Pipeline {
        let to = self.root.join(name).join("dataset");
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        assert!(Command::new("cp").arg("-a").arg(self.root.join("last")).arg(&to).status().unwrap().success());
        self.pipeline(name)
    }

    fn pipeline(&self, name: &str) -> Pipeline {
        let file = self.root.join(format!("{name}.toml"));
        // One page in ten: it is made between writing and publishing, and takes as long as all else.
        let page = name.ends_with('7');
        let text = format!(
            "[source]\npath = \"archive\"\n[dataset]\npath = \"{name}/dataset\"\n[summaries]\npath = \"{name}/summaries\"\nquality_page = {page}\nexplore = {page}\n{SUMMARY}"
        );
        fs::write(&file, text).unwrap();
        Pipeline::load(&file).unwrap()
    }

    /// The dataset is that of last night or that of tonight; which, is told.
    fn whole(&self, pipeline: &Pipeline, what: &str) -> bool {
        let now = contents(&pipeline.dataset.path);
        assert!(now == self.before || now == self.after, "{what}: neither last night's nor tonight's");
        now == self.after
    }

    /// The next run needs no hand work, and leaves nothing else behind.
    fn recovers(&self, pipeline: &Pipeline, what: &str) {
        let published = self.whole(pipeline, what);
        let report = patient(pipeline, &options(false)).unwrap().unwrap();
        assert_eq!(contents(&pipeline.dataset.path), self.after, "{what}");
        let names = |folder: &Path| -> Vec<String> {
            let mut all: Vec<String> = fs::read_dir(folder)
                .expect(what)
                .map(|e| e.unwrap().file_name().into_string().unwrap_or_else(|n| panic!("{what}: {n:?} in {folder:?}")))
                .collect();
            all.sort();
            all
        };
        assert_eq!(names(&pipeline.dataset.path), [".lock", "current", "releases"], "{what}");
        let releases = names(&pipeline.dataset.path.join("releases"));
        assert!(releases.iter().all(|r| !r.starts_with('.')), "{what}: {releases:?}");
        // No release but those that were current once: last night's, the killed run's if it got so far, and this one.
        assert_eq!(releases.len(), 2 + usize::from(published), "{what}: {releases:?}");
        let summaries = names(&pipeline.summaries_path());
        assert!(summaries.iter().all(|n| !n.ends_with(".tmp")), "{what}: {summaries:?}");
        let verified = nianbao_dataset::verify::verify(&form::load().unwrap(), &report.release).unwrap();
        assert_eq!(verified.faults, Vec::<String>::new(), "{what}");
    }
}

/// Runs; waits for a lock that a process started by another test still holds between its fork and its own program.
fn patient(pipeline: &Pipeline, options: &Options) -> anyhow::Result<Option<nianbao::run::RunReport>> {
    for _ in 0..100 {
        match run(pipeline, options, &mut |_| {}) {
            Err(error) if error.to_string().contains("another run is writing") => {
                std::thread::sleep(Duration::from_millis(20));
            }
            other => return other,
        }
    }
    panic!("the lock is never freed")
}

/// A file system that asks `act` before its `at`th call.
fn disk(at: usize, act: impl Fn(Op, &Path) -> io::Result<()> + Send + Sync + 'static) -> (Disk, Arc<AtomicUsize>) {
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let hook = move |op: Op, path: &Path| {
        if counted.fetch_add(1, Ordering::SeqCst) == at { act(op, path) } else { Ok(()) }
    };
    (Disk::with(Arc::new(hook)), calls)
}

fn on(disk: Disk) -> Options {
    Options { disk, ..options(false) }
}

/// Calls that an undisturbed run makes.
fn calls(scene: &Scene) -> usize {
    let pipeline = scene.dataset("count");
    let (disk, calls) = disk(usize::MAX, |_, _| Ok(()));
    run(&pipeline, &on(disk), &mut |_| {}).unwrap();
    calls.load(Ordering::SeqCst)
}

/// Runs `case` for all numbers on two threads.
fn each(numbers: &[usize], case: impl Fn(usize) + Sync) {
    let next = Mutex::new(numbers.iter());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some(n) = next.lock().unwrap().next() else { return };
                    case(*n);
                }
            });
        }
    });
}

#[test]
fn every_call_may_fail() {
    let scene = Scene::new();
    let calls = calls(&scene);
    assert!(calls > 300, "{calls}");
    let numbers: Vec<usize> = (0..calls).collect();
    let seen: Mutex<BTreeMap<String, usize>> = Mutex::new(BTreeMap::new());
    each(&numbers, |at| {
        let name = format!("fail-{at}");
        let pipeline = scene.dataset(&name);
        let what = Arc::new(Mutex::new(String::new()));
        let told = Arc::clone(&what);
        let full = at % 2 == 0;
        let (disk, _) = disk(at, move |op, path| {
            *told.lock().unwrap() = format!("{op:?} of {}", path.display());
            Err(if full { io::ErrorKind::StorageFull.into() } else { io::Error::other("injected") })
        });
        let ran = patient(&pipeline, &on(disk));
        let what = what.lock().unwrap().clone();
        let op = what.split(' ').next().unwrap_or_default().to_owned();
        *seen.lock().unwrap().entry(op.clone()).or_default() += 1;
        match ran {
            // Links fall back to copies; what fails behind the pointer is told and does not undo it.
            Ok(report) => {
                let report = report.unwrap();
                assert!(scene.whole(&pipeline, &what), "{what}: not published");
                assert!(op == "Link" || !report.violations.is_empty(), "{what}: nobody was told");
            }
            Err(error) => {
                let message = format!("{error:#}");
                assert!(message.contains(" /") || message.contains("cannot"), "{what}: {message}");
                assert!(!scene.whole(&pipeline, &what), "{what}: published although it failed");
            }
        }
        scene.recovers(&pipeline, &what);
        fs::remove_dir_all(scene.root.join(name)).unwrap();
    });
    let seen = seen.into_inner().unwrap();
    println!("{seen:?}");
    for op in ["CreateFolder", "Create", "Write", "Sync", "Rename", "Link", "Symlink", "Remove"] {
        assert!(seen.contains_key(op), "{op} was never made to fail: {seen:?}");
    }
}

/// The rename that publishes may be done and yet be reported as failed: what is current then stays current.
#[test]
fn a_rename_that_lies() {
    let scene = Scene::new();
    for target in ["current", "releases/"] {
        let name = format!("lie-{}", target.len());
        let pipeline = scene.dataset(&name);
        let hook = move |op: Op, path: &Path| {
            let at_target = path.ends_with(target)
                || target.ends_with('/') && path.parent().is_some_and(|p| p.ends_with("releases"));
            if op == Op::Rename && at_target && !path.file_name().unwrap().to_string_lossy().starts_with('.') {
                let from = if path.ends_with("current") {
                    path.with_file_name(".current-new")
                } else {
                    let all = fs::read_dir(path.parent().unwrap()).unwrap().map(|e| e.unwrap().path());
                    all.into_iter().find(|p| p.file_name().unwrap().to_string_lossy().starts_with(".staging-")).unwrap()
                };
                fs::rename(from, path).unwrap();
                return Err(io::Error::other("lost answer"));
            }
            Ok(())
        };
        let ran = patient(&pipeline, &on(Disk::with(Arc::new(hook))));
        let published = scene.whole(&pipeline, target);
        assert_eq!(ran.is_ok(), published, "{target}");
        assert_eq!(published, target == "current");
        scene.recovers(&pipeline, target);
    }
}

/// What power loss may take is only what nobody points at: every file is synced before its folder, all of them before the
/// release has its name, and the names before the pointer moves.
#[test]
fn everything_lasts_before_it_is_pointed_at() {
    let scene = Scene::new();
    let pipeline = scene.dataset("order");
    let log: Arc<Mutex<Vec<(Op, PathBuf)>>> = Arc::default();
    let told = Arc::clone(&log);
    let hook = move |op: Op, path: &Path| {
        told.lock().unwrap().push((op, path.to_owned()));
        Ok(())
    };
    patient(&pipeline, &on(Disk::with(Arc::new(hook)))).unwrap();
    let log = log.lock().unwrap();
    let root = &pipeline.dataset.path;
    let at = |op: Op, path: &Path| log.iter().rposition(|(o, p)| *o == op && p == path);
    let named = log
        .iter()
        .position(|(op, p)| *op == Op::Rename && p.parent() == Some(root.join("releases").as_path()))
        .expect("the release gets its name");
    let pointed = at(Op::Rename, &root.join("current")).expect("the pointer moves");
    assert!(named < pointed);
    let mut folders = std::collections::BTreeSet::new();
    let lasting = |p: &Path| !p.file_name().unwrap().to_string_lossy().starts_with(".spill");
    for (i, (op, path)) in log.iter().enumerate().take(named) {
        let within = path.to_string_lossy().contains("/.staging-");
        if within && matches!(op, Op::Create | Op::Write) && lasting(path) {
            let synced = log.iter().position(|(o, p)| *o == Op::Sync && p == path).unwrap_or(usize::MAX);
            assert!(i < synced && synced < named, "{} is written and not synced", path.display());
            folders.insert(path.parent().unwrap().to_owned());
        }
        if within && matches!(op, Op::Link | Op::CreateFolder) {
            folders.insert(if *op == Op::Link { path.parent().unwrap().to_owned() } else { path.clone() });
        }
    }
    assert!(folders.len() > 20);
    for folder in folders {
        let last = log
            .iter()
            .rposition(|(o, p)| matches!(o, Op::Create | Op::Rename | Op::Link) && p.parent() == Some(&folder));
        let synced = at(Op::Sync, &folder).unwrap_or_else(|| panic!("{} is never synced", folder.display()));
        assert!(last.is_none_or(|l| l < synced) && synced < named, "{}", folder.display());
    }
    let between = |path: &Path, from: usize, to: usize| {
        log.iter().enumerate().any(|(i, (o, p))| *o == Op::Sync && p == path && i > from && i < to)
    };
    assert!(between(&root.join("releases"), named, pointed), "the name lasts before it is pointed at");
    assert!(
        between(root, at(Op::Symlink, &root.join(".current-new")).unwrap(), named),
        "the sign of an unborn release lasts"
    );
    assert!(between(root, pointed, usize::MAX), "the pointer lasts");
}

fn kills() -> usize {
    std::env::var("NIANBAO_KILLS").map_or(260, |n| n.parse().unwrap())
}

/// Dies before the call that the environment names: run by the test below in a process of its own.
#[test]
#[ignore = "only as a child"]
fn child() {
    let Some(file) = std::env::var_os("NIANBAO_CHILD") else { return };
    let at = std::env::var("NIANBAO_DIE_AT").unwrap().parse().unwrap();
    let (disk, _) = disk(at, |_, _| std::process::abort());
    run(&Pipeline::load(Path::new(&file)).unwrap(), &on(disk), &mut |_| {}).unwrap();
}

#[test]
fn a_process_may_die_at_any_call() {
    let scene = Scene::new();
    let calls = calls(&scene);
    let mut random = Random(12);
    // The last calls are those of publishing: all of them, and others at random.
    let mut numbers: Vec<usize> = (calls.saturating_sub(40)..calls).collect();
    while numbers.len() < (kills() * 2 / 3).max(40) {
        numbers.push(usize::try_from(random.below(calls as u64)).unwrap());
    }
    numbers.sort_unstable();
    numbers.dedup();
    each(&numbers, |at| {
        let name = format!("die-{at}");
        let pipeline = scene.dataset(&name);
        let status = Command::new(std::env::current_exe().unwrap())
            .args(["faults::child", "--exact", "--ignored"])
            .env("NIANBAO_CHILD", scene.root.join(format!("{name}.toml")))
            .env("NIANBAO_DIE_AT", at.to_string())
            .output()
            .unwrap();
        assert!(!status.status.success(), "it did not die at {at}");
        scene.recovers(&pipeline, &format!("died at call {at} of {calls}"));
        fs::remove_dir_all(scene.root.join(name)).unwrap();
    });
}

#[test]
fn a_process_may_be_killed_at_any_time() {
    let scene = Scene::new();
    let binary = |name: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
        command.args(["run", "--progress", "never"]).arg(scene.root.join(format!("{name}.toml")));
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        command
    };
    scene.dataset("time");
    let started = Instant::now();
    assert!(binary("time").status().unwrap().success());
    let whole = started.elapsed().as_micros();
    let mut random = Random(13);
    let times: Vec<usize> =
        (0..kills().div_ceil(3)).map(|_| usize::try_from(random.below(whole.try_into().unwrap())).unwrap()).collect();
    let died = AtomicUsize::new(0);
    each(&times, |microseconds| {
        let name = format!("kill-{microseconds}");
        let pipeline = scene.dataset(&name);
        let mut process = binary(&name).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(microseconds as u64));
        process.kill().unwrap();
        died.fetch_add(usize::from(!process.wait().unwrap().success()), Ordering::SeqCst);
        scene.recovers(&pipeline, &format!("killed after {microseconds} us"));
        fs::remove_dir_all(scene.root.join(name)).unwrap();
    });
    assert!(died.load(Ordering::SeqCst) * 2 > times.len(), "most were killed before their end");
}
