//! 단계: what comes before what.

/// 단계: they come in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    Confirming,
    /// Only of a claim that was rejected, and then the only one left.
    Compensating,
    /// The pivot.
    Refunding,
    Restoring,
    Notifying,
}

impl Stage {
    /// Whether it is gone through once the order has decided so, or has not decided yet.
    pub const fn belongs_to(self, decision: Decision) -> bool {
        match self {
            Self::Confirming => true,
            Self::Compensating => matches!(decision, Decision::Rejected),
            Self::Refunding | Self::Restoring | Self::Notifying => {
                matches!(decision, Decision::Undecided | Decision::Confirmed)
            }
        }
    }
}

/// 주문확정: what the order said to the claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    Undecided,
    Confirmed,
    /// Shipping won.
    Rejected,
}
