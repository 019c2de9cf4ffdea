//! Pages of PDFs that are written here, object by object.

use std::time::Duration;

use super::stand_in::sfnt;
use super::*;
use crate::layout::page::Rule;

/// Writes a PDF out of its objects; the first is the catalog.
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(bytes.len());
        bytes.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let table = bytes.len();
    bytes.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).as_bytes());
    for place in &places {
        bytes.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    let end = format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF", places.len() + 1);
    bytes.extend_from_slice(end.as_bytes());
    bytes
}

fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{dict}/Length {}>>\nstream\n", data.len()).into_bytes();
    object.extend_from_slice(data);
    object.extend_from_slice(b"\nendstream");
    object
}

/// A PDF of one page of 400 by 300 points. `fonts` begin with object 5.
fn page_with(keys: &str, content: &[u8], fonts: Vec<Vec<u8>>) -> Vec<u8> {
    sheet(keys, "/Font<</F1 5 0 R/F2 6 0 R>>/XObject<</X 5 0 R>>", content, fonts)
}

/// The same with other resources.
fn sheet(keys: &str, resources: &str, content: &[u8], fonts: Vec<Vec<u8>>) -> Vec<u8> {
    let page =
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R{keys}/Resources<<{resources}>>>>");
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        page.into_bytes(),
        stream("", content),
    ];
    objects.extend(fonts);
    file(&objects)
}

const SONG: &str = "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[\
                    <</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000\
                    /CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>]>>";

fn song(content: &str) -> Vec<u8> {
    page_with("", content.as_bytes(), vec![SONG.into()])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

fn ucs2(text: &str) -> String {
    hex(&text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>())
}

fn read(bytes: &[u8]) -> Page {
    let mut pages = pages(bytes, &Limits::default(), &mut Members::default()).expect("a PDF");
    assert_eq!(pages.len(), 1);
    pages.remove(0)
}

fn text(page: &Page) -> String {
    page.glyphs.iter().map(|glyph| glyph.text).collect()
}

/// A font of the file with these tables besides the necessary, under the given encoding.
fn embedded(encoding: &str, ordering: &str, cmap: &[u8]) -> Vec<Vec<u8>> {
    let (mut head, mut hhea) = (vec![0; 54], vec![0; 36]);
    head[18..20].copy_from_slice(&1000_u16.to_be_bytes());
    hhea[35] = 1;
    let mut tables: Vec<(&[u8; 4], &[u8])> = vec![(b"cmap", cmap), (b"head", &head), (b"hhea", &hhea)];
    tables.extend([(b"hmtx", &[0; 4][..]), (b"maxp", &[0, 0, 0x50, 0, 0, 9][..])]);
    let font = format!(
        "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+FZXBSJW/Encoding/{encoding}/DescendantFonts[<</Type/Font\
         /Subtype/CIDFontType2/BaseFont/ABCDEF+FZXBSJW/DW 1000/CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})\
         /Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/ABCDEF+FZXBSJW/Flags 4/FontFile2 6 0 R>>>>]>>"
    );
    vec![font.into_bytes(), stream("", &sfnt(&tables))]
}

#[test]
fn places_are_those_of_the_crop_box() {
    let content = format!("BT /F1 12 Tf 2 Tr 60 200 Td <{}> Tj ET", ucs2("第 1 条"));
    let page = read(&page_with("/CropBox[50 20 350 280]", content.as_bytes(), vec![SONG.into()]));
    assert_eq!((page.width, page.height), (300.0, 260.0));
    assert_eq!(text(&page), "第1条");
    let first = &page.glyphs[0];
    assert_eq!((first.x, first.y, first.width, first.size), (10.0, 80.0, 12.0, 12.0));
}

#[test]
fn turned_pages_read_from_left_to_right() {
    let upright = format!("BT /F1 10 Tf 60 200 Td <{}> Tj ET 50 100 200 50 re S", ucs2("年度报告"));
    let plain = read(&song(&upright));
    assert_eq!((plain.glyphs[0].x, plain.glyphs[0].y), (60.0, 100.0));
    for keys in ["/Rotate 90", "/Rotate 180", "/Rotate 270", "/Rotate -90"] {
        assert_eq!(read(&page_with(keys, upright.as_bytes(), vec![SONG.into()])), plain, "{keys}");
    }
    let sideways = format!("q 0 1 -1 0 400 0 cm BT /F1 10 Tf 60 200 Td <{}> Tj ET Q", ucs2("年度报告"));
    let page = read(&song(&sideways));
    assert_eq!((page.width, page.height), (300.0, 400.0));
    assert_eq!((page.glyphs[0].x, page.glyphs[0].y), (60.0, 200.0));
}

#[test]
fn stamps_shadows_and_text_off_the_page_are_left_out() {
    let (twice, stamp) = (ucs2("粗11"), ucs2("印"));
    let page = read(&song(&format!(
        "BT /F1 10 Tf 2 Tr 50 200 Td <{twice}> Tj 0 Tr 0.5 0 Td <{twice}> Tj ET \
         BT /F1 10 Tf 0.7 0.7 -0.7 0.7 100 100 Tm <{stamp}> Tj ET BT /F1 10 Tf 0 1 -1 0 100 100 Tm <{stamp}> Tj ET \
         BT /F1 10 Tf -80 100 Td <{stamp}> Tj ET BT /F1 10 Tf 3 Tr 50 50 Td <{}> Tj ET",
        ucs2("隐")
    )));
    assert_eq!(text(&page), "粗11");
}

#[test]
fn rules_come_in_all_shapes() {
    let rules = |content: &str| read(&song(content)).rules;
    let across = [Rule { x0: 50.0, y0: 100.0, x1: 150.0, y1: 100.0 }];
    assert_eq!(rules("50 200 m 150 200 l S"), across);
    assert_eq!(rules("50 199.5 100 1 re f"), across);
    assert_eq!(rules("50 199.5 m 50 200.5 l 150 200.5 l 150 199.5 l h f"), across);
    assert_eq!(rules("100 w 100 199.5 m 100 200.5 l S"), across);
    assert_eq!(rules("50 200 100 0 re f"), across);
    assert_eq!(rules("50 100 100 50 re S").len(), 4);
    assert_eq!(rules("50 100 100 50 re 51 101 98 48 re f*").len(), 4);
    assert_eq!(rules("50 100 0.5 0.5 re f").len(), 2, "the square in a corner joins both ways");
    for none in ["50 100 100 50 re f", "50 100 m 90 190 l S", "1 G 50 200 m 150 200 l S", "1 1 1 rg 50 200 9 1 re f"] {
        assert_eq!(rules(none), [], "{none}");
    }
}

#[test]
fn codes_of_a_collection_without_unicode() {
    let show = |codes: &[u8]| format!("BT /F1 10 Tf 50 200 Td <{}> Tj ET", hex(codes)).into_bytes();
    let (gbk, _, _) = encoding_rs::GBK.encode("政府（一）2020");
    let page = read(&page_with("", &show(&gbk), embedded("GBK-EUC-H", "GB1", &[])));
    assert_eq!(text(&page), "政府（一）2020");
    let page = read(&page_with("", &show(&[0x4E, 0x00]), embedded("UniGB-UCS2-H", "GB1", &[])));
    assert_eq!(text(&page), "一");
    let page = read(&page_with("", &show(&[0, 34, 0, 35]), embedded("Identity-H", "GB1", &[])));
    assert_eq!(text(&page), "AB");
}

#[test]
fn the_table_of_the_font_is_the_last_resort() {
    // One group: glyphs 1 to 4 are 2F00 (a radical) to 2F03, then glyph 1 again for its ideograph.
    let mut cmap = vec![0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0];
    for number in [40_u32, 0, 2, 0x2F00, 0x2F03, 1, 0x4E00, 0x4E00, 1] {
        cmap.extend_from_slice(&number.to_be_bytes());
    }
    let show = b"BT /F1 10 Tf 50 200 Td <000100020007> Tj ET";
    let page = read(&page_with("", show, embedded("Identity-H", "Identity", &cmap)));
    assert_eq!(text(&page).chars().take(2).collect::<String>(), "一\u{2F01}");
    assert!(!text(&page).contains('\0'));
}

#[test]
fn gbk_in_a_latin_font() {
    let font =
        "<</Type/Font/Subtype/TrueType/BaseFont/SimSun/Encoding/WinAnsiEncoding/FirstChar 0/LastChar 255/Widths[";
    let font = format!("{font}{}]>>", "500 ".repeat(256));
    let (gbk, _, _) = encoding_rs::GBK.encode("公开2020年");
    let content = format!("BT /F1 10 Tf 50 200 Td <{}> Tj ET", hex(&gbk));
    let page = read(&page_with("", content.as_bytes(), vec![font.clone().into()]));
    assert_eq!(text(&page), "公开2020年");
    assert_eq!((page.glyphs[1].x, page.glyphs[1].width), (60.0, 10.0));
    let page = read(&page_with("", b"BT /F1 10 Tf 50 200 Td <E9E82041> Tj ET", vec![font.into()]));
    assert_eq!(text(&page), "殍A", "two accents in a row are no use in an annual report");
}

#[test]
fn ligatures_share_their_advance() {
    let map = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0041> <00660069> \
                <0042> <0000> endbfchar endcmap";
    let font =
        SONG.replace("/Encoding/UniGB-UCS2-H", "/Encoding/Identity-H/ToUnicode 6 0 R").replace("GB1", "Identity");
    let content = b"BT /F1 10 Tf 50 200 Td <00410042> Tj ET";
    let page = read(&page_with("", content, vec![font.into(), stream("", map)]));
    assert_eq!(text(&page), "fi\u{FFFD}");
    assert_eq!((page.glyphs[1].x, page.glyphs[1].width), (55.0, 5.0));
}

#[test]
fn pictures_cover_a_share() {
    let picture = stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"x");
    let page = read(&page_with("", b"q 400 0 0 150 0 200 cm /X Do Q", vec![picture]));
    assert!((page.pictured - 1.0 / 3.0).abs() < 0.001, "what lies off the page does not count: {}", page.pictured);
}

#[test]
fn damage_is_survived_or_named() {
    let whole = song(&format!("BT /F1 10 Tf 50 200 Td <{}> Tj ET", ucs2("政府")));
    assert_eq!(text(&read(&[&b"HTTP/1.1 200 OK\r\n".repeat(90)[..], &whole].concat())), "政府");
    let table = whole.windows(4).position(|window| window == b"xref").expect("a table");
    assert_eq!(text(&read(&whole[..table])), "政府");
    for length in 0..table {
        let _ = pages(&whole[..length], &Limits::default(), &mut Members::default());
    }
    assert!(matches!(pages(b"%PDF-1.4\n%%EOF", &Limits::default(), &mut Members::default()), Err(Fault::Damaged(_))));
    assert!(matches!(pages(b"", &Limits::default(), &mut Members::default()), Err(Fault::Damaged(_))));
}

#[test]
fn absurd_widths_do_not_fill_the_memory() {
    let content = b"BT /F1 10 Tf 50 200 Td <4E00> Tj ET";
    let fonts = [
        SONG.replace("/DW 1000", "/DW 1000/W[0 4000000000 500]"),
        "<</Type/Font/Subtype/Type1/BaseFont/X/FirstChar 4000000000/LastChar 4000000001/Widths[1 1]>>".to_owned(),
    ];
    for font in fonts {
        let bytes = page_with("", content, vec![font.into()]);
        assert!(matches!(pages(&bytes, &Limits::default(), &mut Members::default()), Err(Fault::Damaged(_))));
    }
}

#[test]
fn a_password_is_asked_for() {
    let whole = String::from_utf8(song("")).expect("plain text");
    let key = "00".repeat(32);
    let lock = format!("/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<{key}>/U<{key}>>>/ID[<00><00>]/Root");
    let locked = whole.replace("/Root", &lock);
    assert!(matches!(pages(locked.as_bytes(), &Limits::default(), &mut Members::default()), Err(Fault::Encrypted(_))));
}

#[test]
fn limits_hold() {
    let whole = song("");
    assert!(matches!(
        pages(&whole, &Limits { pages: 0, ..Limits::default() }, &mut Members::default()),
        Err(Fault::Limit(_))
    ));
    let late = Limits { time: Duration::ZERO, ..Limits::default() };
    assert!(matches!(pages(&whole, &late, &mut Members::default()), Err(Fault::Time(_))));
    let ink = "1 1 m 9 1 l S ".repeat(200_010);
    assert!(matches!(pages(song(&ink).as_slice(), &Limits::default(), &mut Members::default()), Err(Fault::Limit(_))));
}

#[test]
fn forms_within_forms_are_stopped() {
    let form = |inner: usize| {
        let dict = format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {inner} 0 R>>>>");
        stream(&dict, "/X Do 0 0 m 1 0 l S ".repeat(20).as_bytes())
    };
    let bomb = page_with("", b"/X Do", (6..30).map(form).collect());
    let limits = Limits { time: Duration::from_secs(5), ..Limits::default() };
    // On a slow machine time is up first; without either limit this would take years.
    assert!(matches!(pages(&bomb, &limits, &mut Members::default()), Err(Fault::Limit(_) | Fault::Time(_))));
}

/// A white pixel; `keys` are those of a picture with holes.
fn pixel(keys: &str) -> Vec<u8> {
    let dict = format!("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8{keys}");
    stream(&dict, b"\xFF")
}

#[test]
fn what_is_not_drawn_is_not_seen() {
    let show = |before: &str, text: &str, x: u16| format!("{before} BT /F1 10 Tf {x} 200 Td <{}> Tj ET ", ucs2(text));
    let seen = show("0 0 0 rg", "89", 90);
    let states = "<</G<</ca 0>>/M<</BM/Multiply>>>>";
    let page = |content: &str, objects: Vec<Vec<u8>>| {
        let mut all = vec![SONG.into()];
        all.extend(objects);
        let resources = format!("/Font<</F1 5 0 R>>/XObject<</X 6 0 R>>/ExtGState {states}");
        text(&read(&sheet("", &resources, content.as_bytes(), all)))
    };
    let hidden = [
        show("1 1 1 rg", "6", 50),
        show("1 g", "6", 50),
        show("0 0 0 0 k", "6", 50),
        format!("q /G gs {}Q ", show("", "6", 50)),
        format!("q {}Q ", show("3 Tr", "6", 50)),
        format!("q 300 200 20 20 re W n {}Q ", show("", "6", 50)),
        show("", "6", 50) + "1 g 45 195 20 20 re f ",
        show("", "6", 50) + "1 G 20 w 45 205 m 70 205 l S ",
        show("", "6", 50) + "q 20 0 0 20 45 195 cm /X Do Q ",
        show("", "6", 50) + "q 20 0 0 20 45 195 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u{7f} EI Q ",
        show("", "6", 50) + "0 G 0.5 w 49 203 m 57 203 l S ",
        show("", "6", 50) + "0 g 49 202.6 8 0.7 re f ",
        format!("/Artifact <</Subtype/Watermark/Type/Pagination>> BDC {}EMC ", show("", "6", 50)),
    ];
    for hidden in hidden {
        assert_eq!(page(&(hidden.clone() + &seen), vec![pixel("")]), "89", "{hidden}");
    }
    let shown = [
        "0 0 1 rg 40 190 30 30 re f ".to_owned() + &show("1 1 1 rg", "6", 50),
        format!("q 40 190 30 30 re W n {}Q ", show("", "6", 50)),
        show("", "6", 50) + "q /M gs 1 1 0 rg 45 195 20 20 re f Q ",
        show("", "6", 50) + "q /G gs 45 195 20 20 re f Q ",
        show("", "6", 50) + "0 G 0.5 w 49 198 m 57 198 l S ",
        show("2 Tr", "6", 50) + "0 Tr ",
    ];
    for shown in shown {
        assert_eq!(page(&(shown.clone() + &seen), vec![pixel("")]), "689", "{shown}");
    }
    let holes = pixel("/SMask 7 0 R");
    let content = show("", "6", 50) + "q 20 0 0 20 45 195 cm /X Do Q " + &seen;
    let hole = stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"\x20");
    assert_eq!(page(&content, vec![holes.clone(), hole]), "689", "a picture with holes");
    assert_eq!(page(&content, vec![holes, pixel("")]), "89", "a mask without holes");
    assert_eq!(page(&(show("1 Tz", "6", 50) + "100 Tz " + &seen), vec![pixel("")]), "89", "squeezed");
    let group =
        stream("/Type/XObject/Subtype/Form/BBox[0 0 400 300]/Group<</S/Transparency>>", show("", "6", 50).as_bytes());
    assert_eq!(page(&format!("q /G gs /X Do Q {seen}"), vec![group]), "89", "a group of no strength");
}

#[test]
fn a_mode_that_is_never_set_back() {
    let lines: String = (0..8)
        .map(|n| {
            let y = 250 - 20 * n;
            let show =
                |mode: &str, x: u16, text: &str| format!("BT /F1 8 Tf {mode} {x} {y} Td <{}> Tj ET ", ucs2(text));
            show("3 Tr", 50, "7") + &show("", 80, "规章12")
        })
        .collect();
    assert_eq!(text(&read(&song(&lines))), "规章12".repeat(8));
    let page = read(&song(&(lines + "BT 0 Tr ET")));
    assert!(page.recognised, "all is meant to be invisible, with no picture to show it");
}

#[test]
fn a_text_layer_belongs_to_its_picture() {
    let layer = format!("BT /F1 10 Tf 3 Tr 50 200 Td <{}> Tj ET", ucs2("规章12行政规范性文件34"));
    let content = format!("q 400 0 0 300 0 0 cm /X Do Q {layer}");
    let resources = "/Font<</F1 5 0 R>>/XObject<</X 6 0 R>>";
    let page = read(&sheet("", resources, content.as_bytes(), vec![SONG.into(), pixel("")]));
    assert!(page.recognised && page.pictured > 0.9);
    assert_eq!(text(&page), "规章12行政规范性文件34");
}

#[test]
fn annotations_without_an_appearance() {
    let content = format!("BT /F1 10 Tf 50 200 Td <{}> Tj 40 0 Td <{}> Tj ET", ucs2("6"), ucs2("89"));
    let with = |annotation: &str| {
        let keys = format!("/Annots[{annotation}]");
        text(&read(&page_with(&keys, content.as_bytes(), vec![SONG.into()])))
    };
    let strike = "/Type/Annot/Subtype/StrikeOut/Rect[50 198 55 210]/QuadPoints[50 208 55 208 50 199 55 199]";
    assert_eq!(with(&format!("<<{strike}>>")), "89");
    assert_eq!(with(&format!("<<{strike}/F 2>>")), "689", "hidden");
    let field = "/Type/Annot/Subtype/Widget/Rect[150 195 200 215]/DA(/Helv 10 Tf 0 g)/V(12)";
    assert_eq!(with(&format!("<<{field}/FT/Tx/Q 2>>")), "68912");
    assert_eq!(with(&format!("<<{field}/Parent<</FT/Tx>>>>")), "68912");
    assert_eq!(with(&format!("<<{field}/FT/Btn>>")), "689");
    assert_eq!(with(&format!("<<{field}/FT/Tx/F 2>>")), "689");
}
