//! A page while it is read.
//!
//! Owns what each tag does. Refuses to know how markup is cut into tags and what declarations mean.

use nianbao_document::Document;

use super::aside::Aside;
use super::embed::Files;
use super::line::{Ink, Kind, printing_run};
use super::open::Open;
use super::part::Part;
use super::raw::Raw;
use super::sheet::{Names, Sheet};
use super::style::Hiding;
use super::tag::Tag;
use super::token::tokenize;
use crate::limits::{Clock, Fault, Limits};
use crate::work;

/// Hidden parts within hidden parts; what is hidden deeper is not read.
const MAX_HIDDEN: usize = 16;
/// Pages within pages.
const MAX_NESTING: usize = 4;
/// Bytes that are searched for names of elements.
const MAX_SEARCHED: usize = 64 << 20;
/// Bytes of pages within a page, whatever its length.
const LEAST_INNER: usize = 1 << 20;

/// What all pages within a page share.
pub(super) struct Work<'f> {
    clock: Clock,
    pub(super) files: Files<'f>,
    lines: bool,
    /// Bytes of pages within the page that may still be read.
    pub(super) left: usize,
    nesting: usize,
    tags: u32,
    /// Comparisons of elements with selectors so far.
    pub(super) steps: u64,
    /// Why the reading was given up.
    pub(super) fault: Option<Fault>,
}

impl<'f> Work<'f> {
    /// `lines`: those of the outermost page stay as they are.
    pub(super) fn new(limits: &Limits, files: Files<'f>, length: usize, lines: bool) -> Self {
        let left = length.saturating_mul(8).max(LEAST_INNER);
        Self { clock: Clock::start(limits), files, lines, left, nesting: 0, tags: 0, steps: 0, fault: None }
    }

    /// Asks now and then whether there is time.
    pub(super) fn tick(&mut self) {
        self.tags = self.tags.wrapping_add(1);
        work::steps(1);
        if self.tags.is_multiple_of(4_096) && self.fault.is_none() {
            self.fault = self.clock.check().err();
        }
    }

    pub(super) fn too_much(&mut self) {
        self.fault.get_or_insert_with(|| Fault::Limit("style sheets are larger than the limit".to_owned()));
    }

    /// Begins a page within a page; `false` where they are nested too deep.
    pub(super) fn nest(&mut self) -> bool {
        let room = self.nesting < MAX_NESTING;
        self.nesting += usize::from(room);
        room
    }

    pub(super) fn unnest(&mut self) {
        self.nesting -= 1;
    }
}

/// A page that was read.
pub(super) struct Whole {
    pub(super) document: Document,
    pub(super) asides: Vec<Aside>,
}

/// A part that waits until what is hidden in it ends.
struct Waiting {
    part: Part,
    hiding: Hiding,
}

/// A page as read so far.
pub(super) struct Page<'s, 'w, 'f> {
    pub(super) work: &'w mut Work<'f>,
    source: &'s [u8],
    /// Some lines end with a carriage return alone.
    lone_returns: bool,
    /// Lines are counted up to here, and this is the line.
    counted: usize,
    pub(super) line: u32,
    /// Everything stands on one line: the text was unpacked.
    pub(super) fixed: bool,

    pub(super) part: Part,
    waiting: Vec<Waiting>,
    pub(super) open: Open,
    pub(super) sheet: Sheet,
    pub(super) names: Names,
    /// All style sheets are known already.
    pub(super) styled: bool,
    /// The body has begun.
    pub(super) begun: bool,
    /// A style sheet that has a say came after elements it may speak of.
    pub(super) late: bool,

    pub(super) declared_title: Option<String>,
    pub(super) article_title: Option<String>,
    pub(super) declared_date: Option<String>,

    pub(super) in_head: bool,
    /// The element whose content is no text, and how often it is nested in itself.
    pub(super) hidden: Option<(Tag, u32)>,
    pub(super) raw: Raw,
    /// Bytes searched for names.
    searched: usize,
}

impl<'s, 'w, 'f> Page<'s, 'w, 'f> {
    /// Reads a page. `within`: its line, and whether all of it stands on that line, if it stands within another.
    pub(super) fn read(
        title: Option<&str>,
        text: &'s str,
        within: Option<(u32, bool)>,
        work: &'w mut Work<'f>,
    ) -> Whole {
        let mut page = Self::new(title, text, within, work);
        tokenize(text, &mut page);
        page.end();
        if page.late && page.work.fault.is_none() {
            // Now that all style sheets are known.
            let Self { sheet, work, .. } = page;
            page = Self { sheet, styled: true, ..Self::new(title, text, within, work) };
            tokenize(text, &mut page);
            page.end();
        }
        let Self { part, article_title, declared_title, declared_date, .. } = page;
        let Part { mut document, asides, .. } = part;
        document.declared_title = article_title.or(declared_title);
        document.declared_date = declared_date;
        Whole { document, asides }
    }

    fn new(title: Option<&str>, source: &'s str, within: Option<(u32, bool)>, work: &'w mut Work<'f>) -> Self {
        let (line, fixed) = within.unwrap_or((1, false));
        let lines = within.is_none() && work.lines;
        let mut part = Part { sure: true, lines, ..Part::default() };
        title.into_iter().for_each(|title| part.document.push_line(title, line, true));
        Self {
            work,
            source: source.as_bytes(),
            lone_returns: memchr::memchr_iter(b'\r', source.as_bytes())
                .any(|at| source.as_bytes().get(at + 1) != Some(&b'\n')),
            counted: 0,
            line,
            fixed,
            part,
            waiting: Vec::new(),
            open: Open::default(),
            sheet: Sheet::default(),
            names: Names::default(),
            styled: false,
            begun: false,
            late: false,
            declared_title: None,
            article_title: None,
            declared_date: None,
            in_head: false,
            hidden: None,
            raw: Raw::default(),
            searched: 0,
        }
    }

    fn end(&mut self) {
        if let Some((hidden, _)) = self.hidden.take()
            && hidden != Tag::Title
        {
            self.end_raw(hidden);
        }
        self.close_to(0);
        self.part.finish();
    }

    /// The line of a place in the source. Places must not go back.
    pub(super) fn line_at(&mut self, place: usize) -> u32 {
        if self.fixed {
            return self.line;
        }
        if let (Some(passed), Some(next)) = (self.source.get(self.counted..place), self.source.get(self.counted + 1..))
        {
            // A lone CR ends a line too, for the tokenizer and for editors.
            let ends = if self.lone_returns {
                let ends = |&(&at, &next): &(&u8, &u8)| at == b'\n' || (at == b'\r' && next != b'\n');
                passed.iter().zip(next).filter(ends).count()
            } else {
                memchr::memchr_iter(b'\n', passed).count()
            };
            work::steps(passed.len());
            self.line = self.line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
            self.counted = place;
        }
        self.line
    }

    pub(super) fn put_text(&mut self, text: &str, start: usize) {
        if let Some((hidden, _)) = self.hidden {
            self.put_raw(hidden, text, start);
            return;
        }
        let look = self.open.look;
        if self.in_head || look.is_lost() {
            return;
        }
        if look.doubtful && text.contains(|c: char| c.is_numeric()) {
            self.object();
            self.print(text, start);
            return self.object();
        }
        let from = self.part.current.text.len();
        self.print(text, start);
        if look.is_marked() {
            let kind = match look {
                _ if look.raised => Kind::Raised,
                _ if look.is_pale() => Kind::Pale,
                _ if look.pressed => Kind::Pressed,
                _ => return,
            };
            // A line that was ended within the text took its marks with it; the rest begins anew.
            let from = from.min(self.part.current.text.len());
            self.part.current.mark(from, kind);
        }
    }

    /// Adds text to the line; characters are copied in runs, not one by one. It begins at a place of the source.
    pub(super) fn print(&mut self, text: &str, start: usize) {
        let mut rest = text;
        let mut line_ends = 0;
        loop {
            work::steps(1);
            let run = printing_run(rest.as_bytes());
            if run > 0 {
                self.start_run(start, line_ends);
                self.part.current.text.push_str(rest.get(..run).unwrap_or(""));
                rest = rest.get(run..).unwrap_or("");
            }
            let mut chars = rest.chars();
            let Some(c) = chars.next() else { return };
            rest = chars.as_str();
            match Ink::of(c) {
                Ink::Prints => {
                    self.start_run(start, line_ends);
                    self.part.current.text.push(c);
                }
                Ink::Blank => {
                    line_ends += u32::from(c == '\n');
                    match c {
                        _ if !self.part.keeps_lines() => self.part.current.blank = true,
                        '\n' => self.part.break_line(),
                        '\t' => self.part.current.text.push('\t'),
                        '\r' => {}
                        _ => self.part.current.text.push(' '),
                    }
                }
                Ink::Nothing => {}
            }
        }
    }

    /// Something prints, so many line ends behind a place of the source.
    fn start_run(&mut self, start: usize, line_ends: u32) {
        if !self.part.current.ink {
            let ends = if self.fixed { 0 } else { line_ends };
            self.part.current.ink = true;
            self.part.current.line = self.line_at(start).saturating_add(ends);
        } else if self.part.current.blank {
            self.part.current.text.push(' ');
        }
        self.part.current.blank = false;
    }

    /// Closes the open elements beyond a depth, and the hidden parts that end with them.
    #[inline]
    pub(super) fn close_to(&mut self, depth: usize) {
        while self.open.depth() > depth {
            work::steps(1);
            if self.open.pop() {
                self.leave();
            }
        }
    }

    /// Begins a hidden part; `false` where hidden parts are nested too deep.
    pub(super) fn enter(&mut self, hiding: Hiding) -> bool {
        let room = self.waiting.len() < MAX_HIDDEN;
        if room {
            let part = Part { sure: self.part.sure, ..Part::default() };
            let part = std::mem::replace(&mut self.part, part);
            self.waiting.push(Waiting { part, hiding });
        }
        room
    }

    /// Something within parts whose room is kept is seen: that room is not empty.
    pub(super) fn show_through(&mut self) {
        let kept = self.waiting.iter().rev().take_while(|waiting| waiting.hiding == Hiding::Empty).count();
        let at = self.waiting.len() - kept;
        if let Some(waiting) = self.waiting.get_mut(at).filter(|_| kept > 0) {
            waiting.part.current.object(Kind::Object);
        }
    }

    /// Ends the innermost hidden part.
    fn leave(&mut self) {
        self.part.finish();
        let Some(Waiting { part, hiding }) = self.waiting.pop() else { return };
        let Part { document, asides, .. } = std::mem::replace(&mut self.part, part);
        match hiding {
            Hiding::Never => return,
            Hiding::Empty => self.part.current.blank = true,
            Hiding::Gone => {}
        }
        self.keep(Aside { at: 0, document, asides, article: false });
    }

    pub(super) fn keep(&mut self, aside: Aside) {
        if aside.is_worth_keeping() {
            self.part.put_aside(aside);
        }
    }

    /// Reads a page that stands within this one: on lines of its own, or all on one line.
    pub(super) fn inner(&mut self, title: Option<&str>, text: &str, line: u32, fixed: bool) -> Option<Whole> {
        if text.len() > self.work.left || !self.work.nest() {
            return None;
        }
        self.work.left -= text.len();
        let whole = Page::read(title, text, Some((line, fixed)), self.work);
        self.work.unnest();
        self.declared_title = self.declared_title.take().or_else(|| whole.document.declared_title.clone());
        Some(whole)
    }

    /// Whether a script or another element speaks of a name in quotes: an id, or a class behind a point.
    pub(super) fn is_named(&mut self, name: &str) -> bool {
        if self.searched > MAX_SEARCHED {
            // Better unreadable than wrong.
            return true;
        }
        self.searched += self.source.len();
        work::steps(self.source.len());
        let before = |at: usize| self.source.get(..at).unwrap_or_default();
        memchr::memmem::find_iter(self.source, name).any(|at| {
            let after = self.source.get(at + name.len());
            let head = before(at).strip_suffix(b"#").unwrap_or(before(at));
            let quoted = head.ends_with(b"\"") || head.ends_with(b"'");
            let own = head.get(..head.len().saturating_sub(1)).unwrap_or_default().trim_ascii_end();
            let own = own.strip_suffix(b"=").map(<[u8]>::trim_ascii_end);
            let own = own.is_some_and(|o| [&b"id"[..], b"name", b"for", b"headers"].iter().any(|n| o.ends_with(n)));
            quoted && matches!(after, Some(b'"' | b'\'')) && !own
        })
    }

    /// What lies behind text is not known any more.
    pub(super) fn doubt(&mut self) {
        self.part.sure = false;
        self.waiting.iter_mut().for_each(|waiting| waiting.part.sure = false);
    }

    /// Something is seen here that is no text.
    pub(super) fn object(&mut self) {
        self.put_object(Kind::Object);
    }

    pub(super) fn put_object(&mut self, kind: Kind) {
        if !self.in_head && !self.open.look.is_lost() {
            self.part.current.object(kind);
        }
    }

    /// The value of a control. Outside tables it is nothing that the page says.
    pub(super) fn put_value(&mut self, text: &str, place: usize) {
        if self.part.is_in_cell() && !self.open.look.is_lost() && text.chars().any(|c| Ink::of(c) == Ink::Prints) {
            let from = self.part.current.text.len();
            self.print(text.trim(), place);
            let from = from.min(self.part.current.text.len());
            self.part.current.mark(from, Kind::Value);
        }
    }
}
