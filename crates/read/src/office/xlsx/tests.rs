use super::super::package::tests::zip;
use super::super::tests::show;
use super::*;
use nianbao_document::Block;

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Fault> {
    super::read(bytes, limits, &mut Members::from(limits))
}

/// A workbook; sheets without content are hidden, as are those that begin with `!`.
fn file(sheets: &[&str]) -> Vec<u8> {
    asking(sheets, "<calcPr calcId='191029'/>")
}

/// The same with a word on computing.
fn asking(sheets: &[&str], calculation: &str) -> Vec<u8> {
    let mut list = String::new();
    let mut relations = String::new();
    let mut parts = Vec::new();
    for (i, sheet) in sheets.iter().enumerate() {
        let state = if sheet.is_empty() || sheet.starts_with('!') { "veryHidden" } else { "visible" };
        let sheet = sheet.trim_start_matches('!');
        list.push_str(&format!("<sheet name='表{i}' state='{state}' r:id='r{i}'/>"));
        relations.push_str(&format!("<Relationship Id='r{i}' Type='x/worksheet' Target='sheets/{i}.xml'/>"));
        parts.push((format!("xl/sheets/{i}.xml"), format!("<worksheet>{sheet}</worksheet>")));
    }
    relations.push_str("<Relationship Id='s' Type='x/sharedStrings' Target='/xl/strings.xml'/>");
    relations.push_str("<Relationship Id='t' Type='x/styles' Target='styles.xml'/>");
    parts.push(("xl/workbook.xml".to_owned(), format!("<workbook><sheets>{list}</sheets>{calculation}</workbook>")));
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{relations}</Relationships>")));
    let strings = "<sst><si><t>政府</t></si><si><r><rPr><b/></rPr><t>信息</t></r><r><t>_x000D_\n公开</t>\
        </r><rPh><t>x</t></rPh></si><si><r><rPr><strike/></rPr><t>6</t></r><r><t>89</t></r></si>\
        <si><r><t>89</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r></si>\
        <si><r><rPr><b/></rPr><t>89</t></r><r><t>6</t></r></si>\
        <si><r><rPr><color rgb='FFFFFFFF'/></rPr><t>6</t></r><r><t>89</t></r></si></sst>";
    parts.push(("xl/strings.xml".to_owned(), strings.to_owned()));
    let styles = "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='yyyy&quot;年&quot;'/>\
        <numFmt numFmtId='171' formatCode='0,'/><numFmt numFmtId='172' formatCode=';;;'/></numFmts>\
        <fonts><font/><font><strike/></font><font><color theme='0'/></font></fonts><fills><fill><patternFill \
        patternType='none'/></fill><fill><patternFill patternType='solid'><fgColor theme='4'/></patternFill></fill></fills>\
        <cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='170'/>\
        <xf numFmtId='171'/><xf numFmtId='172'/><xf fontId='1'/><xf fontId='2'/><xf fontId='2' fillId='1'/>\
        <xf numFmtId='41'/></cellXfs><dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>";
    parts.push(("xl/styles.xml".to_owned(), styles.to_owned()));
    let parts: Vec<(&str, &str)> = parts.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    zip(&parts)
}

#[test]
fn kinds_of_cells() {
    let first = "<sheetData><row r='2'><c r='B2' t='s'><v>0</v></c><c t='s'><v>1</v></c></row>\
        <row r='4'><c r='B4'><f>1+1</f><v>2.0</v></c><c><v>1.25E1</v></c><c t='b'><v>1</v></c></row>\
        <row><c/><c t='e'><v>#DIV/0!</v></c><c s='1'><v>44197</v></c><c t='inlineStr'><is><t> 007 </t></is>\
        </c></row>\
        </sheetData><mergeCells><mergeCell ref='C2:D2'/></mergeCells>";
    let second = "<sheetData><row r='3'><c r='A3' t='str'><v>二</v></c></row></sheetData>";
    let bytes = file(&[first, "", second]);
    let document = read(&bytes, &Limits::default()).unwrap();
    let Some(Block::Grid(grid)) = document.blocks.first() else { panic!() };
    let text = |r: &Vec<nianbao_document::Cell>| {
        r.iter().map(|c| format!("{}:{}={}", c.line, c.col_span, document.text(c.text))).collect::<Vec<_>>().join(" ")
    };
    let rows: Vec<String> = grid.rows.iter().map(text).collect();
    assert_eq!(rows, ["2:1=政府 2:2=信息\n公开", "4:1=2 4:1=12.5 4:1=TRUE", "5:1=#DIV/0! 5:1=2021-01-01 5:1=007"]);
    assert!(matches!(document.blocks.get(1), Some(Block::Line(l)) if l.line == 8));
    assert_eq!(document.blocks.len(), 2);
}

#[test]
fn places() {
    assert_eq!(place("A1"), Some((0, 0)));
    assert_eq!(place("$XFD$1048576"), Some((1_048_575, 16_383)));
    for bad in ["", "A", "1", "A0", "AAAA1", "A99999999999", "1A"] {
        assert_eq!(place(bad), None, "{bad}");
    }
    assert_eq!(unescape("a_x000D__x4E00_b_x00_x".to_owned()), "a一b_x00_x");
}

/// The cells of one row of a sheet after a label in column A, as they are read. `more` stands before the rows.
fn row(more: &str, cells: &str) -> Vec<String> {
    sheets(&[&format!("{more}<sheetData><row r='5'><c r='A5' t='str'><v>甲</v></c>{cells}</row></sheetData>")], "")
}

fn sheets(sheets: &[&str], calculation: &str) -> Vec<String> {
    let read = show(&read(&asking(sheets, calculation), &Limits::default()).unwrap()).concat();
    read.trim_matches(['[', ']']).split(['|', ' ']).filter_map(|c| Some(c.split_once('=')?.1.to_owned())).collect()
}

#[test]
fn looks_and_formats() {
    let of = |cells: &str| row("", cells).split_off(1);
    assert_eq!(
        of("<c t='s'><v>2</v></c><c t='s'><v>3</v></c><c t='s'><v>5</v></c><c><v>1</v></c>"),
        ["89", "89", "89", "1"]
    );
    // A struck cell: what runs say of themselves stands.
    assert_eq!(
        of("<c s='4' t='s'><v>4</v></c><c s='4'><v>7</v></c><c s='4' t='s'><v>0</v></c><c><v>1</v></c>"),
        ["89", "", "", "1"]
    );
    // White on white, and on blue.
    assert_eq!(of("<c s='5'><v>7</v></c><c s='6'><v>8</v></c>"), ["", "8"]);
    assert_eq!(row("<tableParts><tablePart/></tableParts>", "<c s='5'><v>7</v></c>").split_off(1), ["7"]);
    let shown = of("<c s='2'><v>1234000</v></c><c s='3'><v>7</v></c><c s='3' t='s'><v>0</v></c><c s='7'><v>0</v></c>");
    assert_eq!(shown, ["1234", "", "", "-"]);
    assert_eq!(
        row("<sheetViews><sheetView showZeros='0'/></sheetViews>", "<c><v>0</v></c><c><v>1</v></c>").split_off(1),
        ["", "1"]
    );
}

#[test]
fn hidden_rows_columns_and_folds() {
    let sheet = |rows: &str, columns: &str| {
        let row = |properties: &str, label: &str| {
            format!("<row {properties}><c t='str'><v>{label}</v></c><c><v>1</v></c><c><v>2</v></c></row>")
        };
        let rows = [row("r='1'", "a"), row(rows, "b"), row("r='3'", "c")].concat();
        sheets(&[&format!("<cols><col {columns}/></cols><sheetData>{rows}</sheetData>")], "")
    };
    let all = ["a", "1", "2", "b", "1", "2", "c", "1", "2"];
    assert_eq!(sheet("r='2'", "min='1' max='1'"), all);
    for properties in ["r='2' hidden='1'", "r='2' hidden='true' outlineLevel='0'", "r='2' ht='0' customHeight='1'"] {
        assert_eq!(sheet(properties, "min='1' max='1'"), ["a", "1", "2", "c", "1", "2"], "{properties}");
    }
    assert_eq!(sheet("r='2' hidden='1' outlineLevel='1'", "min='1' max='1'"), all);
    for properties in ["min='2' max='2' hidden='1'", "min='2' max='2' width='0'"] {
        assert_eq!(sheet("r='2'", properties), ["a", "2", "b", "2", "c", "2"], "{properties}");
    }
    assert_eq!(sheet("r='2'", "min='4' max='16384' hidden='1'"), all);
}

#[test]
fn formulas() {
    let row = |cells: &str| format!("<sheetData><row r='1'><c r='A1' t='str'><v>甲</v></c>{cells}</row></sheetData>");
    let asks = "<calcPr fullCalcOnLoad='1'/>";
    let of = |cells: &str, calculation: &str| sheets(&[&row(cells)], calculation).split_off(1);
    let sum = "<c r='B1'><v>1</v></c><c r='C1'><v>2</v></c><c r='D1'><f>SUM(B1:C1)</f>";
    // Not there, empty, or zero where all shall be computed.
    assert_eq!(of(&format!("{sum}</c>"), ""), ["1", "2", "3"]);
    assert_eq!(of(&format!("{sum}<v></v></c>"), ""), ["1", "2", "3"]);
    assert_eq!(of(&format!("{sum}<v>0</v></c>"), asks), ["1", "2", "3"]);
    // Stored, and believed; a zero only if it is one.
    assert_eq!(of(&format!("{sum}<v>4</v></c>"), ""), ["1", "2", "4"]);
    assert_eq!(of(&format!("{sum}<v>0</v></c>"), ""), ["1", "2", "=SUM(B1:C1)"]);
    assert_eq!(of("<c><f>B9</f><v>0</v></c><c><f>IF(1,2,3)</f><v>0</v></c>", ""), ["0", "0"]);
    // Not computed here.
    let unknown = "<c><v>1</v></c><c><f>MAX(B1,2)</f>";
    assert_eq!(of(&format!("{unknown}</c>"), ""), ["1", "=MAX(B1,2)"]);
    assert_eq!(of(&format!("{unknown}<v>0</v></c>"), asks), ["1", "=MAX(B1,2)"]);
    assert_eq!(of(&format!("{unknown}<v>5</v></c><c><f>C1+1</f></c>"), asks), ["1", "5", "6"]);
    assert_eq!(of("<c t='str'><f>IF(A1=1,2,\"\")</f><v></v></c><c><v>1</v></c>", ""), ["", "1"]);
    assert_eq!(of("<c t='e'><f>1/0</f><v>#DIV/0!</v></c>", ""), ["#DIV/0!"]);
    assert_eq!(of("<c><f>SUM(#REF!)</f></c>", ""), ["#REF!"]);
    // One formula for several cells.
    let shared = "<c><v>1</v></c><c><f t='shared' si='0' ref='C1:D1'>B1+1</f></c><c><f t='shared' si='0'/></c>";
    assert_eq!(of(shared, ""), ["1", "2", "3"]);
}

#[test]
fn formulas_over_sheets() {
    let first = "<sheetData><row r='1'><c r='A1' t='str'><v>甲</v></c><c><f>表1!A1</f></c><c><f>没有!A1</f></c></row></sheetData>";
    let second = "!<sheetData><row r='1'><c r='A1'><f>'表2'!A1*2</f></c></row></sheetData>";
    let third = "!<sheetData><row r='1'><c r='A1'><v>4</v></c></row></sheetData>";
    assert_eq!(sheets(&[first, second, third], ""), ["甲", "8", "#REF!"]);
}

#[test]
fn far_cells() {
    let far = "<sheetData><row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c><c r='XFD1048576'><v>3</v></c></row></sheetData>";
    assert_eq!(show(&read(&file(&[far]), &Limits::default()).unwrap()), ["[0+1x1=1 1+1x1=2]", "1048576: 3"]);
}
