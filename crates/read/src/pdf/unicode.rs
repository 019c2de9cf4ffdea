//! What a glyph means: its characters, where the file says so or lets it be inferred.
//!
//! Owns the fallbacks for fonts without a usable `ToUnicode` map: character collections behind predefined encodings, the
//! font's own table of characters, and GBK bytes set in a Latin font. Refuses to guess from shapes: what no table tells
//! is U+FFFD. It folds nothing: radicals and full-width forms are given as the file has them.

use std::rc::Rc;
use std::sync::OnceLock;

use encoding_rs::GB18030;
use foldhash::fast::FixedState;
use hayro_interpret::font::{Glyph, OutlineGlyph, PositionedGlyph};
use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_syntax::Pdf;
use hayro_syntax::object::dict::keys::{
    BASE_FONT, CIDSYSTEMINFO, DESCENDANT_FONTS, DIFFERENCES, ENCODING, FONT_DESC, FONT_FILE, FONT_FILE2, FONT_FILE3,
    ORDERING, REGISTRY, SUBTYPE, TO_UNICODE, TRUE_TYPE, TYPE0, TYPE1, TYPE3,
};
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, Stream, String as Bytes};
use hayro_syntax::page::Resources;
use skrifa::{FontRef, MetadataProvider};

use super::stand_in::STAND_IN_LENGTH;

type HashMap<K, V> = std::collections::HashMap<K, V, FixedState>;

/// Direct dictionaries are searched for fonts down to this depth.
const FONT_DEPTH: usize = 6;
/// Glyphs of one font whose characters are kept: as many as a font can have.
const MOST_GLYPHS: usize = 1 << 16;

/// One character of a run, and the glyphs that show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Letter {
    /// The character.
    pub(super) text: char,
    /// First glyph of the run that shows it.
    pub(super) first: usize,
    /// One past the last glyph.
    pub(super) end: usize,
    /// Which part of the glyphs' advance it takes, from 0.
    pub(super) part: u16,
    /// Parts into which the advance is split: the characters of a ligature.
    pub(super) parts: u16,
}

/// Meaning of a character code.
#[derive(Clone, Debug)]
enum Meaning {
    Blank,
    Character(char),
    Ligature(Rc<str>),
    Unknown,
}

impl Meaning {
    fn of(text: BfString) -> Self {
        match text {
            BfString::Char(character) => Self::of_character(character),
            BfString::String(text) if text.chars().all(is_blank) => Self::Blank,
            BfString::String(text) => {
                let text: String = text.chars().filter(|character| !character.is_control()).collect();
                if text.is_empty() { Self::Unknown } else { Self::Ligature(text.into()) }
            }
        }
    }

    /// A control character is no character: subset fonts map their glyphs to such if nobody minded.
    fn of_character(character: char) -> Self {
        if is_blank(character) {
            Self::Blank
        } else if character.is_control() || character == char::REPLACEMENT_CHARACTER {
            Self::Unknown
        } else {
            Self::Character(character)
        }
    }

    fn known(self) -> Option<Self> {
        match self {
            Self::Unknown => None,
            known => Some(known),
        }
    }
}

/// Blanks, the ideographic one and those without a width among them.
const fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200B}' | '\u{FEFF}')
}

/// Translates the glyphs of one document.
pub(super) struct Translator<'a> {
    pdf: &'a Pdf,
    /// The document's fonts; looked for when the first glyph without a meaning turns up.
    fonts: Option<Fonts<'a>>,
    /// Fonts that need a fallback, by font program.
    fallbacks: HashMap<u128, Vec<Fallback>>,
    /// Codes of the run under way, for GBK.
    bytes: Vec<u8>,
    /// The page names fonts that are not in the file.
    lost: bool,
}

impl<'a> Translator<'a> {
    pub(super) fn new(pdf: &'a Pdf) -> Self {
        Self { pdf, fonts: None, fallbacks: HashMap::default(), bytes: Vec::new(), lost: false }
    }

    /// Turns to a page.
    pub(super) fn begin(&mut self, page: &Resources<'a>) {
        self.lost = page.fonts.keys().any(|name| page.get_font(&name).is_none());
    }

    /// Whether it has a table of characters itself, so that the interpreter need not read it.
    pub(super) const fn reads(table: CMapName<'_>) -> bool {
        matches!(
            table,
            CMapName::AdobeGb1Ucs2 | CMapName::AdobeCns1Ucs2 | CMapName::AdobeJapan1Ucs2 | CMapName::AdobeKorea1Ucs2
        )
    }

    /// Whether the page names fonts that are not in the file.
    pub(super) const fn has_lost_fonts(&self) -> bool {
        self.lost
    }

    /// Appends the characters of a run. Blanks are left out; what is unknown is U+FFFD.
    pub(super) fn translate(&mut self, run: &[PositionedGlyph<'a>], letters: &mut Vec<Letter>) {
        if self.gbk(run, letters) {
            return;
        }
        // All glyphs of a run are of one font.
        let mut font = None;
        for (first, glyph) in run.iter().enumerate() {
            let mut put = |text, part, parts| letters.push(Letter { text, first, end: first + 1, part, parts });
            let meaning = match glyph.as_unicode().map(Meaning::of).and_then(Meaning::known) {
                Some(Meaning::Character(text)) if self.is_bare_code(glyph, text) => Meaning::Unknown,
                Some(meaning) => meaning,
                None => self.infer(glyph, &mut font),
            };
            match meaning {
                Meaning::Blank => {}
                Meaning::Character(text) => put(text, 0, 1),
                Meaning::Ligature(text) => {
                    let parts = u16::try_from(text.chars().count()).unwrap_or(u16::MAX);
                    for (part, text) in (0..parts).zip(text.chars()) {
                        if !is_blank(text) {
                            put(text, part, parts);
                        }
                    }
                }
                Meaning::Unknown => put(char::REPLACEMENT_CHARACTER, 0, 1),
            }
        }
    }

    /// Whether a character is nothing but its code, in a file that lost what its codes mean: the interpreter then takes
    /// codes for ASCII, and 30 becomes 52.
    fn is_bare_code(&mut self, glyph: &Glyph<'a>, text: char) -> bool {
        if u32::from(text) != glyph.char_code() {
            return false;
        }
        match glyph {
            Glyph::Type3(_) => self.fonts.get_or_insert_with(|| Fonts::of(self.pdf)).nameless,
            // The interpreter sets what has no font in Helvetica.
            Glyph::Outline(outline) => {
                let carried = outline.font_data().is_some_and(|data| (*data.data).as_ref().len() != STAND_IN_LENGTH);
                self.lost && !carried
            }
        }
    }

    /// The meaning of a glyph that `ToUnicode` and glyph names leave open. `font` is the run's font once it is known.
    fn infer(&mut self, glyph: &Glyph<'a>, font: &mut Option<(u128, usize)>) -> Meaning {
        let nothing = if matches!(glyph.char_code(), 0x20 | 0xA0) { Meaning::Blank } else { Meaning::Unknown };
        let Glyph::Outline(outline) = glyph else { return nothing };
        let place = match font {
            Some(place) => *place,
            None => match self.fallback(outline) {
                Some(place) => *font.insert(place),
                None => return nothing,
            },
        };
        let fallback = self.fallbacks.get_mut(&place.0).and_then(|fonts| fonts.get_mut(place.1));
        fallback.map_or(nothing, |fallback| fallback.meaning(outline))
    }

    /// Where the fallback of a glyph's font is kept.
    fn fallback(&mut self, glyph: &OutlineGlyph) -> Option<(u128, usize)> {
        let data = glyph.font_data()?;
        let name = data.postscript_name.unwrap_or_default();
        let fonts = self.fallbacks.entry(data.cache_key).or_default();
        if let Some(index) = fonts.iter().position(|font| font.name == name) {
            return Some((data.cache_key, index));
        }
        let program = (*data.data).as_ref();
        let embedded = program.len() != STAND_IN_LENGTH;
        let composite = self.fonts.get_or_insert_with(|| Fonts::of(self.pdf)).composite(&name, program);
        let characters = if embedded { characters(program) } else { Vec::new() };
        fonts.push(Fallback { name, embedded, composite, characters, codes: HashMap::default() });
        Some((data.cache_key, fonts.len() - 1))
    }

    /// Reads a run as GBK bytes in a Latin font, as old writers set Chinese in fonts that the file does not carry.
    /// `false` if it is none.
    fn gbk(&mut self, run: &[PositionedGlyph<'a>], letters: &mut Vec<Letter>) -> bool {
        self.bytes.clear();
        let mut pairs = false;
        for glyph in run {
            let Ok(code) = u8::try_from(glyph.char_code()) else { return false };
            pairs |= code >= 0x40 && self.bytes.last().is_some_and(|lead| *lead >= 0x81);
            self.bytes.push(code);
        }
        if !pairs || !looks_like_gbk(&self.bytes) {
            return false;
        }
        // Fonts that the file carries show what their table says, and so do those whose table says Chinese.
        let latin = run.iter().filter(|glyph| glyph.char_code() >= 0x80).all(|glyph| match &**glyph {
            Glyph::Outline(outline) => outline.as_unicode().is_none_or(|text| is_latin(&text)),
            Glyph::Type3(_) => false,
        });
        let carried = run.first().is_some_and(|glyph| match &**glyph {
            Glyph::Outline(outline) => outline.font_data().is_some(),
            Glyph::Type3(_) => true,
        });
        if !latin || carried || !self.fonts.get_or_insert_with(|| Fonts::of(self.pdf)).bare_simple {
            return false;
        }
        let mut first = 0;
        while let Some(rest) = self.bytes.get(first..).filter(|rest| !rest.is_empty()) {
            let length = match rest {
                [0x81..=0xFE, 0x40..=0xFE, ..] => 2,
                _ => 1,
            };
            let (text, _) = GB18030.decode_without_bom_handling(rest.get(..length).unwrap_or(rest));
            for text in text.chars().filter(|text| !text.is_whitespace()) {
                letters.push(Letter { text, first, end: first + length, part: 0, parts: 1 });
            }
            first += length;
        }
        true
    }
}

/// Whether at least four of five high bytes pair up to characters of GB 2312.
fn looks_like_gbk(bytes: &[u8]) -> bool {
    let (mut good, mut bad, mut rest) = (0_usize, 0_usize, bytes);
    loop {
        rest = match rest {
            [] => break,
            [0xA1..=0xA9 | 0xB0..=0xF7, 0xA1..=0xFE, rest @ ..] => {
                good += 1;
                rest
            }
            [0x81..=0xFE, 0x40..=0xFE, rest @ ..] => {
                bad += 1;
                rest
            }
            [byte, rest @ ..] => {
                bad += usize::from(*byte >= 0x80);
                rest
            }
        };
    }
    good > 0 && good * 5 >= (good + bad) * 4
}

/// Whether a text is what Latin encodings have for high bytes.
fn is_latin(text: &BfString) -> bool {
    let latin = |character: char| matches!(character, '\0'..='\u{2FF}' | '\u{2000}'..='\u{22FF}' | '\u{FB00}'..='\u{FB06}' | '\u{FFFD}');
    match text {
        BfString::Char(character) => latin(*character),
        BfString::String(text) => text.chars().all(latin),
    }
}

/// A font that needs a fallback.
struct Fallback {
    name: String,
    /// The file carries it.
    embedded: bool,
    composite: Option<Composite>,
    /// Characters of its glyphs by the font's own table; NUL where it has none.
    characters: Vec<char>,
    /// What was found, by character code.
    codes: HashMap<u32, Meaning>,
}

impl Fallback {
    fn meaning(&mut self, glyph: &OutlineGlyph) -> Meaning {
        let code = glyph.char_code();
        if let Some(meaning) = self.codes.get(&code) {
            return meaning.clone();
        }
        let own = || {
            let character = self.characters.get(glyph.glyph_id().to_u32() as usize)?;
            Meaning::of_character(*character).known()
        };
        let collection = || self.composite.as_ref()?.meaning(code);
        // Codes that are glyph numbers are often said to be of a collection; a predefined encoding is not chosen idly.
        let identity = self.composite.as_ref().is_some_and(|font| matches!(font.coding, Coding::Identity));
        let found = if identity { own().or_else(collection) } else { collection().or_else(own) };
        let meaning = found.unwrap_or_else(|| {
            let blank = self.embedded && glyph.outline().elements().is_empty();
            if blank { Meaning::Blank } else { Meaning::Unknown }
        });
        self.codes.insert(code, meaning.clone());
        meaning
    }
}

/// Inverts a font's table of characters. Where glyphs serve several, the ideograph goes before its radical.
fn characters(program: &[u8]) -> Vec<char> {
    let Ok(font) = FontRef::from_index(program, 0) else { return Vec::new() };
    let table = font.charmap();
    if table.is_symbol() {
        return Vec::new();
    }
    let rank = |character: char| match character {
        '\0' => 3,
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. => 2,
        '\u{A0}' | '\u{AD}' | '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' => 1,
        _ => 0,
    };
    let mut characters = Vec::new();
    for (character, glyph) in table.mappings() {
        let (Some(character), glyph) = (char::from_u32(character), glyph.to_u32() as usize) else { continue };
        if glyph == 0 || glyph >= MOST_GLYPHS {
            continue;
        }
        if characters.len() <= glyph {
            characters.resize(glyph + 1, '\0');
        }
        if let Some(place) = characters.get_mut(glyph)
            && (rank(character), character) < (rank(*place), *place)
        {
            *place = character;
        }
    }
    characters
}

/// How the codes of a composite font become characters.
#[derive(Clone)]
struct Composite {
    coding: Coding,
    collection: Option<Collection>,
}

/// How codes become numbers of a collection.
#[derive(Clone)]
enum Coding {
    Identity,
    /// Codes are UCS-2 or UTF-16 themselves.
    Utf16,
    Table(Rc<CMap>),
}

/// A character collection whose characters are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Collection {
    Gb1,
    Cns1,
    Japan1,
    Korea1,
}

impl Collection {
    const fn of(family: &CidFamily) -> Option<Self> {
        match family {
            CidFamily::AdobeGB1 => Some(Self::Gb1),
            CidFamily::AdobeCNS1 => Some(Self::Cns1),
            CidFamily::AdobeJapan1 => Some(Self::Japan1),
            CidFamily::AdobeKorea1 => Some(Self::Korea1),
            CidFamily::AdobeIdentity | CidFamily::Custom { .. } => None,
        }
    }

    /// Its characters by number; read once in the life of the program.
    fn table(self) -> Option<&'static CMap> {
        static TABLES: [OnceLock<Option<CMap>>; 4] = [const { OnceLock::new() }; 4];
        let (index, name) = match self {
            Self::Gb1 => (0, CMapName::AdobeGb1Ucs2),
            Self::Cns1 => (1, CMapName::AdobeCns1Ucs2),
            Self::Japan1 => (2, CMapName::AdobeJapan1Ucs2),
            Self::Korea1 => (3, CMapName::AdobeKorea1Ucs2),
        };
        TABLES.get(index)?.get_or_init(|| CMap::parse(load_embedded(name)?, load_embedded)).as_ref()
    }
}

impl Composite {
    fn meaning(&self, code: u32) -> Option<Meaning> {
        let number = match &self.coding {
            Coding::Identity => code,
            Coding::Utf16 => return Meaning::of_character(utf16(code)?).known(),
            Coding::Table(table) => (1..=4).find_map(|bytes| table.lookup_cid_code(code, bytes))?,
        };
        Meaning::of(self.collection?.table()?.lookup_bf_string(number)?).known()
    }

    /// Whether two fonts translate alike.
    fn same(&self, other: &Self) -> bool {
        let coding = match (&self.coding, &other.coding) {
            (Coding::Identity, Coding::Identity) | (Coding::Utf16, Coding::Utf16) => true,
            (Coding::Table(one), Coding::Table(two)) => Rc::ptr_eq(one, two),
            _ => false,
        };
        coding && self.collection == other.collection
    }
}

/// The character of a code of one or two UTF-16 units.
fn utf16(code: u32) -> Option<char> {
    let [a, b, c, d] = code.to_be_bytes();
    let units = [u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])];
    let units = if units.first() == Some(&0) { units.get(1..)? } else { units.get(..)? };
    char::decode_utf16(units.iter().copied()).next()?.ok()
}

/// The fonts of a document, as far as fallbacks need them.
#[derive(Default)]
struct Fonts<'a> {
    composites: HashMap<String, Vec<(Composite, Option<Stream<'a>>)>>,
    /// There is a simple font that the file does not carry.
    bare_simple: bool,
    /// There is a font of drawn glyphs that names none of them.
    nameless: bool,
    /// Predefined encodings that were read.
    encodings: HashMap<Vec<u8>, Option<Rc<CMap>>>,
}

impl<'a> Fonts<'a> {
    fn of(pdf: &'a Pdf) -> Self {
        let mut fonts = Self::default();
        for object in pdf.objects() {
            match object {
                Object::Dict(dict) => fonts.search(&dict, FONT_DEPTH),
                Object::Stream(stream) => fonts.search(stream.dict(), FONT_DEPTH),
                _ => {}
            }
        }
        fonts
    }

    /// Takes a font, or looks for fonts in the dictionaries that stand within this one.
    fn search(&mut self, dict: &Dict<'a>, depth: usize) {
        match dict.get::<Name<'_>>(SUBTYPE).as_deref() {
            Some(TYPE0) => {
                self.take(dict);
            }
            Some(TYPE1 | TRUE_TYPE) => self.bare_simple |= !carried(dict),
            Some(TYPE3) => {
                let named = dict.get::<Dict<'_>>(ENCODING).is_some_and(|e| e.get::<Array<'_>>(DIFFERENCES).is_some());
                self.nameless |= !named && dict.get::<Stream<'_>>(TO_UNICODE).is_none();
            }
            _ if depth > 0 => {
                for (_, value) in dict.entries() {
                    if let MaybeRef::NotRef(Object::Dict(inner)) = value {
                        self.search(&inner, depth - 1);
                    }
                }
            }
            _ => {}
        }
    }

    fn take(&mut self, dict: &Dict<'a>) -> Option<()> {
        let descendant = dict.get::<Array<'_>>(DESCENDANT_FONTS)?.iter::<Dict<'_>>().next()?;
        let (coding, encoded) = match dict.get::<Object<'_>>(ENCODING)? {
            Object::Name(name) => self.coding(&name)?,
            Object::Stream(stream) => {
                let table = CMap::parse(&stream.decoded_data().ok()?, load_embedded)?;
                let collection = collection_of(&table);
                (Coding::Table(Rc::new(table)), collection)
            }
            _ => return None,
        };
        let declared = descendant.get::<Dict<'_>>(CIDSYSTEMINFO).and_then(|info| {
            let (registry, ordering) = (info.get::<Bytes<'_>>(REGISTRY)?, info.get::<Bytes<'_>>(ORDERING)?);
            Collection::of(&CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes()))
        });
        let name = dict.get::<Name<'_>>(BASE_FONT).map(|name| plain_name(name.as_str()).to_owned()).unwrap_or_default();
        let composite = Composite { coding, collection: encoded.or(declared) };
        self.composites.entry(name).or_default().push((composite, program(&descendant)));
        Some(())
    }

    fn coding(&mut self, name: &[u8]) -> Option<(Coding, Option<Collection>)> {
        if matches!(name, b"Identity-H" | b"Identity-V") {
            return Some((Coding::Identity, None));
        }
        let text = std::str::from_utf8(name).unwrap_or("");
        if text.starts_with("Uni") && (text.contains("-UCS2-") || text.contains("-UTF16-")) {
            return Some((Coding::Utf16, None));
        }
        let read = || CMap::parse(load_embedded(CMapName::from_bytes(name))?, load_embedded).map(Rc::new);
        let table = self.encodings.entry(name.to_vec()).or_insert_with(read).clone()?;
        let collection = collection_of(&table);
        Some((Coding::Table(table), collection))
    }

    /// The composite font of a name. Of several that translate differently, the one that carries this program.
    fn composite(&self, name: &str, program: &[u8]) -> Option<Composite> {
        let fonts = self.composites.get(name)?;
        let (first, _) = fonts.first()?;
        if fonts.iter().all(|(font, _)| font.same(first)) {
            return Some(first.clone());
        }
        let carries = |stream: &Stream<'a>| stream.decoded_data().is_ok_and(|data| *data == *program);
        fonts.iter().find(|(_, stream)| stream.as_ref().is_some_and(carries)).map(|(font, _)| font.clone())
    }
}

fn collection_of(table: &CMap) -> Option<Collection> {
    Collection::of(&table.metadata().character_collection.as_ref()?.family)
}

/// The program of a font, if the file carries it.
fn program<'a>(font: &Dict<'a>) -> Option<Stream<'a>> {
    let descriptor = font.get::<Dict<'_>>(FONT_DESC)?;
    [FONT_FILE2, FONT_FILE3, FONT_FILE].into_iter().find_map(|key| descriptor.get::<Stream<'_>>(key))
}

fn carried(font: &Dict<'_>) -> bool {
    program(font).is_some()
}

/// A font's name without the six letters that mark a subset.
fn plain_name(name: &str) -> &str {
    match name.split_once('+') {
        Some((prefix, rest)) if prefix.len() == 6 => rest,
        _ => name,
    }
}
