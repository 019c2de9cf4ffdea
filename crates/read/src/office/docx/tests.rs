use super::super::package::tests::zip;
use super::super::tests::show;
use super::*;

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Fault> {
    super::read(bytes, limits, &mut Members::from(limits), &mut |_, _| None)
}

const RELATIONS: &str = "<Relationships><Relationship Id='1' Type='x/styles' Target='styles.xml'/>\
    <Relationship Id='2' Type='x/numbering' Target='numbering.xml'/></Relationships>";
const STYLES: &str = "<w:styles><w:style w:styleId='1'><w:name w:val='heading 1'/></w:style>\
    <w:style w:type='character' w:styleId='h'><w:rPr><w:vanish/></w:rPr></w:style>\
    <w:style w:type='character' w:styleId='s'><w:rPr><w:strike/></w:rPr></w:style>\
    <w:style w:type='character' w:styleId='a1'><w:name w:val='Placeholder Text'/></w:style>\
    <w:style w:type='character' w:styleId='u'><w:rPr><w:position w:val='6'/></w:rPr></w:style>\
    <w:style w:type=\"table\" w:styleId='dark'><w:tblStylePr><w:tcPr><w:shd w:val='clear' w:fill='203864'/></w:tcPr>\
    </w:tblStylePr></w:style></w:styles>";
const NUMBERING: &str = "<w:numbering><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/>\
    <w:numFmt w:val='chineseCounting'/><w:suff w:val='nothing'/><w:lvlText w:val='（%1）'/></w:lvl>\
        </w:abstractNum>\
    <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>";

fn file(body: &str) -> Vec<u8> {
    zip(&[
        ("word/document.xml", &format!("<w:document><w:body>{body}</w:body></w:document>")),
        ("word/_rels/document.xml.rels", RELATIONS),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
    ])
}

fn blocks(body: &str) -> Vec<String> {
    show(&read(&file(body), &Limits::default()).unwrap())
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

#[test]
fn paragraphs() {
    let body = "<w:p><w:pPr><w:pStyle w:val='1'/></w:pPr><w:r><w:t>题</w:t></w:r></w:p><w:p/>\
        <w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs><w:outlineLvl w:val='1'/></w:pPr><w:r><w:t>一 </w:t>\
        <w:tab/><w:t xml:space='preserve'> 二\n</w:t><w:br/><w:noBreakHyphen/>\
        <w:sym w:font='Wingdings' w:char='F0FE'/></w:r></w:p>\
        <w:p><w:r><w:t>a&lt;b&amp;&#19968;</w:t></w:r></w:p>";
    assert_eq!(blocks(body), ["1# 题", "3# 一\t 二 ", "3# -☑", "4: a<b&一"]);
}

#[test]
fn what_is_not_shown() {
    let body = "<w:p><w:del><w:r><w:delText>删</w:delText><w:t>删</w:t></w:r></w:del><w:ins><w:r><w:t>增\
        </w:t></w:r></w:ins>\
        <w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t>\
        <w:tab/></w:r>\
        <w:r><w:rPr><w:vanish w:val='0'/><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>\
        <w:t>显</w:t></w:r>\
        <w:r><w:rPr><w:rStyle w:val='h'/></w:rPr><w:t>隐</w:t></w:r><w:r><w:instrText>PAGE</w:instrText>\
        <w:t>1</w:t></w:r>\
        <w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase>\
        </w:ruby></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p><w:p><w:r><w:t>后</w:t>\
        </w:r></w:p>";
    assert_eq!(blocks(body), ["1: 增显1拼", "2: 前后"]);
}

#[test]
fn transparent_elements_and_boxes() {
    let boxed = format!("<w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing>", p("框"));
    let body = format!(
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt><w:p><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink>\
         <w:smartTag><w:r><w:t>接</w:t></w:r></w:smartTag><w:r><mc:AlternateContent><mc:Choice>{boxed}\
         </mc:Choice>\
         <mc:Fallback><w:pict>{boxed}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>尾</w:t>\
         </w:r></w:p>",
        p("控")
    );
    assert_eq!(blocks(&body), ["1: 控", "2: 链接尾", "3: 框"]);
}

#[test]
fn list_numbers() {
    let item = |text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>{text}\
            </w:t></w:r></w:p>"
        )
    };
    assert_eq!(blocks(&format!("{}{}{}", item("甲"), p("乙"), item("丙"))), ["1: （一）甲", "2: 乙", "3: （二）丙"]);
}

#[test]
fn merged_cells() {
    let (first, next) = ("<w:vMerge w:val='restart'/>", "<w:vMerge/>");
    let row =
        |properties: &str, cells: &[String]| format!("<w:tr><w:trPr>{properties}</w:trPr>{}</w:tr>", cells.concat());
    let rows = [
        row("", &[tc(first, "a"), tc("<w:gridSpan w:val='2'/>", "b")]),
        row("<w:del/>", &[tc(next, ""), tc("", "删"), tc("", "删")]),
        row("", &[tc(next, ""), tc("", "c"), tc("", "d")]),
        row("<w:gridBefore w:val='1'/>", &[tc("", "e"), tc(next, "f")]),
        row("", &[tc(next, "g"), tc("<w:hMerge w:val='restart'/>", "h"), tc("<w:hMerge/>", "")]),
    ];
    let body = format!(
        "{}<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid>{}\
        </w:tbl>{}",
        p("前"),
        rows.concat(),
        p("后")
    );
    let grid = "[0+1x2=a 1+2x1=b | 1+1x1=c 2+1x1=d | 1+1x1=e 2+1x1=f | 0+1x1=g 1+2x1=h]";
    assert_eq!(blocks(&body), ["1: 前", grid, "6: 后"]);
}

#[test]
fn tables_in_tables() {
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", tc("", "1"), tc("", "2"));
    let layout = format!("<w:tbl><w:tr><w:tc>{}{inner}{}</w:tc></w:tr></w:tbl>{}", p("前"), p("后"), p("末"));
    assert_eq!(blocks(&layout), ["1: 前", "[0+1x1=1 1+1x1=2]", "1: 后", "2: 末"]);
    let cells = [tc("", "甲"), format!("<w:tc>{}{inner}{}</w:tc>", p("乙"), p("丙")), tc("", "丁")];
    let data = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cells.concat());
    assert_eq!(blocks(&data), ["[0+1x1=甲 1+1x1=乙/1/2/丙 2+1x1=丁]"]);
}

#[test]
fn broken_documents() {
    let limits = Limits::default();
    assert!(matches!(read(&zip(&[("word/document.xml", "<w:document><w:p>")]), &limits), Err(Fault::Damaged(_))));
    assert!(matches!(read(&zip(&[("a", "")]), &limits), Err(Fault::Damaged(_))));
    let deep = "<w:tbl><w:tr><w:tc>".repeat(500);
    assert!(matches!(read(&file(&deep), &limits), Err(Fault::Limit(_))));
    let loose = "<w:tr><w:tc/></w:tr></w:body><w:tc><w:p><w:tbl><w:p/><w:r><w:t>x</w:t></w:r></w:tbl></w:p></w:tc>\
        <w:body>";
    assert!(read(&file(loose), &limits).is_ok());
}

/// A cell whose runs have these properties and texts.
fn runs(runs: &[(&str, &str)]) -> String {
    let run = |(properties, text): &(&str, &str)| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>")
    };
    format!("<w:tc><w:p>{}</w:p></w:tc>", runs.iter().map(run).collect::<String>())
}

/// What is read of cells, each with a cell of a label before it.
fn cells(cells: &[String]) -> Vec<String> {
    let row = |cell: &String| format!("<w:tr>{}{cell}</w:tr>", tc("", "甲"));
    let table = format!("<w:tbl>{}</w:tbl>", cells.iter().map(row).collect::<String>());
    let read = blocks(&table).concat();
    read.trim_matches(['[', ']']).split(" | ").map(|row| row.rsplit('=').next().unwrap().to_owned()).collect()
}

#[test]
fn struck_raised_and_white_text() {
    let seen = cells(&[
        runs(&[("<w:strike/>", "6"), ("", "89")]),
        runs(&[("<w:dstrike w:val='true'/>", "6"), ("<w:strike w:val='0'/>", "89")]),
        runs(&[("<w:rStyle w:val='s'/>", "6"), ("<w:rStyle w:val='s'/><w:strike w:val='0'/>", "89")]),
        runs(&[("", "89"), ("<w:vertAlign w:val='superscript'/>", "1"), ("<w:position w:val='8'/>", "2")]),
        runs(&[("", "89"), ("<w:rStyle w:val='u'/>", "1")]),
        runs(&[("<w:position w:val='4'/>", "89")]),
        runs(&[("<w:sz w:val='1'/>", "7"), ("", "89"), ("<w:color w:val='FFFFFF'/>", "1")]),
        runs(&[("<w:color w:val='FFFFFF'/><w:shd w:val='clear' w:fill='000000'/>", "89")]),
        format!(
            "<w:tc><w:tcPr><w:shd w:val='clear' w:fill='4472C4'/></w:tcPr>{}",
            &runs(&[("<w:color w:val='FFFFFF'/>", "89")])[6..]
        ),
        format!(
            "<w:tc>{}<w:p><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r></w:p></w:tc>",
            p("89")
        ),
    ]);
    assert_eq!(seen, ["89"; 10]);
    // Blank, not gone; but of a row of which nothing is seen nothing is left.
    assert_eq!(cells(&[runs(&[("<w:strike/>", "6")]), runs(&[("", "1")])]), ["", "1"]);
    let struck = runs(&[("<w:strike/>", "6")]);
    let table = format!("<w:tbl><w:tr>{struck}{struck}</w:tr><w:tr>{}{}</w:tr></w:tbl>", tc("", "a"), tc("", "1"));
    assert_eq!(blocks(&table), ["[0+1x1=a 1+1x1=1]"]);
}

#[test]
fn white_text_in_tables_of_a_coloured_style() {
    let table = |style: &str| {
        let head = runs(&[("<w:color w:val='FFFFFF'/>", "件数")]);
        format!("<w:tbl><w:tblPr><w:tblStyle w:val='{style}'/></w:tblPr><w:tr>{}{head}</w:tr></w:tbl>", tc("", "甲"))
    };
    assert_eq!(blocks(&table("dark")), ["[0+1x1=甲 1+1x1=件数]"]);
    assert_eq!(blocks(&table("plain")), ["1: 甲"]);
}

#[test]
fn notes_with_marks_of_their_own() {
    let note = "<w:r><w:t>89</w:t></w:r><w:r><w:footnoteReference w:customMarkFollows='1' w:id='2'/>";
    let seen = cells(&[
        format!("<w:tc><w:p>{note}<w:t>1</w:t></w:r></w:p></w:tc>"),
        format!("<w:tc><w:p>{note}</w:r><w:r><w:t>1</w:t></w:r></w:p></w:tc>"),
        format!("<w:tc><w:p>{note}<w:sym w:font='Symbol' w:char='F02A'/></w:r></w:p></w:tc>"),
        "<w:tc><w:p><w:r><w:endnoteReference w:id='2'/><w:t>89</w:t></w:r></w:p></w:tc>".to_owned(),
    ]);
    assert_eq!(seen, ["89"; 4]);
}

#[test]
fn content_controls_and_fields() {
    let control = |prompt: &str, text: &str| {
        format!("<w:sdt><w:sdtPr><w:rPr><w:b/></w:rPr>{prompt}</w:sdtPr><w:sdtContent>{text}</w:sdtContent></w:sdt>")
    };
    let prompt = "<w:showingPlcHdr/>";
    let cell = |content: &str| format!("<w:tc>{content}</w:tc>");
    let field = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>IF</w:instrText><w:t>7</w:t></w:r>\
        <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>89</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/>\
        </w:r>";
    let seen = cells(&[
        cell(&control(prompt, &p("单击此处输入文字。"))),
        control(prompt, &cell(&p("单击2023处输入文字。"))),
        cell(&control(prompt, &p("12"))),
        cell(&control("<w:showingPlcHdr w:val='0'/>", &p("12"))),
        cell(&control("", &p("12"))),
        cell(&format!("<w:p>{field}</w:p>")),
        cell(&format!("<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r></w:p>{}", p("3"))),
        runs(&[("<w:rStyle w:val='a1'/>", "请输入数字")]),
        runs(&[("<w:rStyle w:val='a1'/>", "12")]),
    ]);
    assert_eq!(seen, ["", "", "[12]", "12", "12", "89", "3", "", "12"]);
}

#[test]
fn pictures_hidden_boxes_and_formulas() {
    let boxed = |properties: &str| {
        format!(
            "<w:p><w:r><w:drawing><wp:anchor>{properties}<wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>\
            </wp:anchor></w:drawing></w:r></w:p>",
            p("12")
        )
    };
    let cell = |content: &str| format!("<w:tc>{content}</w:tc>");
    let drawn = |kind: &str| format!("<w:p><w:r><w:drawing><wp:{kind}><a:blip/></wp:{kind}></w:drawing></w:r></w:p>");
    let seen = cells(&[
        cell(&boxed("")),
        cell(&boxed("<wp:docPr hidden='1'/>")),
        cell(&drawn("inline")),
        cell(&drawn("anchor")),
        cell(&(drawn("inline") + &p("5"))),
        cell("<w:p><w:r><w:object><v:shape style='width:1pt'><v:imagedata/></v:shape></w:object></w:r></w:p>"),
        cell(
            "<w:p><m:oMath><m:sSup><m:e><m:r><m:t>21</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>\
            </m:oMath></w:p>",
        ),
        cell(
            "<w:p><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>\
            </m:oMath></w:p>",
        ),
    ]);
    assert_eq!(seen, ["12", "", "□", "", "5", "□", "21", "1/2"]);
}
