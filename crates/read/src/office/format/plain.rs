//! Numbers in digits.
//!
//! Owns that nothing is rounded and nothing added. Refuses exponents.

/// A number as short as it can be told from others: integers without a point, nothing rounded, no exponent.
pub(super) fn number(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}

/// A value times a power of ten, free of binary dust.
pub(super) fn shifted(value: f64, power: i32) -> f64 {
    if power == 0 || !value.is_finite() {
        return value;
    }
    let text = format!("{value:e}");
    let Some((mantissa, exponent)) = text.split_once('e') else { return value };
    let exponent = exponent.parse::<i32>().unwrap_or(0).saturating_add(power);
    format!("{mantissa}e{exponent}").parse().unwrap_or(value)
}
