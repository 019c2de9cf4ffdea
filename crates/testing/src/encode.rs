//! Pages as bytes: every encoding of the archive, and the traditional mirrors. Encoding is the library's; which
//! characters differ comes from the folding table read backwards.

use encoding_rs::{BIG5, GB18030};

/// How a page is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    Utf8,
    Utf8Bom,
    Utf16Le,
    Utf16Be,
    Utf16LeNoBom,
    Gb18030,
    Big5,
    TraditionalReadings,
}

impl Stored {
    pub const ALL: [Stored; 8] = [
        Stored::Utf8,
        Stored::Gb18030,
        Stored::Utf8Bom,
        Stored::Utf16Le,
        Stored::Gb18030,
        Stored::Utf16Be,
        Stored::Big5,
        Stored::Utf16LeNoBom,
    ];

    pub fn bytes(self, text: &str) -> Vec<u8> {
        let le = |t: &str| t.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let be = |t: &str| t.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        match self {
            Stored::Utf8 => text.as_bytes().to_vec(),
            Stored::Utf8Bom => [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat(),
            Stored::Utf16Le => [b"\xFF\xFE".as_slice(), &le(text)].concat(),
            Stored::Utf16Be => [b"\xFE\xFF".as_slice(), &be(text)].concat(),
            Stored::Utf16LeNoBom => le(text),
            Stored::Gb18030 => GB18030.encode(text).0.into_owned(),
            // What Big5 lacks would become a numeric reference, which no text file has: those characters are left out.
            Stored::Big5 => {
                let kept: String = traditional(text).chars().filter(|c| !BIG5.encode(&c.to_string()).2).collect();
                BIG5.encode(&kept).0.into_owned()
            }
            Stored::TraditionalReadings => with_readings(&traditional(text)).into_bytes(),
        }
    }
}

fn table() -> std::collections::HashMap<char, char> {
    let mut map = std::collections::HashMap::new();
    for line in include_str!("../../../data/fold/traditional.tsv").lines() {
        let mut chars = line.chars();
        if let (Some(traditional), Some(_), Some(simplified)) = (chars.next(), chars.next(), chars.next()) {
            // The first one that Big5 has is the usual one.
            let usual = !BIG5.encode(&traditional.to_string()).2;
            if usual {
                map.entry(simplified).or_insert(traditional);
            }
        }
    }
    map
}

/// Simplified to traditional, character by character.
pub fn traditional(text: &str) -> String {
    let map = table();
    // Characters that a converter leaves alone in these pages.
    let keep = [
        '一', '二', '三', '千', '干', '里', '后', '面', '余', '系', '表', '台', '只', '出', '家', '向', '合', '复',
        '征', '制', '准', '采', '并', '了', '才', '于', '游', '回', '周', '致', '升', '借', '志', '吊', '郁', '布',
        '占', '托', '注', '杰', '岩', '群', '线', '秘', '卷', '申', '床', '峰', '启', '咨', '托', '沈', '荐', '范',
        '胡', '曲', '党', '云', '丑', '冬', '几', '卜', '厂', '尽', '当', '彩', '扎', '据', '斗', '朱', '术', '杯',
        '松', '板', '栗', '梁', '沾', '淀', '灶', '种', '累', '胜', '苏', '药', '谷', '赞', '辟', '郎', '钟', '闲',
        '雕', '须',
    ];
    text.chars().map(|c| if keep.contains(&c) { c } else { map.get(&c).copied().unwrap_or(c) }).collect()
}

/// A Latin reading behind every changed character, as some mirrors inject.
fn with_readings(text: &str) -> String {
    let readings = ["guī", "shù", "jī", "guān", "wù", "xīn", "kāi"];
    let mut out = String::new();
    for (i, c) in text.chars().enumerate() {
        out.push(c);
        if "規數機關務開處報業".contains(c) {
            out.push_str(&format!("({})", readings[i % readings.len()]));
        }
    }
    out
}
