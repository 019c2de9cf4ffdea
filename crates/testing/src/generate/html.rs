//! Prints a report as HTML: plain with real spans, as Word exports it, or inside a portal's nested layout tables.

use super::Rng;
use super::grid::{Cell, Grid, pieces};
use super::kinds::{CLOSE, Layout, OPEN};
use super::page::Block;

/// The whole page in one of the three HTML classes.
pub fn page(blocks: &[Block], layout: Layout, broken_headers: bool, rng: &mut Rng) -> String {
    let title = blocks.iter().find_map(|b| if let Block::Title(t) = b { Some(t.replace('\n', "")) } else { None });
    let title = title.unwrap_or_default();
    let mut body = String::new();
    for block in blocks {
        body.push_str(&match (block, layout) {
            (Block::Table(grid), _) => table(grid, layout, broken_headers, rng),
            (Block::Menu(text), Layout::HtmlPortal) => format!("<div class=bar>{}</div>\n", lines(text)),
            (Block::Menu(text), _) => format!("<div>{}</div>\n", lines(text)),
            (Block::Title(text), Layout::HtmlWord) => {
                let size = "font-size:22.0pt;font-family:方正小标宋简体";
                format!("<p class=MsoNormal align=center>{}</p>\n", span(&lines(text), size, rng))
            }
            (Block::Title(text), _) => format!("<h1>{}</h1>\n", lines(text)),
            (Block::Heading(text) | Block::Para(text), Layout::HtmlWord) => {
                let size = "font-size:16.0pt;font-family:仿宋_GB2312";
                format!("<p class=MsoNormal style='text-indent:32.0pt'>{}</p>\n\n", span(&lines(text), size, rng))
            }
            (Block::Heading(text), Layout::HtmlPortal) => format!("<P><STRONG>{text}</STRONG>\n"),
            (Block::Para(text), Layout::HtmlPortal) => format!("<P>&nbsp;&nbsp;&nbsp;&nbsp;{}\n", lines(text)),
            (Block::Heading(text), _) => format!("<h2>{text}</h2>\n"),
            (Block::Para(text), _) => format!("<p>{}</p>\n", lines(text)),
        });
    }
    match layout {
        Layout::HtmlWord => format!(
            "<html xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
             xmlns:w=\"urn:schemas-microsoft-com:office:word\">\n<head>\n<meta http-equiv=Content-Type \
             content=\"text/html; charset=utf-8\">\n<meta name=Generator content=\"Microsoft Word 15\">\n\
             <title>{title}</title>\n<!--[if gte mso 9]><xml>\n <w:WordDocument>\n  <w:Zoom>100</w:Zoom>\n \
             </w:WordDocument>\n</xml><![endif]-->\n<style>\n<!--\n p.MsoNormal {{mso-style-parent:\"\"; \
             margin:0cm; font-size:10.5pt;}}\n-->\n</style>\n</head>\n<body lang=ZH-CN style='tab-interval:21.0pt'>\n\
             <div class=WordSection1 style='layout-grid:15.6pt'>\n{body}</div>\n</body>\n</html>\n"
        ),
        Layout::HtmlPortal => portal(&title, &body),
        _ => format!(
            "<!DOCTYPE html>\n<html lang=\"zh\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n</head>\n\
             <body>\n{body}</body>\n</html>\n"
        ),
    }
}

fn portal(title: &str, body: &str) -> String {
    let menu = ["机构概况", "地方性法规", "规章", "行政规范性文件", "其他文件", "行政许可", "行政处罚", "财政预决算"];
    let menu: String = menu.iter().map(|word| format!("<li><a href=\"/zwgk/list.html\">{word}</a>\n")).collect();
    format!(
        "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\">\n<HTML>\n<HEAD>\n<META charset=\"utf-8\">\n\
         <TITLE>{title}_政府信息公开</TITLE>\n<META name=\"ArticleTitle\" content=\"{title}\">\n\
         <SCRIPT>var rows = [0, 12, 7]; if (rows[0] < 3 && rows[1] > 2) document.write(\"<td>规章</td><td>99</td>\");\
         </SCRIPT>\n<STYLE>.box td {{ padding: 0 }}</STYLE>\n</HEAD>\n<BODY>\n\
         <TABLE width=1200 border=0 cellpadding=0><TR><TD colspan=2>\n<TABLE><TR><TD><a href=\"/\">首页</a>\n\
         <TD><a href=\"/zwgk\">政务公开</a>\n<TD>登录 | 注册</TABLE>\n<TR><TD width=220 valign=top>\n\
         <TABLE class=menu><TR><TD>栏目导航<TR><TD><UL>\n{menu}</UL></TABLE>\n<TD valign=top>\n\
         <TABLE class=box width=\"100%\"><TR><TD>当前位置：<a href=\"/\">首页</a> &gt; 政府信息公开年报 &gt; 正文\n\
         <TR><TD id=zoom>\n{body}\n<TR><TD align=right>【打印】 【关闭】 分享到：微信 微博</TABLE>\n\
         <TR><TD colspan=2 align=center>主办单位：政务服务管理办公室 网站标识码：6405210001<BR>\n\
         备案号：示例ICP备05000001号 浏览次数：<SPAN id=hits>3521</SPAN></TABLE>\n</BODY>\n</HTML>\n"
    )
}

fn lines(text: &str) -> String {
    text.replace('<', "&lt;").replace('\n', "<br>\n")
}

/// Word cuts a paragraph into runs and breaks lines inside tags.
fn span(text: &str, style: &str, rng: &mut Rng) -> String {
    let mut out = String::new();
    let cut = text.char_indices().map(|(i, _)| i).nth(3 + rng.below(9)).filter(|_| !text.contains(['<', '&']));
    let runs = match cut {
        Some(at) => vec![&text[..at], &text[at..]],
        None => vec![text],
    };
    for run in runs {
        let latin = run.is_ascii();
        let lang = if latin { " lang=EN-US" } else { "" };
        out.push_str(&format!("<span{lang}\nstyle='{style};\nmso-hansi-font-family:Calibri'>{run}<o:p></o:p></span>"));
    }
    out
}

fn table(grid: &Grid, layout: Layout, broken_headers: bool, rng: &mut Rng) -> String {
    let open = match layout {
        Layout::HtmlWord => {
            "<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0\n style='border-collapse:collapse;\
             mso-yfti-tbllook:1184'>\n"
        }
        Layout::HtmlPortal => "<TABLE border=1>\n<TBODY>\n",
        _ => "<table border=\"1\">\n",
    };
    let mut out = format!("{OPEN}{open}");
    for (r, row) in grid.rows.iter().enumerate() {
        out.push_str(&match layout {
            Layout::HtmlWord => format!(" <tr style='mso-yfti-irow:{r};height:19.85pt'>\n"),
            Layout::HtmlPortal => "<TR>\n".to_string(),
            _ => "<tr>".to_string(),
        });
        row.iter().for_each(|cell| out.push_str(&one(cell, layout, broken_headers, rng)));
        out.push_str(if layout == Layout::HtmlPortal { "" } else { "</tr>\n" });
    }
    if layout == Layout::HtmlWord {
        let widths = "<td width=62 style='border:none'></td>".repeat(grid.width);
        let hidden = format!(" <![if !supportMisalignedColumns]>\n <tr height=0>\n  {widths}\n </tr>\n <![endif]>\n");
        out.push_str(if rng.chance(1, 2) { &hidden } else { "" });
    }
    out.push_str(if layout == Layout::HtmlPortal { "</TBODY></TABLE>" } else { "</table>" });
    format!("{out}{CLOSE}\n")
}

fn one(cell: &Cell, layout: Layout, broken_headers: bool, rng: &mut Rng) -> String {
    let quote = if layout == Layout::HtmlGrid { "\"" } else { "" };
    let mut spans = String::new();
    for (name, n) in [("colspan", cell.cols), ("rowspan", cell.rows)] {
        if n > 1 {
            spans.push_str(&format!(" {name}={quote}{n}{quote}"));
        }
    }
    let text = if cell.header && broken_headers { pieces(&cell.text).join("<br>") } else { cell.text.clone() };
    let text = match (text.is_empty(), layout) {
        (true, _) => "&nbsp;".to_string(),
        (_, Layout::HtmlPortal) if rng.chance(1, 6) => format!("&nbsp;{text}&nbsp;"),
        _ => text,
    };
    match layout {
        Layout::HtmlWord => format!(
            "  <td width=77{spans}\n  style='width:57.6pt;border:solid windowtext 1.0pt;mso-border-alt:solid .5pt;\
             padding:0cm'>\n  <p class=MsoNormal align=center style='text-align:center'>{}</p>\n  </td>\n",
            span(&text, "font-size:12.0pt;font-family:宋体", rng)
        ),
        Layout::HtmlPortal if rng.chance(1, 3) => format!("<TD{spans}><P align=center>{text}\n"),
        Layout::HtmlPortal => format!("<TD{spans}>{text}\n"),
        _ => format!("<td{spans}>{text}</td>"),
    }
}
