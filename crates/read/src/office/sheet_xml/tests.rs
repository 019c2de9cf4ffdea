use super::super::tests::show;
use super::*;
use crate::limits::Limits;

fn read(body: &str) -> Result<Vec<String>, Fault> {
    let text = format!(
        "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Styles>\
         <Style ss:ID='Default'><Font ss:Size='11'/></Style><Style ss:ID='S'><Font ss:StrikeThrough='1'/></Style>\
         <Style ss:ID='S2' ss:Parent='S'><NumberFormat ss:Format='0'/></Style><Style ss:ID='W'>\
         <Font ss:Color='#FFFFFF'/></Style><Style ss:ID='WB' ss:Parent='W'><Interior ss:Color='#4472C4' ss:Pattern='Solid'/>\
         </Style><Style ss:ID='K'><NumberFormat ss:Format='0,'/></Style><Style ss:ID='P'><NumberFormat \
         ss:Format='Percent'/></Style></Styles>{body}</Workbook>"
    );
    super::read(&text, &Clock::start(&Limits::default())).map(|document| show(&document))
}

fn sheet(rows: &str) -> String {
    read(&format!("<Worksheet ss:Name='表'><Table>{rows}</Table></Worksheet>")).unwrap().join("; ")
}

fn number(n: &str) -> String {
    format!("<Cell><Data ss:Type='Number'>{n}</Data></Cell>")
}

fn text(t: &str) -> String {
    format!("<Cell><Data ss:Type='String'>{t}</Data></Cell>")
}

#[test]
fn places_and_merged_cells() {
    let rows = format!(
        "<Row>{}{}</Row><Row ss:Index='3'><Cell ss:MergeAcross='1' ss:MergeDown='1'><Data ss:Type='String'>乙</Data>\
         </Cell>{}</Row><Row><Cell ss:Index='3'><Data ss:Type='Number'>4</Data></Cell></Row>",
        text("甲"),
        number("1.5E1"),
        number("3")
    );
    assert_eq!(sheet(&rows), "[0+1x1=甲 1+1x1=15 2+1x1= | 0+2x2=乙 2+1x1=3 | 2+1x1=4]");
}

#[test]
fn hidden_and_struck() {
    let rows = format!(
        "<Column/><Column ss:Hidden='1' ss:Span='1'/><Row>{0}{1}{1}{1}</Row><Row ss:Hidden='1'>{0}{1}</Row>\
         <Row ss:Height='0'>{0}</Row><Row>{0}<Cell ss:Index='4' ss:StyleID='S2'><Data ss:Type='Number'>9</Data></Cell>\
         <Cell><Data ss:Type='String'><S>8</S><B>7</B><Sup>1</Sup></Data><Comment><ss:Data>评</ss:Data></Comment></Cell>\
         <Cell ss:StyleID='W'><Data ss:Type='Number'>6</Data></Cell><Cell ss:StyleID='WB'><Data ss:Type='Number'>5</Data>\
         </Cell></Row>",
        text("甲"),
        number("1")
    );
    assert_eq!(sheet(&rows), "[0+1x1=甲 1+1x1=1 2+1x1= 3+1x1= 4+1x1= | 0+1x1=甲 1+1x1= 2+1x1=7 3+1x1= 4+1x1=5]");
    let hidden = "<Worksheet ss:Name='旧'><Table><Row><Cell><Data ss:Type='Number'>1</Data></Cell></Row></Table>\
        <WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet><Worksheet ss:Name='新'><Table><Row>\
        <Cell><Data ss:Type='Number'>0</Data></Cell><Cell><Data ss:Type='Number'>2</Data></Cell></Row></Table>\
        <WorksheetOptions><DoNotDisplayZeros/></WorksheetOptions></Worksheet>";
    assert_eq!(read(hidden).unwrap(), ["1: 2"]);
}

#[test]
fn formats_and_formulas() {
    let rows = format!(
        "<Row>{}<Cell ss:StyleID='K'><Data ss:Type='Number'>1234000</Data></Cell><Cell ss:StyleID='P'>\
         <Data ss:Type='Number'>0.5</Data></Cell></Row><Row>{}<Cell ss:Formula='=SUM(RC[1]:R2C4)'/>{}{}</Row><Row>{}\
         <Cell ss:Formula='=MAX(RC[1]:RC[2])'><Data ss:Type='Number'>0</Data></Cell>\
         <Cell ss:Formula='=R[-1]C+1'><Data ss:Type='Number'>0</Data></Cell>\
         <Cell ss:Formula='=1/0'><Data ss:Type='Error'>#DIV/0!</Data></Cell></Row>",
        text("甲"),
        text("乙"),
        number("3"),
        number("4"),
        text("丙"),
    );
    assert_eq!(
        sheet(&rows),
        "[0+1x1=甲 1+1x1=1234 2+1x1=50% 3+1x1= | 0+1x1=乙 1+1x1=7 2+1x1=3 3+1x1=4 | 0+1x1=丙 1+1x1=0 \
         2+1x1==R[-1]C+1 3+1x1=#DIV/0!]"
    );
}

#[test]
fn hostile_places() {
    for cell in [
        "<Row ss:Index='4294967295' ss:Span='4294967295'><Cell ss:Index='4294967295'><Data ss:Type='Number'>1</Data></Cell></Row>",
        "<Row><Cell ss:MergeAcross='4294967295' ss:MergeDown='4294967295'><Data ss:Type='String'>1</Data></Cell></Row>",
        "<Column ss:Index='0' ss:Span='4294967295' ss:Hidden='1'/><Row ss:Index='0'/>",
    ] {
        let _ = read(&format!("<Worksheet><Table>{cell}</Table></Worksheet>"));
    }
    assert!(matches!(read("<Worksheet><Table><Row>"), Err(Fault::Damaged(_))));
}
