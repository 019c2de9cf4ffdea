//! Number formats: what a workbook's program shows of a stored value.
//!
//! Owns codes such as `#,##0;-#,##0;"-"` and the ones that have numbers only. Refuses rounding and grouping, which do
//! not count: 1234.4 shown as `1,234` is 1234.4. All else that a code does to a figure does count: what it multiplies,
//! what it writes beside, for what values it writes something else or nothing.

/// Characters of a code; Excel allows 255.
const MAX_CODE: usize = 1_024;
/// Days that can be written as a date: up to the year 9999.
const MAX_DAY: f64 = 2_958_466.0;

/// A number format.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Format {
    /// Up to four: for positive numbers, negative ones, zero, text. None: everything is shown as it is.
    sections: Vec<Section>,
}

/// What a part of a format shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Kind {
    /// Only what stands in it, or nothing.
    #[default]
    Words,
    /// The value as it is.
    Plain,
    /// A figure by placeholders.
    Figure,
    Date,
    /// Hours past 24.
    Duration,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Section {
    kind: Kind,
    /// Values it is for, if it says so.
    condition: Option<(Relation, f64)>,
    /// Text before the figure, and after it.
    before: String,
    after: String,
    /// Powers of ten that the figure is multiplied by: two for `%`, less three for a comma at the end.
    power: i32,
    /// It has a place that shows zeros.
    zeros: bool,
    /// It shows text where the format is given text.
    shows_text: bool,
    /// Words stand between the digits: which figure that is nobody can say.
    parted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Less,
    AtMost,
    Equal,
    Other,
    AtLeast,
    More,
}

impl Relation {
    fn holds(self, value: f64, limit: f64) -> bool {
        match self {
            Self::Less => value < limit,
            Self::AtMost => value <= limit,
            Self::Equal => value == limit,
            Self::Other => value != limit,
            Self::AtLeast => value >= limit,
            Self::More => value > limit,
        }
    }
}

impl Format {
    /// A format that every program knows by its number.
    pub(super) fn built_in(id: u32) -> Self {
        Self::of_code(match id {
            9 | 10 => "0%",
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => "yyyy",
            41..=44 => "_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"_);_(@_)",
            46 => "[h]",
            _ => "",
        })
    }

    /// A format by its code.
    pub(super) fn of_code(code: &str) -> Self {
        if code.is_empty() || code.len() > MAX_CODE || code.eq_ignore_ascii_case("general") {
            return Self::default();
        }
        let sections: Vec<Section> = split(code).into_iter().map(Section::of).collect();
        let whole = |s: &Section| {
            s.condition.is_none()
                && matches!(s.kind, Kind::Plain | Kind::Figure)
                && s.zeros
                && !s.parted
                && (s.power, s.before.as_str(), s.after.as_str()) == (0, "", "")
        };
        // By far the most formats only group and round.
        if sections.len() == 1 && sections.iter().all(whole) { Self::default() } else { Self { sections } }
    }

    /// A number as it is shown. Days count from 1904 or from 1900.
    pub(super) fn number(&self, value: f64, is_1904: bool) -> String {
        let Some((section, signed)) = self.section(value) else { return number(value) };
        match section.kind {
            Kind::Words => section.words(""),
            Kind::Plain => section.words(&number(if signed { value } else { value.abs() })),
            Kind::Figure => section.figure(value, signed),
            Kind::Date => date(value, is_1904),
            Kind::Duration => duration(value),
        }
    }

    /// A text as it is shown; `None` if that is itself.
    pub(super) fn text(&self, text: &str) -> Option<String> {
        let section = match self.sections.as_slice() {
            [_, _, _, section, ..] => section,
            sections => sections.iter().rev().find(|s| s.shows_text)?,
        };
        let shown = section.words(if section.shows_text { text } else { "" });
        (shown != text).then_some(shown)
    }

    /// The part for a value, and whether it leaves the sign to the value.
    fn section(&self, value: f64) -> Option<(&Section, bool)> {
        let sections = self.sections.get(..self.sections.len().min(3))?;
        // A format of nothing but `@` shows numbers as they are.
        let stated = sections.iter().any(|s| s.condition.is_some());
        if !stated {
            return match sections {
                [all] | [all, _] if value >= 0.0 || sections.len() == 1 => Some((all, true)),
                [_, negative] => Some((negative, false)),
                [_, _, zero] if value == 0.0 => Some((zero, true)),
                [positive, ..] if value > 0.0 => Some((positive, true)),
                [_, negative, ..] => Some((negative, false)),
                _ => None,
            };
        }
        let last = sections.len().saturating_sub(1);
        sections.iter().enumerate().find_map(|(number, section)| {
            let fits = match section.condition {
                Some((relation, limit)) => relation.holds(value, limit),
                None if number == last => true,
                None if number == 0 => value > 0.0,
                None => value < 0.0,
            };
            fits.then_some((section, section.condition.is_some() || number != 1 || number == last))
        })
    }
}

/// The parts of a code, which `;` outside quotes, brackets and escapes separates.
fn split(code: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut bracketed, mut escaped) = (Vec::new(), 0, false, false, false);
    for (at, c) in code.char_indices() {
        match c {
            _ if std::mem::take(&mut escaped) => {}
            '"' if !bracketed => quoted = !quoted,
            _ if quoted => {}
            '\\' | '!' | '_' | '*' => escaped = true,
            '[' => bracketed = true,
            ']' => bracketed = false,
            ';' if !bracketed => {
                parts.push(code.get(start..at).unwrap_or_default());
                start = at.saturating_add(1);
            }
            _ => {}
        }
    }
    parts.push(code.get(start..).unwrap_or_default());
    parts
}

/// What reading a part has come to.
#[derive(Default)]
struct Parse {
    section: Section,
    /// Placeholders so far, and commas since the last.
    digits: usize,
    commas: i32,
    /// Words since the last placeholder: they stand within the figure if one more comes.
    words: String,
    /// Placeholders since a point that is only written: `0!.0` shows tenths of thousands as if they were whole.
    since_point: Option<i32>,
    dated: bool,
    elapsed: bool,
    /// Behind the figure: nothing more belongs to it.
    exponent: bool,
}

impl Section {
    fn of(code: &str) -> Self {
        let mut parse = Parse::default();
        let lower = code.to_ascii_lowercase();
        let general = ["general", "g/通用格式", "standard"].iter().find_map(|g| lower.find(g).map(|at| (at, g.len())));
        let mut chars = code.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if let Some((start, len)) = general
                && at >= start
                && at < start + len
            {
                if at == start {
                    parse.section.kind = Kind::Plain;
                    parse.digit(true);
                }
                continue;
            }
            match c {
                '"' => {
                    let text: String = chars.by_ref().map(|(_, c)| c).take_while(|c| *c != '"').collect();
                    parse.words.push_str(&text);
                }
                '\\' | '!' => {
                    if let Some((_, c)) = chars.next() {
                        parse.literal(c);
                    }
                }
                // The width of a character; a character that fills the cell.
                '_' | '*' => {
                    chars.next();
                }
                '[' => {
                    let inner: String = chars.by_ref().map(|(_, c)| c).take_while(|c| *c != ']').collect();
                    parse.bracket(&inner);
                }
                '0' | '#' | '?' => parse.digit(c == '0'),
                '.' => parse.point(),
                ',' => parse.commas = parse.commas.saturating_add(1),
                '%' => {
                    parse.section.power = parse.section.power.saturating_add(2);
                    parse.words.push('%');
                }
                'E' | 'e' if matches!(chars.peek(), Some((_, '+' | '-'))) && parse.digits > 0 => {
                    chars.next();
                    parse.exponent = true;
                }
                '/' if parse.digits > 0 => parse.exponent = true,
                '@' => {
                    parse.section.shows_text = true;
                    parse.section.kind = Kind::Plain;
                    parse.digit(true);
                }
                'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => parse.dated = true,
                'e' | 'a' | 'A' | 'b' | 'B' | 'g' if parse.digits == 0 => parse.dated |= c != 'A',
                c => parse.words.push(c),
            }
        }
        parse.end()
    }

    /// What is shown of a figure.
    fn figure(&self, value: f64, signed: bool) -> String {
        // Placeholders that show no zeros show none of a zero.
        if value == 0.0 && !self.zeros {
            return self.words("");
        }
        let shown = shifted(if signed { value } else { value.abs() }, self.power);
        if self.parted {
            return format!("?{}", number(shown));
        }
        // Brackets stand for a minus, as accountants write it.
        if !signed && self.before == "(" && self.after == ")" {
            return number(-shown);
        }
        self.words(&number(shown))
    }

    fn words(&self, figure: &str) -> String {
        if self.before.is_empty() && self.after.is_empty() {
            return figure.to_owned();
        }
        // The sign stands before everything.
        match figure.strip_prefix('-').filter(|_| !self.before.is_empty()) {
            Some(rest) => format!("-{}{rest}{}", self.before, self.after),
            None => format!("{}{figure}{}", self.before, self.after),
        }
    }
}

impl Parse {
    fn literal(&mut self, c: char) {
        if c == '.' && self.digits > 0 && self.words.is_empty() {
            self.since_point = Some(0);
        } else {
            self.words.push(c);
        }
    }

    fn digit(&mut self, zero: bool) {
        if self.digits == 0 {
            self.section.before = std::mem::take(&mut self.words);
        } else if !self.words.trim().is_empty() && !self.exponent {
            self.section.parted = true;
        }
        self.words.clear();
        self.digits = self.digits.saturating_add(1);
        self.commas = 0;
        self.section.zeros |= zero;
        if let Some(since) = self.since_point.as_mut() {
            *since = since.saturating_add(1);
        }
    }

    /// A point of decimals; commas before it scale.
    fn point(&mut self) {
        if self.digits > 0 {
            self.section.power = self.section.power.saturating_sub(self.commas.saturating_mul(3));
            self.commas = 0;
        } else {
            self.section.before = std::mem::take(&mut self.words);
            self.digits = 1;
        }
    }

    fn bracket(&mut self, inner: &str) {
        let lower = inner.to_ascii_lowercase();
        if !lower.is_empty() && lower.chars().all(|c| matches!(c, 'h' | 'm' | 's')) {
            self.elapsed = true;
        } else if let Some(symbol) = inner.strip_prefix('$') {
            self.words.push_str(symbol.split('-').next().unwrap_or_default());
        } else {
            let relations = [
                ("<=", Relation::AtMost),
                (">=", Relation::AtLeast),
                ("<>", Relation::Other),
                ("<", Relation::Less),
                (">", Relation::More),
                ("=", Relation::Equal),
            ];
            let stated = relations.iter().find_map(|(sign, relation)| Some((*relation, inner.strip_prefix(sign)?)));
            let limit = stated.and_then(|(relation, limit)| Some((relation, limit.trim().parse::<f64>().ok()?)));
            self.section.condition = limit.or(self.section.condition);
        }
    }

    fn end(mut self) -> Section {
        let words = std::mem::take(&mut self.words);
        if self.digits == 0 {
            self.section.before = words;
        } else {
            self.section.after = words;
        }
        self.section.power = self.section.power.saturating_sub(self.commas.saturating_mul(3));
        self.section.power = self.section.power.saturating_sub(self.since_point.unwrap_or(0));
        for text in [&mut self.section.before, &mut self.section.after] {
            // Signs of money say nothing that the form does not say, and blanks nothing at all.
            text.retain(|c| !matches!(c, '¥' | '￥' | '$' | '€' | '£'));
            *text = text.trim().to_owned();
        }
        self.section.kind = match self.section.kind {
            _ if self.elapsed => Kind::Duration,
            Kind::Plain => Kind::Plain,
            _ if self.dated => Kind::Date,
            _ if self.digits > 0 => Kind::Figure,
            kind => kind,
        };
        self.section
    }
}

/// A number as short as it can be told from others: integers without a point, nothing rounded, no exponent.
pub(super) fn number(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}

/// A value times a power of ten, free of binary dust.
fn shifted(value: f64, power: i32) -> f64 {
    if power == 0 || !value.is_finite() {
        return value;
    }
    let text = format!("{value:e}");
    let Some((mantissa, exponent)) = text.split_once('e') else { return value };
    let exponent = exponent.parse::<i32>().unwrap_or(0).saturating_add(power);
    format!("{mantissa}e{exponent}").parse().unwrap_or(value)
}

/// A day number as ISO date, time, or both.
pub(super) fn date(days: f64, is_1904: bool) -> String {
    if !days.is_finite() || !(0.0..MAX_DAY).contains(&days) {
        return number(days);
    }
    let mut day = days.floor();
    let mut seconds = ((days - day) * 86_400.0).round();
    if seconds >= 86_400.0 {
        (day, seconds) = (day + 1.0, 0.0);
    }
    let time = clock(seconds);
    if days < 1.0 && !is_1904 {
        return time;
    }
    // Excel believes that 1900 was a leap year.
    let date = match day {
        60.0 if !is_1904 => "1900-02-29".to_owned(),
        _ => civil(
            day + if is_1904 {
                1_462.0
            } else if day < 60.0 {
                1.0
            } else {
                0.0
            },
        ),
    };
    if seconds == 0.0 { date } else { format!("{date} {time}") }
}

fn duration(days: f64) -> String {
    if !days.is_finite() || !(0.0..MAX_DAY).contains(&days) {
        return number(days);
    }
    clock((days * 86_400.0).round())
}

fn clock(seconds: f64) -> String {
    let (hours, rest) = ((seconds / 3_600.0).floor(), seconds % 3_600.0);
    format!("{hours:02.0}:{:02.0}:{:02.0}", (rest / 60.0).floor(), rest % 60.0)
}

/// The date of a day counted from 30 December 1899, by the rule of the Gregorian calendar.
fn civil(day: f64) -> String {
    // Days since 1 March 0000, in eras of 400 years.
    let days = day + 693_899.0;
    let era = (days / 146_097.0).floor();
    let of_era = days - era * 146_097.0;
    let year_of_era =
        ((of_era - (of_era / 1_460.0).floor() + (of_era / 36_524.0).floor() - (of_era / 146_096.0).floor()) / 365.0)
            .floor();
    let of_year = of_era - (365.0 * year_of_era + (year_of_era / 4.0).floor() - (year_of_era / 100.0).floor());
    let shifted_month = ((5.0 * of_year + 2.0) / 153.0).floor();
    let day = of_year - ((153.0 * shifted_month + 2.0) / 5.0).floor() + 1.0;
    let month = if shifted_month < 10.0 { shifted_month + 3.0 } else { shifted_month - 9.0 };
    let year = year_of_era + era * 400.0 + if month <= 2.0 { 1.0 } else { 0.0 };
    format!("{year:04.0}-{month:02.0}-{day:02.0}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, value: f64) -> String {
        Format::of_code(code).number(value, false)
    }

    #[test]
    fn plain_formats() {
        for code in [
            "General",
            "",
            "0",
            "0.00",
            "#,##0",
            "#,##0.00_ ",
            "[Red]0.00",
            "G/通用格式",
            "@",
            "¥#,##0.00",
            "[$¥-804]#,##0",
            "[DBNum1][$-804]General",
            "[DBNum2]0",
            "0.00E+00",
            "# ?/?0",
            "_ * #,##0_ ",
        ] {
            assert_eq!(shown(code, 1234.4), "1234.4", "{code}");
        }
        assert_eq!(Format::of_code("#,##0.00_ "), Format::default());
        let numbers = [12.0, -0.0, 0.1, 1_234_567.89, 1e15, 2.5e-7].map(number);
        assert_eq!(numbers, ["12", "0", "0.1", "1234567.89", "1000000000000000", "0.00000025"]);
    }

    #[test]
    fn what_a_format_does_to_a_figure() {
        for (code, value, text) in [
            ("0,", 1_234_000.0, "1234"),
            ("#,##0,,", 1_234_400_000.0, "1234.4"),
            ("0.0,", 1_234.0, "1.234"),
            ("0,.0", 1_234.0, "1.234"),
            ("0%", 0.07, "7%"),
            ("0.00%", 0.123_45, "12.345%"),
            ("0\"件\"", 12.0, "12件"),
            ("0.00\"万\"", 4.5, "4.5万"),
            ("0!.0,\"万\"", 123_456.0, "12.3456万"),
            ("0\\.0000\"万\"", 123_456.0, "12.3456万"),
            ("0\"-\"0", 12.0, "?12"),
            ("\"约\"0", 12.0, "约12"),
            ("\"增\"0;\"减\"0", -12.0, "减12"),
        ] {
            assert_eq!(shown(code, value), text, "{code}");
        }
    }

    #[test]
    fn sections() {
        for (code, value, text) in [
            (";;;", 12.0, ""),
            ("0;-0;;@", 0.0, ""),
            ("0;-0;;@", -3.0, "-3"),
            ("0;[Red]0", -3.0, "3"),
            ("0;(0)", -3.0, "-3"),
            ("#,###", 0.0, ""),
            ("#,###", 5.0, "5"),
            ("0;-0;\"无\"", 0.0, "无"),
            ("[>=10000]0!.0,\"万\";0", 123_456.0, "12.3456万"),
            ("[>=10000]0!.0,\"万\";0", 123.0, "123"),
            ("[=0]\"\";0", 0.0, ""),
            ("[<0]\"负\"0;0", -4.0, "-负4"),
            ("\"是\";\"否\";\"空\"", 7.0, "是"),
        ] {
            assert_eq!(shown(code, value), text, "{code} {value}");
        }
        for id in [41, 42, 43, 44] {
            let format = Format::built_in(id);
            assert_eq!([12.0, -12.0, 0.0].map(|n| format.number(n, false)), ["12", "-12", "-"]);
        }
        assert_eq!(Format::built_in(10).number(0.5, false), "50%");
        assert_eq!(Format::built_in(3), Format::default());
    }

    #[test]
    fn texts() {
        let text = |code: &str| Format::of_code(code).text("12");
        assert_eq!(text("0"), None);
        assert_eq!(text("@"), None);
        assert_eq!(text(";;"), None);
        assert_eq!(text(";;;"), Some(String::new()));
        assert_eq!(text("0;0;0;@\"件\""), Some("12件".to_owned()));
    }

    #[test]
    fn dates() {
        let of = |days: f64, is_1904: bool| Format::of_code("yyyy\"年\"m\"月\"d\"日\"").number(days, is_1904);
        assert_eq!(of(44_197.0, false), "2021-01-01");
        assert_eq!(of(44_197.5, false), "2021-01-01 12:00:00");
        assert_eq!(of(42_735.0, true), "2021-01-01");
        assert_eq!(
            [of(1.0, false), of(59.0, false), of(60.0, false), of(61.0, false)],
            ["1900-01-01", "1900-02-28", "1900-02-29", "1900-03-01"]
        );
        assert_eq!(of(0.25, false), "06:00:00");
        assert_eq!(of(f64::NAN, false), "NaN");
        assert_eq!(shown("[h]:mm", 1.25), "30:00:00");
        assert_eq!(shown("[$-804]yyyy-mm", 44_197.0), "2021-01-01");
        assert_eq!(shown("h:mm AM/PM", 0.25), "06:00:00");
        assert_eq!(shown("0\"d\"", 3.0), "3d");
        assert_eq!(shown("#,##0_d", 3.0), "3");
        assert_eq!(shown("e\"年\"", 44_197.0), "2021-01-01");
    }

    #[test]
    fn hostile_codes() {
        for code in ["\"", "\\", "[", "[>]", "[>=x]0", "_", "*", ";;;;;;", "....,,,,", "%%%%%%%%%%%", "General General"]
        {
            let format = Format::of_code(code);
            let _ = (format.number(1e300, false), format.number(-0.0, true), format.text("x"));
        }
        let _ = Format::of_code(&"%".repeat(1_000)).number(f64::MAX, false);
    }
}
