//! A compound file as it lies there: its sectors, their allocation tables, its directory.
//!
//! Owns tolerance: tables that are too long or point past the end, directories in any order, sectors that are cut short.
//! What nothing refers to is not looked at, and what a chain lacks is missing. Refuses to follow a chain in a circle, to
//! believe a size, and to write.

use crate::bytes::{part, place_at, u16_at, u32_at};

/// Bytes of the header, whatever the sectors have.
const HEADER: usize = 512;
/// Sectors of allocation tables that the header itself names.
const NAMED: usize = 109;
/// Bytes of an entry of the directory, and of a sector of small streams.
const ENTRY: usize = 128;
const SMALL: usize = 64;
/// Streams below this size lie in small sectors, where the header says nothing sensible.
const CUTOFF: u64 = 4_096;

/// What an entry of the directory is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Storage,
    Stream,
}

/// An entry of the directory.
#[derive(Clone, Debug)]
struct Entry {
    name: String,
    sort: Sort,
    /// Number of the storage that it stands in.
    parent: usize,
    first: u32,
    size: u64,
}

/// A stream's bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stream {
    pub(crate) bytes: Vec<u8>,
    /// It has fewer bytes than it says.
    pub(crate) cut: bool,
}

/// A compound file over a file's bytes.
#[derive(Debug)]
pub(crate) struct Container<'a> {
    bytes: &'a [u8],
    sector: usize,
    cutoff: u64,
    /// The sector behind each.
    next: Vec<u32>,
    next_small: Vec<u32>,
    /// Where small sectors lie, in the order of the stream that holds them.
    small: Vec<u32>,
    /// The root is the first.
    entries: Vec<Entry>,
}

impl<'a> Container<'a> {
    /// Opens a compound file; `None` if it has no directory.
    pub(crate) fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = if u16_at(bytes, 0x1E)? == 12 { 4_096 } else { HEADER };
        let cutoff = u32_at(bytes, 0x38).map(u64::from).filter(|c| (1..=1 << 20).contains(c)).unwrap_or(CUTOFF);
        let mut file = Self {
            bytes,
            sector,
            cutoff,
            next: Vec::new(),
            next_small: Vec::new(),
            small: Vec::new(),
            entries: Vec::new(),
        };
        file.next = file.table();
        let directory = file.chain(u32_at(bytes, 0x30)?);
        let raw: Vec<&[u8]> =
            directory.iter().flat_map(|at| file.at(*at).unwrap_or_default().chunks_exact(ENTRY)).collect();
        file.entries = entries(&raw)?;
        let small = file.chain(u32_at(bytes, 0x3C)?);
        file.next_small = small.iter().flat_map(|at| numbers(file.at(*at).unwrap_or_default())).collect();
        file.small = file.chain(file.entries.first()?.first);
        Some(file)
    }

    /// The table of sectors: as many entries as there are sectors, whatever it claims.
    fn table(&self) -> Vec<u32> {
        let count = self.bytes.len().div_ceil(self.sector);
        let per_sector = self.sector / 4;
        let head = part(self.bytes, 0x4C, NAMED * 4).unwrap_or_default();
        let mut places: Vec<u32> = numbers(head).collect();
        let mut more = u32_at(self.bytes, 0x44).unwrap_or(u32::MAX);
        // More tables than sectors are a circle.
        while places.len() <= count
            && let Some(list) = self.at(more).filter(|list| list.len() == self.sector)
        {
            places.extend(numbers(list).take(per_sector - 1));
            more = u32_at(list, self.sector - 4).unwrap_or(u32::MAX);
        }
        let mut next = Vec::with_capacity(count);
        for place in places {
            if next.len() >= count {
                break;
            }
            match self.at(place) {
                Some(sector) => next.extend(numbers(sector)),
                // Free places of the list are its end, mostly; a lost table must not move those behind it.
                None if place == u32::MAX => {}
                None => next.resize(next.len() + per_sector, u32::MAX),
            }
        }
        next.truncate(count);
        next
    }

    /// The bytes of a sector; fewer if the file ends in it, `None` if it lies past the end.
    fn at(&self, number: u32) -> Option<&'a [u8]> {
        let from = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        let end = from.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(from..end).filter(|sector| !sector.is_empty())
    }

    /// The sectors of a chain.
    fn chain(&self, first: u32) -> Vec<u32> {
        chain(&self.next, first)
    }

    /// The entry at a path such as `/ObjectPool/_1/Workbook`. Case does not count.
    fn find(&self, path: &str) -> Option<usize> {
        let mut at = 0;
        for step in path.split('/').filter(|step| !step.is_empty()) {
            at = self.children(at).find(|child| self.name(*child).eq_ignore_ascii_case(step))?;
        }
        Some(at)
    }

    /// The numbers of what stands in a storage; the root has the number 0.
    pub(crate) fn children(&self, of: usize) -> impl Iterator<Item = usize> {
        let within = move |(at, entry): (usize, &Entry)| (at > 0 && entry.parent == of).then_some(at);
        self.entries.iter().enumerate().filter_map(within)
    }

    /// The name of an entry.
    pub(crate) fn name(&self, at: usize) -> &str {
        self.entries.get(at).map_or("", |entry| entry.name.as_str())
    }

    /// What an entry is.
    pub(crate) fn sort(&self, at: usize) -> Sort {
        self.entries.get(at).map_or(Sort::Storage, |entry| entry.sort)
    }

    /// The storage at a path.
    pub(crate) fn storage(&self, path: &str) -> Option<usize> {
        self.find(path).filter(|at| self.sort(*at) == Sort::Storage)
    }

    /// Whether there is a stream at a path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.find(path).is_some_and(|at| self.sort(at) == Sort::Stream)
    }

    /// The stream at a path; `None` if there is none.
    pub(crate) fn stream(&self, path: &str) -> Option<Stream> {
        self.stream_of(self.find(path)?)
    }

    /// The stream of a name in a storage.
    pub(crate) fn stream_in(&self, storage: usize, name: &str) -> Option<Stream> {
        self.stream_of(self.children(storage).find(|at| self.name(*at).eq_ignore_ascii_case(name))?)
    }

    /// The stream of an entry. It is never longer than the file.
    pub(crate) fn stream_of(&self, at: usize) -> Option<Stream> {
        let entry = self.entries.get(at).filter(|entry| entry.sort == Sort::Stream)?;
        let size = usize::try_from(entry.size).unwrap_or(usize::MAX);
        let mut bytes = Vec::with_capacity(size.min(self.bytes.len()));
        let mut take = |sector: &[u8]| {
            let wanted = size.saturating_sub(bytes.len());
            bytes.extend_from_slice(sector.get(..wanted).unwrap_or(sector));
        };
        if entry.size < self.cutoff {
            for number in chain(&self.next_small, entry.first) {
                let Some(sector) = self.small_at(number) else { break };
                take(sector);
                // What is cut short within cannot go on behind.
                if sector.len() < SMALL {
                    break;
                }
            }
        } else {
            for number in self.chain(entry.first) {
                let Some(sector) = self.at(number) else { break };
                take(sector);
                if sector.len() < self.sector {
                    break;
                }
            }
        }
        let cut = bytes.len() < size;
        Some(Stream { bytes, cut })
    }

    fn small_at(&self, number: u32) -> Option<&'a [u8]> {
        let at = usize::try_from(number).ok()?.checked_mul(SMALL)?;
        let sector = self.at(*self.small.get(at / self.sector)?)?;
        let from = at % self.sector;
        sector.get(from..(from + SMALL).min(sector.len())).filter(|bytes| !bytes.is_empty())
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|n| u32::from_le_bytes(*n))
}

/// The numbers of a chain, up to one that the table does not have; never more than it has.
fn chain(next: &[u32], first: u32) -> Vec<u32> {
    let mut found = Vec::new();
    let mut number = first;
    while found.len() < next.len()
        && let Some(behind) = usize::try_from(number).ok().and_then(|at| next.get(at))
    {
        found.push(number);
        number = *behind;
    }
    found
}

/// The directory as a tree. Its order is not believed: all of it is walked, each entry once.
fn entries(raw: &[&[u8]]) -> Option<Vec<Entry>> {
    let mut entries = vec![entry(raw.first()?, 0)?];
    let mut seen = vec![false; raw.len()];
    let mut waiting: Vec<(usize, usize)> = place_at(raw.first()?, 0x4C).map(|child| (child, 0)).into_iter().collect();
    if let Some(root) = seen.first_mut() {
        *root = true;
    }
    while let Some((number, parent)) = waiting.pop() {
        let Some(bytes) = raw.get(number) else { continue };
        if seen.get_mut(number).is_none_or(|seen| std::mem::replace(seen, true)) {
            continue;
        }
        let beside = [0x44, 0x48].into_iter().filter_map(|at| place_at(bytes, at));
        waiting.extend(beside.map(|number| (number, parent)));
        let Some(entry) = entry(bytes, parent) else { continue };
        if entry.sort == Sort::Storage {
            waiting.extend(place_at(bytes, 0x4C).map(|child| (child, entries.len())));
        }
        entries.push(entry);
    }
    // A root that lost its tree: what the directory lists stands in it.
    if entries.len() == 1 {
        let all = raw.iter().skip(1).filter_map(|bytes| entry(bytes, 0));
        entries.extend(all.filter(|entry| entry.sort == Sort::Stream));
    }
    Some(entries)
}

/// An entry; `None` if it is not in use.
fn entry(bytes: &[u8], parent: usize) -> Option<Entry> {
    let sort = match bytes.get(0x42)? {
        1 | 5 => Sort::Storage,
        2 => Sort::Stream,
        _ => return None,
    };
    let units = (0..32).map_while(|at| u16_at(bytes, at * 2).filter(|unit| *unit != 0));
    let name = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    // The upper half of the size is noise in files of small sectors; no stream is longer than its file anyway.
    let size = u64::from(u32_at(bytes, 0x78)?);
    Some(Entry { name, sort, parent, first: u32_at(bytes, 0x74)?, size })
}
