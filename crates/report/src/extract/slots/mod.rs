//! Slots: in which order the heads of a table name its columns, where no geometry says it.
//!
//! Owns reading the heads in the order of the page: outer ones first, those below a group in the group's place. Refuses to
//! place values: a row has as many values as slots, or it is not certain.

mod block;
mod cases;

use std::collections::HashSet;
use std::rc::Rc;

pub(super) use block::of_block;
pub(super) use cases::{against_form, of_cases};

use super::found::Context;
use super::grid::heads::{Named, Namer};
use super::grid::words::When;
use super::label::strip_ordinal;
use super::number::Reading;
use super::regions::Region;
use super::seen::Known;
use super::stream::{Piece, Shape};

/// The blank that is as wide as a character.
const WIDE_BLANK: char = '\u{3000}';
/// Characters of the longest head of a column.
const LONGEST_HEAD: usize = 8;

/// What stands in one place of a row: a column of the form, or a figure that no form has.
pub(super) type Slot = Option<usize>;

/// What heads say about the places of a row.
#[derive(Clone, Debug)]
pub(super) enum Order {
    /// They name each place.
    Named(Vec<Slot>),
    /// They say nothing, or the form's own order as far as they can be read.
    Usual,
    /// They can be read in two ways; the sums of the rows tell which.
    Either(Vec<Slot>, Vec<Slot>),
    /// They name another order than the form's, and not all of it: no place is certain.
    Unclear,
}

/// Whether heads are those of the form in its order, as far as they can be read: a head that stands twice is a misprint where
/// one of the two has its own place.
pub(super) fn is_usual(slots: &[Slot], own: &[usize]) -> bool {
    let fits = |(at, slot): (usize, &Slot)| match slot {
        None => true,
        Some(column) if own[at] == *column => true,
        Some(column) => own.iter().position(|c| c == column).is_some_and(|place| slots[place] == *slot),
    };
    slots.len() == own.len() && slots.iter().enumerate().all(fits)
}

/// A run of heads, and the order that it names.
#[derive(Clone, Debug)]
struct Run {
    /// One past its last piece.
    end: usize,
    order: Order,
}

/// The runs of heads of a region, in the order of the page. Empty where they name the form's own order, or too little.
#[derive(Clone, Debug, Default)]
pub(super) struct Runs(Vec<Run>);

/// Pieces before a region among which its heads may begin.
const BEFORE: usize = 24;

impl Runs {
    /// Those of a matrix: one order for the rows below, until heads stand again.
    pub(super) fn of_matrix(cx: &Context<'_, '_>, region: &Region, place: (usize, usize)) -> Self {
        let namer = namer(cx, place);
        let is_head = |p: &Piece<'_>| namer.exact(&p.norm).is_some();
        let runs = runs(cx, region, is_head).into_iter().filter_map(|(end, pieces)| {
            let order = match by_columns(&namer, &pieces, cx.year) {
                Some(order) => order,
                None => order(&namer, &heads(&namer, &pieces)?, cx.year),
            };
            Some(Run { end, order })
        });
        Self(runs.collect())
    }

    /// The order for a row whose label is this piece of the stream.
    pub(super) fn at(&self, piece: usize) -> &Order {
        let run = self.0.iter().rev().find(|r| r.end <= piece).or(self.0.first());
        run.map_or(&Order::Usual, |r| &r.order)
    }

    /// Settles what can be read in two ways by what the rows say about an order. Where nothing but zeros stands, both are one.
    pub(super) fn settle(
        &mut self,
        columns: usize,
        zeros: bool,
        rows_of: impl Fn(usize) -> usize,
        tally: impl Fn(&[Slot]) -> (usize, usize),
    ) {
        let holds = |slots: &[Slot]| match tally(slots) {
            (0, 0) => None,
            (_, broken) => Some(broken == 0),
        };
        for run in &mut self.0 {
            if let Order::Named(slots) = &run.order {
                // Words that look like heads of more columns than the rows have.
                if slots.len() != columns && rows_of(columns) > rows_of(slots.len()) {
                    let named: Vec<usize> = slots.iter().flatten().copied().collect();
                    let rises = named.windows(2).all(|w| w[0] < w[1]);
                    // Figures whose sums do not hold as the form's are those of other columns, and one of these is blank.
                    let (held, broken) = tally(&(0..columns).map(Some).collect::<Vec<_>>());
                    run.order = if rises && held >= broken { Order::Usual } else { Order::Unclear };
                    continue;
                }
                // Fewer or more heads than columns, and no row that has as many figures, or less than half of them: heads were
                // lost, or are none.
                let named = slots.iter().flatten().count();
                if slots.len() != columns && rows_of(slots.len()) == 0 || named * 2 < columns {
                    run.order = Order::Unclear;
                    continue;
                }
                // Heads that name another order, while the sums hold only in the form's, are damaged or wrong.
                let usual: Vec<Slot> = (0..columns).map(Some).collect();
                let official = if slots.len() == columns { holds(&usual) } else { None };
                if holds(slots) == Some(false) && official != Some(false) {
                    run.order = Order::Unclear;
                }
                continue;
            }
            let Order::Either(a, b) = &run.order else { continue };
            run.order = match (holds(a), holds(b)) {
                (Some(true), Some(false) | None) => Order::Named(a.clone()),
                (Some(false) | None, Some(true)) => Order::Named(b.clone()),
                (None, None) if zeros => Order::Named(a.clone()),
                _ => Order::Unclear,
            };
        }
    }

    /// Whether every run names the order of the form.
    pub(super) fn is_usual(&self) -> bool {
        self.0.iter().all(|r| matches!(r.order, Order::Usual))
    }
}

pub(super) fn namer<'a>(cx: &Context<'a, '_>, place: (usize, usize)) -> Namer<'a> {
    Namer { table: cx.form(place), index: cx.labels(place), words: &cx.index.words }
}

/// A head: a piece, a word of one, or several that make one.
#[derive(Clone, Debug)]
struct Head {
    text: Rc<str>,
    norm: Rc<str>,
    named: Named,
    /// Row of the stream; `None` where each head stands on a line of its own.
    row: Option<u32>,
}

impl Head {
    fn new(namer: &Namer<'_>, text: &str, piece: &Piece<'_>) -> Self {
        let Known { text, norm, named } = namer.head(text);
        let row = (piece.shape != Shape::Single).then_some(piece.row);
        Self { text, norm, named, row }
    }

    /// Whether it names a column, a group of columns, or a column that no form has.
    const fn is_known(&self) -> bool {
        matches!(self.named, Named::Column(_) | Named::Group | Named::Extra)
    }
}

/// The words of a piece: parted by any blank, or by that kind of blank which does not part the characters of a word.
fn words_of(namer: &Namer<'_>, piece: &Piece<'_>) -> Vec<Head> {
    let heads = |words: &mut dyn Iterator<Item = &str>| -> Vec<Head> {
        words.map(str::trim).filter(|w| !w.is_empty()).map(|w| Head::new(namer, w, piece)).collect()
    };
    let mut best = heads(&mut piece.text.split_whitespace());
    if piece.text.contains(WIDE_BLANK) || piece.text.contains("  ") {
        let known = |heads: &[Head]| heads.iter().filter(|h| h.is_known()).count();
        for other in [
            heads(&mut piece.text.split(' ')),
            heads(&mut piece.text.split(WIDE_BLANK)),
            heads(&mut piece.text.split("  ")),
        ] {
            if known(&other) > known(&best) {
                best = other;
            }
        }
    }
    best
}

/// The heads in a run of pieces: words that stand on one line are several, and what was broken over lines is one.
fn heads_of(namer: &Namer<'_>, pieces: &[&Piece<'_>]) -> Vec<Head> {
    let mut all: Vec<Head> = Vec::new();
    for piece in pieces {
        let whole = Head::new(namer, piece.text, piece);
        let words = if whole.is_known() { Vec::new() } else { words_of(namer, piece) };
        if words.iter().filter(|h| h.is_known()).count() >= 2 {
            all.extend(words);
        } else {
            all.push(whole);
        }
    }
    let mut out: Vec<Head> = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let mut joined = (2..=3).filter(|_| !all[at].is_known()).filter_map(|width| {
            let parts = all.get(at..at + width)?;
            let text: String = parts.iter().map(|h| &*h.text).collect();
            let head = Head { row: parts[0].row, ..Head::new(namer, &text, pieces[0]) };
            let exact = namer.exact(&head.norm).is_some();
            (exact && parts.iter().all(|h| namer.exact(&h.norm).is_none())).then_some((head, width))
        });
        let (head, width) = joined.next_back().unwrap_or((all[at].clone(), 1));
        out.push(head);
        at += width;
    }
    out
}

/// The heads in a run of pieces, from the first that is known to the last; `None` for fewer than two.
fn heads(namer: &Namer<'_>, pieces: &[&Piece<'_>]) -> Option<Vec<Head>> {
    let heads = heads_of(namer, pieces);
    let first = heads.iter().position(Head::is_known)?;
    let mut last = heads.iter().rposition(Head::is_known)?;
    if last == first {
        return None;
    }
    // Where a column is not named a short word behind the last head may be its head, damaged.
    let named: HashSet<usize> = heads.iter().filter_map(|h| namer.exact(&h.norm)).collect();
    let may_be_head =
        |h: &Head| h.named == Named::Unknown && h.row == heads[last].row && h.norm.chars().count() <= LONGEST_HEAD;
    if named.len() < namer.table.columns.len() && heads.get(last + 1).is_some_and(may_be_head) {
        last += 1;
    }
    // What stands before the first on its line may be the heading of those below, damaged.
    let beside = heads[..first].iter().rev().take_while(|h| h.row.is_some() && h.row == heads[first].row).count();
    Some(heads[first - beside..=last].to_vec())
}

/// Figures on lines between heads that are a counter or a telephone number, and no row.
const NOISE: usize = 2;

/// Runs of pieces without a figure and without a row's label, each with one past its end. A line with a figure whose words
/// label no row ends none, where heads go on behind it.
fn runs<'p, 'd>(
    cx: &Context<'p, 'd>,
    region: &Region,
    is_head: impl Fn(&Piece<'_>) -> bool,
) -> Vec<(usize, Vec<&'p Piece<'d>>)> {
    let from = region.start.saturating_sub(BEFORE);
    let mut out = Vec::new();
    let mut run: Vec<&Piece<'d>> = Vec::new();
    let mut end = 0;
    let mut noise: Vec<&Piece<'d>> = Vec::new();
    for (at, piece) in cx.pieces.iter().enumerate().take(region.end).skip(from) {
        let figure = piece.reading.is_figure();
        // The label of a row ends the heads, unless a head is called the same (其他, 总计); `3.其他` is a row.
        let own = piece.norm.chars().count() > 2 || strip_ordinal(piece.text).len() < piece.text.len();
        let label = cx.index.is_row_label(&piece.norm) && own;
        if figure && !run.is_empty() && noise.len() < NOISE {
            noise.push(piece);
        } else if figure || label || piece.shape == Shape::Prose {
            noise.clear();
            out.push((end, std::mem::take(&mut run)));
        } else if piece.reading == Reading::Text && !piece.norm.is_empty() {
            if !noise.is_empty() {
                if is_head(piece) {
                    run.retain(|p| noise.iter().all(|n| n.row != p.row));
                } else {
                    out.push((end, std::mem::take(&mut run)));
                }
                noise.clear();
            }
            run.push(piece);
            end = at + 1;
        }
    }
    out.push((end, run));
    out.retain(|(_, run)| !run.is_empty());
    out
}

/// The order of heads that stand in the columns of a page: what stands in one column is one head, on whatever lines. `None`
/// where they have no columns, or name too little.
fn by_columns(namer: &Namer<'_>, pieces: &[&Piece<'_>], year: Option<i32>) -> Option<Order> {
    // Lines of text above the table have no columns.
    let from = pieces.iter().rposition(|p| p.width == 0).map_or(0, |at| at + 1);
    let pieces = &pieces[from..];
    let mut columns: Vec<u16> = pieces.iter().map(|p| p.column).collect();
    columns.sort_unstable();
    columns.dedup();
    let mut slots: Vec<Slot> = Vec::new();
    for column in columns {
        let own: Vec<Head> =
            pieces.iter().filter(|p| p.column == column).map(|p| Head::new(namer, p.text, p)).collect();
        if own.iter().any(|h| namer.words.when(&h.text).is_some_and(|w| !w.is_of(year))) {
            return None;
        }
        let single = own.iter().find_map(|h| namer.exact(&h.norm));
        let parts: String = own.iter().filter(|h| h.named != Named::Group).map(|h| &*h.text).collect();
        let named = single.or_else(|| match Head::new(namer, &parts, pieces[0]).named {
            Named::Column(column) => Some(column),
            _ => None,
        });
        slots.extend(named.map(Some));
    }
    let named: Vec<usize> = slots.iter().flatten().copied().collect();
    let mut once = named.clone();
    once.sort_unstable();
    once.dedup();
    if once.len() != named.len() || named.len() < 2 {
        return None;
    }
    let rises = named.windows(2).all(|w| w[0] < w[1]);
    match (rises, named.len() == namer.table.columns.len()) {
        (true, _) => Some(Order::Usual),
        (false, true) => Some(Order::Named(slots)),
        (false, false) => None,
    }
}

/// The order that heads name. What stands on the line of 申请人情况 stands beside it, not below; where each head has a line of
/// its own, a total behind it may be either.
fn order(namer: &Namer<'_>, heads: &[Head], year: Option<i32>) -> Order {
    let outermost = |h: &Head| h.named == Named::Group && !namer.is_inner_group(&h.norm);
    let Some(group) = heads.iter().position(outermost) else { return without_group(namer, heads, year) };
    let behind = &heads[group + 1..];
    let beside = match heads[group].row {
        Some(row) => behind.iter().take_while(|h| h.row == Some(row)).count(),
        None => {
            usize::from(behind.first().is_some_and(|h| namer.exact(&h.norm) == Some(namer.table.columns.len() - 1)))
        }
    };
    // One line of heads has nothing below it; and what belongs below says that lines were joined.
    let below = |h: &Head| match h.named {
        Named::Group => true,
        Named::Column(column) => namer.table.columns[column].parent.is_some(),
        _ => false,
    };
    if beside == 0 || beside == behind.len() {
        return nested(namer, heads, year);
    }
    // What was joined to the heading's line and belongs below it follows what stands beside it.
    let joined = behind[..beside].iter().position(below);
    let beside = joined.unwrap_or(beside);
    if beside == 0 {
        return nested(namer, heads, year);
    }
    let mut moved: Vec<Head> = heads.to_vec();
    let mut own: Vec<Head> = moved.drain(group + 1..=group + beside).collect();
    moved.append(&mut own);
    if heads[group].row.is_some() && joined.is_none() {
        return nested(namer, &moved, year);
    }
    match (slots_of(namer, &nested(namer, heads, year)), slots_of(namer, &nested(namer, &moved, year))) {
        (Some(below), Some(beside)) if below != beside => Order::Either(below, beside),
        (Some(slots), _) | (None, Some(slots)) => Order::Named(slots),
        (None, None) => Order::Unclear,
    }
}

/// The order of heads on several lines of which the first names columns and no group: any word there that says nothing may be
/// the damaged heading of those below, which then stand in its place.
fn without_group(namer: &Namer<'_>, heads: &[Head], year: Option<i32>) -> Order {
    let plain = nested(namer, heads, year);
    let row = heads.first().and_then(|h| h.row);
    let line = heads.iter().take_while(|h| h.row.is_some() && h.row == row).count();
    let (above, below) = heads.split_at(line);
    let column = |h: &Head| matches!(h.named, Named::Column(_));
    if !above.iter().any(column) || !below.iter().any(column) || above.iter().any(|h| h.named == Named::Group) {
        return plain;
    }
    let mut slots = vec![slots_of(namer, &plain)];
    for (at, _) in above.iter().enumerate().filter(|(_, h)| h.named == Named::Unknown) {
        let moved = [&above[..at], below, &above[at + 1..]].concat();
        slots.push(slots_of(namer, &nested(namer, &moved, year)));
    }
    slots.sort();
    slots.dedup();
    match slots.as_slice() {
        [_] => plain,
        [Some(a), Some(b)] => Order::Either(a.clone(), b.clone()),
        _ => Order::Unclear,
    }
}

/// The columns of an order that is certain.
fn slots_of(namer: &Namer<'_>, order: &Order) -> Option<Vec<Slot>> {
    match order {
        Order::Usual => Some((0..namer.table.columns.len()).map(Some).collect()),
        Order::Named(slots) => Some(slots.clone()),
        Order::Either(..) | Order::Unclear => None,
    }
}

/// The order of heads that stand before those below them: those of a group take the group's place.
fn nested(namer: &Namer<'_>, heads: &[Head], year: Option<i32>) -> Order {
    let table = namer.table;
    let total = |c: usize| table.identities.iter().any(|i| !i.over_rows && i.expr.left.iter().any(|t| t.of == c));
    let is_inner = |c: usize| table.columns[c].parent.is_some_and(|g| namer.is_inner(g));
    // All columns one after the other as in the form, whatever became of the groups.
    let plain: Vec<usize> = heads.iter().filter_map(|h| namer.exact(&h.norm)).collect();
    if plain.len() == table.columns.len() && plain.windows(2).all(|w| w[0] < w[1]) {
        return Order::Usual;
    }
    // Outer heads, with the place of the group among them; inner ones.
    let mut outer: Vec<Option<(Slot, &Head)>> = Vec::new();
    let mut inner: Vec<(Slot, &Head)> = Vec::new();
    let (mut within, mut grouped) = (false, false);
    for head in heads {
        let other_time = is_other_time(namer, head, year);
        let slot: Slot = match head.named {
            Named::Nothing => continue,
            Named::Group => {
                grouped = true;
                if namer.is_inner_group(&head.norm) {
                    outer.push(None);
                }
                continue;
            }
            Named::Column(column) if !other_time => {
                let here = |s: &Slot| *s == Some(column);
                let twice = inner.iter().any(|(s, _)| here(s)) || outer.iter().flatten().any(|(s, _)| here(s));
                // A second total among the organisations adds them up.
                if twice && !total(column) {
                    let all: Vec<Slot> = heads.iter().filter_map(|h| namer.exact(&h.norm)).map(Some).collect();
                    let own: Vec<usize> = (0..table.columns.len()).collect();
                    let usual = is_usual(&all, &own) || rises(&outer, &inner);
                    return if usual { Order::Usual } else { Order::Unclear };
                }
                Some(column).filter(|_| !twice)
            }
            Named::Unknown if outer.is_empty() && !grouped => continue,
            Named::Column(_) | Named::Extra | Named::Unknown => None,
        };
        if let Some(column) = slot {
            within = is_inner(column) && outer.iter().any(Option::is_none);
        }
        if within { inner.push((slot, head)) } else { outer.push(Some((slot, head))) }
    }
    let increasing = rises(&outer, &inner);
    let mut places: Vec<(Slot, &Head)> = Vec::new();
    for head in outer {
        match head {
            Some(place) => places.push(place),
            None => places.append(&mut inner),
        }
    }
    let slots: Vec<Slot> = places.iter().map(|(s, _)| *s).collect();
    let lost = places.iter().filter(|(_, h)| h.named == Named::Unknown && !is_other_time(namer, h, year)).count();
    if slots.iter().flatten().count() < 2 {
        return Order::Usual;
    }
    if slots.len() == table.columns.len() && slots.iter().zip(0..).all(|(s, c)| s.is_none_or(|s| s == c)) {
        // Damaged heads in the form's order, as far as they can be read, count as the form's.
        let open: Vec<usize> = (0..slots.len()).filter(|c| slots[*c].is_none()).collect();
        let extra = open.iter().any(|c| places[*c].1.named == Named::Extra);
        let other = open.iter().any(|c| namer.is_rather(&places[*c].1.norm, *c, &open));
        return if other {
            let places: Option<Vec<usize>> = open.iter().map(|c| namer.among(&places[*c].1.norm, &open)).collect();
            let once = places.filter(|p| open.iter().all(|c| p.contains(c)));
            once.map_or(Order::Unclear, |places| {
                let mut slots = slots;
                open.iter().zip(places).for_each(|(at, column)| slots[*at] = Some(column));
                Order::Named(slots)
            })
        } else if extra {
            Order::Named(slots)
        } else {
            Order::Usual
        };
    }
    // As many heads as columns, and one that says nothing: it is the column that no other names, and stands where that
    // one's heads stand, among the organisations or beside them.
    if lost == 1 && slots.len() == table.columns.len() && slots.iter().flatten().count() + 1 == slots.len() {
        let free = (0..slots.len()).find(|c| !slots.contains(&Some(*c)));
        let lost = places.iter().find(|(_, h)| h.named == Named::Unknown && !is_other_time(namer, h, year));
        let (Some(column), Some((_, lost))) = (free, lost) else { return Order::Unclear };
        if !namer.may_be(&lost.norm, column) {
            return Order::Unclear;
        }
        let named = |h: &Head| if std::ptr::eq(h, *lost) { Named::Column(column) } else { h.named };
        let heads: Vec<Head> = heads.iter().map(|h| Head { named: named(h), ..h.clone() }).collect();
        return nested(namer, &heads, year);
    }
    match (lost, increasing) {
        (0, _) => Order::Named(slots),
        (_, true) if slots.len() == table.columns.len() => Order::Unclear,
        // Words between heads that follow the form are no heads.
        (_, true) => Order::Usual,
        (_, false) => Order::Unclear,
    }
}

/// Whether a head speaks of another year than the report's.
fn is_other_time(namer: &Namer<'_>, head: &Head, year: Option<i32>) -> bool {
    let when = || namer.when(&head.text);
    namer.exact(&head.norm).is_none() && when().is_some_and(|w| !w.is_of(year) || matches!(w, When::Part))
}

/// Whether the columns that heads name follow each other as in the form.
fn rises(outer: &[Option<(Slot, &Head)>], inner: &[(Slot, &Head)]) -> bool {
    let mut all: Vec<usize> = Vec::new();
    for head in outer {
        match head {
            Some((slot, _)) => all.extend(slot),
            None => all.extend(inner.iter().filter_map(|(s, _)| *s)),
        }
    }
    all.windows(2).all(|w| w[0] < w[1])
}
