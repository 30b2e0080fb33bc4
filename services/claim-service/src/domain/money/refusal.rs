//! Why a cost is not there: what stands against a claim, and what must not happen in our own computation.

use commerce::{PaymentNo, Won};

/// An amount that can't be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an amount does not fit")]
pub struct Overflow;

/// Why a cancel is refused. Paths are JSON paths of the request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CancelRefusal {
    /// `ORDER_LINE_NOT_FOUND`
    #[error("the order has no line at {}", .0.join(", "))]
    LineNotFound(Vec<String>),
    /// `CLAIM_QTY_EXCEEDED`
    #[error("more is claimed than is left at {}", .0.join(", "))]
    QuantityExceeded(Vec<String>),
    /// `ORDER_NOT_CANCELABLE`
    #[error("the line can't be cancelled at {}", .0.join(", "))]
    NotCancelable(Vec<String>),
    /// `PARTIAL_CANCEL_NOT_ALLOWED`
    #[error("the order can only be cancelled whole: {0}")]
    PartialCancelNotAllowed(WholeOnly),
    /// The order or its history hold amounts no order can have.
    #[error(transparent)]
    Overflow(#[from] Overflow),
    /// A rule was broken by our own computation; nothing may be executed on it.
    #[error("the computed cost contradicts itself: {0}")]
    Contradiction(&'static str),
}

/// Why a part can't be cancelled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WholeOnly {
    #[error("it is not paid yet")]
    NotPaidYet,
    #[error("payment `{0}` can only be refunded whole")]
    Payment(PaymentNo),
}

impl CancelRefusal {
    /// The fields at fault; none where the request as a whole is.
    pub fn paths(&self) -> &[String] {
        match self {
            Self::LineNotFound(paths) | Self::QuantityExceeded(paths) | Self::NotCancelable(paths) => paths,
            Self::PartialCancelNotAllowed(_) | Self::Overflow(_) | Self::Contradiction(_) => &[],
        }
    }
}

/// Why the cost of a return or an exchange can't be reckoned. Lines, quantities and windows are judged before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReturnRefusal {
    /// `VALIDATION`, field `wvAmt`
    #[error("no more than {most} can be waived")]
    WaiverTooLarge { most: Won },
    /// The order or its history hold amounts no order can have.
    #[error(transparent)]
    Overflow(#[from] Overflow),
    /// A rule was broken by our own computation, or by what it was given; nothing may be executed on it.
    #[error("the computed cost contradicts itself: {0}")]
    Contradiction(&'static str),
}

/// What no claim may meet, whatever its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unsound {
    Overflow(Overflow),
    Contradiction(&'static str),
}

impl From<Overflow> for Unsound {
    fn from(overflow: Overflow) -> Self {
        Self::Overflow(overflow)
    }
}

impl From<Unsound> for CancelRefusal {
    fn from(unsound: Unsound) -> Self {
        match unsound {
            Unsound::Overflow(overflow) => Self::Overflow(overflow),
            Unsound::Contradiction(what) => Self::Contradiction(what),
        }
    }
}

impl From<Unsound> for ReturnRefusal {
    fn from(unsound: Unsound) -> Self {
        match unsound {
            Unsound::Overflow(overflow) => Self::Overflow(overflow),
            Unsound::Contradiction(what) => Self::Contradiction(what),
        }
    }
}
