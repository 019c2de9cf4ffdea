//! Days of a workbook's calendar as dates and times.
//!
//! Owns both calendars of Excel. Refuses days before them and after the year 9999: they stay numbers.

use super::plain::number;

/// Days that can be written as a date.
const MAX_DAY: f64 = 2_958_466.0;

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

pub(super) fn duration(days: f64) -> String {
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
