//! OFD (GB/T 33190): pages of characters and ruling lines.
//!
//! Owns the way from the package to its pages: documents, templates, page sizes. Refuses annotations, seals,
//! signatures, attachments, other versions kept in the package, and what only resources hold (pictures, composite
//! graphics). Names are read in whatever case they are written.

mod content;
mod names;
mod path;
mod style;
mod transform;

use std::collections::HashMap;

use super::layout::page::Page;
use super::limits::{Fault, Limits};
use super::member::Members;
use super::office::package::{Package, resolve};
use super::office::xml::{Piece, Xml};
use super::sight::{self, Marks};
use content::Drawing;
use names::{Name, value};
use style::Resources;
use transform::{POINTS, numbers};

/// Size of a page that states none: A4, in millimetres.
const A4: [f64; 4] = [0.0, 0.0, 210.0, 297.0];
/// Characters and rules of all pages; templates count on every page that shows them.
const MAX_MARKS: usize = 10_000_000;

/// Reads the pages of all documents of a package, in order; lengths in points.
///
/// # Errors
/// [`Fault::Damaged`] if the package, its XML or a page is missing or broken, [`Fault::Encrypted`] if it needs a
/// password, [`Fault::Limit`] if it has too many pages or is too large, too deep or too slow.
pub fn pages(bytes: &[u8], limits: &Limits, members: &mut Members) -> Result<Vec<Page>, Fault> {
    let mut package = Package::open(bytes, limits)?;
    if package.has("Encryptions.xml") {
        return Err(Fault::Encrypted("the document needs a key".to_owned()));
    }
    package.embedded(members)?;
    let clock = package.clock();
    let mut pages = Vec::new();
    let mut marks = 0_usize;
    for root in roots(&mut package)? {
        let document = Document::read(&mut package, &root)?;
        let mut resources = Resources::default();
        for part in &document.resources {
            resources.add(&mut package, part)?;
        }
        let mut templates: HashMap<String, Marks> = HashMap::new();
        for part in &document.pages {
            clock.check()?;
            if pages.len() >= limits.pages {
                return Err(Fault::Limit(format!("more than {} pages", limits.pages)));
            }
            let mut sheet = Sheet::read(&mut package, part, &mut resources)?;
            let mut page = Marks::default();
            let [left, top, width, height] = sheet.size.or(document.size).unwrap_or(A4);
            let corner = (-(left * POINTS) as f32, -(top * POINTS) as f32);
            let mut count = |ink: &Marks| {
                marks = marks.saturating_add(1).saturating_add(ink.len());
                if marks > MAX_MARKS {
                    return Err(Fault::Limit(format!("more than {MAX_MARKS} characters and lines")));
                }
                Ok(())
            };
            for foreground in [false, true] {
                for (id, _) in sheet.templates.iter().filter(|(_, front)| *front == foreground) {
                    let Some(part) = document.templates.get(id) else { continue };
                    if !templates.contains_key(id) {
                        templates.insert(id.clone(), Sheet::read(&mut package, part, &mut resources)?.ink);
                    }
                    if let Some(ink) = templates.get(id) {
                        count(ink)?;
                        page.append(ink, corner.0, corner.1);
                    }
                }
                if !foreground {
                    count(&sheet.ink)?;
                    match page.is_empty() && corner == (0.0, 0.0) {
                        true => page = std::mem::take(&mut sheet.ink),
                        false => page.append(&sheet.ink, corner.0, corner.1),
                    }
                }
            }
            pages.push(sight::page(page, (width * POINTS) as f32, (height * POINTS) as f32));
        }
    }
    Ok(pages)
}

/// The main parts of the package's documents.
fn roots(package: &mut Package<'_>) -> Result<Vec<String>, Fault> {
    let text = package.needed("OFD.xml")?;
    let mut xml = Xml::new(&text, package.clock());
    let (mut roots, mut open) = (Vec::new(), false);
    loop {
        match xml.next()? {
            Piece::Open(e) => open = Name::element(&e).as_str() == "docroot",
            Piece::Close => open = false,
            Piece::Text(text) if open => roots.push(resolve("", text.trim())),
            Piece::Text(_) => {}
            Piece::End if roots.is_empty() => return Err(Fault::Damaged("OFD.xml names no document".to_owned())),
            Piece::End => return Ok(roots),
        }
    }
}

/// The folder that a part stands in.
fn folder(part: &str) -> &str {
    part.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// What a document says of its pages; places are names of parts.
#[derive(Default)]
struct Document {
    size: Option<[f64; 4]>,
    templates: HashMap<String, String>,
    pages: Vec<String>,
    resources: Vec<String>,
}

impl Document {
    fn read(package: &mut Package<'_>, part: &str) -> Result<Self, Fault> {
        let text = package.needed(part)?;
        let mut xml = Xml::new(&text, package.clock());
        let mut document = Self::default();
        let mut open = Name::of("");
        loop {
            match xml.next()? {
                Piece::Open(e) => {
                    open = Name::element(&e);
                    let place = || value(&e, "baseloc").map(|place| resolve(folder(part), place.trim()));
                    match open.as_str() {
                        "templatepage" => {
                            if let (Some(id), Some(place)) = (value(&e, "id"), place()) {
                                document.templates.insert(id.into_owned(), place);
                            }
                        }
                        "page" => document.pages.extend(place()),
                        "outlines" | "actions" | "bookmarks" | "extensions" => xml.skip()?,
                        _ => {}
                    }
                }
                Piece::Close => open = Name::of(""),
                Piece::Text(text) => match open.as_str() {
                    "physicalbox" => document.size = size(&text),
                    "publicres" | "documentres" => document.resources.push(resolve(folder(part), text.trim())),
                    _ => {}
                },
                Piece::End => return Ok(document),
            }
        }
    }
}

/// Left, top, width and height of a box, if it has a size.
fn size(text: &str) -> Option<[f64; 4]> {
    let mut stated = numbers(text);
    let area = [stated.next()?, stated.next()?, stated.next()?, stated.next()?];
    let plausible = |length: f64| (1.0..100_000.0).contains(&length);
    (plausible(area[2]) && plausible(area[3])).then_some(area)
}

/// One page or template, before it is put on paper.
struct Sheet {
    size: Option<[f64; 4]>,
    /// Templates by id, and whether they stand in front.
    templates: Vec<(String, bool)>,
    ink: Marks,
}

impl Sheet {
    fn read(package: &mut Package<'_>, part: &str, resources: &mut Resources) -> Result<Self, Fault> {
        let text = package.needed(part)?;
        let mut xml = Xml::new(&text, package.clock());
        let mut sheet = Self { size: None, templates: Vec::new(), ink: Marks::default() };
        let mut open = Name::of("");
        loop {
            match xml.next()? {
                Piece::Open(e) => {
                    open = Name::element(&e);
                    match open.as_str() {
                        "template" => {
                            let front = value(&e, "zorder").is_some_and(|z| z.eq_ignore_ascii_case("foreground"));
                            let id = value(&e, "templateid");
                            sheet.templates.extend(id.map(|id| (id.into_owned(), front)));
                        }
                        "content" => {
                            let mut drawing = Drawing::new(resources);
                            drawing.read(&mut xml)?;
                            sheet.ink = drawing.into_marks();
                        }
                        "actions" => xml.skip()?,
                        _ => {}
                    }
                }
                Piece::Close => open = Name::of(""),
                Piece::Text(text) => match open.as_str() {
                    "physicalbox" => sheet.size = size(&text),
                    "pageres" => resources.add(package, &resolve(folder(part), text.trim()))?,
                    _ => {}
                },
                Piece::End => return Ok(sheet),
            }
        }
    }
}

#[cfg(test)]
mod tests;
