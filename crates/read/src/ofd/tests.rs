use super::*;
use crate::layout::page::Rule;
use crate::office::package::tests::zip;

const ROOT: &str = "<ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016'><ofd:DocBody><ofd:DocInfo/>\
            <ofd:DocRoot>/Doc_0/Document.xml\
    </ofd:DocRoot></ofd:DocBody></ofd:OFD>";
const DOCUMENT: &str = "<ofd:Document><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 25.4 50.8\
            </ofd:PhysicalBox></ofd:PageArea>\
    <ofd:TemplatePage ID='2' BaseLoc='Tpls/T.xml'/></ofd:CommonData><ofd:Pages>\
            <ofd:Page ID='1' BaseLoc='/Doc_0/Pages/P.xml'/></ofd:Pages></ofd:Document>";
const TEMPLATE: &str = "<ofd:Page><ofd:Content><ofd:Layer><ofd:TextObject Boundary='0 0 9 9' Size='3'>\
            <ofd:TextCode X='0' Y='3'>样</ofd:TextCode>\
    </ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>";

fn package(content: &str) -> Vec<u8> {
    let page = format!(
        "<ofd:Page><ofd:Template TemplateID='2'/><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content>\
            </ofd:Page>"
    );
    zip(&[
        ("OFD.xml", ROOT),
        ("Doc_0/Document.xml", DOCUMENT),
        ("Doc_0/Tpls/T.xml", TEMPLATE),
        ("Doc_0/Pages/P.xml", &page),
    ])
}

/// The page without its template's character.
fn page(content: &str) -> Page {
    let mut pages = pages(&package(content), &Limits::default()).unwrap();
    let mut page = pages.remove(0);
    assert_eq!(page.glyphs.remove(0).text, '样');
    page
}

fn near(a: f32, b: f32) -> bool {
    (a - b).abs() < 0.01
}

#[test]
fn characters() {
    let text = "<ofd:TextObject Boundary='2.54 2.54 9 9' Size='2.54'><ofd:FillColor Value='0 0 0'/>\
            <ofd:CGTransform CodePosition='0'><ofd:Glyphs>7</ofd:Glyphs></ofd:CGTransform>\
        <ofd:TextCode X='0' Y='2.54' DeltaX='g 2 2.54 7.62 1.27'>一二 3&#52;<!-- --></ofd:TextCode>\
            <ofd:TextCode Y='5.08'>五</ofd:TextCode></ofd:TextObject>\
        <ofd:TextObject Visible='false' Boundary='0 0 1 1' Size='9'><ofd:TextCode>隐</ofd:TextCode></ofd:TextObject>\
        <ofd:TextObject CTM='0.7 0.7 -0.7 0.7 0 0' Boundary='0 0 1 1' Size='9'><ofd:TextCode>水印\
            </ofd:TextCode></ofd:TextObject>";
    let page = page(text);
    assert!(near(page.width, 72.0) && near(page.height, 144.0));
    let seen: Vec<(char, i32, i32, i32, i32)> = page
        .glyphs
        .iter()
        .map(|g| {
            let tenths = |v: f32| (v * 10.0).round() as i32;
            (g.text, tenths(g.x), tenths(g.y), tenths(g.width), tenths(g.size))
        })
        .collect();
    let expected = [
        ('一', 72, 144, 72, 72),
        ('二', 144, 144, 72, 72),
        // The blank is 3 sizes wide; the last character is half a size.
        ('3', 432, 144, 36, 72),
        ('4', 468, 144, 36, 72),
        ('五', 72, 216, 72, 72),
    ];
    assert_eq!(seen, expected);
}

#[test]
fn scaled_and_nested_objects() {
    let text = "<ofd:PageBlock><ofd:CompositeObject Boundary='2.54 0 9 9' CTM='2 0 0 2 0 0'><ofd:PageBlock>\
        <ofd:TextObject Boundary='1.27 0 9 9' Size='10' CTM='0.127 0 0 0.127 0 0' HScale='0.5'>\
            <ofd:TextCode X='0' Y='10'>字</ofd:TextCode></ofd:TextObject>\
        </ofd:PageBlock></ofd:CompositeObject></ofd:PageBlock>";
    let page = page(text);
    let glyph = page.glyphs.first().unwrap();
    assert!(near(glyph.x, 14.4) && near(glyph.y, 7.2) && near(glyph.width, 3.6) && near(glyph.size, 7.2), "{glyph:?}");
}

#[test]
fn vertical_text() {
    let text = "<ofd:TextObject Boundary='0 0 9 9' Size='2.54' ReadDirection='90'>\
            <ofd:TextCode X='0' Y='0' DeltaY='g 9 2.54'>一二</ofd:TextCode></ofd:TextObject>";
    let places: Vec<(f32, f32)> = page(text).glyphs.iter().map(|g| (g.x, g.y)).collect();
    assert!(near(places[1].0, 0.0) && near(places[1].1, 7.2), "{places:?}");
}

fn rules(path: &str) -> Vec<[i32; 4]> {
    let tenths = |v: f32| (v * 10.0).round() as i32;
    let of = |r: &Rule| [tenths(r.x0), tenths(r.y0), tenths(r.x1), tenths(r.y1)];
    let mut rules: Vec<_> = page(path).rules.iter().map(of).collect();
    rules.sort_unstable();
    rules
}

fn path(attributes: &str, data: &str) -> String {
    format!(
        "<ofd:PathObject Boundary='2.54 2.54 9 9' {attributes}><ofd:Clips><ofd:Clip><ofd:Area><ofd:Path>\
            <ofd:AbbreviatedData>M 0 0 L 99 0 L 99 99 L 0 99 C\
        </ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips><ofd:AbbreviatedData>{data}\
            </ofd:AbbreviatedData></ofd:PathObject>"
    )
}

#[test]
fn stroked_paths() {
    let square = "M 0 0 L 2.54 0 L 2.54 2.54 L 0 2.54 C";
    let sides = [[72, 72, 72, 144], [72, 72, 144, 72], [72, 144, 144, 144], [144, 72, 144, 144]];
    assert_eq!(rules(&path("LineWidth='0.2'", square)), sides);
    assert_eq!(rules(&path("CTM='0.1 0 0 0.1 0 0' LineWidth='2'", "M0,0 L25.4,0 25.4")), [[72, 72, 144, 72]]);
    assert_eq!(
        rules(&path("", "M 0 0 B 1 1 2 2 3 3 L 3 5.54 Q 1 1 2 2 A 1 1 0 0 1 9 9 L 1 1 L")),
        [[157, 157, 157, 229]]
    );
    assert_eq!(rules(&path("LineWidth='2.54'", square)), <[[i32; 4]; 0]>::default());
    assert_eq!(rules(&path("Stroke='false'", square)), <[[i32; 4]; 0]>::default());
    assert_eq!(rules(&path("Visible='false'", square)), <[[i32; 4]; 0]>::default());
}

#[test]
fn filled_paths() {
    let bar = "M 0 0 L 2.54 0 L 2.54 0.2 L 0 0.2 C";
    assert_eq!(rules(&path("Stroke='false' Fill='true'", bar)), [[72, 75, 144, 75]]);
    let corner = "M 0 0 L 0.2 0 L 0.2 0.2 L 0 0.2 L 0 0 C";
    assert_eq!(rules(&path("Stroke='false' Fill='true'", corner)), [[72, 75, 78, 75], [75, 72, 75, 78]]);
    let area = "M 0 0 L 2.54 0 L 2.54 2.54 L 0 2.54 C";
    assert_eq!(rules(&path("Stroke='false' Fill='true'", area)), <[[i32; 4]; 0]>::default());
}

#[test]
fn pictures() {
    let image = "<ofd:ImageObject Boundary='0 0 25.4 25.4' CTM='25.4 0 0 25.4 0 0' ResourceID='4'/>";
    assert!(near(page(image).pictured, 0.5));
}

#[test]
fn broken_packages() {
    let limits = Limits::default();
    assert!(matches!(pages(&zip(&[("OFD.xml", "<a/>")]), &limits), Err(Fault::Damaged(_))));
    assert!(matches!(
        pages(&zip(&[("OFD.xml", ROOT), ("Doc_0/Document.xml", DOCUMENT)]), &limits),
        Err(Fault::Damaged(_))
    ));
    assert!(matches!(pages(&zip(&[("OFD.xml", ROOT), ("Encryptions.xml", "")]), &limits), Err(Fault::Encrypted(_))));
    assert!(matches!(pages(&package(""), &Limits { pages: 0, ..limits }), Err(Fault::Limit(_))));
}
