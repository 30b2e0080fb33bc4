//! 주문 찾기: which orders are sought, and of which of them whoever asks may hear.

use commerce::period::Period;
use commerce::{MemberNo, OrderNo, SiteNo};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderSearch {
    pub whose: Whose,
    pub period: Period,
    /// Orders of which something was claimed, and no others.
    pub has_claims: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// On one site, or for staff on every one.
    Member { number: MemberNo, site_no: Option<SiteNo> },
    /// The one order a guest may see.
    Guest { order_no: OrderNo, site_no: SiteNo },
    /// Whosever is known by all of this.
    Known(KnownBy),
}

/// What an order is known by, to the letter.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct KnownBy {
    pub order_no: Option<OrderNo>,
    pub member_no: Option<MemberNo>,
    pub phone: [Option<String>; 3],
    pub orderer_name: Option<String>,
}

impl std::fmt::Debug for KnownBy {
    /// Without what is personal.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("KnownBy").field("order_no", &self.order_no).finish_non_exhaustive()
    }
}

impl KnownBy {
    /// Whether that is enough to look for: a number, the whole phone, or the name with the end of the phone.
    pub fn is_enough(&self) -> bool {
        let [first, middle, last] = &self.phone;
        let has_phone = first.is_some() && middle.is_some() && last.is_some();
        let has_name = self.orderer_name.is_some() && last.is_some();
        self.order_no.is_some() || self.member_no.is_some() || has_phone || has_name
    }

    /// Whether something personal is looked for; of members who have left nothing of that is here any more.
    pub fn is_personal(&self) -> bool {
        self.orderer_name.is_some() || self.phone.iter().any(Option::is_some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_phone_or_a_name_alone_is_not_enough() {
        let known = |[first, middle, last, name]: [&str; 4]| {
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            KnownBy {
                phone: [some(first), some(middle), some(last)],
                orderer_name: some(name),
                ..KnownBy::default()
            }
        };
        for (parts, expected) in [
            (["010", "1234", "5678", ""], true),
            (["", "", "5678", "남궁길동"], true),
            (["010", "1234", "", "남궁길동"], false),
            (["", "1234", "5678", ""], false),
            (["", "", "5678", ""], false),
            (["", "", "", "남궁길동"], false),
            (["", "", "", ""], false),
        ] {
            assert_eq!(known(parts).is_enough(), expected, "{parts:?}");
        }
    }
}
