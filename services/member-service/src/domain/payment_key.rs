//! 결제키: the provider's own name of a payment.

use commerce::OrderNo;

/// Whose a key is that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// It is held for a claim of this order.
    Asked,
    /// It has paid for this order, or for a claim of it.
    Other(OrderNo),
}

/// Characters of the longest key an additional payment may have. What an order brings may be longer; then it is no such key.
const LONGEST: usize = 200;

/// The key, where it is one that could pay for a claim as well.
pub fn that_could_pay_twice(key: Option<&str>) -> Option<&str> {
    key.filter(|key| (1..=LONGEST).contains(&key.chars().count()))
}

/// Whether an additional payment may have it.
pub fn is_of_additional_payment(key: &str) -> bool {
    (1..=LONGEST).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_an_additional_payment_is_one_an_order_s_is_compared_with() {
        let longest = "k".repeat(LONGEST);
        for key in ["a", "tk_1", "!~", longest.as_str()] {
            assert!(is_of_additional_payment(key));
            assert_eq!(that_could_pay_twice(Some(key)), Some(key));
        }
        let too_long = "k".repeat(LONGEST + 1);
        for key in ["", "a b", "키", too_long.as_str()] {
            assert!(!is_of_additional_payment(key), "{key}");
        }
        assert_eq!(that_could_pay_twice(None), None);
        assert_eq!(that_could_pay_twice(Some("")), None);
        assert_eq!(that_could_pay_twice(Some(&too_long)), None);
        assert_eq!(that_could_pay_twice(Some(&"키".repeat(LONGEST))).map(str::len), Some(600));
    }
}
