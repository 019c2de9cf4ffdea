//! What markup becomes.

use std::fmt::Write;

use super::part::MAX_DEPTH;
use super::table::{MAX_CELL_CHARS, MAX_PLACES};
use crate::limits::Limits;
use crate::work;
use nianbao_document::{Block, Cell, Document};

pub(super) fn read(html: &str) -> Document {
    super::read_with(html, &Limits::default(), &|_| None).unwrap()
}

/// One string per block: `line: text` (`line# text` for headings); a grid is `[…]` with rows `/` and cells
/// `column+width*height=text`, the latter two only where not 1.
pub(super) fn show(html: &str) -> Vec<String> {
    let document = read(html);
    document.blocks.iter().map(|block| show_block(&document, block)).collect()
}

fn show_block(document: &Document, block: &Block) -> String {
    let grid = match block {
        Block::Line(line) => {
            let mark = if line.heading { '#' } else { ':' };
            return format!("{}{mark} {}", line.line, document.text(line.text));
        }
        Block::Grid(grid) => grid,
    };
    let show_cell = |cell: &Cell| {
        let mut shown = cell.column.to_string();
        if cell.col_span != 1 {
            write!(shown, "+{}", cell.col_span).unwrap();
        }
        if cell.row_span != 1 {
            write!(shown, "*{}", cell.row_span).unwrap();
        }
        shown + "=" + document.text(cell.text)
    };
    let rows: Vec<String> =
        grid.rows.iter().map(|row| row.iter().map(show_cell).collect::<Vec<_>>().join(" ")).collect();
    format!("[{}]", rows.join(" / "))
}

/// What every document must keep, whatever the input.
fn check(document: &Document) {
    for block in &document.blocks {
        match block {
            Block::Line(line) => {
                assert!(line.line >= 1);
                assert!(!document.text(line.text).trim().is_empty());
                assert!(!document.text(line.text).contains('\n'));
            }
            Block::Grid(grid) => {
                let mut taken = std::collections::HashSet::new();
                for (row, cells) in grid.rows.iter().enumerate() {
                    for cell in cells {
                        assert!(cell.col_span >= 1 && cell.row_span >= 1);
                        assert!(row + usize::from(cell.row_span) <= grid.rows.len());
                        for row in row..row + usize::from(cell.row_span) {
                            for column in cell.column..cell.column + cell.col_span {
                                assert!(taken.insert((row, column)), "two cells at {row}, {column}");
                            }
                        }
                    }
                    assert!(cells.is_sorted_by_key(|cell| cell.column));
                }
                assert!(taken.len() <= MAX_PLACES);
            }
        }
    }
}

#[test]
fn plain_table() {
    let html = "<p>前</p><table border=1><tr><th>甲</th><th>乙</th></tr><tr><td>1</td><td></td></tr></table>后";
    assert_eq!(show(html), ["1: 前", "[0=甲 1=乙 / 0=1 1=]", "1: 后"]);
}

#[test]
fn sections_and_caption() {
    let html = "<table><caption>表 <b>一</b></caption><colgroup><col><col></colgroup>\
        <thead><tr><td>a<td>b</thead><tbody><tr><td>c<td>d</tbody><tfoot><td>e<td>f</tfoot></table>";
    assert_eq!(show(html), ["1: 表 一", "[0=a 1=b / 0=c 1=d / 0=e 1=f]"]);
}

#[test]
fn official_header() {
    let html = "<table>
        <tr><td rowspan=3 colspan=3>（本列数据的勾稽关系为……）</td><td colspan='7'>申请人情况</td></tr>
        <tr><td rowspan=\"2\">自然人</td><td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr>
        <tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>
        <tr><td colspan=3>一、本年新收政府信息公开申请数量</td><td>1<td>2<td>3<td>4<td>5<td>6<td>21</tr>
        <tr><td rowspan=2>三、本年度办理结果<td colspan=2>（一）予以公开<td>0<td>0<td>0<td>0<td>0<td>0<td>0
        <tr><td>（三）<td>1.国家秘密<td>7<td>0<td>0<td>0<td>0<td>0<td>7
        </table>";
    assert_eq!(
        show(html),
        ["[0+3*3=（本列数据的勾稽关系为……） 3+7=申请人情况 \
          / 3*2=自然人 4+5=法人或其他组织 9*2=总计 \
          / 4=商业企业 5=科研机构 6=社会公益组织 7=法律服务机构 8=其他 \
          / 0+3=一、本年新收政府信息公开申请数量 3=1 4=2 5=3 6=4 7=5 8=6 9=21 \
          / 0*2=三、本年度办理结果 1+2=（一）予以公开 3=0 4=0 5=0 6=0 7=0 8=0 9=0 \
          / 1=（三） 2=1.国家秘密 3=7 4=0 5=0 6=0 7=0 8=0 9=7]"]
    );
}

#[test]
fn word_export() {
    let html = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\">\r\n<head>\r\n<title>某局\r\n2021年  年报</title>\r\n\
        <!--[if gte mso 9]><xml>\r\n <w:View>Normal</w:View><td>no</td>\r\n</xml><![endif]-->\r\n\
        <style>\r\n<!--\r\n p.MsoNormal {margin:0cm}\r\n-->\r\n</style>\r\n</head>\r\n<body lang=ZH-CN>\r\n\
        <p class=MsoNormal><span lang=EN-US\r\nstyle='a:b'>20</span><span lang=EN-US>21</span><span>年共受理</span><span\r\n\
        lang=EN-US><o:p>&nbsp;</o:p></span><![if !supportLists]>3<![endif]><?xml:namespace prefix = o />件<o:p></o:p></p>\r\n\
        <table><![if !supportMisalignedColumns]><tr><td><p class=MsoNormal>甲<o:p></o:p></p></td>\r\n\
        <td><p><span>乙</span></p><p>&nbsp;</p><p>丙</p></td></tr><![endif]></table></body></html>\r\n";
    assert_eq!(show(html), ["16: 2021年共受理 3件", "[0=甲 1=乙\n丙]"]);
    assert_eq!(read(html).declared_title.as_deref(), Some("某局 2021年 年报"));
}

#[test]
fn unclosed_cells_and_rows() {
    assert_eq!(show("<table><tr><td>a<td>b<p>c<tr><td>d</td><td>e</table>f"), ["[0=a 1=b\nc / 0=d 1=e]", "1: f"]);
    assert_eq!(show("<table><td>a<td>b<tr><td>c"), ["[0=a 1=b / 0=c]"], "neither row nor table tags");
    assert_eq!(show("a</table>b</td>c<td>d<tr>e"), ["1: a", "1: b", "1: c", "1: d", "1: e"]);
}

#[test]
fn nested_layout_table_keeps_order() {
    let html = "<table><tr><td>菜单</td><td><h1>标题</h1>\n<table><tr><td>前言</td></tr></table>引<br>言\
        <table><tr><td>a<td>b</table>\n说明</td></tr><tr><td>页脚</td></tr></table>完";
    assert_eq!(
        show(html),
        ["1: 菜单", "1# 标题", "2: 前言", "2: 引", "2: 言", "[0=a 1=b]", "3: 说明", "3: 页脚", "3: 完"]
    );
}

#[test]
fn empty_nested_table_is_a_spacer() {
    assert_eq!(
        show("<table><tr><td>a<table><tr><td> <td>&nbsp;</table>b<td>c</table>"),
        ["[0=a\nb 1=c]"],
        "the outer table stays a grid"
    );
}

#[test]
fn table_outside_a_cell_closes_the_open_one() {
    assert_eq!(show("<table><tr><td>a<td>b</tr><table><tr><td>c<td>d</table>"), ["[0=a 1=b]", "[0=c 1=d]"]);
}

#[test]
fn stray_text_stands_before_the_grid() {
    assert_eq!(show("<table>x<tr>y<td>a</td>z<td>b</table>"), ["1: x", "1: y", "1: z", "[0=a 1=b]"]);
}

#[test]
fn layout_by_content() {
    assert_eq!(show("<table><tr><td> <td>只<br>此<tr><td></table>"), ["1: 只", "1: 此"], "one cell with text");
    let long = "长".repeat(MAX_CELL_CHARS);
    assert_eq!(show(&format!("<table><td>a<td>{long}</table>")), [format!("[0=a 1={long}]")]);
    assert_eq!(show(&format!("<table><td>a<td>{long}长</table>")), ["1: a".to_owned(), format!("1: {long}长")]);
    assert!(show("<table><tr><td> </td><td></td></tr></table>").is_empty(), "nothing to say");
}

#[test]
fn breaks_in_cells() {
    assert_eq!(
        show("<table><td><br> a <br/><br>b<div>c</div></br></td><td><p></p>d</td></table>"),
        ["[0=a\nb\nc 1=d]"]
    );
}

#[test]
fn entities_and_blanks() {
    assert_eq!(
        show("<p>&nbsp;&#160;\u{3000}a&ensp;&emsp;&#x3000;\t\r\n b&amp;c&lt;td&gt;&#20013;&#x6587;&copy </p>"),
        ["2: a b&c<td>中文©"].map(|line| line.replace("2:", "1:"))
    );
    assert_eq!(show("甲&#8203;乙\0丙\u{feff}丁<!-- x -->戊<b>己</b>"), ["1: 甲乙丙丁戊己"]);
    assert_eq!(show("1 <b> 2</b> &nbsp;<i>3</i>"), ["1: 1 2 3"]);
    assert_eq!(show("<table><td>&nbsp;a&nbsp;b&nbsp;<td>&#49;&#50;</table>"), ["[0=a b 1=12]"]);
    assert_eq!(show("a&#0;&#xD800;&#99999999;&bogus;&"), ["1: a\u{fffd}\u{fffd}\u{fffd}&bogus;&"]);
}

#[test]
fn row_spans() {
    assert_eq!(show("<table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d</table>"), ["[0*3=a 1=b / 1=c / 1=d]"]);
    assert_eq!(show("<table><tr><td>a<td>b<tr><td rowspan=70000>c<td>d</table>"), ["[0=a 1=b / 0=c 1=d]"]);
    assert_eq!(show("<table><tr><td rowspan=3>a<td>b<tr></tr><tr><td>c</table>"), ["[0*3=a 1=b /  / 1=c]"]);
}

#[test]
fn column_spans() {
    assert_eq!(show("<table><td colspan=99999>a<td>b</table>"), ["[0+1000=a 1000=b]"]);
    assert_eq!(
        show("<table><td colspan=0>a<td colspan>b<td colspan=x>c<td colspan=-2>d<td COLSPAN=' +2.5px'>e<td>f</table>"),
        ["[0=a 1=b 2=c 3=d 4+2=e 6=f]"]
    );
    assert_eq!(show("<table><td colspan=2 colspan=5>a<td style='x' colspan=\"3\">b</table>"), ["[0+2=a 2+3=b]"]);
    assert_eq!(
        show("<table><tr><td>a<td rowspan=2>b<td>c<td>d<tr><td colspan=3>e<td>f</table>"),
        ["[0=a 1*2=b 2=c 3=d / 0=e 3=f]"],
        "a span that runs into another one covers what is free and keeps the next cell in place"
    );
}

#[test]
fn tables_beyond_the_limits_lose_no_text() {
    let wide = format!("<table><tr>{}</table>", "<td colspan=1000>x".repeat(70));
    assert_eq!(show(&wide).len(), 70);
    let large = format!("<table><tr>{}</table>", "<td>x".repeat(MAX_PLACES + 10));
    assert_eq!(show(&large).len(), MAX_PLACES + 10);
    let tall = format!("<table>{}</table>", "<tr><td>x".repeat(MAX_PLACES / 2 + 1));
    assert_eq!(show(&tall).len(), MAX_PLACES / 2 + 1);
    let covered = format!(
        "<table><tr><td colspan=900 rowspan=180>x<td colspan=900 rowspan=0>z{}</table>",
        "<tr><td>y".repeat(5_000)
    );
    let document = read(&covered);
    check(&document);
    assert!(matches!(document.blocks.as_slice(), [Block::Grid(_)]));
    assert_eq!(document.arena().len(), 5_002);
}

#[test]
fn hidden_content() {
    let html = "<script>var t = '<table><td>x</td>';</script>a<style>td{}</style>b<noscript><p>x</noscript>c\
        <template><p>x<template>x</template>x</template>d<select><option>x<option selected>x</option></select>e\
        <iframe><p>x</iframe>f<xml><w:z>x</w:z></xml>g<textarea>h</textarea>";
    assert_eq!(show(html), ["1: abcdefg", "1: h"]);
    assert_eq!(show("a<script>if (a<b) c('</style>', '<!-- ')</script>d"), ["1: ad"]);
    assert_eq!(show("<table><tr><td>a<td><script>'<td>'</script>b</table>"), ["[0=a 1=b]"], "tags in scripts are text");
    assert_eq!(show("<td>a<select><option>x</td><td>b"), ["1: a", "1: b"], "an unclosed select ends with its cell");
}

#[test]
fn head_declares() {
    let html = "<head>x<META content=' 某局&nbsp;年报 ' Name='articletitle'><title>网站</title>\
        <meta name=PubDate content='2022-01-31 10:00'><meta name=other content=z></head>y";
    let document = read(html);
    assert_eq!(document.declared_title.as_deref(), Some("某局 年报"));
    assert_eq!(document.declared_date.as_deref(), Some("2022-01-31 10:00"));
    assert_eq!(show(html), ["1: y"]);

    let plain =
        read("<title></title><title>一</title><svg><title>二</title></svg><meta name=ArticleTitle content=' '>");
    assert_eq!(plain.declared_title.as_deref(), Some("一"));
    assert_eq!(plain.declared_date, None);
    assert!(plain.blocks.is_empty());
    assert_eq!(show("<head><title>t</title><link rel=x><div>unclosed head</div>"), ["1: unclosed head"]);
}

#[test]
fn blocks_and_headings() {
    assert_eq!(
        show("<ul><li>a<li>b</ul>c<hr>d<dl><dt>e<dd>f</dl><center>g</center>h<h2>i<br>j</h2>k<h3>l<div>m</div>n"),
        [
            "1: a", "1: b", "1: c", "1: d", "1: e", "1: f", "1: g", "1: h", "1# i", "1# j", "1: k", "1# l", "1# m",
            "1: n"
        ]
    );
    assert_eq!(show("<h1>a<table><tr><td>b</table>"), ["1# a", "1: b"], "an unclosed heading ends at a table");
}

#[test]
fn preformatted() {
    let html = "<p>a\n b</p><pre>\n甲\t乙\n\n  <b>丙</b>  丁&nbsp;\r\n戊</pre>己\n庚";
    assert_eq!(show(html), ["1: a b", "3: 甲\t乙", "5:   丙  丁 ", "6: 戊", "6: 己 庚"]);
    assert_eq!(show("<table><td><pre> a\n b </pre><td>c\nd</table>"), ["[0=a\nb 1=c d]"]);
    assert_eq!(show("<table><td><pre>a<td>c\nd</table>"), ["[0=a 1=c d]"], "an unclosed one ends with its cell");
}

#[test]
fn lines_of_the_source() {
    let document = read("<!-- \n -->\n<p\n>&nbsp;\n a\n b</p>\r\n\r\n<table\n><td>1</td>\r<td\n>\n2</table>\nc");
    let shown: Vec<_> = document.blocks.iter().map(|block| show_block(&document, block)).collect();
    assert_eq!(shown, ["5: a b", "[0=1 1=2]", "13: c"]);
    let Some(Block::Grid(grid)) = document.blocks.get(1) else { panic!("no grid") };
    assert_eq!(grid.rows.iter().flatten().map(|cell| cell.line).collect::<Vec<_>>(), [9, 10]);
}

/// Numbers without a crate: the sequence only has to be mixed and the same every time.
struct Mixed(u64);

impl Mixed {
    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        from[usize::try_from(self.0 >> 33).unwrap() % from.len()]
    }
}

#[test]
fn line_numbers_hold_in_any_mixture() {
    let noise = [
        "\n",
        "\r\n",
        "\r",
        " ",
        "&nbsp;",
        "&#160;",
        "&ensp;",
        "<br>",
        "<p>",
        "</p>",
        "<span\nstyle='a\r\nb'>",
        "<!-- \n\n -->",
        "<![if x\n]>",
        "<script>\n<td>\n</script>",
        "<?x\n?>",
        "</div\n>",
        "<style>\r\n</style>",
        "&#x3000",
        "\0",
        "<pre>",
        "</pre>",
        "<textarea>\n</textarea>",
        "<img\ralt='\n'/>",
        "<title>\n&amp;</title>",
        "<!doctype\nhtml>",
        "<![CDATA[\n]]>",
        "<table>",
        "<tr>",
        "<td\n>",
        "</table>",
    ];
    let mut mixed = Mixed(7);
    let mut lines = 0;
    for _ in 0..3_000 {
        let mut html = String::new();
        for _ in 0..30 {
            html.push_str(mixed.pick(&noise));
            if mixed.pick(&["", "", "mark"]) == "mark" {
                html.push_str(mixed.pick(&["<br>", "<p>", "<li>"]));
                html.push_str(mixed.pick(&["", "\n", "\r\n ", "&nbsp;\n", "<b\n>", "\r&emsp;"]));
                let ends = html.replace("\r\n", "\n").replace('\r', "\n").matches('\n').count();
                write!(html, "{}行<br>", ends + 1).unwrap();
            }
        }
        let document = read(&html);
        check(&document);
        for block in &document.blocks {
            if let Block::Line(line) = block {
                lines += 1;
                assert_eq!(document.text(line.text).trim(), format!("{}行", line.line), "{html:?}");
            }
        }
    }
    assert!(lines > 10_000, "the mixture must reach the code under test, not {lines}");
}

#[test]
fn any_mixture_of_tags_is_read() {
    let parts = [
        "<table>",
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "</td>",
        "<td rowspan=2>",
        "<td colspan=3 rowspan=2>",
        "<td rowspan=0>",
        "<th>",
        "<tbody>",
        "<caption>",
        "<select>",
        "<option>",
        "</select>",
        "<h1>",
        "</h1>",
        "<pre>",
        "</pre>",
        "文",
        "x ",
        "&nbsp;",
        "&#",
        "<",
        "</",
        "<!",
        "\"",
        "'",
        "=",
        ">",
        "\n",
        "<head>",
        "<xml>",
        "<template>",
        "</template>",
        "\0",
    ];
    let mut mixed = Mixed(11);
    let mut grids = 0;
    for _ in 0..5_000 {
        let html: String = (0..60).map(|_| mixed.pick(&parts)).collect();
        let document = read(&html);
        check(&document);
        grids += document.blocks.iter().filter(|block| matches!(block, Block::Grid(_))).count();
    }
    assert!(grids > 500, "the mixture must reach the code under test, not {grids}");
}

#[test]
fn garbage_is_read_in_linear_time() {
    let work = |html: &str| work::of(|| check(&read(html)));
    let mut counted = 0;
    let mut linear = |before: &str, part: &str| {
        let [once, twice] = [2_000, 4_000].map(|n| work(&format!("{before}{}", part.repeat(n))));
        counted += once;
        assert!(twice <= once * 5 / 2 + 10_000, "{before}{part}: {once} steps become {twice}");
    };
    for part in [
        "<",
        "<table>",
        "<table><tr><td>",
        "<table><tr><td>x",
        "<td>",
        "<table><td>",
        "</table>",
        "<tr>",
        "<pre>",
        "<td rowspan=0 colspan=1000>x",
        "&",
        "&#",
        "<!--",
        "<![",
        "\0",
        "<a b=\"",
        "</",
        "<title>",
        "<script>",
        "<h1>x",
        "<br>x",
        "x\n",
        "<template>",
        "<p",
        "\r",
    ] {
        for before in ["", "<table>", "<table><tr>", "<pre>", "<table><tr><td colspan=1000 rowspan=0>a<td>b"] {
            linear(before, part);
        }
    }
    assert!(counted > 1_000_000, "{counted}: the loops of the reader must count their steps");
}

#[test]
fn text_of_tables_nested_too_deep_is_kept_in_order() {
    let html = format!("{}{}", "<table><tr><td>x".repeat(100), "y</table>".repeat(100));
    let text: String = show(&html).iter().flat_map(|block| block.chars().filter(|c| matches!(c, 'x' | 'y'))).collect();
    assert_eq!(text, "x".repeat(100) + &"y".repeat(100));
    assert_eq!(show(&(html + "<table><td>a<td>b</table>")).last().unwrap(), "[0=a 1=b]", "every table is closed");

    let deep = "<table><tr><td>x".repeat(MAX_DEPTH);
    assert!(show(&format!("{deep}<table><tr><td>a<td>b</table>")).iter().all(|block| !block.starts_with('[')));
    let less = "<table><tr><td>x".repeat(MAX_DEPTH - 1);
    assert_eq!(show(&format!("{less}<table><tr><td>a<td>b</table>")).last().unwrap(), "[0=a 1=b]");
}
