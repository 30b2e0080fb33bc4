//! 취소요청: what is to be cancelled, checked as far as it can be without looking at the order.

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use commerce::claimable::reason::{Asker, ClaimKind, may_give};
use commerce::{ClaimReason, ClaimType};

/// 취소요청상품
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestedLine {
    pub line_seq: i32,
    pub quantity: i64,
}

/// 취소요청: lines are distinct and quantities above 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelRequest {
    reason: ClaimReason,
    asked_at: DateTime<Utc>,
    lines: Vec<RequestedLine>,
}

/// Why a request is none, whatever the order says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestFault {
    /// `CLAIM_TYPE_NOT_SUPPORTED`
    #[error("claims of type {0} are not offered")]
    TypeNotSupported(ClaimType),
    /// `VALIDATION`
    #[error("{} fields of the request are wrong", .0.len())]
    Fields(Vec<FieldFault>),
}

/// A field that is wrong, by its JSON path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    pub path: String,
    pub kind: FieldFaultKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldFaultKind {
    /// The list is empty.
    NothingRequested,
    /// The line was named before.
    LineRepeated,
    /// The quantity is below 1.
    NoQuantity,
    /// The reason is for agents.
    ReasonForAgents,
}

impl FieldFaultKind {
    /// What the person who sent it should know.
    pub const fn hint_ko(self) -> &'static str {
        match self {
            Self::NothingRequested => "취소할 상품을 선택해 주세요.",
            Self::LineRepeated => "같은 주문 상품이 중복되었습니다.",
            Self::NoQuantity => "취소 수량은 1개 이상이어야 합니다.",
            Self::ReasonForAgents => "선택할 수 없는 사유입니다.",
        }
    }
}

impl CancelRequest {
    pub fn new(
        asker: Asker,
        claim_type: ClaimType,
        reason: ClaimReason,
        lines: Vec<RequestedLine>,
        asked_at: DateTime<Utc>,
    ) -> Result<Self, RequestFault> {
        if claim_type != ClaimType::Cancel {
            return Err(RequestFault::TypeNotSupported(claim_type));
        }
        let sent = lines.iter().map(|line| (Some(line.line_seq), Some(line.quantity)));
        let faults = field_faults(asker, Some(reason), sent);
        if faults.is_empty() {
            Ok(Self { reason, asked_at, lines })
        } else {
            Err(RequestFault::Fields(faults))
        }
    }

    pub const fn reason(&self) -> ClaimReason {
        self.reason
    }

    /// The instant the claim is made at; a payment's month is judged by it.
    pub const fn asked_at(&self) -> DateTime<Utc> {
        self.asked_at
    }

    pub fn lines(&self) -> &[RequestedLine] {
        &self.lines
    }
}

/// What is wrong with the fields of a request as far as they could be read: `None` is what could not.
pub fn field_faults(
    asker: Asker,
    reason: Option<ClaimReason>,
    lines: impl ExactSizeIterator<Item = (Option<i32>, Option<i64>)>,
) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let mut fault = |path: String, kind| faults.push(FieldFault { path, kind });
    if reason.is_some_and(|reason| !may_give(asker, ClaimKind::Cancel, reason)) {
        fault("claimRsnCd".to_owned(), FieldFaultKind::ReasonForAgents);
    }
    if lines.len() == 0 {
        fault("claimGoodsList".to_owned(), FieldFaultKind::NothingRequested);
    }
    let mut seen = HashSet::new();
    for (index, (line_seq, quantity)) in lines.enumerate() {
        if line_seq.is_some_and(|seq| !seen.insert(seq)) {
            fault(line_path(index), FieldFaultKind::LineRepeated);
        }
        if quantity.is_some_and(|quantity| quantity < 1) {
            fault(quantity_path(index), FieldFaultKind::NoQuantity);
        }
    }
    faults
}

pub(crate) fn line_path(index: usize) -> String {
    format!("claimGoodsList[{index}].ordSeq")
}

pub(crate) fn quantity_path(index: usize) -> String {
    format!("claimGoodsList[{index}].claimQty")
}
