//! 클레임사유: who may give which reason.

use commerce::{Blame, ClaimReason};

/// Who asks for a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// 고객: the member or the guest.
    Customer,
    /// 상담원: an agent or an administrator, for the customer.
    Agent,
}

/// Reasons that put the blame on the vendor are for agents.
pub const fn may_give(asker: Asker, reason: ClaimReason) -> bool {
    match (asker, reason.blame()) {
        (Asker::Agent, Blame::Customer | Blame::Vendor) | (Asker::Customer, Blame::Customer) => true,
        (Asker::Customer, Blame::Vendor) => false,
    }
}

/// 클레임사유 목록, in the table's order.
pub fn reasons_for(asker: Asker) -> impl Iterator<Item = ClaimReason> {
    ClaimReason::ALL.iter().copied().filter(move |reason| may_give(asker, *reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_blames_itself_and_an_agent_may_blame_the_vendor() {
        let of = |asker| reasons_for(asker).map(ClaimReason::code).collect::<Vec<_>>();
        assert_eq!(of(Asker::Customer), ["251", "252", "253", "258", "259", "260"]);
        assert_eq!(of(Asker::Agent), ["251", "252", "253", "258", "259", "260", "270", "271"]);
    }
}
