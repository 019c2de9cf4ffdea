//! What a page holds beside its own text: controls, frames, scripts, packed articles.

use super::tests::{read, show};
use super::tests_seen::row;

#[test]
fn values_of_controls() {
    for (control, shown) in [
        ("<input value=12>", "12"),
        ("<input type=text readonly value=' 12 '>", "12"),
        ("<input type=number value=12>件", "12件"),
        ("<input>", "\u{FFFC}"),
        ("<input value=''>", "\u{FFFC}"),
        ("<input placeholder=12>", "\u{FFFC}"),
        ("<input type=checkbox value=12>", "\u{FFFC}"),
        ("<input type=hidden value=7><input value=12>", "12"),
        ("<input value=12><input type=button value=改>", "12"),
        ("12<button>修改</button>", "12"),
        ("<button>12</button>", "12"),
        ("<textarea>12</textarea>", "12"),
        ("<textarea>\n12\n</textarea>", "12"),
        ("<textarea></textarea>", "\u{FFFC}"),
        ("<select><option>7<option selected>12</select>", "12"),
        ("<select><option>12</option><option>7</option></select>", "12"),
        ("<select multiple><option>7<option>8</select>", "\u{FFFC}"),
        ("<select></select>", "\u{FFFC}"),
        ("<img src=12.png>", "\u{FFFC}"),
        ("1<img src=2.png>", "1\u{FFFC}"),
        ("12 <img src=up.png>", "12"),
        ("12<img src=dot.gif width=1 height=1>", "12"),
        ("<img src=12.png>规章", "规章"),
        ("<canvas>7</canvas>", "\u{FFFC}"),
        ("<object data=a.swf>7</object>", "\u{FFFC}"),
        ("<iframe src=a.html></iframe>", "\u{FFFC}"),
        ("<progress value=12>12</progress>", "\u{FFFC}"),
        ("<script>document.write(12)</script>", "12"),
        ("<script>document.write(n)</script>", "\u{FFFC}"),
        ("", ""),
    ] {
        assert_eq!(row(&format!("<td>{control}</td><td>3")), format!("{shown}|3"), "{control}");
    }
    let search = "<input value=请输入><select><option>友情链接</select>\
        <table><tr><td><input value=请输入关键字><td><table><tr><td>a<td>b</table><td><img src=x></table>";
    assert_eq!(show(search), ["[0=a 1=b]"], "controls and pictures outside tables say nothing");
}

#[test]
fn cells_that_a_script_fills_are_not_blank() {
    let table = "<table><tr><td>规章<td id=n1><td id=n2>3<td id=n3></table>";
    let script = "<script>document.getElementById('n1').innerText = 12; f(\"n2\")</script>";
    assert_eq!(show(&format!("{table}{script}")), ["[0=规章 1=\u{FFFC} 2=3 3=]"]);
}

#[test]
fn pages_in_frames() {
    assert_eq!(
        show("<p>a</p>\n<iframe srcdoc=\"<h1>b</h1>\n<table><tr><td>c<td>d</table>\"></iframe>\n<p>e"),
        ["1: a", "2# b", "[0=c 1=d]", "4: e"]
    );
    assert_eq!(show("<iframe src='data:text/html,%3Cp%3Ea'></iframe>"), ["1: a"]);
    let nested = (0..9).fold("<p>a".to_owned(), |inner, _| {
        format!("<iframe srcdoc='{}'>", inner.replace('&', "&amp;").replace('\'', "&#39;"))
    });
    assert!(show(&nested).is_empty(), "too deep");
    assert_eq!(
        show("<table><tr><td>menu<td><iframe srcdoc='<table><tr><td>c<td>d</table>'></iframe></table>"),
        ["1: menu", "[0=c 1=d]"]
    );
}

#[test]
fn articles_in_scripts_and_fields() {
    let cells = "<table><tr><td>规章</td><td>件数</td><td>12</td></tr></table>";
    let json = cells.replace('/', "\\/");
    let escaped = cells.replace('<', "&lt;").replace('>', "&gt;");
    let quoted = json.replace('<', "\\u003c");
    for html in [
        format!("<div id=app></div><script>window.__DATA__={{\"title\":\"甲\",\"content\":\"{json}\"}}</script>"),
        format!("<script type='application/json'>{{\"data\":[{{\"title\":\"甲\",\"c\":\"{quoted}\"}}]}}</script>"),
        format!("<script>var d = {{ content: '{json}', title: '甲' }};</script>"),
        "<script>var s='<table><tr><td>规章</td><td>件数</td>';\ns += '<td>12</td></tr></table>'; el.innerHTML = s;</script>".to_owned(),
        "<script>x.innerHTML = '<table><tr><td>规章</td><td>件数</td>' + '<td>' + 12 + '</td></tr>' + '</table>'</script>".to_owned(),
        "<script>var h=['<table><tr><td>规章</td><td>件数</td>','<td>12</td></tr></table>'];$('#x').html(h.join(''));</script>".to_owned(),
        format!("<script>init(JSON.parse('{{\"a\":\"{}\"}}'))</script>", json.replace('\\', "\\\\")),
        format!("<script>a(unescape('{}'))</script>", cells.replace('<', "%3C").replace('>', "%3E")),
        format!("<script>a(`{cells}`)</script>"),
        "<script>show(window.atob('PHRhYmxlPjx0cj48dGQ+6KeE56ugPC90ZD48dGQ+5Lu25pWwPC90ZD48dGQ+MTI8L3RkPjwvdHI+PC90YWJsZT4='))</script>"
            .to_owned(),
        format!("<script type='text/template'>{cells}</script>"),
        format!("<textarea id=c style='display:none'>{escaped}</textarea>"),
        format!("<textarea>{cells}</textarea>"),
        format!("<textarea>{}</textarea>", escaped.replace('&', "&amp;")),
        format!("<input type=hidden value='{escaped}'>"),
        format!("<noscript>{cells}</noscript>"),
    ] {
        let shown = show(&html);
        assert_eq!(shown.last().map(String::as_str), Some("[0=规章 1=件数 2=12]"), "{html}");
        assert_eq!(shown.len(), if html.contains('甲') { 2 } else { 1 }, "{html}: {shown:?}");
        let both = format!("<table><tr><td>规章<td>件数<td>3</table>{html}");
        assert_eq!(show(&both), ["[0=规章 1=件数 2=3]"], "what repeats the page is not shown beside it: {html}");
    }
    for html in [
        "<script>var row = '<tr><td>' + name + '</td><td>' + n + '</td></tr>';</script>",
        "<script>if (a) { x = '<td>1</td>' + y }</script>",
        "<script>// '<table><td>1<td>2</table>'\n/* '<table><td>1<td>2</table>' */</script>",
        "<script>var r = /'<td>1<td>2'/;</script>",
        "<script>var s = '<table><td>1<td>2",
        "<script src=a.js></script>",
    ] {
        assert!(show(html).is_empty(), "{html}");
    }
}

#[test]
fn characters_behind_references_are_whole() {
    assert_eq!(show("<textarea>&lt;中&amp;文&nbsp;字</textarea>&lt;中&gt;文&amp;"), ["1: <中&文 字", "1: <中>文&"]);
    assert_eq!(read("<title>&lt;中&gt;文</title>").declared_title.as_deref(), Some("<中>文"));
}

#[test]
fn what_scripts_write() {
    assert_eq!(
        show(
            "<p>a</p>\n<script>document.write('<table><tr><td>b');document.writeln(\"<td>\" + 12 + '</td></tr></table>')</script><p>c"
        ),
        ["1: a", "[0=b 1=12]", "2: c"]
    );
    assert_eq!(
        show(
            "<table><tr><td>b<script>document.write('<td>')</script>12</table><script>document.write('<b>d')</script>e"
        ),
        ["[0=b 1=12]", "1: de"]
    );
    assert_eq!(show("<script>var s = '甲'; document.write(s + '乙');</script>"), ["1: 甲乙"]);
    assert_eq!(
        show("<script>if (x) document.write('甲'); function f() { document.write('乙') }</script>丙"),
        ["1: 丙"]
    );
    assert_eq!(show("<script>document.write('<script>var a=1<\\/script>')</script>丙"), ["1: 丙"]);
    assert_eq!(
        show("<script>document.write('<script>')</script>丙"),
        ["1: 丙"],
        "what is left open ends with the script"
    );
    assert_eq!(show("<script>w.document.write('<p>print')</script>丙"), ["1: 丙"]);
}

#[test]
fn markdown_with_tables_in_markup() {
    let text = "# 某局2023年报告\n\n本报告\n分两段。\n<table><tr><td>规章\n件数<td>12</table>\n\n## 二\n| 甲甲 | 甲甲 |\n|---|---|\n| 1 | 1 |\n";
    assert_eq!(
        show(text),
        ["1: # 某局2023年报告", "3: 本报告", "4: 分两段。", "[0=规章 件数 1=12]", "8: ## 二", "[0+2=甲甲 / 0+2=1]"]
    );
    assert_eq!(show("前言\n<p>a\nb</p><table><td>c<td>d</table>"), ["1: 前言", "2: a b", "[0=c 1=d]"]);
}

#[test]
fn tables_side_by_side() {
    let html = "<table><tr><td>甲<td>数<td><td>维持<td>纠正<tr><td>规章<td>1<td><td>尚未<td>总计<tr><td>文件<td>2<td><td>7<td>9</table>";
    assert_eq!(show(html), ["[0=甲 1=数 / 0=规章 1=1 / 0=文件 1=2]", "[0=维持 1=纠正 / 0=尚未 1=总计 / 0=7 1=9]"]);
    let html = "<table><tr><td><table><tr><td>甲<td>1</table><td><table><tr><td>乙<td>2</table></table>";
    assert_eq!(show(html), ["[0=甲 1=1]", "[0=乙 1=2]"]);
}
