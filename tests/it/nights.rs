//! A small archive that changes from night to night, and what a dataset consists of: for tests of the nightly run.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use nianbao::run::{Options, Pipeline};

use nianbao_testing::years::{Random, Said, page, prose};

/// Folders of counties: two provinces, so that a file may move from one to the other.
const COUNTIES: [(&str, &str); 4] = [
    ("宁夏回族自治区/银川市", "贺兰县"),
    ("宁夏回族自治区/吴忠市", "盐池县"),
    ("甘肃省/兰州市", "榆中县"),
    ("甘肃省/酒泉市", "瓜州县"),
];
const BODIES: [&str; 4] = ["人民政府", "教育局", "统计局", "农业农村局"];
/// Name of the file that holds the reports of two bodies.
pub const COLLECTION: &str = "贺兰县各部门汇编.txt";
const YEARS: [i32; 3] = [2021, 2022, 2023];

/// A report with figures that its form's sums confirm.
pub fn said(random: &mut Random, year: i32) -> Said {
    let (granted, petitions, carried_out) = (random.below(90), random.below(9), random.below(5));
    let upheld = random.below(3);
    Said {
        year,
        received: granted + petitions + carried_out,
        carried_in: 0,
        granted,
        petitions,
        carried_out,
        documents: [random.below(9), random.below(4), 20 + random.below(50)],
        licences: i64::try_from(random.below(4000)).unwrap(),
        penalties: random.below(400),
        disputes: [upheld, 0, 1, 0, upheld + 1],
        narrative: prose(random, 12),
        without: None,
        published: (year + 1, 1, 20),
        period: year,
        told: None,
        misprint: None,
    }
}

/// An archive that can be changed.
pub struct Archive {
    pub root: PathBuf,
    pub random: Random,
    clock: u64,
}

impl Archive {
    /// The archive of the first night.
    pub fn new(root: PathBuf, seed: u64) -> Self {
        let mut archive = Self { root, random: Random(seed), clock: 0 };
        for (above, county) in COUNTIES {
            for body in BODIES {
                for year in YEARS {
                    if archive.random.below(4) > 0 {
                        let text = archive.report(county, body, year);
                        archive.put(&format!("{above}/{county}/{year}/{county}{body}.txt"), text.as_bytes());
                    }
                }
            }
        }
        // The reports of two bodies in one file, and the same file again.
        let random = Random(archive.random.0);
        let [first, second] = ["民政局", "审计局"].map(|body| archive.report("贺兰县", body, 2022));
        let both = format!("贺兰县2022年政府信息公开工作年度报告汇编\n\n{first}\n{second}");
        for folder in ["宁夏回族自治区/银川市/贺兰县/2022", "其他"] {
            archive.put(&format!("{folder}/{COLLECTION}"), both.as_bytes());
        }
        archive.random = random;
        archive.put("其他/通知.txt", "关于召开会议的通知\n请各单位参加。\n".as_bytes());
        archive.put("其他/损坏.pdf", b"%PDF-1.4\nnothing behind it");
        archive
    }

    fn report(&mut self, county: &str, body: &str, year: i32) -> String {
        let said = said(&mut self.random, year);
        page(&format!("{county}{body}"), &said)
    }

    /// Writes a file with a modification time of its own, long ago.
    pub fn put(&mut self, path: &str, bytes: &[u8]) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        self.touch(&path);
    }

    fn touch(&mut self, path: &Path) {
        self.clock += 1;
        let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000 + self.clock * 40_000);
        fs::File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
    }

    pub fn files(&self) -> Vec<PathBuf> {
        let walk = walkdir::WalkDir::new(&self.root).sort_by_file_name().into_iter();
        walk.map(|e| e.unwrap().into_path()).filter(|p| p.is_file()).collect()
    }

    fn any(&mut self) -> PathBuf {
        let files = self.files();
        let n = self.random.below(files.len() as u64);
        files[usize::try_from(n).unwrap()].clone()
    }

    fn anywhere(&mut self) -> (String, &'static str, &'static str, i32) {
        let (above, county) = COUNTIES[usize::try_from(self.random.below(4)).unwrap()];
        let body = BODIES[usize::try_from(self.random.below(4)).unwrap()];
        let year = YEARS[usize::try_from(self.random.below(3)).unwrap()];
        (above.to_owned(), county, body, year)
    }

    /// One change, and what it was.
    pub fn change(&mut self) -> String {
        let kind = self.random.below(10);
        match kind {
            0 | 1 => {
                let (above, county, body, year) = self.anywhere();
                let text = self.report(county, body, year);
                let n = self.random.below(3);
                let path = format!(
                    "{above}/{county}/{year}/{county}{body}{}.txt",
                    ["", "（更正）", "-重发"][usize::try_from(n).unwrap()]
                );
                self.put(&path, text.as_bytes());
                format!("wrote {path}")
            }
            2 => {
                let path = self.any();
                fs::remove_file(&path).unwrap();
                format!("removed {}", path.display())
            }
            3 => {
                let path = self.any();
                self.touch(&path);
                format!("touched {}", path.display())
            }
            4 => {
                let (path, (above, county, body, year)) = (self.any(), self.anywhere());
                let target = self.root.join(format!("{above}/{county}/{year}/0{county}{body}.txt"));
                fs::create_dir_all(target.parent().unwrap()).unwrap();
                fs::rename(&path, &target).unwrap();
                format!("moved {} to {}", path.display(), target.display())
            }
            // Before or behind its first, in the order of the walk.
            5 => {
                let (path, side) = (self.any(), self.random.below(2));
                let bytes = fs::read(&path).unwrap();
                let copy = format!(
                    "{}/复制-{}",
                    if side == 0 { "!" } else { "龥" },
                    path.file_name().unwrap().to_string_lossy()
                );
                self.put(&copy, &bytes);
                format!("copied {} to {copy}", path.display())
            }
            6 => {
                let path = self.any();
                let mut bytes = fs::read(&path).unwrap();
                // One digit becomes another.
                let from = usize::try_from(self.random.below(bytes.len() as u64)).unwrap();
                if let Some(at) = (from..bytes.len()).find(|i| bytes[*i].is_ascii_digit()) {
                    bytes[at] = b'0' + (bytes[at] - b'0' + 1) % 10;
                }
                fs::write(&path, bytes).unwrap();
                self.touch(&path);
                format!("edited {}", path.display())
            }
            7 => {
                let members: Vec<(String, Vec<u8>)> = (0..1 + self.random.below(3))
                    .map(|_| {
                        if self.random.below(3) == 0 {
                            let path = self.any();
                            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())
                        } else {
                            let (_, county, body, year) = self.anywhere();
                            (format!("{county}{body}{year}.txt"), self.report(county, body, year).into_bytes())
                        }
                    })
                    .collect();
                let n = self.random.below(3);
                let path = format!("宁夏回族自治区/包{n}.zip");
                let bytes = zip(&members);
                self.put(&path, &bytes);
                format!("zipped {path}")
            }
            8 => {
                let path = self.any();
                let bytes = fs::read(&path).unwrap();
                fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
                self.touch(&path);
                format!("cut {}", path.display())
            }
            _ => {
                let (above, county, ..) = self.anywhere();
                let link = self.root.join(format!("{above}/{county}/链接"));
                fs::create_dir_all(link.parent().unwrap()).unwrap();
                if fs::remove_file(&link).is_err() {
                    std::os::unix::fs::symlink("nowhere", &link).unwrap();
                }
                format!("made or removed {}", link.display())
            }
        }
    }
}

pub fn zip(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (i, (name, bytes)) in members.iter().enumerate() {
        zip.start_file(format!("{i}-{name}"), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A pipeline over an archive, without summaries unless `more` has them.
pub fn pipeline(folder: &Path, archive: &Path, dataset: &str, more: &str) -> Pipeline {
    let file = folder.join(format!("{dataset}.toml"));
    let source = if more.contains("[source]") { String::new() } else { format!("[source]\npath = {archive:?}\n") };
    fs::write(&file, format!("{source}[dataset]\npath = {dataset:?}\n{more}")).unwrap();
    Pipeline::load(&file).unwrap()
}

/// Options of a run without a word.
pub fn options(full: bool) -> Options {
    Options { full, progress: nianbao::run::When::Never, ..Options::default() }
}

/// Path within the release and bytes of every file but those that tell of the run itself.
pub fn contents(dataset: &Path) -> BTreeMap<String, Vec<u8>> {
    let release = fs::canonicalize(dataset.join("current")).unwrap();
    let mut all = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&release) {
        let entry = entry.unwrap();
        let name = entry.path().strip_prefix(&release).unwrap().to_string_lossy().into_owned();
        let of_run = ["_manifest.json", "_run.json", "_ledger.parquet"].contains(&name.as_str());
        if entry.file_type().is_file() && !of_run {
            all.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    all
}
