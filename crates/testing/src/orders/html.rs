//! Tables in HTML: real spans, as Word exports them, below layout tables, of paragraphs, lines and boxes; and MHT.

use super::grid::{Cell, Grid};
use super::kinds::Layout;
use super::piece::Piece;
use super::text;
use crate::generate::Rng;

pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The whole page.
pub fn page(pieces: &[Piece], layout: Layout, rng: &mut Rng) -> String {
    let title = pieces.iter().find_map(|p| if let Piece::Title(t) = p { Some(t.as_str()) } else { None });
    let title = escape(title.unwrap_or_default());
    let tags = rng.pick(&[("h1", "h2"), ("h2", "h3"), ("p", "p"), ("div", "p")]);
    let blank = rng.pick(&["", "&nbsp;", "<p>&nbsp;</p>", " "]);
    let mut body = String::new();
    for piece in pieces {
        body.push_str(&match piece {
            Piece::Title(t) => format!("<{0} style=\"text-align:center\">{1}</{0}>\n", tags.0, escape(t)),
            Piece::Heading(t) => format!("<{0}>{1}</{0}>\n", tags.1, escape(t)),
            Piece::Text(t) => format!("<p>{}</p>\n", escape(t)),
            Piece::Table(grid) => table(grid, layout, blank),
        });
    }
    if layout == Layout::HtmlNested {
        body = format!(
            "<table width=\"100%\"><tr><td><ul><li>机构概况</li><li>政策文件</li></ul></td><td>{body}</td></tr></table>"
        );
    }
    let style = if layout == Layout::HtmlDivs {
        "<style>.t{display:table}.r{display:table-row}.c{display:table-cell;border:1px solid #000}</style>"
    } else {
        ""
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\"><title>{title}</title>{style}</head>\n\
         <body>\n{body}</body>\n</html>\n"
    )
}

fn table(grid: &Grid, layout: Layout, blank: &str) -> String {
    let cells = |row: &[Cell], tag: &str, class: &str| {
        let one = |c: &Cell| {
            let inner = escape(&c.text);
            if inner.is_empty() {
                format!("<{tag}{class}>&nbsp;</{tag}>")
            } else {
                format!("<{tag}{class}>{inner}</{tag}>")
            }
        };
        row.iter().map(one).collect::<String>()
    };
    match layout {
        Layout::HtmlParagraphs => grid.rows.iter().map(|r| cells(r, "p", "") + "\n").collect(),
        Layout::HtmlPre => format!("<pre>{}</pre>\n", escape(&text::table(grid, Layout::Tab))),
        Layout::HtmlLines => {
            let lines = text::table(grid, Layout::HtmlLines);
            lines.lines().map(|l| format!("<div>{}</div>\n", escape(l))).collect()
        }
        Layout::HtmlDivs => {
            // Boxes have no spans: every place is one.
            let rows = grid.matrix(super::grid::Repeat::First);
            let row = |r: &Vec<String>| {
                let own: Vec<Cell> = r.iter().map(|t| super::grid::cell(t.clone())).collect();
                format!("<div class=\"r\">{}</div>\n", cells(&own, "div", " class=\"c\""))
            };
            format!("<div class=\"t\">\n{}</div>\n", rows.iter().map(row).collect::<String>())
        }
        _ => spanned(grid, layout, blank),
    }
}

/// A table element with its spans.
fn spanned(grid: &Grid, layout: Layout, blank: &str) -> String {
    let mut out = String::from("<table border=\"1\" cellspacing=\"0\">\n");
    let parts = layout == Layout::HtmlHead && grid.heads > 0;
    for (r, row) in grid.rows.iter().enumerate() {
        if parts && r == 0 {
            out.push_str("<thead>\n");
        }
        let tag = if layout == Layout::HtmlHead && r < grid.heads { "th" } else { "td" };
        out.push_str("<tr>");
        for cell in row {
            let mut spans = String::new();
            if cell.cols > 1 {
                spans.push_str(&format!(" colspan=\"{}\"", cell.cols));
            }
            if cell.rows > 1 {
                spans.push_str(&format!(" rowspan=\"{}\"", cell.rows));
            }
            let text = escape(&cell.text).replace('\n', "<br>");
            let inner = match (text.is_empty(), layout) {
                (true, _) => blank.to_owned(),
                (_, Layout::HtmlWord) => {
                    format!("<p class=\"MsoNormal\"><span style=\"font-size:12.0pt\">{text}</span></p>")
                }
                _ => text,
            };
            out.push_str(&format!("<{tag}{spans}>{inner}</{tag}>"));
        }
        out.push_str("</tr>\n");
        if parts && r + 1 == grid.heads {
            out.push_str("</thead>\n<tbody>\n");
        }
    }
    out.push_str(if parts { "</tbody></table>\n" } else { "</table>\n" });
    out
}

/// A page saved as one file.
pub fn mht(pieces: &[Piece], rng: &mut Rng) -> String {
    let page = page(pieces, Layout::HtmlWord, rng);
    let coded: String = page
        .bytes()
        .map(|b| {
            if b == b'\n' {
                "\r\n".into()
            } else if b == b'=' || b > 126 {
                format!("={b:02X}")
            } else {
                char::from(b).to_string()
            }
        })
        .collect();
    // Lines of quoted-printable text may have 76 characters.
    let mut folded = String::new();
    for line in coded.split("\r\n") {
        let mut rest = line;
        while rest.len() > 70 {
            let mut at = 70;
            while rest[at - 2..at].contains('=') {
                at -= 1;
            }
            folded.push_str(&format!("{}=\r\n", &rest[..at]));
            rest = &rest[at..];
        }
        folded.push_str(&format!("{rest}\r\n"));
    }
    format!(
        "From: <Saved by Blink>\r\nSubject: report\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; \
         type=\"text/html\"; boundary=\"----b\"\r\n\r\n------b\r\nContent-Type: text/html; charset=\"utf-8\"\r\n\
         Content-Transfer-Encoding: quoted-printable\r\nContent-Location: http://www.gov.cn/a.html\r\n\r\n{folded}\r\n------b--\r\n"
    )
}
