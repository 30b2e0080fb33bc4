//! 반품·교환의 생애: what is done in it, what it costs and moves, and how it ends when nobody dies.

/// What becomes of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Life {
    /// Everything of the contract's order comes back, and is the vendor's fault.
    WholeReturn,
    /// Paid in advance and with a coupon; the inspection finds that neither was needed.
    NeedlesslyPaid,
    /// The same, withdrawn.
    Withdrawn,
    /// An exchange whose fee goes back, since the inspection finds the vendor's fault.
    Exchange,
    /// An exchange that was inspected and becomes a return.
    Conversion,
}

/// What somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Request,
    Collect,
    Inspect,
    Settle,
    Withdraw,
    Convert,
    Deliver,
}

impl Life {
    pub(super) const fn deeds(self) -> &'static [Deed] {
        match self {
            Self::WholeReturn => &[Deed::Request, Deed::Collect, Deed::Settle],
            Self::NeedlesslyPaid => &[Deed::Request, Deed::Collect, Deed::Inspect, Deed::Settle],
            Self::Withdrawn => &[Deed::Request, Deed::Withdraw],
            Self::Exchange => &[Deed::Request, Deed::Collect, Deed::Inspect, Deed::Deliver],
            Self::Conversion => &[Deed::Request, Deed::Collect, Deed::Inspect, Deed::Convert, Deed::Settle],
        }
    }

    pub(super) const fn has_costly_order(self) -> bool {
        matches!(self, Self::NeedlesslyPaid | Self::Withdrawn)
    }

    pub(super) const fn is_exchange(self) -> bool {
        matches!(self, Self::Exchange | Self::Conversion)
    }

    /// What was paid for it in advance.
    pub(super) const fn advance(self) -> i64 {
        match self {
            Self::WholeReturn => 0,
            Self::NeedlesslyPaid | Self::Withdrawn => 2_000,
            Self::Exchange | Self::Conversion => 6_000,
        }
    }

    /// What goes back of the order's card.
    pub(super) fn given_back(self) -> Vec<i64> {
        match self {
            Self::WholeReturn => vec![46_000],
            Self::NeedlesslyPaid => vec![1_000],
            Self::Withdrawn | Self::Exchange => Vec::new(),
            Self::Conversion => vec![7_000],
        }
    }

    /// How many pieces of each item there are more or less in the end.
    pub(super) const fn pieces(self) -> (i64, i64) {
        match self {
            Self::WholeReturn => (3, 0),
            Self::NeedlesslyPaid | Self::Conversion => (1, 0),
            Self::Withdrawn => (0, 0),
            Self::Exchange => (1, -1),
        }
    }

    pub(super) const fn returned(self) -> i64 {
        match self {
            Self::WholeReturn => 3,
            Self::NeedlesslyPaid | Self::Conversion => 1,
            Self::Withdrawn | Self::Exchange => 0,
        }
    }

    /// Each claim it makes, in the end: its status, and what the customer was told of it.
    pub(super) const fn ends(self) -> &'static [(&'static str, &'static [&'static str])] {
        match self {
            Self::WholeReturn | Self::NeedlesslyPaid => {
                &[("30", &["CLAIM_COLLECTED", "CLAIM_COMPLETED", "CLAIM_RECEIVED"])]
            }
            Self::Withdrawn => &[("90", &["CLAIM_RECEIVED", "CLAIM_WITHDRAWN"])],
            Self::Exchange => &[("30", &["CLAIM_COLLECTED", "CLAIM_EXCHANGED", "CLAIM_RECEIVED"])],
            Self::Conversion => &[
                ("90", &["CLAIM_COLLECTED", "CLAIM_CONVERTED", "CLAIM_RECEIVED"]),
                ("30", &["CLAIM_COMPLETED"]),
            ],
        }
    }
}
