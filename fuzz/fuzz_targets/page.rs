//! Style sheets, markup and scripts of a page: whatever they say, it becomes a document or a refusal.
//!
//! The input is cut at U+001E: a style sheet, what stands in a cell, a script, Markdown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao_fuzz::fence;
use nianbao_read as read;
use nianbao_read::limits::Limits;

fuzz_target!(init: fence::put_up(), |bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split('\u{1E}');
    let mut part = || parts.next().unwrap_or("");
    let (style, cell, script, markdown) = (part(), part(), part(), part());
    let page = format!(
        "<style>{style}</style><table><tr><td>规章<td class=\"a b\" id=c style='{style}'>{cell}</table>\
         <div hidden>{cell}</div><script>{script}</script>"
    );
    for page in [page.as_str(), markdown] {
        if let Some(Ok(document)) = fence::within(|| read::read(page.as_bytes(), &Limits::default())) {
            fence::keeps_its_rules(&document);
        }
    }
});
