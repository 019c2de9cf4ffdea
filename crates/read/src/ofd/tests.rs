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
    let mut pages = pages(&package(content), &Limits::default(), &mut Members::default()).unwrap();
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
    assert!(matches!(pages(&zip(&[("OFD.xml", "<a/>")]), &limits, &mut Members::default()), Err(Fault::Damaged(_))));
    assert!(matches!(
        pages(&zip(&[("OFD.xml", ROOT), ("Doc_0/Document.xml", DOCUMENT)]), &limits, &mut Members::default()),
        Err(Fault::Damaged(_))
    ));
    assert!(matches!(
        pages(&zip(&[("OFD.xml", ROOT), ("Encryptions.xml", "")]), &limits, &mut Members::default()),
        Err(Fault::Encrypted(_))
    ));
    assert!(matches!(
        pages(&package(""), &Limits { pages: 0, ..limits }, &mut Members::default()),
        Err(Fault::Limit(_))
    ));
}

/// Characters of a page after the template's; `resources` stand in a part of their own.
fn seen_with(resources: &str, layers: &str) -> String {
    let page = format!("<ofd:Page><ofd:Content>{layers}</ofd:Content></ofd:Page>");
    let document = DOCUMENT.replace("</ofd:CommonData>", "<ofd:PublicRes>Res.xml</ofd:PublicRes></ofd:CommonData>");
    let bytes = zip(&[
        ("OFD.xml", ROOT),
        ("Doc_0/Document.xml", &document),
        ("Doc_0/Res.xml", resources),
        ("Doc_0/Pages/P.xml", &page),
        ("Doc_0/Res/a.jpg", "a picture"),
        ("Doc_0/Res/b.png", "a picture"),
    ]);
    let mut pages = pages(&bytes, &Limits::default(), &mut Members::default()).unwrap();
    pages.remove(0).glyphs.iter().map(|glyph| glyph.text).collect()
}

fn seen(objects: &str) -> String {
    let plain = write("", "", "10", "89");
    seen_with("<ofd:Res/>", &format!("<ofd:Layer>{objects}{plain}</ofd:Layer>"))
}

/// A text object of a size of 3 mm, at this distance from the left.
fn write(attributes: &str, inner: &str, left: &str, text: &str) -> String {
    format!(
        "<ofd:TextObject Boundary='{left} 10 9 4' Size='3' {attributes}>{inner}<ofd:TextCode X='0' Y='3' DeltaX='1.5'>\
         {text}</ofd:TextCode></ofd:TextObject>"
    )
}

#[test]
fn what_is_not_drawn_is_not_seen() {
    let old = write("", "", "2", "6");
    let cover = |attributes: &str, colour: &str| {
        format!(
            "<ofd:PathObject Boundary='1 9 6 6' Stroke='false' Fill='true' {attributes}>{colour}\
             <ofd:AbbreviatedData>M 0 0 L 6 0 L 6 6 L 0 6 C</ofd:AbbreviatedData></ofd:PathObject>"
        )
    };
    let white = "<ofd:FillColor Value='255 255 255'/>";
    let clip = |x: u8| {
        format!(
            "<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path><ofd:AbbreviatedData>M {x} 0 L 9 0 L 9 5 L {x} 5 C</ofd:AbbreviatedData>\
             </ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>"
        )
    };
    let strike = "<ofd:PathObject Boundary='1.5 11.8 3 1' LineWidth='0.2'><ofd:AbbreviatedData>M 0.3 0.2 L 2.2 0.2\
                  </ofd:AbbreviatedData></ofd:PathObject>";
    let hidden = [
        write("", white, "2", "6"),
        write("", "<ofd:FillColor Value='#FA #FA #FA'/>", "2", "6"),
        write("", "<ofd:FillColor Value='0 0 0' Alpha='0'/>", "2", "6"),
        write("Alpha='0'", "", "2", "6"),
        write("Fill='false'", "", "2", "6"),
        write("", &clip(5), "2", "6"),
        write("Visible='false'", "", "2", "6"),
        old.clone() + &cover("", white),
        cover("", "<ofd:FillColor Value='200 200 200'/>")
            + &write("", "<ofd:FillColor Value='200 200 200'/>", "2", "6"),
        old.clone() + strike,
        old.replace("X='0' Y='3'", "X='0' Y='30'"),
    ];
    for hidden in hidden {
        assert_eq!(seen(&hidden), "89", "{hidden}");
    }
    let shown = [
        write("", &clip(0), "2", "6"),
        write("Fill='false' Stroke='true'", "", "2", "6"),
        old.clone() + &cover("Alpha='80'", white),
        old + &cover("", ""),
        cover("", "<ofd:FillColor Value='0 0 120'/>") + &write("", white, "2", "6"),
    ];
    for shown in shown {
        assert_eq!(seen(&shown), "689", "{shown}");
    }
}

#[test]
fn colours_that_resources_name() {
    let resources = "<ofd:Res BaseLoc='Res'><ofd:DrawParams><ofd:DrawParam ID='5' LineWidth='1'><ofd:FillColor Value='255 255 255'/>\
        </ofd:DrawParam><ofd:DrawParam ID='6' Relative='5'/><ofd:DrawParam ID='7' Relative='8'/><ofd:DrawParam ID='8' Relative='7'/>\
        </ofd:DrawParams><ofd:MultiMedias><ofd:MultiMedia ID='9' Type='Image'><ofd:MediaFile>a.jpg</ofd:MediaFile></ofd:MultiMedia>\
        <ofd:MultiMedia ID='4' Type='Image'><ofd:MediaFile>b.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>";
    let on = |layer: &str, attributes: &str, after: &str| {
        let text = write(attributes, "", "2", "6");
        let plain = write("", "<ofd:FillColor Value='0 0 0'/>", "10", "89");
        seen_with(resources, &format!("<ofd:Layer {layer}>{text}{after}{plain}</ofd:Layer>"))
    };
    assert_eq!(on("", "DrawParam='5'", ""), "89");
    assert_eq!(on("", "DrawParam='6'", ""), "89", "it stands on another");
    assert_eq!(on("DrawParam='6'", "", ""), "89", "its layer's");
    assert_eq!(on("", "DrawParam='7'", ""), "689", "a circle");
    let picture = |id: u8| format!("<ofd:ImageObject Boundary='1 9 6 6' ResourceID='{id}'/>");
    assert_eq!(on("", "", &picture(9)), "89", "under a picture");
    assert_eq!(on("", "", &picture(4)), "689", "a picture that may have holes");
    let before = |kind: &str| {
        let picture =
            format!("<ofd:Layer Type='{kind}'><ofd:ImageObject Boundary='0 0 20 20' ResourceID='9'/></ofd:Layer>");
        seen_with(resources, &format!("{picture}<ofd:Layer>{}</ofd:Layer>", write("", "", "2", "6")))
    };
    assert_eq!((before("Background").as_str(), before("Foreground").as_str()), ("6", ""), "layers lie over each other");
}

#[test]
fn names_in_lower_case() {
    let lower = |text: &str| {
        let names = [
            "Boundary",
            "Size",
            "DeltaX",
            "X=",
            "Y=",
            "TextObject",
            "TextCode",
            "PathObject",
            "AbbreviatedData",
            "Layer",
        ];
        names.into_iter().fold(text.to_owned(), |text, name| text.replace(name, &name.to_lowercase()))
    };
    let objects = write("", "", "2", "67")
        + "<ofd:PathObject Boundary='0 0 9 9'><ofd:AbbreviatedData>M 1 1 L 9 1</ofd:AbbreviatedData></ofd:PathObject>";
    let read = |objects: &str| {
        let page = page(objects);
        (page.glyphs, page.rules)
    };
    assert_eq!(read(&lower(&objects)), read(&objects));
    assert_eq!(read(&objects).0.len(), 2);
}
