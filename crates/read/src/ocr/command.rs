//! The OCR hook: pages without text are given to a command, and its words are read back as characters of a page.
//!
//! Owns the command, and what its two readings of a cell come to. Refuses to believe: what the sums of the form do not
//! confirm is left out later on.
//!
//! A page is read in pieces: whole pages lose half of the figures in ruled tables, single cells one in twenty
//! (`guide/readers.md`, part "Scans").

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use super::raster::{Part, Raster, SCALE};
use super::rooms::{page, rooms};
use super::words::{self, Word};
use crate::layout::page::{Glyph, Page};
use crate::limits::{Clock, Fault};

/// Stands for the path of a file that lists one picture a line.
const LIST: &str = "{list}";
/// The commands. Each gets a file that lists pictures (PGM), and writes Tesseract's TSV to its standard output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commands {
    /// Reads text: program and arguments, one of which is `{list}`.
    pub command: Vec<String>,
    /// Reads figures only; without it the first command's reading stands alone.
    pub figures: Vec<String>,
}

impl Commands {
    /// What is wrong with the commands, for the operator.
    ///
    /// # Errors
    /// A sentence.
    pub fn validate(&self) -> Result<(), String> {
        let listed = |command: &[String]| command.iter().skip(1).any(|part| part.contains(LIST));
        if listed(&self.command) && (self.figures.is_empty() || listed(&self.figures)) {
            return Ok(());
        }
        Err(format!("a command needs an argument with {LIST}, the file that lists the pictures"))
    }

    /// Reads a page. `number` tells pages of one file apart.
    ///
    /// # Errors
    /// [`Fault::Command`] when the command fails, [`Fault::Time`] when the time is up.
    pub fn page(&self, mut raster: Raster, clock: &Clock) -> Result<Page, Fault> {
        let size = |pixels: usize| pixels as f32 / SCALE;
        let mut page = page(&mut raster);
        let raster = &raster;
        let rooms = rooms(&page, raster)?;
        let whole = Part { left: 0, top: 0, right: raster.width, bottom: raster.height };
        let folder = Folder::new()?;
        let pieces: Vec<Part> = std::iter::once(whole).chain(rooms.iter().copied()).collect();
        let texts = run(&self.command, &folder, raster, &pieces, clock)?;
        let figures =
            if self.figures.is_empty() { Vec::new() } else { run(&self.figures, &folder, raster, &rooms, clock)? };
        // Outside the tables the page's own words count, inside them those of the cells.
        let in_room = |w: &Word| {
            let (x, y) = (w.left + w.width / 2, w.top + w.height / 2);
            rooms.iter().any(|r| (r.left..r.right).contains(&x) && (r.top..r.bottom).contains(&y))
        };
        for word in texts.iter().filter(|w| w.picture == 0 && !in_room(w)) {
            print(
                &mut page.glyphs,
                &word.text,
                (size(word.left), size(word.top)),
                (size(word.width), size(word.height)),
            );
        }
        for (i, room) in rooms.iter().enumerate() {
            let of = |words: &[Word], picture: usize| words::lines(words.iter().filter(|w| w.picture == picture));
            let lines = settled(of(&texts, i + 1), (!self.figures.is_empty()).then(|| of(&figures, i)));
            let height = (size(room.bottom) - size(room.top)) / lines.len().max(1) as f32;
            for (n, line) in (0_u16..).zip(&lines) {
                let at = (size(room.left), size(room.top) + f32::from(n) * height);
                print(&mut page.glyphs, line, at, (size(room.right) - size(room.left), height.min(14.0)));
            }
        }
        Ok(page)
    }
}

/// What two readings of a cell come to: words by the first command, figures by the second, which knows nothing else. Where
/// they differ, or only one of them sees figures, both are kept, and the sums of the form may decide later on; a cell with
/// ink in which neither sees anything is unreadable: it is not blank.
fn settled(text: Vec<String>, figures: Option<Vec<String>>) -> Vec<String> {
    if text.iter().chain(figures.iter().flatten()).all(|l| l.trim().is_empty()) {
        return vec!["?".to_owned()];
    }
    let is_text = text.iter().any(|l| l.chars().any(|c| c.is_alphabetic()));
    let Some(figures) = figures.filter(|_| !is_text) else { return text };
    let bare = |lines: &[String]| lines.concat().chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (text, figures) = (bare(&text), bare(&figures));
    let digits = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    let one = text == figures || !digits(&text) && !digits(&figures);
    if one { vec![figures] } else { vec![format!("{text}?{figures}")] }
}

/// Sets a text into a box, its characters side by side.
fn print(glyphs: &mut Vec<Glyph>, text: &str, (left, top): (f32, f32), (width, height): (f32, f32)) {
    let count = text.chars().count().max(1) as f32;
    // Wide boxes around short texts must not tear them apart.
    let advance = (width / count).min(height);
    for (n, text) in (0_u16..).zip(text.chars()) {
        let x = left + f32::from(n) * advance;
        glyphs.push(Glyph { x, y: top + height * 0.85, width: advance, size: height, text, run: 0 });
    }
}

/// Runs a command over pieces of a page.
fn run(
    command: &[String],
    folder: &Folder,
    raster: &Raster,
    pieces: &[Part],
    clock: &Clock,
) -> Result<Vec<Word>, Fault> {
    let failed = |what: &str, error: &dyn std::fmt::Display| Fault::Command(format!("the OCR command {what}: {error}"));
    let [program, arguments @ ..] = command else { return Ok(Vec::new()) };
    if pieces.is_empty() {
        return Ok(Vec::new());
    }
    let write = || -> std::io::Result<PathBuf> {
        let mut list = String::new();
        for (i, piece) in pieces.iter().enumerate() {
            let path = folder.0.join(format!("{i}.pgm"));
            let mut out = BufWriter::new(std::fs::File::create(&path)?);
            raster.write(*piece, &mut out)?;
            out.flush()?;
            list.push_str(&path.to_string_lossy());
            list.push('\n');
        }
        let path = folder.0.join("list.txt");
        std::fs::write(&path, list)?;
        Ok(path)
    };
    let list = write().map_err(|e| failed("cannot be given pictures", &e))?;
    let list = list.to_string_lossy();
    let output = folder.0.join("words.tsv");
    let out = std::fs::File::create(&output).map_err(|e| failed("cannot be given pictures", &e))?;
    // Many files are read at a time; a recogniser that starts threads of its own only gets in the way.
    let mut child = Command::new(program)
        .args(arguments.iter().map(|part| part.replace(LIST, &list)))
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::null())
        .stdout(out)
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| failed(&format!("`{program}` cannot be started"), &e))?;
    let status = wait(&mut child, clock).inspect_err(|_| {
        let _ = child.kill();
        let _ = child.wait();
    })?;
    if !status.success() {
        return Err(failed("failed", &status));
    }
    let text = std::fs::read(&output).map_err(|e| failed("wrote nothing", &e))?;
    Ok(words::parse(&String::from_utf8_lossy(&text)))
}

fn wait(child: &mut std::process::Child, clock: &Clock) -> Result<std::process::ExitStatus, Fault> {
    let started = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) => clock.check()?,
            Err(error) => return Err(Fault::Command(format!("the OCR command was lost: {error}"))),
        }
        let nap =
            (started.elapsed() / 10).clamp(std::time::Duration::from_millis(1), std::time::Duration::from_millis(50));
        std::thread::sleep(nap);
    }
}

/// A folder for the pictures of one page, removed when done.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, Fault> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("nianbao-ocr-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path: &Path = &std::env::temp_dir().join(name);
        std::fs::create_dir_all(path).map_err(|e| Fault::Command(format!("no folder for pictures: {e}")))?;
        Ok(Self(path.to_owned()))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_readings_one_counts() {
        let lines = |text: &str| vec![text.to_owned()];
        assert_eq!(settled(lines("1 2"), Some(lines("12"))), ["12"]);
        assert_eq!(settled(lines("17"), Some(lines("12"))), ["17?12"]);
        assert_eq!(settled(Vec::new(), Some(lines("12"))), ["?12"]);
        assert_eq!(settled(lines("规章"), Some(lines("3"))), ["规章"]);
        assert_eq!(settled(lines("17"), None), ["17"]);
        assert_eq!(settled(Vec::new(), None), ["?"], "there is ink");
        assert_eq!(settled(lines(" "), Some(Vec::new())), ["?"]);
    }

    #[test]
    fn commands_are_checked() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let ocr = |command: &str, figures: &str| Commands { command: words(command), figures: words(figures) };
        assert!(ocr("tesseract {list} stdout tsv", "").validate().is_ok());
        assert!(ocr("", "").validate().is_err());
        assert!(ocr("tesseract {list} stdout tsv", "tesseract stdout").validate().is_err());
    }
}
