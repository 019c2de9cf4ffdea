//! `plan`: the steps of a run written down and cut into bins, beside everything that tasks must agree on.
//!
//! Owns `plan.json` and the steps. A task of another build, other options or another reader of pictures is refused: its
//! figures might be others. Refuses to read files of the archive.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::budget::{MEMORY, largest};
use super::frames::{Frames, FramesOf};
use super::report::{Guard, Limits};
use super::segment::stem;
use super::steps::{Group, Step, Steps, Trust};
use crate::archive::{Detect, Source, now};
use crate::disk::Disk;
use crate::error::{Context as _, Result, bail, ensure};
use crate::hash::hex;
use crate::read::bounds::Bounds;
use crate::read::fingerprint::Fingerprint;
use crate::release::current::Previous;
use crate::release::lock::Lock;
use crate::release::publish::{Retention, next_name};
use crate::store::ledger::Ledger;
use nianbao_document::Cancel;
use nianbao_read::limits::Limits as ReadLimits;
use nianbao_read::{Commands, Ocr};
use nianbao_report::Knowledge;
use nianbao_report::finding::Settings;

/// Larger files are skipped, in bytes, unless a pipeline says otherwise.
pub const MAX_FILE_SIZE: u64 = 64 << 20;
/// So is how often every file is hashed. A prime number: whoever runs every second or seventh night still comes by all.
pub const REHASH_NIGHTS: u64 = 31;
/// And what share of the files may be gone.
pub const MAX_GONE: f64 = 0.01;

/// Name of the folder within a dataset.
const FOLDER: &str = "_stage";
/// Most bins: their numbers have six digits.
const MOST_BINS: u32 = 999_999;
/// What a file costs beside its bytes, in bytes.
const BASE: u64 = 1 << 16;

/// What a run in stages is to do: what a pipeline file says of it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Folder of the archive.
    pub source: PathBuf,
    /// Globs to read.
    pub include: Vec<String>,
    /// Globs to leave out.
    pub exclude: Vec<String>,
    /// Folder of the dataset.
    pub dataset: PathBuf,
    /// Limits for one file.
    pub bounds: Bounds,
    /// Severities and thresholds.
    pub settings: Settings,
    /// What proves a file unchanged.
    pub detect: Detect,
    /// Every file is hashed once in so many nights.
    pub rehash_nights: u64,
    /// Read everything again.
    pub full: bool,
    /// How many files may be gone.
    pub guard: Guard,
    /// Thresholds of the run.
    pub limits: Limits,
    /// Which releases stay.
    pub retention: Retention,
    /// Whether the release gets logs of Delta.
    pub delta: bool,
}

impl Asked {
    /// What a pipeline file that names nothing but archive and dataset asks for.
    #[must_use]
    pub fn new(source: PathBuf, dataset: PathBuf) -> Self {
        let usual = ReadLimits::default();
        let limits = ReadLimits { unpacked: usual.unpacked.min(MEMORY / 4), ..usual };
        Self {
            source,
            include: Vec::new(),
            exclude: Vec::new(),
            dataset,
            bounds: Bounds { max_size: MAX_FILE_SIZE.min(largest(MEMORY)), limits, ocr: None },
            settings: Settings::default(),
            detect: Detect::default(),
            rehash_nights: REHASH_NIGHTS,
            full: false,
            guard: Guard { max_gone: MAX_GONE, allow_gone: false },
            limits: Limits::default(),
            retention: Retention::default(),
            delta: false,
        }
    }
}

/// A task of reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bin {
    /// File of its steps.
    pub steps_file: String,
    /// Steps.
    pub steps: u64,
    /// Files to be read.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// `plan.json`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Plan {
    /// Name of the run and of its release.
    pub run: String,
    /// Version of the program.
    pub nianbao_version: String,
    /// What every task's build and options must come to.
    pub fingerprint: Fingerprint,
    /// What reads pictures, as it names itself; nothing without it.
    pub ocr_version: Option<String>,
    /// Hash of the archive as it was listed: equal for a plan that goes on.
    pub listing: String,
    /// Folder of the archive.
    pub source: PathBuf,
    /// The release it goes on from.
    pub previous: Option<String>,
    /// Tasks of reading.
    pub bins: Vec<Bin>,
    pub(super) trust: Trust,
    pub(super) frozen: Frozen,
    pub(super) settings: Settings,
    pub(super) guard: Guard,
    pub(super) limits: Limits,
    pub(super) keep: usize,
    pub(super) keep_seconds: u64,
    pub(super) delta: bool,
}

/// The limits of reading, so that no machine takes its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Frozen {
    max_size: u64,
    pages: usize,
    unpacked: u64,
    ratio: u64,
    pieces: usize,
    depth: usize,
    time: Duration,
    ocr: Option<FrozenOcr>,
}

/// What reads pictures, so that every machine opens the same.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum FrozenOcr {
    Commands([Vec<String>; 2]),
    Models(PathBuf),
}

impl FrozenOcr {
    fn of(ocr: &Ocr) -> Option<Self> {
        let commands = |c: &Commands| Self::Commands([c.command.clone(), c.figures.clone()]);
        ocr.folder().map(|f| Self::Models(f.to_owned())).or_else(|| ocr.commands().map(commands))
    }

    fn open(&self) -> Result<Ocr> {
        match self.clone() {
            Self::Commands([command, figures]) => Ok(Ocr::Commands(Commands { command, figures })),
            Self::Models(folder) => match Ocr::models(&folder) {
                Ok(ocr) => Ok(ocr),
                Err(why) => bail!("ocr: {why}"),
            },
        }
    }
}

impl Frozen {
    fn of(bounds: &Bounds) -> Self {
        let Bounds { max_size, limits, ocr } = bounds;
        let ReadLimits { pages, unpacked, ratio, pieces, depth, time, .. } = limits.clone();
        let ocr = ocr.as_ref().and_then(FrozenOcr::of);
        Self { max_size: *max_size, pages, unpacked, ratio, pieces, depth, time, ocr }
    }

    fn bounds(&self) -> Result<Bounds> {
        let Self { pages, unpacked, ratio, pieces, depth, time, .. } = *self;
        let limits = ReadLimits { pages, unpacked, ratio, pieces, depth, time, cancel: Cancel::default() };
        let ocr = self.ocr.as_ref().map(FrozenOcr::open).transpose()?;
        Ok(Bounds { max_size: self.max_size, limits, ocr })
    }
}

/// What a test wants to happen before a file of this name is read.
pub type Before = dyn Fn(&str) + Send + Sync;

/// An opened plan: what a task of any stage works with.
pub struct Stage {
    /// The plan.
    pub plan: Plan,
    /// Its folder.
    pub folder: PathBuf,
    /// The dataset.
    pub dataset: PathBuf,
    /// Limits for one file.
    pub bounds: Bounds,
    /// What reports are examined with.
    pub knowledge: Knowledge,
    /// The file system.
    pub disk: Disk,
    /// Called with the name of every file before it is read; for tests.
    pub before: Option<Box<Before>>,
}

impl Stage {
    /// Opens the plan of a dataset, the newest if there are several, or that of the folder itself.
    ///
    /// # Errors
    /// When there is none, or it is that of another build.
    pub fn open(at: &Path, disk: &Disk) -> Result<Self> {
        let folder = if at.join("plan.json").is_file() { at.to_owned() } else { newest(at)? };
        let path = folder.join("plan.json");
        let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        // Another build's plan may have other keys: its version is told before they are looked at.
        let told: serde_json::Value =
            serde_json::from_slice(&text).with_context(|| format!("{} is damaged; plan again", path.display()))?;
        let version = told.get("nianbao_version").and_then(|v| v.as_str()).unwrap_or("another version");
        let ours = env!("CARGO_PKG_VERSION");
        let refused = format!("{} was made by nianbao {version}, this is {ours}, of another build", path.display());
        let advice = "use the build of the plan everywhere, or plan again";
        let plan: Plan = serde_json::from_slice(&text).with_context(|| format!("{refused}; {advice}"))?;
        let bounds = plan.frozen.bounds()?;
        let fingerprint = Fingerprint::new(&bounds, &plan.settings);
        ensure!(fingerprint == plan.fingerprint, "{refused}; {advice}");
        let ocr = ocr_version(&bounds);
        ensure!(
            ocr == plan.ocr_version,
            "the plan was made with {}, here is {}; install the same everywhere",
            plan.ocr_version.as_deref().unwrap_or("no OCR"),
            ocr.as_deref().unwrap_or("no OCR")
        );
        let dataset = folder.parent().and_then(Path::parent).context("a plan lies in no dataset")?.to_owned();
        let knowledge = Knowledge::load(plan.settings.clone())
            .map_err(|e| crate::error::Error::new(format!("the settings of the plan: {e}")))?;
        Ok(Self { plan, folder, dataset, bounds, knowledge, disk: disk.clone(), before: None })
    }

    /// The release that the plan goes on from.
    pub(super) fn previous(&self) -> Result<Option<Previous>> {
        let Some(name) = &self.plan.previous else { return Ok(None) };
        Previous::of(&self.dataset, name).map(Some)
    }

    /// The steps of a bin.
    pub(super) fn steps(&self, bin: u32) -> Result<StepsOf<'_>> {
        let of_bin = self.bin(bin)?;
        Ok(StepsOf { frames: FramesOf::open(&self.folder.join("steps").join(&of_bin.steps_file))?, stage: self })
    }

    pub(super) fn bin(&self, bin: u32) -> Result<&Bin> {
        let all = self.plan.bins.len();
        let of_bin = self.plan.bins.get(bin as usize);
        of_bin.with_context(|| format!("there is no task {bin}: those of reading are 0 to {}", all.saturating_sub(1)))
    }
}

/// The steps of a bin, as they come back.
pub(super) struct StepsOf<'s> {
    frames: FramesOf,
    stage: &'s Stage,
}

impl StepsOf<'_> {
    pub(super) fn next_step(&mut self) -> Result<Option<Step>> {
        let root = &self.stage.plan.source;
        Ok(self.frames.next_value()?.map(|step| match step {
            Step::Carry(listed, group) => Step::Carry(listed.below(root), group),
            Step::Read { listed, known, trusted } => Step::Read { listed: listed.below(root), known, trusted },
            gone @ Step::Gone(_) => gone,
        }))
    }
}

/// The newest plan of a dataset.
fn newest(dataset: &Path) -> Result<PathBuf> {
    let folder = dataset.join(FOLDER);
    let all = fs::read_dir(&folder).into_iter().flatten().filter_map(|e| Some(e.ok()?.path()));
    let newest = all.filter(|p| p.join("plan.json").is_file()).max();
    newest.with_context(|| format!("{} has no plan; begin with `nianbao stage plan`", dataset.display()))
}

/// What reads pictures, by name: models by their hashes, a command by its first line of `--version` and the hash of its
/// trained data where it lists them.
fn ocr_version(bounds: &Bounds) -> Option<String> {
    let ocr = bounds.ocr.as_ref()?;
    let Some(commands) = ocr.commands() else { return Some(format!("{ocr:?}")) };
    let program = commands.command.first()?;
    let said = Command::new(program).arg("--version").output().ok();
    let said = said.map(|o| if o.stdout.is_empty() { o.stderr } else { o.stdout }).unwrap_or_default();
    let version = String::from_utf8_lossy(&said).lines().next().unwrap_or("no version").to_owned();
    let own = fs::read(program).map(|b| hex(&Sha256::digest(b))).unwrap_or_default();
    let mut trained = Sha256::new();
    for folder in std::env::var_os("TESSDATA_PREFIX").map(PathBuf::from).into_iter() {
        let mut files: Vec<PathBuf> =
            fs::read_dir(folder).into_iter().flatten().filter_map(|e| Some(e.ok()?.path())).collect();
        files.sort();
        for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "traineddata")) {
            trained.update(fs::read(file).unwrap_or_default());
        }
    }
    let trained = hex(&trained.finalize());
    Some(format!("{program}: {version} {} {}", own.get(..16).unwrap_or(""), trained.get(..16).unwrap_or("")))
}

/// What a step costs, in bytes read; scans that were to be recognised cost seconds a page.
fn weight(step: &Step, with_ocr: bool) -> u64 {
    match step {
        Step::Carry(..) | Step::Gone(_) => 64,
        Step::Read { known, .. } => {
            let scanned = |g: &Group| g.rows().any(|r| r.facts.status.code() == "needs_ocr");
            let times = if with_ocr && known.as_deref().is_some_and(scanned) { 100 } else { 1 };
            step.size().saturating_add(BASE).saturating_mul(times)
        }
    }
}

/// Adds to a hash what of a step decides its outcome; not when it was looked at.
fn add(hash: &mut Sha256, step: &Step) {
    let (kind, listed, known) = match step {
        Step::Carry(listed, group) => (0_u8, Some(listed), Some(group)),
        Step::Read { listed, known, trusted } => (1 + u8::from(*trusted), Some(listed), known.as_ref()),
        Step::Gone(group) => (3, None, Some(group)),
    };
    hash.update([kind]);
    if let Some(listed) = listed {
        hash.update(format!("{:?}\0{:?}\0{:?}\0", listed.key(), listed.stat, listed.fault));
    }
    if let Some(known) = known {
        hash.update(format!("{:?}\0{:?}\0", known.head.facts.key(), known.head.facts.hash));
    }
}

/// Plans a run, or finds the plan of one that was begun and goes on with it.
///
/// # Errors
/// When source or dataset cannot be used, or too many files are gone; nothing is left then.
pub fn plan(asked: &Asked, bins: u32, disk: &Disk) -> Result<Stage> {
    ensure!((1..=MOST_BINS).contains(&bins), "bins: from 1 to {MOST_BINS}");
    let source = Source::new(&asked.source, &asked.include, &asked.exclude)?;
    ensure!(!asked.dataset.is_file(), "the dataset path {} is a file; name a folder", asked.dataset.display());
    let fingerprint = Fingerprint::new(&asked.bounds, &asked.settings);
    disk.create_folders(&asked.dataset.join("releases"))?;
    let _lock = Lock::take(&asked.dataset)?;
    let previous = match Previous::current(&asked.dataset) {
        Err(_) if asked.full => None,
        found => found?,
    };
    let ledger = match &previous {
        Some(previous) => previous.ledger().or_else(|e| if asked.full { Ok(Ledger::empty()) } else { Err(e) })?,
        None => Ledger::empty(),
    };
    let trust = Trust {
        full: asked.full,
        detect: asked.detect,
        fingerprint,
        nights: asked.rehash_nights,
        tonight: u64::try_from(now() / 86_400_000_000_000).unwrap_or(0),
    };
    let run = next_name(&asked.dataset.join("releases"), &asked.dataset.join(FOLDER))?;
    let stages = asked.dataset.join(FOLDER);
    let folder = stages.join(format!(".{run}-{}", std::process::id()));
    let mut plan = Plan {
        run,
        nianbao_version: env!("CARGO_PKG_VERSION").to_owned(),
        fingerprint,
        ocr_version: ocr_version(&asked.bounds),
        listing: String::new(),
        source: std::path::absolute(&asked.source)?,
        previous: previous.map(|p| p.manifest.run),
        bins: Vec::new(),
        trust,
        frozen: Frozen::of(&asked.bounds),
        settings: asked.settings.clone(),
        guard: asked.guard,
        limits: asked.limits.clone(),
        keep: asked.retention.keep,
        keep_seconds: asked.retention.keep_for.as_secs(),
        delta: asked.delta,
    };
    let drawn = draw(&source, ledger, &folder, bins, &mut plan, disk);
    match drawn.and_then(|()| settled_name(&stages, &folder, &plan, disk)) {
        Ok(named) => Stage::open(&named, disk),
        Err(error) => {
            let _ = fs::remove_dir_all(&folder);
            Err(error)
        }
    }
}

/// Writes the steps, cut into bins of about the same weight, each of them a part of the walk.
fn draw(source: &Source, ledger: Ledger, folder: &Path, bins: u32, plan: &mut Plan, disk: &Disk) -> Result<()> {
    let steps_folder = folder.join("steps");
    let with_ocr = plan.frozen.ocr.is_some();
    let mut all = Frames::create(disk, &steps_folder, "all")?;
    let mut steps = Steps::new(source.walk(), ledger, plan.trust)?;
    let (mut total, mut gone, mut before, mut count) = (0_u64, 0_u64, 0_u64, 0_u64);
    let mut listing = Sha256::new();
    listing.update(format!("{:?} {:?} {bins}", plan.fingerprint, plan.previous));
    while let Some(step) = steps.next_step()? {
        total = total.saturating_add(weight(&step, with_ocr));
        gone += u64::from(matches!(step, Step::Gone(_)));
        before += u64::from(!matches!(step, Step::Read { known: None, .. }));
        count += 1;
        add(&mut listing, &step);
        all.push(&step)?;
    }
    plan.guard.check(gone, before, &plan.source)?;
    plan.listing = hex(&listing.finalize());
    let all = steps_folder.join(all.close("all", "steps")?.name);
    let mut frames = FramesOf::open(&all)?;
    let (mut done, mut seen) = (0_u64, 0_u64);
    for bin in 0..bins {
        let mut own = Frames::create(disk, &steps_folder, &stem(bin))?;
        let mut of_bin = Bin { steps_file: String::new(), steps: 0, files: 0, bytes: 0 };
        let until = u128::from(total) * u128::from(bin + 1) / u128::from(bins);
        while seen < count && (u128::from(done) < until || bin + 1 == bins) {
            let step: Step = frames.next_value()?.context("a step is lost")?;
            done = done.saturating_add(weight(&step, with_ocr));
            seen += 1;
            of_bin.steps += 1;
            if matches!(step, Step::Read { .. }) {
                of_bin.files += 1;
                of_bin.bytes += step.size();
            }
            own.push(&step)?;
        }
        of_bin.steps_file = own.close(&stem(bin), "steps")?.name;
        plan.bins.push(of_bin);
    }
    if frames.next_value::<Step>()?.is_some() {
        bail!("a step is in no bin");
    }
    disk.remove(&all)
}

/// Gives a plan its name; that of an equal plan which was begun stands.
fn settled_name(stages: &Path, folder: &Path, plan: &Plan, disk: &Disk) -> Result<PathBuf> {
    if let Ok(begun) = newest(stages.parent().unwrap_or(stages)).and_then(|at| Stage::open(&at, disk))
        && begun.plan.listing == plan.listing
    {
        disk.remove_folder(folder)?;
        return Ok(begun.folder);
    }
    for part in ["read", "orders", "write", "release"] {
        disk.create_folders(&folder.join(part))?;
    }
    let mut text = serde_json::to_vec_pretty(plan)?;
    text.push(b'\n');
    disk.write_file(&folder.join("plan.json"), &text)?;
    // Plans that are given up: their tasks may still run, and find their folder gone.
    for entry in fs::read_dir(stages)?.filter_map(|e| Some(e.ok()?.path())).filter(|p| p != folder) {
        disk.remove_folder(&entry)?;
    }
    let named = stages.join(&plan.run);
    disk.rename(folder, &named)?;
    Ok(named)
}
