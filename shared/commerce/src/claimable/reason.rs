//! 클레임사유: who may give which reason, for which kind of claim.

use crate::{Blame, ClaimReason, ClaimType};

/// Who asks for a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// 고객: the member or the guest.
    Customer,
    /// 상담원: an agent or an administrator, for the customer.
    Agent,
}

/// 클레임 종류: what the customer wants to happen to the goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClaimKind {
    /// 취소
    Cancel,
    /// 반품
    Return,
    /// 교환
    Exchange,
}

impl ClaimKind {
    /// Whether a claim of this kind may be made for the reason at all.
    pub const fn knows(self, reason: ClaimReason) -> bool {
        match reason {
            ClaimReason::Reorder
            | ClaimReason::AddressChange
            | ClaimReason::NotTheLowestPrice
            | ClaimReason::DeliveryTimeChange
            | ClaimReason::OutOfStock => matches!(self, Self::Cancel),
            ClaimReason::ChangeOfMind => matches!(self, Self::Cancel | Self::Return),
            ClaimReason::SizeOrColourChange | ClaimReason::WrongProductInformation => true,
            ClaimReason::Defective
            | ClaimReason::WrongGoods
            | ClaimReason::DamagedOnTheWay
            | ClaimReason::PartMissing => matches!(self, Self::Return | Self::Exchange),
            ClaimReason::DeliveredTooLate => matches!(self, Self::Return),
        }
    }
}

/// 회수클레임 종류: claims whose goods travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CollectionKind {
    /// 반품
    Return,
    /// 교환
    Exchange,
}

impl CollectionKind {
    pub const fn claim_type(self) -> ClaimType {
        match self {
            Self::Return => ClaimType::Return,
            Self::Exchange => ClaimType::Exchange,
        }
    }

    pub const fn claim_kind(self) -> ClaimKind {
        match self {
            Self::Return => ClaimKind::Return,
            Self::Exchange => ClaimKind::Exchange,
        }
    }

    /// None of a claim whose goods don't travel.
    pub const fn of(claim_type: ClaimType) -> Option<Self> {
        match claim_type {
            ClaimType::Return => Some(Self::Return),
            ClaimType::Exchange => Some(Self::Exchange),
            ClaimType::Cancel | ClaimType::OptionChange | ClaimType::ReturnComplete => None,
        }
    }
}

/// Of a cancel, reasons that blame the vendor are for agents. Of goods it has in its hands, a customer knows itself what is
/// wrong with them.
pub const fn may_give(asker: Asker, kind: ClaimKind, reason: ClaimReason) -> bool {
    kind.knows(reason)
        && match (asker, kind, reason.blame()) {
            (Asker::Agent, _, _) | (Asker::Customer, _, Blame::Customer) => true,
            (Asker::Customer, ClaimKind::Return | ClaimKind::Exchange, Blame::Vendor) => true,
            (Asker::Customer, ClaimKind::Cancel, Blame::Vendor) | (Asker::Customer, _, Blame::Carrier) => {
                false
            }
        }
}

/// 클레임사유 목록, in the table's order.
pub fn reasons_for(asker: Asker, kind: ClaimKind) -> impl Iterator<Item = ClaimReason> {
    ClaimReason::ALL.iter().copied().filter(move |reason| may_give(asker, kind, *reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: ClaimKind, customers: &[&str], agents: &[&str]) {
        let of = |asker| reasons_for(asker, kind).map(ClaimReason::code).collect::<Vec<_>>();
        assert_eq!(of(Asker::Customer), customers);
        assert_eq!(of(Asker::Agent), agents);
    }

    #[test]
    fn a_customer_who_cancels_blames_itself_and_an_agent_may_blame_the_vendor() {
        let customers = ["251", "252", "253", "258", "259", "260"];
        let agents = ["251", "252", "253", "258", "259", "260", "270", "271"];
        check(ClaimKind::Cancel, &customers, &agents);
    }

    #[test]
    fn who_has_the_goods_may_say_what_is_wrong_with_them() {
        let returns = ["251", "252", "271", "272", "273", "274", "275", "276"];
        check(ClaimKind::Return, &returns, &returns);
        let exchanges = ["252", "271", "272", "273", "274", "275"];
        check(ClaimKind::Exchange, &exchanges, &exchanges);
    }
}
