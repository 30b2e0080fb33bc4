//! Decimal texts as whole hundredths, exactly.

/// Why a decimal text has no hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    NotANumber,
    TooFine,
    TooLarge,
}

/// The hundredths of a number written as JSON writes numbers, an exponent included.
///
/// Zeros at either end carry no value, so `1.10`, `1e1` and `0.0e999` are all exact.
pub(super) fn hundredths(text: &str) -> Result<i64, Refusal> {
    let (is_negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((_, "")) => return Err(Refusal::NotANumber),
        Some(parts) => parts,
        None => (mantissa, ""),
    };
    let has_leading_zero = whole.len() > 1 && whole.starts_with('0');
    let is_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || has_leading_zero || !is_digits(whole) || !is_digits(fraction) {
        return Err(Refusal::NotANumber);
    }

    let digits = format!("{whole}{fraction}");
    let digits_to_last = digits.trim_end_matches('0');
    let significant = digits_to_last.trim_start_matches('0');
    if significant.is_empty() {
        return Ok(0);
    }
    // The number is `significant × 10^power`, and the hundredths are two powers more.
    let length = |digits: &str| i64::try_from(digits.len()).unwrap_or(i64::MAX);
    let power = exponent
        .saturating_sub(length(fraction))
        .saturating_add(length(&digits) - length(digits_to_last))
        .saturating_add(2);
    let power = match u32::try_from(power) {
        Ok(power) => power,
        Err(_) if power < 0 => return Err(Refusal::TooFine),
        Err(_) => return Err(Refusal::TooLarge),
    };
    let scale = 10_i64.checked_pow(power).ok_or(Refusal::TooLarge)?;
    let magnitude = significant
        .parse::<i64>()
        .ok()
        .and_then(|value| value.checked_mul(scale))
        .ok_or(Refusal::TooLarge)?;
    Ok(if is_negative { -magnitude } else { magnitude })
}

/// An exponent too long to count saturates: the number is then 0, too fine or too large all the same.
fn parse_exponent(text: &str) -> Result<i64, Refusal> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::NotANumber);
    }
    let magnitude = digits.parse().unwrap_or(i64::MAX);
    Ok(if text.starts_with('-') { -magnitude } else { magnitude })
}

/// The shortest text of so many hundredths: `290` is `2.9`.
pub(super) fn text_of(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let magnitude = hundredths.unsigned_abs();
    let (whole, rest) = (magnitude / 100, magnitude % 100);
    match rest {
        0 => format!("{sign}{whole}"),
        tenths if tenths % 10 == 0 => format!("{sign}{whole}.{}", tenths / 10),
        _ => format!("{sign}{whole}.{rest:02}"),
    }
}
