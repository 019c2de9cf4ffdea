//! Damages a printed report the way scanning, mirroring and cutting do; the figures stay readable or vanish.

use super::form;
use super::{Rendered, Rng};

/// Kinds of damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// One row's label is gone.
    LostLabel,
    /// Two neighbouring lines inside a table are one.
    MergedLines,
    /// Advertising, menu and counter lines stand between the lines.
    NoiseLines,
    /// Full-width and half-width punctuation are shuffled.
    PunctuationWidth,
    /// One or two characters of some labels are wrong.
    OcrLabels,
    /// `O` for 0 between digits, blanks around decimal points.
    OcrDigits,
    /// The end is missing.
    TruncatedFile,
}

impl Damage {
    pub const ALL: [Damage; 7] = [
        Damage::LostLabel,
        Damage::MergedLines,
        Damage::NoiseLines,
        Damage::PunctuationWidth,
        Damage::OcrLabels,
        Damage::OcrDigits,
        Damage::TruncatedFile,
    ];
}

/// A damaged copy. `preserved` is left as it was (some of it may be lost now); `tables` is empty in the copy.
pub fn damage(rendered: &Rendered, kind: Damage, rng: &mut Rng) -> Rendered {
    let text = match kind {
        Damage::LostLabel => lost_label(rendered, rng),
        Damage::MergedLines => merged_lines(rendered, rng),
        Damage::NoiseLines => noise_lines(rendered, rng),
        Damage::PunctuationWidth => by_char(rendered, false, rng, |c, _, _, rng| width(c, rng)),
        Damage::OcrLabels => by_char(rendered, true, rng, wrong),
        Damage::OcrDigits => by_char(rendered, true, rng, digits),
        Damage::TruncatedFile => truncated(rendered, rng),
    };
    Rendered { text, preserved: rendered.preserved.clone(), html: rendered.html, tables: Vec::new() }
}

fn lost_label(rendered: &Rendered, rng: &mut Rng) -> String {
    let mut text = rendered.text.clone();
    let mut places: Vec<(usize, usize)> = Vec::new();
    for range in &rendered.tables {
        let table = &text[range.clone()];
        for label in form::row_labels() {
            for (at, _) in table.match_indices(label) {
                places.push((range.start + at, range.start + at + label.len()));
            }
        }
    }
    if places.is_empty() {
        return text;
    }
    let (mut start, end) = rng.pick(&places);
    if let Some((longest, _)) = places.iter().filter(|p| p.1 == end).min() {
        start = *longest;
    }
    let ordinal = |c: char| c.is_ascii_digit() || "一二三四五六七八九十、.()（） ".contains(c);
    start = text[..start].trim_end_matches(ordinal).len();
    text.replace_range(start..end, "");
    text
}

/// The ends of lines that lie inside tables.
fn table_line_ends(rendered: &Rendered) -> Vec<usize> {
    let mut out = Vec::new();
    for range in &rendered.tables {
        out.extend(rendered.text[range.clone()].match_indices('\n').map(|(at, _)| range.start + at));
    }
    out
}

fn merged_lines(rendered: &Rendered, rng: &mut Rng) -> String {
    let mut text = rendered.text.clone();
    let ends = table_line_ends(rendered);
    if ends.is_empty() {
        return text;
    }
    let at = rng.pick(&ends);
    let left = text[..at].trim_end_matches('\n').len();
    let right = text.len() - text[at..].trim_start_matches('\n').len();
    let before = text[..left].chars().next_back().unwrap_or(' ');
    let joint = if before == '\t' || before == '|' { "" } else { " " };
    text.replace_range(left..right, joint);
    text
}

const NOISE: [&str; 14] = [
    "浏览次数:1234",
    "第 3 页 共 8 页",
    "分享到: 微信 微博 QQ空间",
    "扫一扫在手机打开当前页",
    "【打印】 【关闭】 【收藏】",
    "首页 > 政务公开 > 年报",
    "字体:【大 中 小】",
    "登录 | 注册",
    "关怀版 无障碍 长者版",
    "访问量: 56789",
    "限时优惠 满300减20 点击领取",
    "点击收听年报语音朗读",
    "政务服务热线 12345",
    "责任编辑: 张某 来源: 本站",
];

fn noise_lines(rendered: &Rendered, rng: &mut Rng) -> String {
    let mut out = String::new();
    let lines: Vec<&str> = rendered.text.split_inclusive('\n').collect();
    for (i, line) in lines.iter().enumerate() {
        out.push_str(line);
        // Never inside a tag; between rows a browser would move the text before the table.
        let whole = |text: &str| text.trim_end().ends_with('>') && !text.contains("<!--");
        let safe =
            !rendered.html || (whole(line) && lines.get(i + 1).is_some_and(|next| next.trim_start().starts_with('<')));
        if line.ends_with('\n') && safe && rng.chance(1, 12) {
            let noise = rng.pick(&NOISE);
            out.push_str(&if rendered.html { format!("<div>{noise}</div>\n") } else { format!("{noise}\n") });
        }
    }
    out
}

/// Rewrites characters of the text (outside tags); `inside` limits it to the tables.
/// The callback gets the character and its neighbours.
fn by_char(
    rendered: &Rendered,
    inside: bool,
    rng: &mut Rng,
    change: fn(char, Option<char>, Option<char>, &mut Rng) -> Option<String>,
) -> String {
    let mut out = String::with_capacity(rendered.text.len());
    let (mut tag, mut before) = (false, None);
    let mut chars = rendered.text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        tag = rendered.html && (c == '<' || (tag && before != Some('>')));
        let here = !inside || rendered.tables.iter().any(|range| range.contains(&at));
        let after = chars.peek().map(|next| next.1);
        match (here && !tag).then(|| change(c, before, after, rng)).flatten() {
            Some(new) => out.push_str(&new),
            None => out.push(c),
        }
        before = Some(c);
    }
    out
}

fn width(c: char, rng: &mut Rng) -> Option<String> {
    let half = "(),:./-";
    let full = "（），：．／－";
    let swap = |from: &str, to: &str| from.chars().position(|x| x == c).and_then(|i| to.chars().nth(i));
    let other = swap(half, full).or_else(|| swap(full, half))?;
    rng.chance(1, 2).then(|| other.to_string())
}

const CONFUSIONS: [(&str, &str); 16] = [
    ("规", "现"),
    ("章", "童"),
    ("件", "仵"),
    ("许", "讦"),
    ("罚", "罗"),
    ("申", "由"),
    ("请", "清"),
    ("予", "子"),
    ("密", "蜜"),
    ("复", "夏"),
    ("总", "忌"),
    ("计", "汁"),
    ("其", "具"),
    ("信", "倍"),
    ("机", "杌"),
    ("查", "杳"),
];

fn wrong(c: char, before: Option<char>, after: Option<char>, rng: &mut Rng) -> Option<String> {
    let near_digit =
        [before, after].into_iter().flatten().any(|n| n.is_ascii_digit() || n == '.' || "万元".contains(n));
    let keep = "一二三四五六七八九十万元增减无条次个人第".contains(c);
    if near_digit || keep || !('\u{4E00}'..='\u{9FFF}').contains(&c) || !rng.chance(1, 14) {
        return None;
    }
    let similar = CONFUSIONS.iter().find(|pair| pair.0.starts_with(c)).map(|pair| pair.1);
    Some(similar.unwrap_or(rng.pick(&["口", "丁", "卜", "曰", "囗", "巾"])).to_string())
}

fn digits(c: char, before: Option<char>, after: Option<char>, rng: &mut Rng) -> Option<String> {
    let digit = |n: Option<char>| n.is_some_and(|n| n.is_ascii_digit());
    if !digit(before) || !digit(after) || !rng.chance(1, 2) {
        return None;
    }
    match c {
        '0' => Some(rng.pick(&["O", "o"]).into()),
        '.' => Some(rng.pick(&[". ", " .", " . "]).into()),
        _ => None,
    }
}

/// Cuts at a random place that is not inside a figure, and leaves no empty cell behind: a careful reader could not
/// tell such a cut from a shorter figure or a blank.
fn truncated(rendered: &Rendered, rng: &mut Rng) -> String {
    let text = &rendered.text;
    let mut at = text.len() / 10 + rng.below(text.len() * 9 / 10);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let start = text[..at].rfind(|c: char| c.is_ascii_whitespace() || c == '>').map_or(0, |i| i + 1);
    if text[start..at].contains(|c: char| c.is_numeric() || "+-增减—/".contains(c)) {
        at += text[at..].find(['\n', '\t', '<', '|', ' ']).unwrap_or(text.len() - at);
    }
    let cut = &text[..at];
    if !rendered.html {
        return cut.trim_end_matches(['\t', ' ', '|', '\n', '\u{A0}']).to_string();
    }
    let lower = cut.to_ascii_lowercase();
    let open = lower.rfind("<td").filter(|&cell| !lower[cell..].contains("</table"));
    let open = open.filter(|&cell| rendered.tables.iter().any(|range| range.contains(&cell)));
    cut[..open.unwrap_or(at)].to_string()
}
