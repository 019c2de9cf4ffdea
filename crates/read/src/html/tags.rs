//! What tags do to a page.
//!
//! Owns which tags break lines, open tables and hide what they hold, and the look of elements. Refuses to know what stands
//! in scripts and fields.

use super::control::{self, Shows};
use super::line::{Kind, collapse, filled};
use super::open::Look;
use super::page::Page;
use super::style::{Hiding, Style};
use super::table::{OpenCell, Section};
use super::tag::Tag;
use super::token::{OpenTag, Sink};

/// The limit that browsers set.
const MAX_COL_SPAN: u32 = 1_000;
/// Pixels of a picture that only keeps a distance.
const SPACER: u32 = 3;

impl Sink for Page<'_, '_, '_> {
    fn start_tag(&mut self, tag: &OpenTag) {
        let kind = tag.kind;
        if let Some((hidden, depth)) = self.hidden {
            if hidden == Tag::Template && kind == hidden {
                self.hidden = Some((hidden, depth.saturating_add(1)));
            }
            if hidden == Tag::Select && kind == Tag::Option {
                self.open_choice(tag.flag);
            }
            if !kind.ends_hiding_of(hidden) {
                return;
            }
            self.hidden = None;
            self.end_raw(hidden);
        }
        if !kind.belongs_to_head() {
            self.in_head = false;
            self.begun |= kind != Tag::Root;
        }
        self.work.tick();
        let closed = self.open.closed_by_start(kind, tag.key);
        self.close_to(closed);
        if kind == Tag::Table && self.part.is_between_cells() {
            // A table in a table, but in no cell of it, ends it.
            let table = self.open.elements().iter().rposition(|e| e.kind == Tag::Table);
            table.into_iter().for_each(|at| self.close_to(at));
            self.part.close_table();
        }
        let named = if tag.class.is_empty() { None } else { by_name(&tag.class, !self.part.sure) };
        let styled = tag.style.is_loud() || !tag.style.is_empty() && !self.open.look.is_neutral();
        if styled || tag.hidden || named.is_some() || self.sheet.is_active() {
            let (style, all) = self.style_of(tag, named);
            self.styled_tag(tag, &style, all.as_ref());
        } else if kind == Tag::Unseen {
            self.hide(tag, self.open.look, Hiding::Never);
        } else {
            let mut look = self.open.look;
            look.struck |= kind == Tag::Struck;
            look.raised |= kind == Tag::Raised;
            look.pressed |= kind == Tag::Button;
            look.doubtful |= kind == Tag::Doubtful;
            self.act(tag, look);
        }
    }

    fn end_tag(&mut self, kind: Tag, key: u64) {
        if let Some((hidden, depth)) = self.hidden {
            if kind == hidden {
                self.hidden = depth.checked_sub(1).filter(|&depth| depth > 0).map(|depth| (hidden, depth));
                if self.hidden.is_none() {
                    self.end_raw(hidden);
                }
                return;
            }
            if hidden == Tag::Select && kind == Tag::Option {
                self.end_choice();
            }
            if !kind.ends_hiding_of(hidden) {
                return;
            }
            self.hidden = None;
            self.end_raw(hidden);
        }
        if let Some(at) = self.open.closed_by_end(kind, key) {
            let hides = self.open.elements().get(at).is_some_and(|e| e.hides);
            self.close_to(at + 1);
            if hides {
                self.close_to(at);
                return;
            }
            self.end_element(kind);
            self.close_to(at);
        } else {
            self.end_element(kind);
        }
    }

    fn text(&mut self, text: &str, start: usize) {
        self.put_text(text, start);
    }

    fn wants(&self, attribute: &[u8]) -> bool {
        self.sheet.wants(attribute)
    }
}

/// What classes say by their names: those of Word's notes, and, where a style sheet of another file defines them, those that
/// hide in every set of styles.
fn by_name(class: &str, elsewhere: bool) -> Option<&'static [u8]> {
    let one = |name: &str| -> Option<&'static [u8]> {
        Some(match name {
            "MsoFootnoteReference" | "MsoEndnoteReference" => b"vertical-align:super",
            "sr-only" | "visually-hidden" | "visuallyhidden" | "screen-reader-text" | "element-invisible"
                if elsewhere =>
            {
                b"position:absolute;clip:rect(0,0,0,0)"
            }
            "hidden" | "hide" | "d-none" | "layui-hide" | "is-hidden" if elsewhere => b"display:none",
            _ => return None,
        })
    };
    class.split_ascii_whitespace().find_map(one)
}

impl Page<'_, '_, '_> {
    /// What its attributes and the style sheets say of an element; and, where some rules may hold or not, what they say if
    /// they do.
    fn style_of(&mut self, tag: &OpenTag, named: Option<&[u8]>) -> (Style, Option<Style>) {
        let mut style = if tag.hidden { Style::none() } else { Style::default() };
        style.read(named.unwrap_or_default());
        let mut all = None;
        if self.sheet.is_active() {
            self.names.read(tag);
            let child = self.open.count_child();
            match self.sheet.style_of(tag, &self.names, (&self.open, child), &mut self.work.steps) {
                Ok((rules, more)) => {
                    all = more.map(|more| {
                        let mut all = style;
                        all.add(&more);
                        all.add(&tag.style);
                        all
                    });
                    style.add(&rules);
                }
                Err(_) => self.work.too_much(),
            }
        }
        style.add(&tag.style);
        if !tag.style.is_empty() && !self.styled {
            // What its own style does may depend on rules that nothing else depends on: sizes, colours.
            match self.sheet.ask(tag.style.powers()) {
                Ok(more) => self.late |= more,
                Err(_) => self.work.too_much(),
            }
        }
        (style, all)
    }

    /// Whether something on the page opens or closes an element by its id or class.
    fn is_opened(&mut self, tag: &OpenTag) -> bool {
        !tag.id.is_empty() && self.is_named(&tag.id)
            || tag.class.split_ascii_whitespace().take(4).any(|class| self.is_named(&format!(".{class}")))
    }

    /// An element of which something is said; `all`: what is said if rules hold that may not.
    fn styled_tag(&mut self, tag: &OpenTag, style: &Style, all: Option<&Style>) {
        let kind = tag.kind;
        let outer = self.open.look;
        let mut look = outer;
        let in_table = kind.is_table_part() || self.part.is_in_cell();
        let open = all.filter(|all| !all.comes_to(style, kind));
        // Of a part of the page that may be hidden its tables decide whether it is a draft.
        let style = open.filter(|_| !in_table).unwrap_or(style);
        look.doubtful |= kind == Tag::Doubtful || in_table && (open.is_some() || style.doubts());
        if style.shows() {
            look.doubtful |= look.unseen;
            look.unseen = false;
            self.show_through();
        }
        look.struck |= kind == Tag::Struck || style.strikes();
        look.raised |= kind == Tag::Raised || kind.is_inline() && style.raises();
        look.pressed |= kind == Tag::Button;
        if let Some(color) = style.color() {
            look.color = color;
        }
        if let Some(back) = style.back().filter(|back| *back != super::value::CLEAR) {
            look.back = back;
        }
        // Lists and boxes of size 0 only take the blanks out of what stands in them; a style sheet of another file sets
        // its size.
        let sized = !matches!(kind, Tag::Block | Tag::Table | Tag::Row | Tag::Root) || self.part.is_in_cell();
        if let Some(tiny) = style.tiny().filter(|_| sized) {
            look.tiny = tiny;
        }
        let hiding = if kind == Tag::Unseen { Some(Hiding::Never) } else { style.hides(kind) };
        match hiding {
            // The veil over a page that is not loaded yet.
            Some(_) if kind == Tag::Root => self.act(tag, look),
            Some(Hiding::Empty) if kind.is_table_part() => {
                look.unseen = true;
                self.act(tag, look);
            }
            Some(_) if kind.is_table_part() && kind != Tag::Cell && self.is_opened(tag) => {
                look.folded = true;
                self.act(tag, look);
            }
            Some(hiding) => self.hide(tag, look, hiding),
            None => {
                self.act(tag, look);
                if style.writes() && self.part.is_in_cell() {
                    self.object();
                }
            }
        }
    }

    /// A hidden element.
    fn hide(&mut self, tag: &OpenTag, look: Look, hiding: Hiding) {
        let kind = tag.kind;
        if kind == Tag::Input {
            let line = self.line_at(tag.start);
            return self.packed_article(&tag.content, line);
        }
        if kind.is_void() {
            return;
        }
        if kind.hides() {
            return self.begin_raw(tag, false);
        }
        match kind {
            Tag::Section | Tag::HeadRows | Tag::FootRows | Tag::Row => self.part.close_row(),
            Tag::Cell => self.part.close_cell(),
            _ => {}
        }
        let entered = self.enter(hiding);
        if !kind.is_table_part() {
            self.begin_element(tag);
        }
        self.open_element(tag, entered, Look { unseen: look.unseen || !entered, ..look });
    }

    /// An element that is shown.
    fn act(&mut self, tag: &OpenTag, look: Look) {
        let kind = tag.kind;
        if kind.hides() && !(kind == Tag::Template && tag.flag) {
            return self.begin_raw(tag, true);
        }
        if kind == Tag::Drawing {
            self.object();
            // What stands in for it is not seen beside it.
            return self.hide(tag, look, Hiding::Never);
        }
        self.begin_element(tag);
        if kind == Tag::Row && look.folded {
            self.part.fold_row();
        }
        if !kind.is_void() {
            self.open_element(tag, false, look);
        }
    }

    fn open_element(&mut self, tag: &OpenTag, hides: bool, look: Look) {
        if self.sheet.is_active() {
            self.names.read(tag);
            let Self { open, names, .. } = self;
            open.push(tag.key, tag.kind, hides, names.id, &names.classes, look);
        } else {
            self.open.push(tag.key, tag.kind, hides, 0, &[], look);
        }
    }

    fn begin_element(&mut self, tag: &OpenTag) {
        match tag.kind {
            Tag::Break | Tag::Paragraph | Tag::Block | Tag::Item | Tag::Root => self.part.break_line(),
            Tag::Heading => {
                self.part.break_line();
                self.part.heading = true;
            }
            Tag::Pre => {
                self.part.break_line();
                self.part.pre = self.part.pre.saturating_add(1);
            }
            Tag::Table => self.part.open_table(),
            Tag::Section => self.part.open_section(Section::Body),
            Tag::HeadRows => self.part.open_section(Section::Head),
            Tag::FootRows => self.part.open_section(Section::Foot),
            Tag::Row => self.part.open_row(),
            Tag::Cell => {
                let cell = OpenCell {
                    line: self.line_at(tag.start),
                    col_span: tag.col_span.unwrap_or(1).clamp(1, MAX_COL_SPAN) as usize,
                    row_span: tag.row_span.unwrap_or(1) as usize,
                    // Where a script puts something in, a cell that holds nothing is not blank.
                    object: !tag.id.is_empty() && self.is_named(&tag.id),
                    ..OpenCell::default()
                };
                self.part.open_cell(&cell);
            }
            Tag::Head => self.in_head = true,
            Tag::Meta => self.read_meta(tag),
            Tag::Link => self.read_link(tag),
            Tag::Input => match control::field(tag) {
                Shows::Text(text) => self.put_value(text, tag.start),
                Shows::Object => self.object(),
                Shows::Thing => self.put_object(Kind::Thing),
                Shows::Nothing => {
                    let line = self.line_at(tag.start);
                    self.packed_article(&tag.content, line);
                }
            },
            Tag::Pane => {
                let line = self.line_at(tag.start);
                self.framed(&tag.srcdoc, &tag.content, line, true);
            }
            Tag::Picture if tag.measure.is_none_or(|m| m > SPACER) => self.object(),
            _ => {}
        }
    }

    fn end_element(&mut self, kind: Tag) {
        match kind {
            Tag::Break | Tag::Paragraph => self.part.break_line(),
            Tag::Block | Tag::Item | Tag::Heading | Tag::Root => {
                self.part.break_line();
                self.part.heading = false;
            }
            Tag::Pre => {
                self.part.break_line();
                self.part.pre = self.part.pre.saturating_sub(1);
            }
            Tag::Table => self.part.close_table(),
            Tag::Section | Tag::HeadRows | Tag::FootRows => self.part.end_section(),
            Tag::Row => self.part.close_row(),
            Tag::Cell => self.part.close_cell(),
            Tag::Head => self.in_head = false,
            _ => {}
        }
    }

    fn read_meta(&mut self, tag: &OpenTag) {
        let content = filled(collapse(&tag.content));
        if tag.word.trim().eq_ignore_ascii_case("ArticleTitle") {
            self.article_title = self.article_title.take().or(content);
        } else if tag.word.trim().eq_ignore_ascii_case("PubDate") {
            self.declared_date = self.declared_date.take().or(content);
        }
    }
}
