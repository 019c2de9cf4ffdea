//! What a person sees of a page, and what only its source has.

use super::style::Style;
use super::tag::Tag;
use super::tests::{read, show};
use nianbao_document::Block;

/// The one row of a table, cells between bars.
pub(super) fn row(cells: &str) -> String {
    sheet("", cells)
}

/// The same under a style sheet.
fn sheet(css: &str, cells: &str) -> String {
    let document =
        read(&format!("<head><style>{css}</style></head><body><table><tr><td>规章</td>{cells}</tr></table>"));
    let Some(Block::Grid(grid)) = document.blocks.first() else { return format!("{:?}", document.arena()) };
    grid.rows[0].iter().skip(1).map(|c| document.text(c.text)).collect::<Vec<_>>().join("|")
}

#[test]
fn hidden_by_attribute_and_style() {
    for hidden in [
        "<span style='display:none'>7</span>",
        "<span hidden>7</span>",
        "<span hidden=hidden>7</span>",
        "<span STYLE=\"DISPLAY: NONE\">7</span>",
        "<div style='display:none'>7</div>",
        "<p style='display:none'>7</p>",
        "<b style='display:none'><i>7</i>7</b>",
        "<font style='font-size:0'>7</font>",
        "<span style='mso-hide:all'>7</span>",
        "<span style='opacity:0'>7</span>",
        "<span style='visibility:hidden'>7</span>",
        "<span style='position:absolute;left:-9999px'>7</span>",
        "<span style='position:absolute;clip:rect(0,0,0,0)'>7</span>",
        "<input type=hidden value=7>",
        "<select style='display:none'><option>7</select>",
        "<textarea style='display:none'>7</textarea>",
        "<span style='display:none'>7<table><tr><td>8<td>9</table></span>",
        "<span style=\"display:none\"><b>7</span></b>",
        "<ruby><rt>7</rt></ruby>",
        "<rp>7</rp>",
        "<template>7</template>",
        "<span style='color:#fff'>7</span>",
        "<font color=white>7</font>",
        "<span style='color:transparent'>7</span>",
    ] {
        assert_eq!(row(&format!("<td>{hidden}12</td><td>3</td>")), "12|3", "{hidden}");
        assert_eq!(row(&format!("<td>12{hidden}</td><td>3</td>")), "12|3", "{hidden}");
        if hidden.contains("table") {
            continue;
        }
        assert_eq!(
            row(&format!("<td>{hidden}<td>3")),
            if hidden.contains("olor") { "\u{FFFC}|3" } else { "|3" },
            "{hidden}"
        );
    }
}

#[test]
fn shown_after_all() {
    for shown in [
        "<span style='display:inline'>7</span>",
        "<span style='font-size:0'><b style='font-size:12px'>7</b></span>",
        "<span style='display:none;display:block'>7</span>",
        "<span aria-hidden=true>7</span>",
        "<span style='background:#036;color:#fff'>7</span>",
        "<u>7</u>",
        "<ins>7</ins>",
        "<b>7</b>",
        "<span style='color:red'>7</span>",
        "<details><summary></summary>7</details>",
    ] {
        assert_eq!(row(&format!("<td>{shown}<td>3")), "7|3", "{shown}");
    }
    assert_eq!(row("<td style='background:#036'><font color=#fff>7</font><td>3"), "7|3");
    assert_eq!(row("<td bgcolor=#003366><font color=#fff>7</font><td>3"), "7|3");
    assert_eq!(
        show("<link rel=stylesheet href=a.css><table><tr><td>a<td><font color=#fff>7</font></table>"),
        ["[0=a 1=7]"],
        "what lies behind is said in another file"
    );
    assert_eq!(
        show("<body bgcolor=black text=white><table><tr><td>a<td style='background:#000'>7</table>"),
        ["[0=a 1=7]"],
        "what is not known is seen"
    );
    let linked = "<link rel=stylesheet href=bootstrap.css><table><tr><td>a<td><i class='x sr-only'>件数</i>7</table>";
    assert_eq!(show(linked), ["[0=a 1=7]"], "everybody's names");
    assert_eq!(show(&linked.replace("<link rel=stylesheet href=bootstrap.css>", "")), ["[0=a 1=件数7]"]);
    assert_eq!(show("<html style='visibility:hidden'><body style='display:none'><p>a"), ["1: a"], "a veil");
}

#[test]
fn hidden_elements_end_where_browsers_end_them() {
    assert_eq!(row("<td><span style='display:none'>7<td>3"), "|3", "with its cell");
    assert_eq!(row("<td><span style='display:none'>7</td></span><td>3"), "|3");
    assert_eq!(row("<td><div><span style='display:none'>7</div>12<td>3"), "12|3", "with the element around it");
    assert_eq!(row("<td><div style='display:none'><div>7</div>7</div>12<td>3"), "12|3", "with its own end");
    assert_eq!(row("<td><span style='display:none'>7</b></i>7</span>12<td>3"), "12|3", "with no stray end");
    assert_eq!(row("<td><p style='display:none'>7<p>12<td>3"), "12|3", "with the next paragraph");
    assert_eq!(show("<ul><li style='display:none'>a<li>b</ul>"), ["1: b"]);
    assert_eq!(row("<td><br style='display:none'>12<img style='display:none' src=x>3<td>3"), "123|3", "with itself");
    let deep = format!("<td>{}7{}12<td>3", "<span style='display:none'>".repeat(40), "</span>".repeat(40));
    assert_eq!(row(&deep), "12|3");
    assert_eq!(
        show("<p>1<span style='display:none'>2<p>3</p>"),
        ["1: 1", "1: 3"],
        "a paragraph ends with the next, and what is open in it"
    );
}

#[test]
fn hidden_rows_and_cells_take_no_place() {
    let html = "<table><tr><td rowspan=2>a<td>1<tr style='display:none'><td>a<td>7<tr hidden><td>8\
        <tr><td>2<tbody style='display:none'><tr><td>9<td>9</tbody></table>";
    assert_eq!(show(html), ["[0*2=a 1=1 / 1=2]"]);
    assert_eq!(row("<td style='display:none'>7</td><td>12<td hidden>8<td>3"), "12|3");
    assert_eq!(row("<td style='visibility:hidden'>7</td><td>12"), "|12", "what is only not seen keeps its place");
    assert_eq!(show("<table><tr style='visibility:hidden'><td>7<td>8<tr><td>1<td>2</table>"), ["[0= 1= / 0=1 1=2]"]);
    assert_eq!(show("<table><tr style='visibility:collapse'><td>7<td>8<tr><td>1<td>2</table>"), ["[0=1 1=2]"]);
}

#[test]
fn rows_that_a_click_opens() {
    let table = |click: &str, label: &str| {
        let rows = format!("<tr><td {click}>规章<td>1<tr id=r1 class='sub x' style='display:none'><td>{label}<td>7");
        show(&format!("<table>{rows}<tr><td>文件<td>2</table>"))
    };
    for click in
        ["onclick=\"open('r1')\"", "data-target='#r1'", "data-bs-target=\".sub\"", "onclick='$(\".sub\").toggle()'"]
    {
        assert_eq!(table(click, "其中"), ["[0=规章 1=1 / 0=其中 1=7 / 0=文件 1=2]"], "{click}");
        assert_eq!(table(click, "规章"), ["[0=规章 1=1 / 0=文件 1=2]"], "last year's: {click}");
    }
    assert_eq!(table("", "其中"), ["[0=规章 1=1 / 0=文件 1=2]"], "nothing opens it");
    let html =
        "<table><tr><td rowspan=2>a<td>1<tbody id=more hidden><tr><td>c<td>3</tbody></table><a href='#more'>展开</a>";
    assert_eq!(show(html), ["[0=a 1=1 / 0=c 1=3]", "1: 展开"]);
}

#[test]
fn style_sheets_of_the_page() {
    let one = "<td><span class='x sort'>7</span>12<td>3";
    for css in [
        ".sort{display:none}",
        "<!-- .sort { DISPLAY : none } -->",
        "span.sort{display:none}",
        ".a,.sort , b{display:none}",
        ".sort.x{visibility:hidden}",
        "td .sort{display:none}",
        "tr>td > .sort{display:none}",
        "table td span[class~=sort]{display:none}",
        "span[class*='or']{display:none}",
        "@media screen{.sort{display:none}}",
        "@media only screen and (min-width:768px){.sort{display:none}}",
        "@supports(display:grid){.sort{display:none}}",
        "/* .x{} */ .sort/**/{color:red;display:none!important}",
        ".sort{display:none}.sort:hover{display:inline}",
        ".sort{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)}",
        "td span:first-child{display:none}",
        "span:not(.y){display:none}",
        ".sort{font-size:0}",
        ".sort{text-decoration:line-through}",
        "@import 'a.css';@font-face{font-family:a}.sort{display:none}",
        "@media print{td{color:red}} .sort{display:none}",
        "#y,.sort{display:none}",
        ".sort{color:#FFF}",
        "span{display:none}.y span{display:inline}",
        "td :is(.y,.sort){display:none}",
        "td{.sort{display:none}}",
        "td{color:red;& .y,& > .sort{display:none}}",
        "@layer a{td{@media screen{.sort{display:none}}}}",
        ".\\73 ort{display:none}",
        ":root{--d:none}.sort{display:var(--d)}",
        ".sort{color:hsl(0, 0%, 100%)}",
        ".sort{display:/* */none}",
    ] {
        assert_eq!(sheet(css, one), "12|3", "{css}");
    }
    // It may be so or not: no figure, and no blank.
    for css in [
        "span:last-child{display:none}",
        "b + .sort{display:none}",
        "@container (width>9px){.sort{display:none}}",
        ".a{--d:none}.b{--d:block}.sort{display:var(--d)}",
        ".sort{unicode-bidi:bidi-override;direction:rtl}",
        ".sort::before{content:'1'}",
        "[lang] > td .sort{text-decoration:line-through}",
    ] {
        assert!(sheet(css, one).contains('\u{FFFC}'), "{css}: {}", sheet(css, one));
    }
    for css in [".sort::after{content:'件'}", "td:last-child{border:0}", "b + .sort{color:red}"] {
        assert_eq!(sheet(css, one), "712|3", "{css}");
    }
    assert_eq!(
        sheet(".v{visibility:hidden}.w{visibility:visible}", "<td><i class=v>7<b class=w>1</b></i><td>3"),
        "\u{FFFC}|3"
    );
    for css in [
        "@media print{.sort{display:none}}",
        "@media (max-width:768px){.sort{display:none}}",
        ".sort:hover{display:none}",
        ".sort:after{display:none}",
        ".SORTS{display:none}",
        ".y .sort{display:none}",
        ".sort{display:none}span.sort{display:inline}",
        ".sort{display:none}.x{display:inline}",
        ".x{display:inline!important}.sort{display:none}",
        ".sort+b{display:none}",
        "ul>.sort{display:none}",
        "@keyframes a{.sort{display:none}}",
        ".sort{font-size:0}.sort{font-size:12px}",
        ".sort{color:#fff;background:#036}",
        "td{background:#036}.sort{color:#fff}",
    ] {
        assert_eq!(sheet(css, one), "712|3", "{css}");
    }
    let late = "<table><tr><td>a<td><i class=x>7</i>12</table><style>.x{display:none}</style>";
    assert_eq!(show(late), ["[0=a 1=12]"], "a style sheet speaks of what stands before it too");
    let sized = "<style>b{font-size:12px}</style><table><tr><td>a<td><i style='font-size:0'>7<b>1</b></i>2</table>";
    assert_eq!(show(sized), ["[0=a 1=12]"]);
    let columns = "<style>td:nth-child(2){display:none}</style><table><tr><td>a<td>7<td>1<tr><td>b<td>8<td>2</table>";
    assert_eq!(show(columns), ["[0=a 1=1 / 0=b 1=2]"]);
    assert_eq!(sheet("", "<td><style media=print>.s{display:none}</style><i class=s>7</i>"), "7");
    assert_eq!(sheet("[data-x]{display:none}", "<td><i data-x>7</i>12"), "12");
}

#[test]
fn struck_figures() {
    for struck in [
        "<del>6</del><ins>12</ins>",
        "<s>6</s>12",
        "<strike>6</strike> 12",
        "12<span style='text-decoration:line-through'>6</span>",
        "<span style='text-decoration:underline line-through'><b>6</b></span>12",
        "<del><p>6</p></del><p>12</p>",
        "<s>6<s>7</s>8</s>12",
    ] {
        assert_eq!(row(&format!("<td>{struck}<td>3")), "12|3", "{struck}");
    }
    assert_eq!(row("<td><s>6<td>3"), "|3", "an unclosed one ends with its cell");
    assert_eq!(show("<p><s>6<p>a"), ["1: a"]);
}

#[test]
fn raised_digits() {
    for raised in [
        "12<sup>1</sup>",
        "<sup>1</sup>12",
        "12<sup>[1]</sup>件",
        "12<sup><a href=#n1>①</a></sup>",
        "12<span style='vertical-align:super'>1</span>",
        "12<sub>1</sub>",
        "12<span style='position:relative;top:-5.0pt;mso-text-raise:5.0pt'>1</span>",
        "12<sup>1</sup><sup>,2</sup>",
        "<p>12</p><p><sup>1</sup></p>",
        "12<sup>*</sup>",
        "12<sup>注1</sup>",
        "12<a href=#_ftn1><span class=MsoFootnoteReference>[1]</span></a>",
    ] {
        let expected = if raised.contains('件') { "12件|3" } else { "12|3" };
        assert_eq!(row(&format!("<td>{raised}<td>3")), expected, "{raised}");
    }
    assert_eq!(row("<td><sup>12</sup><td>3"), "12|3", "a cell that is all raised");
    assert_eq!(row("<td><p><sup>1</sup><sup>2</sup></p><td>3"), "12|3");
    assert_eq!(show("<p>共受理21<sup>1</sup>件，面积5m<sup>2</sup>"), ["1: 共受理21件，面积5m2"]);
    assert_eq!(sheet(".fn{vertical-align:super}", "<td>12<i class=fn>1</i>"), "12");
}

#[test]
fn readings_beside_characters() {
    assert_eq!(
        show("<p><ruby>规<rp>(</rp><rt>guī</rt><rp>)</rp>章<rt>zhāng</rt></ruby>和<ruby>处<rt>chǔ罚<rt>fá</ruby>"),
        ["1: 规章和处"]
    );
}

#[test]
fn conditional_comments_as_browsers_of_today_read_them() {
    let html = "<![if !supportEmptyParas]>&nbsp;<![endif]><!--[if gte mso 9]><xml>7</xml><![endif]-->\
        <span style='mso-hide:all;display:none'>9</span>12";
    assert_eq!(row(&format!("<td>{html}<td>3")), "12|3");
    assert_eq!(row("<td><!--[if IE]>7<![endif]-->12<!--[if !IE]><!-->3<!--<![endif]-->"), "123");
    assert_eq!(row("<td><![if IE]>12<![endif]><!--[if !vml]-->3<!--[endif]-->"), "123");
}

#[test]
fn heads_and_feet_of_tables() {
    let html = "<table><tfoot><tr><td>z<td>9</tfoot><tbody><tr><td rowspan=3>a<td>1<tr><td>2</tbody>\
        <thead><tr><td>h<td>i</thead><tbody><tr><td>b<td>3</table>";
    assert_eq!(show(html), ["[0=h 1=i / 0*2=a 1=1 / 1=2 / 0=b 1=3 / 0=z 1=9]"]);
    assert_eq!(
        show("<table><tfoot><tr><td>x<td>1</tfoot><tr><td>y<td>2<tfoot><tr><td>z<td>3</table>"),
        ["[0=y 1=2 / 0=z 1=3 / 0=x 1=1]"],
        "only the first foot stands at the foot"
    );
}

const OTHER: &str = "<table><tr><td>申请人<td>自然人<td>总计<tr><td>新收<td>1<td>2</table>";

fn shown_table(year: u32) -> String {
    format!(
        "<table><tr><td>信息内容<td>制发件数<td>废止件数<tr><td>规章<td>{year}<td>1<tr><td>规范性文件<td>2<td>3</table>"
    )
}

#[test]
fn tabs_are_seen_and_drafts_are_not() {
    let (new, old) = (shown_table(2023), shown_table(2022));
    let count = |html: &str| {
        let document = read(html);
        (document.blocks.iter().filter(|b| matches!(b, Block::Grid(_))).count(), document.arena().contains("2022"))
    };
    assert_eq!(count(&format!("<div>{new}</div><div style='display:none'>{OTHER}</div>")), (2, false), "a tab");
    assert_eq!(
        count(&format!("<div style='display:none'><h1>2022年</h1>{old}{OTHER}</div><h1>2023年</h1>{new}")),
        (1, false)
    );
    assert_eq!(count(&format!("{new}<div hidden>{old}</div>")), (1, false), "a draft behind");
    assert_eq!(count(&format!("<div style='display:none'>{new}{OTHER}</div>")), (2, false), "everything is veiled");
    assert_eq!(count(&format!("<div hidden>{new}<div hidden>{old}</div></div>")), (1, false), "a draft behind a veil");
    assert_eq!(count(&format!("<div hidden>{new}</div><div hidden>{old}</div>")), (2, true), "nothing decides");
    assert_eq!(count(&format!("<div hidden>{new}</div><div hidden>{new}</div>")), (1, false), "copies for two screens");
    assert_eq!(
        count(&format!("{new}<table hidden><tr><td>a<td>2022</table>")),
        (1, false),
        "without words it is no tab"
    );
    assert_eq!(
        count(&format!("<table><tr><td>目录<td>正文<div hidden>{new}</div></table>")),
        (1, false),
        "a frame around a tab"
    );
    assert_eq!(
        count("<table><tr><td>a<td>b<td>c<tr><td>d<td>12<div hidden><table><tr><td>2022<td>x</table></div></table>"),
        (1, false),
        "a hint in a cell"
    );
    assert_eq!(
        count(&format!(
            "<style>.p{{display:none}}.p.on{{display:block}}</style><div class='p on'>{new}</div><div class=p>{OTHER}</div>"
        )),
        (2, false)
    );
}

#[test]
fn folds_and_hints() {
    let passage = "<p>一、总体情况，二〇二三年本机关按照要求推进各项工作。</p>".to_owned()
        + "<p>二、主动公开情况，全年公开信息若干条，其中规范性文件若干件。</p>"
        + "<p>三、依申请公开情况，全年收到申请若干件，均按期答复。</p>";
    assert_eq!(show(&format!("<p>展开全文</p><div style='display:none'>{passage}</div>")).len(), 4);
    assert_eq!(show(&format!("{passage}<div style='display:none'>{passage}</div>")).len(), 3, "a copy");
    assert_eq!(show("<h1 style='display:none'>2022年年报</h1><h1>2023年年报</h1>"), ["1# 2023年年报"]);
}

#[test]
fn what_costs_too_much_is_given_up() {
    use crate::limits::{Fault, Limits};
    let rules: String =
        (0..3_000).map(|n| format!("td td td td div div .x{n} .y b:not(.z),b{{display:none}}")).collect();
    let page =
        format!("<style>{rules}</style>{}", "<div class='x y'><b class=z>".repeat(100) + &"<b>1</b>".repeat(20_000));
    let fault = super::read_with(&page, &Limits::default(), &|_| None).unwrap_err();
    assert!(matches!(fault, Fault::Limit(_)), "{fault}");
    let doubling = format!("<script>var s='<td>x';{}document.write(s)</script>", "s=s+s;".repeat(60));
    read(&doubling);
    let many = "<span style='display:none'>".repeat(100_000);
    read(&many);
    read(&"<div hidden>x<table><td>甲乙<td>丙丁".repeat(5_000));
    read(&format!("<style>{}", "a{b{c{@media screen{".repeat(20_000)));
    read(&format!("<script>document.write({}", "(".repeat(50_000)));
    read(&format!("<script>{}</script>", "a+='<td>';".repeat(20_000)));
    read(&format!("<script>x='<td>'{}</script>", "+\"<td>\"".repeat(20_000)));
    read(&"<ruby>a<rt>b".repeat(20_000));
    read(&"<sup>1</sup>2".repeat(50_000));
    read(&"<p><b>".repeat(50_000));
    read(&"<ul><li><div>".repeat(20_000));
    read(&"<select><option>1".repeat(20_000));
    read(&"<iframe srcdoc='<p>'>".repeat(5_000));
}

fn hides(kind: Tag, style: &str) -> bool {
    let mut read = Style::default();
    read.read(style.as_bytes());
    read.hides(kind).is_some() || read.tiny() == Some(true)
}

#[test]
fn what_hides() {
    for style in [
        "display:none",
        "DISPLAY : None !important;color:red",
        "color:red; display:none",
        "visibility:hidden",
        "opacity:0",
        "opacity:0.0",
        "filter:alpha(opacity=0)",
        "mso-hide:all",
        "font-size:0",
        "font-size:0pt",
        "font:0/0 a",
        "position:absolute;left:-9999px",
        "position:absolute;left:-999em",
        "left:-9999px;position:absolute",
        "position:fixed;top:-10000px",
        "position:absolute;clip:rect(0,0,0,0)",
        "position:absolute;width:1px;height:1px;clip:rect(0 0 0 0);overflow:hidden",
        "position:absolute!important;clip:rect(1px, 1px, 1px, 1px)",
        "clip-path:inset(50%)",
        "position:absolute;width:1px;height:1px;overflow:hidden",
        "display:inline-block;width:0;overflow:hidden",
        "transform:scale(0)",
    ] {
        assert!(hides(Tag::Inline, style), "{style}");
    }
    for style in
        ["text-indent:-9999px", "height:0;overflow:hidden", "max-height:0;overflow:hidden", "margin-left:-9999px"]
    {
        assert!(hides(Tag::Block, style), "{style}");
        assert!(!hides(Tag::Inline, style), "{style}");
    }
}

#[test]
fn what_does_not_hide() {
    for style in [
        "",
        "display:block",
        "display:none;display:inline",
        "display:none;display:block!important",
        "opacity:.8",
        "font-size:10.5pt",
        "font:bold 12px/1.5 宋体",
        "left:-9999px",
        "position:relative;left:-3px",
        "text-indent:-21.0pt;mso-char-indent-count:-2.0",
        "clip:rect(0,0,0,0)",
        "clip:rect(auto,auto,auto,auto);position:absolute",
        "width:1px;height:1px;overflow:hidden",
        "clip-path:inset(5%)",
        "transform:scale(0.5)",
        "visibility:visible",
        "visibility: hidden; animation-name: none;",
        "opacity:0;transition:opacity .3s",
        "mso-hide:none",
        "-x:y",
        ":",
        ";;;",
    ] {
        assert!(!hides(Tag::Inline, style), "{style}");
    }
    assert!(!hides(Tag::Cell, "width:0;overflow:hidden"), "a cell grows with what it holds");
}

#[test]
fn struck_and_raised() {
    let read = |style: &str| {
        let mut read = Style::default();
        read.read(style.as_bytes());
        (read.strikes(), read.raises())
    };
    for style in [
        "text-decoration:line-through",
        "text-decoration: underline line-through red",
        "text-decoration-line:line-through",
    ] {
        assert_eq!(read(style), (true, false), "{style}");
    }
    for style in [
        "vertical-align:super",
        "vertical-align:5.0pt",
        "position:relative;top:-5.0pt;mso-text-raise:5.0pt",
        "vertical-align:30%",
    ] {
        assert_eq!(read(style), (false, true), "{style}");
    }
    for style in [
        "text-decoration:underline",
        "vertical-align:middle",
        "vertical-align:baseline",
        "top:-5pt",
        "vertical-align:1px",
    ] {
        assert_eq!(read(style), (false, false), "{style}");
    }
}
