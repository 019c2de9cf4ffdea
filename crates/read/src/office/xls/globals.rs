//! What the beginning of a workbook stream says of all its sheets.
//!
//! Owns sheets and their names, texts, fonts, formats and styles. Refuses what only adorns.

use std::collections::HashMap;
use std::rc::Rc;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::super::crypt;
use super::super::format::Format;
use super::records::{BOF, EOF, Joined, Records};
use super::strings::{self, Rich};
use crate::bytes::{u16_at, u32_at};
use crate::limits::Fault;
use crate::rtf::page_of;
use crate::seen::{Look, is_white};

/// Sheets of a workbook.
const MAX_SHEETS: usize = 4_096;
/// Version of Excel 97 to 2003.
const BIFF8: u16 = 0x0600;
/// Twips of text that is too small to be seen.
const TINY: u16 = 30;

const EXTERN_SHEET: u16 = 0x0017;
const DATE_MODE: u16 = 0x0022;
pub(super) const FILE_PASS: u16 = 0x002F;
const FONT: u16 = 0x0031;
const CODE_PAGE: u16 = 0x0042;
pub(super) const BOUND_SHEET: u16 = 0x0085;
const PALETTE: u16 = 0x0092;
const XF: u16 = 0x00E0;
const SST: u16 = 0x00FC;
const SUP_BOOK: u16 = 0x01AE;
const RECALC_ID: u16 = 0x01C1;
const FORMAT: u16 = 0x041E;
const OLD_FORMAT: u16 = 0x001E;

/// The first of the colours that a workbook may change, and two that are white unless it does.
const FIRST_COLOUR: u16 = 8;
const WHITES: [u16; 3] = [1, 9, 65];

/// A sheet that the workbook lists.
#[derive(Debug)]
pub(super) struct Listed {
    pub name: String,
    pub at: usize,
    pub hidden: bool,
}

/// How cells of a style look, and how their numbers are shown.
#[derive(Debug, Default)]
pub(super) struct Style {
    pub format: Rc<Format>,
    pub look: Look,
}

#[derive(Debug)]
pub(super) struct Globals {
    /// Worksheets.
    pub sheets: Vec<Listed>,
    pub strings: Vec<Rich>,
    /// Texts are in UTF-16.
    pub wide: bool,
    pub page: &'static Encoding,
    /// Days count from 1904.
    pub is_1904: bool,
    /// A program that computes wrote it, and says which.
    pub computed: bool,
    /// Some text is white.
    pub white: bool,
    styles: Vec<Style>,
    plain: Style,
    fonts: Vec<Look>,
    /// All sheets by number, and the first and last one that each reference between sheets goes to.
    names: Vec<Rc<str>>,
    references: Vec<Option<(u16, u16)>>,
}

impl Globals {
    pub(super) fn style(&self, number: u16) -> &Style {
        self.styles.get(usize::from(number)).unwrap_or(&self.plain)
    }

    /// How a font looks. There is none with number 4.
    pub(super) fn font(&self, number: u16) -> Look {
        let number = if number > 4 { number - 1 } else { number };
        self.fonts.get(usize::from(number)).copied().unwrap_or_default()
    }

    /// The name of the one sheet of this workbook that a reference goes to.
    pub(super) fn reference(&self, number: u16) -> Option<Rc<str>> {
        let (first, last) = (*self.references.get(usize::from(number))?)?;
        self.names.get(usize::from(first)).filter(|_| first == last).cloned()
    }
}

/// Styles as they are stored: font, format, and the pattern and colour of the ground.
struct Stored {
    font: u16,
    format: u16,
    pattern: u32,
    colour: u16,
}

/// Decrypts a stream that is encrypted, if its password is the one that Excel tries by itself.
pub(super) fn decrypt(stream: &mut [u8]) -> Result<(), Fault> {
    let wide = u16_at(stream, 4) == Some(BIFF8);
    let pass = Records::of(stream).take_while(|r| r.0 != EOF).find(|r| r.0 == FILE_PASS);
    let Some(pass) = pass.map(|(_, data)| data.to_vec()) else { return Ok(()) };
    crypt::stream::decrypt(stream, &pass, wide)
}

/// Reads the beginning of a stream.
pub(super) fn read(stream: &[u8]) -> Result<Globals, Fault> {
    let mut globals = Globals {
        sheets: Vec::new(),
        strings: Vec::new(),
        wide: true,
        page: WINDOWS_1252,
        is_1904: false,
        computed: false,
        white: false,
        styles: Vec::new(),
        plain: Style::default(),
        fonts: Vec::new(),
        names: Vec::new(),
        references: Vec::new(),
    };
    let mut own = Own::default();
    let mut records = Records::of(stream);
    let mut depth = 0_usize;
    while let Some((kind, data)) = records.next() {
        match kind {
            BOF if depth == 0 => {
                globals.wide = u16_at(data, 0) == Some(BIFF8);
                depth = 1;
            }
            _ if depth == 0 => return Err(Fault::Unsupported("a workbook before Excel 5".to_owned())),
            EOF => break,
            BOUND_SHEET if globals.names.len() >= MAX_SHEETS => {
                return Err(Fault::Limit(format!("more than {MAX_SHEETS} sheets")));
            }
            SST => globals.strings = strings::table(&mut Joined::of(data, records.more())),
            // What a cut-off record says is not there.
            _ => {
                let _ = own.record(&mut globals, kind, data);
            }
        }
    }
    own.finish(&mut globals);
    Ok(globals)
}

/// What is gathered until all of it is there.
#[derive(Default)]
struct Own {
    formats: HashMap<u16, Rc<Format>>,
    stored: Vec<Stored>,
    colours: Vec<bool>,
    /// Books that references go to: whether each is this one.
    books: Vec<bool>,
    fonts: Vec<(Look, u16)>,
}

impl Own {
    fn record(&mut self, globals: &mut Globals, kind: u16, data: &[u8]) -> Option<()> {
        match kind {
            CODE_PAGE => globals.page = page_of(i32::from(u16_at(data, 0)?)),
            DATE_MODE => globals.is_1904 = u16_at(data, 0)? == 1,
            RECALC_ID => globals.computed = true,
            BOUND_SHEET => {
                let at = usize::try_from(u32_at(data, 0)?).ok()?;
                let (state, what) = (*data.get(4)?, *data.get(5)?);
                let name = strings::short(data.get(6..)?, globals.wide, globals.page).unwrap_or_default();
                globals.names.push(Rc::from(name.as_str()));
                // Charts and macros are no sheets.
                if what == 0 {
                    globals.sheets.push(Listed { name, at, hidden: state & 3 != 0 });
                }
            }
            FONT => {
                let (height, marks, colour, script) =
                    (u16_at(data, 0)?, u16_at(data, 2)?, u16_at(data, 4)?, u16_at(data, 8)?);
                let look = Look {
                    struck: Some(marks & 8 != 0),
                    script: Some(script == 1 || script == 2),
                    tiny: Some(height <= TINY),
                    ..Look::default()
                };
                self.fonts.push((look, colour));
            }
            FORMAT | OLD_FORMAT => {
                let (number, code) = strings::format(data, globals.wide, globals.page)?;
                self.formats.insert(number, Rc::new(Format::of_code(&code)));
            }
            PALETTE => {
                let colour = |c: &[u8]| match c {
                    [red, green, blue, ..] => is_white(&format!("{red:02x}{green:02x}{blue:02x}")) == Some(true),
                    _ => false,
                };
                self.colours = data.get(2..)?.chunks_exact(4).map(colour).collect();
            }
            XF => {
                let (font, format) = (u16_at(data, 0)?, u16_at(data, 2)?);
                let (pattern, colour) = if globals.wide {
                    (u32_at(data, 14)? >> 26, u16_at(data, 18)? & 0x7F)
                } else {
                    (u32::from(u16_at(data, 10)? & 0x3F), u16_at(data, 8)? & 0x7F)
                };
                self.stored.push(Stored { font, format, pattern, colour });
            }
            // `01 04` stands for this workbook.
            SUP_BOOK => self.books.push(data.len() == 4 && u16_at(data, 2) == Some(0x0401)),
            EXTERN_SHEET if globals.wide => {
                let reference = |r: &[u8]| {
                    let own = self.books.get(usize::from(u16_at(r, 0)?)).copied().unwrap_or(false);
                    Some((u16_at(r, 2)?, u16_at(r, 4)?)).filter(|_| own)
                };
                globals.references = data.get(2..)?.chunks_exact(6).map(reference).collect();
            }
            _ => {}
        }
        Some(())
    }

    /// Fonts and styles, once all colours are known.
    fn finish(self, globals: &mut Globals) {
        let is_white = |colour: u16| {
            let own = colour.checked_sub(FIRST_COLOUR).and_then(|n| self.colours.get(usize::from(n)));
            own.copied().unwrap_or(WHITES.contains(&colour))
        };
        let fonts = self.fonts.iter().map(|(look, colour)| Look { white: Some(is_white(*colour)), ..*look });
        globals.fonts = fonts.collect();
        let style = |stored: &Stored| {
            let filled = stored.pattern != 0 && !(stored.pattern == 1 && is_white(stored.colour));
            let format = self.formats.get(&stored.format).cloned();
            Style {
                format: format.unwrap_or_else(|| Rc::new(Format::built_in(u32::from(stored.format)))),
                look: Look { filled: Some(filled), ..globals.font(stored.font) },
            }
        };
        globals.styles = self.stored.iter().map(style).collect();
        globals.white = globals.fonts.iter().any(|f| f.white == Some(true));
    }
}
