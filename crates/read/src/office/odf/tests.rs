use super::super::package::tests::zip;
use super::super::tests::show;
use super::*;

/// Styles of text (`H` hidden, `S` struck, `U` raised, `W` white), paragraphs, cells, rows, columns and sheets.
const STYLES: &str = "<style:default-style style:family='paragraph'><style:text-properties fo:color='#000000'/>\
    </style:default-style><style:style style:name='H' style:family='text'><style:text-properties text:display='none'/>\
    </style:style><style:style style:name='H' style:family='paragraph'><style:text-properties text:display='none'/>\
    </style:style><style:style style:name='S' style:family='text'><style:text-properties \
    style:text-line-through-style='solid' style:text-line-through-type='double'/></style:style>\
    <style:style style:name='S2' style:family='text' style:parent-style-name='S'/>\
    <style:style style:name='N' style:family='text' style:parent-style-name='S'><style:text-properties \
    style:text-line-through-style='none' style:text-line-through-type='none'/></style:style>\
    <style:style style:name='U' style:family='text'><style:text-properties style:text-position='33% 58%'/></style:style>\
    <style:style style:name='W' style:family='text'><style:text-properties fo:color='#ffffff'/></style:style>\
    <style:style style:name='P' style:family='paragraph'><style:text-properties style:text-position='super 58%'/>\
    </style:style><style:style style:name='C' style:family='table-cell'><style:table-cell-properties \
    fo:background-color='#1f4e79'/></style:style><style:style style:name='CS' style:family='table-cell'>\
    <style:text-properties style:text-line-through-style='solid'/></style:style>\
    <style:style style:name='CW' style:family='table-cell'><style:text-properties fo:color='#ffffff'/></style:style>\
    <number:number-style style:name='K'><number:number number:min-integer-digits='1' number:display-factor='1000'/>\
    </number:number-style><number:number-style style:name='E'/><number:percentage-style style:name='Q'><number:number \
    number:min-integer-digits='1'/><number:text>%</number:text></number:percentage-style>\
    <number:number-style style:name='Z0'><style:text-properties fo:color='#ff0000'/><number:text>-</number:text><number:number \
    number:min-integer-digits='1'/><style:map style:condition='value()&gt;=0' style:apply-style-name='Z1'/>\
    </number:number-style><number:number-style style:name='Z1'><number:number number:min-integer-digits='1'/>\
    <number:text> 件</number:text></number:number-style>\
    <style:style style:name='CK' style:family='table-cell' style:data-style-name='K'/>\
    <style:style style:name='CE' style:family='table-cell' style:data-style-name='E'/>\
    <style:style style:name='CQ' style:family='table-cell' style:data-style-name='Q'/>\
    <style:style style:name='CZ' style:family='table-cell' style:data-style-name='Z0'/>\
    <style:style style:name='R0' style:family='table-row'><style:table-row-properties style:row-height='0cm'/></style:style>\
    <style:style style:name='T' style:family='table'><style:table-properties table:display='false'/></style:style>";

fn document(body: &str) -> String {
    format!(
        "<office:document-content><office:automatic-styles>{STYLES}</office:automatic-styles>\
         <office:body>{body}</office:body></office:document-content>"
    )
}

fn text(body: &str) -> Vec<String> {
    let bytes = zip(&[("content.xml", &document(&format!("<office:text>{body}</office:text>")))]);
    show(&read(&bytes, &Limits::default()).unwrap())
}

fn sheets(body: &str) -> Vec<String> {
    let bytes = zip(&[("content.xml", &document(&format!("<office:spreadsheet>{body}</office:spreadsheet>")))]);
    show(&read(&bytes, &Limits::default()).unwrap())
}

#[test]
fn paragraphs() {
    let body = "<text:tracked-changes><text:p>删</text:p></text:tracked-changes><text:h>一、&lt;题&gt;\
        </text:h><text:p/>\
        <text:p>甲 \n <text:s text:c='2'/>乙<text:tab/><text:span>丙<text:note><text:p>注</text:p>\
        </text:note></text:span>\
        <text:span text:style-name='H'>隐</text:span><text:line-break/>丁<draw:frame><draw:text-box>\
        <text:p>框</text:p>\
        </draw:text-box><draw:image><office:binary-data>QUJD</office:binary-data></draw:image></draw:frame>\
        </text:p>\
        <text:section text:display='none'><text:p>隐</text:p></text:section><text:p text:style-name='H'>隐\
        </text:p>\
        <text:list><text:list-item><text:p>项</text:p></text:list-item></text:list>";
    assert_eq!(text(body), ["1# 一、<题>", "3: 甲   乙\t丙", "3: 丁", "4: 框", "5: 项"]);
}

#[test]
fn tables() {
    let body = "<text:p>前</text:p><table:table><table:table-header-rows><table:table-row>\
        <table:table-cell table:number-columns-spanned='2' table:number-rows-spanned='2'><text:p>a</text:p>\
        <text:p>b</text:p></table:table-cell>\
        <table:covered-table-cell/><table:table-cell table:number-columns-repeated='2'><text:p>c</text:p>\
        </table:table-cell></table:table-row>\
        </table:table-header-rows><table:table-row>\
        <table:covered-table-cell table:number-columns-repeated='2'/><table:table-cell><text:p>d</text:p>\
        </table:table-cell><table:table-cell/></table:table-row><table:table-row table:number-rows-repeated='2'>\
        <table:table-cell><text:p>e</text:p></table:table-cell>\
        <table:table-cell table:number-columns-repeated='3'/></table:table-row>\
        </table:table><text:p>后</text:p>";
    let grid =
        "[0+2x2=a/b 2+1x1=c 3+1x1=c | 2+1x1=d 3+1x1= | 0+1x1=e 1+1x1= 2+1x1= 3+1x1= | 0+1x1=e 1+1x1= 2+1x1= 3+1x1=]";
    assert_eq!(text(body), ["1: 前", grid, "6: 后"]);
}

#[test]
fn spreadsheets() {
    let body = "<table:table table:style-name='T'><table:table-row><table:table-cell><text:p>隐</text:p>\
        </table:table-cell></table:table-row></table:table>\
        <table:table><table:table-column table:number-columns-repeated='16384'/>\
        <table:table-row table:number-rows-repeated='2'>\
        <table:table-cell table:number-columns-repeated='16384'/></table:table-row>\
        <table:table-row><table:table-cell office:value-type='float' office:value='1234.56' calcext:value-type='float'><text:p>1,234.6</text:p></table:table-cell>\
        <table:table-cell office:value-type='float' office:value='12'><text:p>12件</text:p></table:table-cell>\
        <table:table-cell office:value-type='percentage' office:value='0.5'><text:p>50%</text:p>\
        </table:table-cell></table:table-row>\
        <table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>甲</text:p>\
        <office:annotation><text:p>注</text:p></office:annotation></table:table-cell>\
        <table:covered-table-cell/><table:table-cell><text:p>乙<text:s/>丙</text:p><text:p>丁</text:p>\
        </table:table-cell></table:table-row>\
        <table:table-row table:number-rows-repeated='1048000'>\
        <table:table-cell table:number-columns-repeated='16384'/></table:table-row></table:table>\
        <table:table><table:table-row><table:table-cell office:value-type='string'><text:p>007</text:p>\
        </table:table-cell></table:table-row></table:table>";
    assert_eq!(sheets(body), ["[0+1x1=1234.56 1+1x1=12 2+1x1=50% | 0+2x1=甲 2+1x1=乙 丙/丁]", "5: 007"]);
}

#[test]
fn hostile_counts() {
    let many = "table:number-columns-repeated='999999999' table:number-rows-spanned='999999999'";
    let body = format!(
        "<table:table><table:table-row table:number-rows-repeated='99999999'><table:table-cell {many}>\
        <text:p>x</text:p></table:table-cell></table:table-row></table:table>"
    );
    let limits = Limits::default();
    for kind in ["text", "spreadsheet"] {
        let bytes = zip(&[("content.xml", &document(&format!("<office:{kind}>{body}</office:{kind}>")))]);
        assert!(matches!(read(&bytes, &limits), Err(Fault::Limit(_))), "{kind}");
    }
    let bytes = zip(&[("content.xml", "<a/>"), ("META-INF/manifest.xml", "<m:encryption-data/>")]);
    assert!(matches!(read(&bytes, &limits), Err(Fault::Encrypted(_))));
}

/// Cells of a table of a text, each after a label.
fn cells(cells: &[&str]) -> Vec<String> {
    let row = |cell: &&str| {
        let label = "<table:table-cell><text:p>甲</text:p></table:table-cell>";
        format!("<table:table-row>{label}{cell}</table:table-row>")
    };
    let read = text(&format!("<table:table>{}</table:table>", cells.iter().map(row).collect::<String>())).concat();
    read.trim_matches(['[', ']']).split(" | ").map(|row| row.rsplit('=').next().unwrap().to_owned()).collect()
}

#[test]
fn what_is_seen_of_cells() {
    let cell = |text: &str| format!("<table:table-cell>{text}</table:table-cell>");
    let span = |style: &str, text: &str| format!("<text:span text:style-name='{style}'>{text}</text:span>");
    let p = |text: &str| format!("<text:p>{text}</text:p>");
    let all = [
        cell(&p(&(span("S", "6") + "89"))),
        cell(&p(&span("S2", &format!("6{}", span("N", "89"))))),
        cell(&p(&("89".to_owned() + &span("U", "1")))),
        cell("<text:p text:style-name='P'>89</text:p>"),
        cell(&(p("89") + "<text:p text:style-name='P'>1</text:p>")),
        cell(&p(&("89".to_owned() + &span("W", "1")))),
        format!("<table:table-cell table:style-name='C'>{}</table:table-cell>", p(&span("W", "89"))),
        cell(&p("89<text:note><text:note-citation text:label='1'>1</text:note-citation></text:note>")),
        cell(&p("<text:hidden-text text:is-hidden='true'>7</text:hidden-text>89")),
    ];
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    assert_eq!(cells(&all), ["89"; 9]);
    let control = |text: &str| {
        p(&format!("<loext:content-control loext:showing-place-holder='true'>{text}</loext:content-control>"))
    };
    let picture = |anchor: &str| p(&format!("<draw:frame text:anchor-type='{anchor}'><draw:image/></draw:frame>"));
    let all = [
        cell(&p(&span("S", "6"))),
        cell(&p("<text:placeholder>&lt;数&gt;</text:placeholder>")),
        cell(&control("点击输入")),
        cell(&control("12")),
        cell(&picture("as-char")),
        cell(&picture("paragraph")),
    ];
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    assert_eq!(cells(&all), ["", "", "", "[12]", "□", ""]);
}

#[test]
fn hidden_rows_of_texts() {
    let row = |properties: &str, text: &str| {
        let cell = format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
        format!("<table:table-row {properties}>{cell}{cell}</table:table-row>")
    };
    let rows = [row("", "a"), row("table:visibility='collapse'", "b"), row("", "c")].concat();
    assert_eq!(text(&format!("<table:table>{rows}</table:table>")), ["[0+1x1=a 1+1x1=a | 0+1x1=c 1+1x1=c]"]);
}

#[test]
fn common_styles() {
    let common = "<office:document-styles><office:styles><style:style style:name='Old' style:family='text'>\
        <style:text-properties style:text-line-through-style='solid'/></style:style></office:styles>\
        <office:master-styles><style:header><text:p>x</text:p></style:header></office:master-styles></office:document-styles>";
    let body = "<office:text><text:p><text:span text:style-name='Old'>6</text:span>89</text:p></office:text>";
    let bytes = zip(&[("content.xml", &document(body)), ("styles.xml", common)]);
    assert_eq!(show(&read(&bytes, &Limits::default()).unwrap()), ["1: 89"]);
}

#[test]
fn common_styles_are_read_where_they_matter() {
    let styles = |style: &str| format!("<office:styles><style:style style:name=\"A\"/>{style}</office:styles>");
    let bear_on = |style: &str, content: &str| looks::bear_on(styles(style).as_bytes(), content);
    let struck =
        "<style:style style:name=\"B\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>";
    assert!(bear_on(struck, "<text:span text:style-name=\"B\">"));
    assert!(!bear_on(struck, "<text:span text:style-name=\"A\">"));
    assert!(bear_on(&format!("{struck}<style:style style:name=\"C\" style:parent-style-name=\"B\"/>"), ""));
    assert!(!bear_on(&struck.replace("solid", "none"), "\"B\""));
    let default = "<style:default-style style:family=\"paragraph\"><style:text-properties fo:color=\"#ffffff\"/></style:default-style>";
    assert!(bear_on(default, ""));
    assert!(bear_on("", "<style:style style:name=\"c\" style:data-style-name=\"N144\"/>"));
    assert!(!bear_on("", "<number:number-style style:name='N144'/><style:style style:data-style-name='N144'/>"));
    let quoted = |text: &str| text.replace('"', "'");
    assert!(looks::bear_on(quoted(&styles(struck)).as_bytes(), "<text:span text:style-name='B'>"));
    assert!(!looks::bear_on(quoted(&styles(struck)).as_bytes(), "<text:span text:style-name='A'>"));
    assert!(bear_on(&struck.replace("text-line-through-style=\"solid\"", "fo:font-size = '1pt'"), "'B'"));
    assert!(!bear_on(&default.replace("ffffff", "000000"), ""));
    assert!(!bear_on("<style:style", "\"B\"") && !looks::bear_on(b"<style:", ""));
}

/// The cells of a row of a sheet, after a label.
fn row(cells: &str) -> Vec<String> {
    let label = "<table:table-cell office:value-type='string'><text:p>甲</text:p></table:table-cell>";
    in_sheet(&format!("<table:table-row>{label}{cells}</table:table-row>")).split_off(1)
}

fn in_sheet(rows: &str) -> Vec<String> {
    let read = sheets(&format!("<table:table table:name='表'>{rows}</table:table>")).concat();
    read.trim_matches(['[', ']']).split(['|', ' ']).filter_map(|c| Some(c.split_once('=')?.1.to_owned())).collect()
}

#[test]
fn numbers_as_they_are_shown() {
    let number = |style: &str, value: &str, text: &str| {
        format!(
            "<table:table-cell table:style-name='{style}' office:value-type='float' office:value='{value}'>\
            <text:p>{text}</text:p></table:table-cell>"
        )
    };
    assert_eq!(
        row(&(number("CK", "1234400", "1234") + &number("CE", "7", "") + &number("CQ", "0.5", "50%"))),
        ["1234.4", "", "50%"]
    );
    assert_eq!(
        row(&(number("CZ", "12", "12 件")
            + &number("CZ", "-12", "-12")
            + &number("CS", "7", "7")
            + &number("", "8", "8"))),
        ["12件", "-12", "", "8"]
    );
    assert_eq!(row(&(number("CW", "7", "7") + &number("", "8", "8"))), ["", "8"]);
    let error = "<table:table-cell office:value-type='string' office:string-value='' calcext:value-type='error'>\
        <text:p>Err:502</text:p></table:table-cell>";
    assert_eq!(row(error), ["#Err:502"]);
    let bare = "<table:table-cell office:value-type='string' office:string-value='乙'/><table:table-cell \
        office:value-type='float' office:value='3'/>";
    assert_eq!(row(bare), ["乙", "3"]);
}

#[test]
fn zeros_that_are_not_shown() {
    let body = "<office:spreadsheet><table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>\
        <table:table-cell office:value-type='float' office:value='0'/><table:table-cell office:value-type='float' \
        office:value='1'/></table:table-row></table:table></office:spreadsheet>";
    let settings =
        "<s><config:config-item config:name=\"ShowZeroValues\" config:type=\"boolean\">false</config:config-item></s>";
    let bytes = zip(&[("content.xml", &document(body)), ("settings.xml", settings)]);
    assert_eq!(show(&read(&bytes, &Limits::default()).unwrap()), ["[0+1x1=a 1+1x1= 2+1x1=1]"]);
}

#[test]
fn runs_of_sheets() {
    let span = |style: &str, text: &str| format!("<text:span text:style-name='{style}'>{text}</text:span>");
    let cell =
        |text: &str| format!("<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>");
    let cells = cell(&(span("S", "6") + "89")) + &cell(&("89".to_owned() + &span("U", "1"))) + &cell("5");
    assert_eq!(row(&cells), ["89", "89", "5"]);
}

#[test]
fn hidden_rows_and_columns_of_sheets() {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = |properties: &str, text: &str| {
        format!("<table:table-row {properties}>{}{}{}</table:table-row>", cell(text), cell("1"), cell("2"))
    };
    let columns = "<table:table-column/><table:table-column table:visibility='collapse'/><table:table-column/>";
    let rows = [row("", "a"), row("table:visibility='filter'", "b"), row("table:style-name='R0'", "c"), row("", "d")];
    assert_eq!(in_sheet(&format!("{columns}{}", rows.concat())), ["a", "2", "d", "2"]);
    // Folded: a click opens them.
    let folded = format!(
        "{}<table:table-row-group table:display='false'>{}</table:table-row-group>{}",
        rows[0],
        row("table:visibility='collapse'", "b"),
        rows[3]
    );
    assert_eq!(in_sheet(&folded).len(), 9);
}

#[test]
fn formulas() {
    let number = |value: &str| format!("<table:table-cell office:value-type='float' office:value='{value}'/>");
    let formula = |properties: &str| format!("<table:table-cell table:formula='of:=SUM([.B1:.C1])' {properties}/>");
    let of = |properties: &str| row(&(number("1") + &number("2") + &formula(properties)));
    assert_eq!(of(""), ["1", "2", "3"]);
    assert_eq!(of("office:value-type='float'"), ["1", "2", "3"]);
    assert_eq!(of("office:value-type='float' office:value='4'"), ["1", "2", "4"]);
    assert_eq!(of("office:value-type='float' office:value='0'"), ["1", "2", "=SUM([.B1:.C1])"]);
    let unknown = "<table:table-cell table:formula='of:=MAX([.B1];2)' office:value-type='float'/>";
    assert_eq!(row(&(number("1") + unknown)), ["1", "=MAX([.B1];2)"]);
    let hidden = "<table:table table:name='旧' table:style-name='T'><table:table-row><table:table-cell \
        office:value-type='float' office:value='7'/></table:table-row></table:table>";
    let refers = "<table:table table:name='新'><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>\
        <table:table-cell table:formula='of:=[$旧.A1]'/></table:table-row></table:table>";
    assert_eq!(sheets(&format!("{hidden}{refers}")), ["[0+1x1=a 1+1x1=7]"]);
}
