//! 개인통관고유부호 변경: until when an address may get another customs number (contract, section 5).

use std::fmt;

use commerce::LineStatus;

/// 배송지 현황: what decides whether an address may still change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryPlace {
    /// The order's member has withdrawn.
    pub is_masked: bool,
    /// Where the lines stand that go there.
    pub line_statuses: Vec<LineStatus>,
}

/// 개인통관고유부호: `P` and twelve digits. It never shows itself.
#[derive(Clone, PartialEq, Eq)]
pub struct CustomsNumber(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CustomsRefusal {
    #[error("the order has no such address")]
    UnknownAddress,
    #[error(
        "every line that goes there has been shipped or cancelled, or nobody may be known there any more"
    )]
    NotChangeable,
}

impl DeliveryPlace {
    /// While a line that goes there is not shipped. What a withdrawal has masked stays masked.
    pub fn check_customs_change(&self) -> Result<(), CustomsRefusal> {
        let may_change =
            !self.is_masked && self.line_statuses.iter().any(|status| status.is_before_shipping());
        if may_change { Ok(()) } else { Err(CustomsRefusal::NotChangeable) }
    }
}

impl CustomsNumber {
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let digits = text.strip_prefix('P').unwrap_or("");
        let is_well_formed = digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_well_formed {
            Ok(Self(text.to_owned()))
        } else {
            Err("P와 숫자 12자리로 입력해 주세요.")
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CustomsNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("CustomsNumber")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(is_masked: bool, codes: &[&str], may_change: bool) {
        let line_statuses = codes.iter().map(|code| LineStatus::from_code(code).expect("a code")).collect();
        let place = DeliveryPlace { is_masked, line_statuses };
        assert_eq!(place.check_customs_change().is_ok(), may_change, "{place:?}");
    }

    #[test]
    fn one_line_before_shipping_is_enough_unless_the_member_has_left() {
        for code in ["10", "11", "12"] {
            check(false, &["13", code], true);
            check(true, &["13", code], false);
        }
        check(false, &["13", "15", "16", "19", "36", "37"], false);
        check(false, &[], false);
    }

    #[test]
    fn a_customs_number_is_a_p_and_twelve_digits() {
        assert!(CustomsNumber::parse("P123456789012").is_ok());
        for text in
            ["", "P", "P12345678901", "P1234567890123", "p123456789012", "1234567890123", "P12345678901２"]
        {
            assert!(CustomsNumber::parse(text).is_err(), "{text}");
        }
    }
}
