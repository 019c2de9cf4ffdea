//! A compound file of some streams: an object of a document is given as the file that it would be by itself.
//!
//! Owns the least that readers need. Refuses storages.

/// Bytes of a sector, and what small streams are filled up to: so there are none.
const SECTOR: usize = 4_096;
/// Bytes of an entry of the directory.
const ENTRY: usize = 128;
/// Sectors of the table that the header names: enough for 450 MB.
const NAMED: usize = 109;

/// A compound file of these streams in its root, as another reader of it expects it.
pub(super) fn written(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    /// Both marks of the table.
    const END: u32 = u32::MAX - 1;
    const TABLE: u32 = u32::MAX - 2;
    let sectors = |size: usize| size.div_ceil(SECTOR);
    // Streams that are not below the limit need no small sectors: all are made so long.
    let padded = |bytes: &[u8]| bytes.len().max(SECTOR);
    let directory = sectors((streams.len() + 1) * ENTRY);
    let content: usize = streams.iter().map(|(_, bytes)| sectors(padded(bytes))).sum();
    // Each sector of the table names itself too.
    let tables = (directory + content).div_ceil(SECTOR / 4 - 1);
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut next = vec![TABLE; tables];
    let mut chain = |count: usize| {
        let first = next.len();
        next.extend((first + 1..first + count).map(number));
        next.push(END);
        number(first)
    };
    let mut list = vec![0_u8; directory * SECTOR];
    let start = chain(directory);
    let mut put = |at: usize, name: &str, sort: u8, first: u32, size: usize| {
        let beside = if at == 0 || at == streams.len() { u32::MAX } else { number(at + 1) };
        let child = if at == 0 && !streams.is_empty() { 1 } else { u32::MAX };
        let Some(entry) = list.get_mut(at * ENTRY..(at + 1) * ENTRY) else { return };
        let name: Vec<u8> = name.encode_utf16().take(31).flat_map(u16::to_le_bytes).collect();
        let mut set = |at: usize, bytes: &[u8]| {
            if let Some(field) = entry.get_mut(at..at + bytes.len()) {
                field.copy_from_slice(bytes);
            }
        };
        set(0, &name);
        set(0x40, &u16::try_from(name.len() + 2).unwrap_or(0).to_le_bytes());
        set(0x42, &[sort, 1]);
        for (at, field) in [(0x44, u32::MAX), (0x48, beside), (0x4C, child), (0x74, first), (0x78, number(size))] {
            set(at, &field.to_le_bytes());
        }
    };
    put(0, "Root Entry", 5, END, 0);
    let mut bodies = Vec::with_capacity(content * SECTOR);
    for (at, (name, bytes)) in streams.iter().enumerate() {
        put(at + 1, name, 2, chain(sectors(padded(bytes))), padded(bytes));
        bodies.extend_from_slice(bytes);
        bodies.resize(bodies.len() + padded(bytes) - bytes.len(), 0);
        bodies.resize(bodies.len().next_multiple_of(SECTOR), 0);
    }
    next.resize(tables * SECTOR / 4, u32::MAX);
    let mut file = vec![0_u8; SECTOR];
    let mut set = |at: usize, bytes: &[u8]| {
        if let Some(field) = file.get_mut(at..at + bytes.len()) {
            field.copy_from_slice(bytes);
        }
    };
    set(0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    set(0x18, &[0x3E, 0, 4, 0, 0xFE, 0xFF, 12, 0, 6, 0]);
    for (at, field) in
        [(0x2C, number(tables)), (0x30, start), (0x38, 4_096), (0x3C, END), (0x40, 0), (0x44, END), (0x48, 0)]
    {
        set(at, &field.to_le_bytes());
    }
    for at in 0..NAMED {
        let place = if at < tables { number(at) } else { u32::MAX };
        set(0x4C + at * 4, &place.to_le_bytes());
    }
    file.extend(next.into_iter().flat_map(u32::to_le_bytes));
    file.extend(list);
    file.extend(bodies);
    file
}
