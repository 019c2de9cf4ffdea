//! Files in files: a first byte says what the rest is wrapped in; anything else is a container as it stands.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao_fuzz::fence;
use nianbao_read as read;
use nianbao_read::limits::Limits;
use nianbao_read::member::Members;

const HEAD: &str = "From: a@b.cn\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n";

fn file(bytes: &[u8]) -> Vec<u8> {
    let Some((kind @ 0..4, part)) = bytes.split_first().map(|(kind, part)| (*kind, part)) else {
        return bytes.to_vec();
    };
    let (head, tail) = match kind {
        0 => (HEAD.to_owned(), "\r\n--b--"),
        1 => (format!("{HEAD}Content-Disposition: attachment; filename=a\r\n\r\n"), "\r\n--b--"),
        2 => (format!("From a Mon\r\n{HEAD}"), ""),
        _ => (
            "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj\
             <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj 4 0 obj"
                .to_owned(),
            "endobj trailer<</Root 1 0 R>>",
        ),
    };
    [head.as_bytes(), part, tail.as_bytes()].concat()
}

fuzz_target!(init: fence::put_up(), |bytes: &[u8]| {
    let limits = Limits::default();
    let mut waiting = vec![(file(bytes), 0)];
    while let Some((bytes, depth)) = waiting.pop() {
        let mut members = Members::from(&limits);
        if let Some(Ok(document)) = fence::within(|| read::read_members(&bytes, &limits, None, &mut members)) {
            fence::keeps_its_rules(&document);
        }
        if depth < limits.depth {
            waiting.extend(members.list.into_iter().filter_map(|m| Some((m.bytes.ok()?, depth + 1))));
        }
    }
});
