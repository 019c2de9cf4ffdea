use std::fmt::Write;

use super::*;
use nianbao_document::Block;

/// Lines as `number: text`, grids as rows of `column+width x height=text`.
fn show(rtf: &[u8]) -> String {
    let document = read(rtf, &Limits::default()).unwrap();
    let mut out = String::new();
    for block in &document.blocks {
        match block {
            Block::Line(l) => {
                let mark = if l.heading { "#" } else { "" };
                write!(out, "{}:{mark}{};", l.line, document.text(l.text)).unwrap();
            }
            Block::Grid(grid) => {
                for row in &grid.rows {
                    for c in row {
                        let text = document.text(c.text).replace('\n', "/");
                        write!(out, " {}+{}x{}={text}", c.column, c.col_span, c.row_span).unwrap();
                    }
                    out.push('|');
                }
            }
        }
    }
    out
}

/// A document whose font 0 is Western, 1 Chinese, 2 traditional.
fn text(body: &str) -> String {
    let fonts = "{\\fonttbl{\\f0\\fcharset0 Times;}{\\f1\\fcharset134{\\*\\falt x}SimSun;}{\\f2\\fcharset136 Ming;}}";
    show(format!("{{\\rtf1\\ansi\\ansicpg936\\deff0{fonts}{body}}}").as_bytes())
}

#[test]
fn bytes_are_decoded_together() {
    assert_eq!(text("\\f1 a\\'d6\r\n\\'d0\\'ce\\'c4b"), "1:a中文b;");
    assert_eq!(text("\\f2 \\'a4\\'a4\\f1\\'d6\\'d0"), "1:中中;");
    // The second byte of 丂 looks like `@` and may be written so.
    assert_eq!(text("\\f1 \\'81@\\'81\\'40"), "1:丂丂;");
    assert_eq!(text("\\f1 \\'81\\'30\\'89\\'37\\'80"), "1:Þ€;");
}

#[test]
fn western_font_in_a_chinese_document() {
    assert_eq!(text("\\f0 \\'d6\\'d0"), "1:中;");
    assert_eq!(text("\\f0 \\'93Text\\'94 \\'b7"), "1:“Text” ·;");
    assert_eq!(show(b"{\\rtf1\\ansi\\ansicpg1252 \\'e9t\\'a0\\'e9}"), "1:ét é;");
    assert_eq!(show(b"{\\rtf1\\ansi\\ansicpg936 \xD6\xD0}"), "1:中;");
}

#[test]
fn unicode_and_its_stand_ins() {
    assert_eq!(text("\\u20013?\\u25991\\'3fx"), "1:中文x;");
    assert_eq!(text("{\\uc2\\u20013\\'d6\\'d0}\\u25991 ?x"), "1:中文x;");
    assert_eq!(text("\\uc0\\u20013\\u-26215 x"), "1:中香x;");
    assert_eq!(text("\\uc0 \\u55362\\uc1 \\u57271\\'3f{\\u-10174?}{\\u-8265?}"), "1:𠮷𠮷;");
    assert_eq!(text("\\u55362?a"), "1:\u{fffd}a;");
    // What stands in ends with the group or at a word.
    assert_eq!(text("{\\u20013}x\\u20013\\par y"), "1:中x中;2:y;");
}

#[test]
fn named_characters() {
    let body =
        "a\\~b\\_c\\-d\\emdash\\endash\\lquote\\rquote\\ldblquote\\rdblquote\\bullet\\tab\\{\\}\\\\\\line z\\\ny";
    assert_eq!(text(body), "1:a b-cd—–‘’“”•\t{}\\;1:z;2:y;");
}

#[test]
fn what_is_no_text() {
    let body = "{\\info{\\title T}}{\\header H\\par}{\\footnote F}{\\pict 00ff}{\\*\\new N{\\b M}}\
                {\\field{\\*\\fldinst HYPERLINK}{\\fldrslt 链}}{\\deleted D}{\\v V}a\\v b\\v0 c{\\shp S}\\bin3 }}}d";
    let body = body.replace('链', "\\u38142?");
    assert_eq!(text(&body), "1:链acd;");
    assert_eq!(text("a{\\deleted b\\par c}d\\par"), "1:ad;");
}

#[test]
fn paragraphs_count() {
    assert_eq!(text("\\pard a\\par\\par{\\outlinelevel0 b\\par}\\pard c"), "1:a;3:#b;4:c;");
}

#[test]
fn merged_cells() {
    let rtf = "\\pard 0\\par\
        \\trowd\\trleft-108\\clvmgf\\cellx1000\\clmgf\\cellx2000\\clmrg\\cellx3000\\pard\\intbl a\\cell b\\cell\\cell\\row\
        \\trowd\\trleft-100\\clvmrg\\cellx1010\\cellx1990\\cellx3000\\pard\\intbl\\cell c\\par d\\cell e\\cell\\row\
        \\trowd\\trleft-108\\cellx3001\\pard\\intbl f\\cell\\row\
        \\pard g\\par";
    assert_eq!(text(rtf), "1:0; 0+1x2=a 1+2x1=b| 1+1x1=c/d 2+1x1=e| 0+3x1=f|5:g;");
}

#[test]
fn a_paragraph_parts_tables() {
    let row = "\\trowd\\cellx100\\cellx200\\pard\\intbl a\\cell b\\cell\\row";
    assert_eq!(text(&format!("{row}\\pard\\par{row}")), " 0+1x1=a 1+1x1=b| 0+1x1=a 1+1x1=b|");
    let document = |body: String| read(format!("{{\\rtf1 {body}}}").as_bytes(), &Limits::default()).unwrap();
    assert_eq!(document(format!("{row}\\pard\\par{row}")).blocks.len(), 2);
    assert_eq!(document(format!("{row}\\pard{row}")).blocks.len(), 1);
    // One definition may serve many rows.
    let more = "\\pard\\intbl c\\cell d\\cell\\row";
    assert_eq!(text(&format!("{row}{more}")), " 0+1x1=a 1+1x1=b| 0+1x1=c 1+1x1=d|");
}

#[test]
fn tables_in_cells() {
    let inner = "\\pard\\intbl\\itap2 1\\nestcell 2\\nestcell{\\*\\nesttableprops\\trowd\\cellx50\\cellx90\\nestrow}\
                 {\\nonesttables\\par X}";
    let outer = format!("\\trowd\\cellx100\\cellx200{inner}\\pard\\intbl v\\cell w\\cell\\row");
    assert_eq!(text(&outer), " 0+1x1=1 1+1x1=2|1:v;1:w;");
    let outer =
        format!("\\trowd\\cellx100\\cellx200\\cellx300\\pard\\intbl u\\cell{inner}\\pard\\intbl v\\cell w\\cell\\row");
    assert_eq!(text(&outer), " 0+1x1=u 1+1x1=1/2/v 2+1x1=w|");
}

#[test]
fn damaged_files_give_what_is_there() {
    assert!(matches!(read(b"text", &Limits::default()), Err(Fault::Damaged(_))));
    assert_eq!(show(b"{\\rtf1 a\\par b"), "1:a;2:b;");
    assert_eq!(show(b"{\\rtf1 a}}}} b"), "1:a;");
    assert_eq!(show(b"{\\rtf1\\trowd\\cellx1 a\\cell b"), "1:a;2:b;");
    assert_eq!(show(b"{\\rtf1\\ul\\info a}"), "1:a;");
    let deep = [&b"{\\rtf1"[..], &[b'{'; 100_000]].concat();
    assert!(matches!(read(&deep, &Limits::default()), Err(Fault::Damaged(_))));
    let limits = Limits { unpacked: 3, ..Limits::default() };
    assert!(matches!(read(b"{\\rtf1 abcdef}", &limits), Err(Fault::Limit(_))));
}

/// The cells of a row, whose last ones hold these texts.
fn cells(cells: &[&str]) -> Vec<String> {
    let head = "{\\colortbl;\\red255\\green255\\blue255;\\red31\\green78\\blue121;}{\\stylesheet{\\s0 Normal;}{\\s9\\strike Old;}\
        {\\*\\cs15\\additive\\super mark;}{\\*\\cs16\\additive\\sbasedon15 mark2;}{\\*\\ts11 Table;}}";
    let edges: String = (1..=cells.len() + 1).map(|n| format!("\\cellx{}", n * 100)).collect();
    let body: String = cells.iter().map(|c| format!("\\pard\\intbl {c}\\cell")).collect();
    let read = text(&format!("{head}\\trowd{edges}\\pard\\intbl a\\cell{body}\\row"));
    read.trim_end_matches('|').split(' ').skip(2).map(|c| c.split_once('=').unwrap().1.to_owned()).collect()
}

#[test]
fn struck_raised_and_white_text() {
    let seen = cells(&[
        "{\\strike 6}89",
        "{\\striked1 6}89",
        "\\strike 6\\strike0 89\\strike 6\\plain",
        "{\\s9 6}89",
        "\\s9\\strike0 89\\plain",
        "89{\\super 1}{\\up6 2}{\\dn4 3}",
        "89{\\cs15 1}{\\cs16 2}",
        "{\\super 89}",
        "89\\par{\\super 1}",
        "89{\\fs2 1}{\\cf1 7}{\\v 5}",
        "{\\cf1\\highlight2 89}",
        "89{\\super \\u19968?\\'31}",
    ]);
    assert_eq!(seen, ["89"; 12]);
    let row = |definition: &str| {
        let table = format!(
            "{{\\colortbl;\\red255\\green255\\blue255;\\red1\\green2\\blue3;}}\\trowd\\cellx100{definition}\\cellx200\
            \\pard\\intbl a\\cell\\pard\\intbl{{\\cf1 89}}\\cell\\row"
        );
        text(&table)
    };
    assert_eq!(row("\\clcbpat2"), " 0+1x1=a 1+1x1=89|");
    assert_eq!(row("\\clcbpat1"), "1:a;");
    // A row of which nothing is seen is none.
    let rows = "\\trowd\\cellx100\\cellx200\\pard\\intbl{\\strike a}\\cell{\\strike 1}\\cell\\row\\pard\\intbl b\\cell 2\\cell\\row";
    assert_eq!(text(rows), " 0+1x1=b 1+1x1=2|");
}

#[test]
fn marks_of_notes() {
    let seen = cells(&[
        "89{\\super\\chftn{\\footnote x}}",
        "89{\\super 1{\\footnote x}}",
        "89{1{\\footnote x}}",
        "89{*{\\*\\footnote x}}",
        "{89\\chftn{\\footnote x}}",
        "89{\\footnote x}",
    ]);
    assert_eq!(seen, ["89"; 6]);
}

#[test]
fn text_boxes_and_pictures() {
    let shape = |more: &str, content: &str| {
        format!(
            "{{\\shp{{\\*\\shpinst\\shpleft1{{\\sp{{\\sn shapeType}}{{\\sv 202}}}}{more}{{\\shptxt \\pard\\plain {content}\\par}}}}\
            {{\\shprslt{{\\*\\do{{\\dptxbxtext\\pard X\\par}}}}}}}}"
        )
    };
    let (boxed, hidden) = (shape("", "12"), shape("{\\sp{\\sn fHidden}{\\sv 1}}", "12"));
    let table = shape("", "\\trowd\\cellx10\\cellx20\\intbl 1\\cell 2\\cell\\row\\pard");
    let picture = "{\\*\\shppict{\\pict 00}}{\\nonshppict{\\pict 00}}";
    let seen = cells(&[&boxed, &hidden, &table, &format!("{boxed}x"), picture, &format!("{picture}5"), "6"]);
    assert_eq!(seen, ["12", "", "1/2", "12/x", "□", "5", "6"]);
    assert_eq!(text(&format!("a{boxed}b\\par")), "1:12;2:ab;");
}
