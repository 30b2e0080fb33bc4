//! 클레임 정책: the part of the rules that is data, in versions.
//!
//! An order is judged by the version in force when it was placed, however long ago that was.

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use commerce::{Blame, CostBearer};

/// 정책 버전
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    pub version: i32,
    /// Orders placed from this instant on are judged by it.
    pub in_force_from: DateTime<Utc>,
    /// 고객귀책
    pub customer: BlameRules,
    /// 업체귀책
    pub vendor: BlameRules,
    pub refund_order: RefundOrder,
    /// 반품 출고배송비
    pub return_outbound: ReturnOutbound,
}

/// 반품 출고배송비 기준: what a return does to the fee of the way out (rule 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReturnOutbound {
    /// Who returns for a reason of its own has used the delivery, and what is returned counts as gone.
    Used,
    /// A return never costs the way out: what is returned counts as kept, and the fee goes back with the last unit.
    NeverUsed,
}

impl ReturnOutbound {
    pub const ALL: [Self; 2] = [Self::Used, Self::NeverUsed];

    /// `rtnOutCd`
    pub const fn code(self) -> &'static str {
        match self {
            Self::Used => "10",
            Self::NeverUsed => "20",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.code() == code)
    }
}

/// 귀책별 규칙: what depends on whose fault a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlameRules {
    /// Whether discounts whose minimum purchase is no longer reached are taken back.
    pub judges_discounts: bool,
    /// Whether gifts by amount whose minimum is no longer reached are cancelled.
    pub judges_gifts: bool,
    /// Who bears a delivery fee that becomes due.
    pub fee_bearer: CostBearer,
}

/// A step of the way a refund takes through the payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefundRank {
    /// 주문결제: the order's own payments other than deposit and mileage.
    OrderPayments,
    /// 추가결제
    AdditionalPayments,
    /// 예치금
    Deposit,
    /// 마일리지
    Mileage,
}

/// 환불순서: each rank exactly once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefundOrder([RefundRank; 4]);

impl RefundOrder {
    /// The contract's: money first, our own books last.
    pub const CONTRACT: Self = Self([
        RefundRank::OrderPayments,
        RefundRank::AdditionalPayments,
        RefundRank::Deposit,
        RefundRank::Mileage,
    ]);

    pub fn new(ranks: [RefundRank; 4]) -> Result<Self, PolicyFault> {
        let mut sorted = ranks;
        sorted.sort();
        let is_each_once = sorted.windows(2).all(|pair| pair.first() != pair.last());
        if is_each_once { Ok(Self(ranks)) } else { Err(PolicyFault::RankRepeated) }
    }

    pub const fn ranks(self) -> [RefundRank; 4] {
        self.0
    }
}

/// Why a version can't be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFault {
    #[error("the refund order names a rank twice")]
    RankRepeated,
    #[error("policy version {0} exists")]
    VersionExists(i32),
    #[error("policy version {0} would change how orders already placed are judged")]
    InThePast(i32),
}

impl Policy {
    /// The rules of the contract, in force since ever.
    pub const CONTRACT: Self = Self {
        version: 1,
        in_force_from: DateTime::<Utc>::MIN_UTC,
        customer: BlameRules { judges_discounts: true, judges_gifts: true, fee_bearer: CostBearer::Customer },
        vendor: BlameRules { judges_discounts: false, judges_gifts: false, fee_bearer: CostBearer::Vendor },
        refund_order: RefundOrder::CONTRACT,
        return_outbound: ReturnOutbound::Used,
    };

    pub const fn rules(&self, blame: Blame) -> BlameRules {
        match blame {
            Blame::Customer => self.customer,
            Blame::Vendor => self.vendor,
            // As little the customer's fault; what the vendor would bear is ours then.
            Blame::Carrier => BlameRules { fee_bearer: CostBearer::OurSide, ..self.vendor },
        }
    }
}

/// 정책 이력: every version, the contract's always among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyBook {
    /// By the instant they come into force, then by version.
    versions: Vec<Policy>,
}

impl Default for PolicyBook {
    fn default() -> Self {
        Self { versions: vec![Policy::CONTRACT] }
    }
}

impl PolicyBook {
    /// The book as it was kept; the contract's rules are added in front of it.
    pub fn of(kept: impl IntoIterator<Item = Policy>) -> Result<Self, PolicyFault> {
        kept.into_iter().try_fold(Self::default(), Self::with)
    }

    /// A book with one version more. It may not reach back to orders that exist.
    pub fn add(self, policy: Policy, now: DateTime<Utc>) -> Result<Self, PolicyFault> {
        if policy.in_force_from < now {
            return Err(PolicyFault::InThePast(policy.version));
        }
        self.with(policy)
    }

    fn with(mut self, policy: Policy) -> Result<Self, PolicyFault> {
        if self.versions.iter().any(|known| known.version == policy.version) {
            return Err(PolicyFault::VersionExists(policy.version));
        }
        self.versions.push(policy);
        self.versions.sort_by_key(|version| (version.in_force_from, version.version));
        Ok(self)
    }

    pub fn in_force_at(&self, ordered_at: DateTime<Utc>) -> &Policy {
        self.versions
            .iter()
            .rev()
            .find(|version| version.in_force_from <= ordered_at)
            .unwrap_or(&Policy::CONTRACT)
    }

    pub fn versions(&self) -> &[Policy] {
        &self.versions
    }
}
