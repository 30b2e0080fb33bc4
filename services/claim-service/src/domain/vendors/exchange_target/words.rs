//! 협력사 코드: what a claim is, where it stands and who pays, in the vendors' codes and words.

use commerce::{Blame, CostBearer, EndReason, ReturnProgress};

use crate::domain::collection::CollectionKind;

/// A code of theirs, and its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    pub code: &'static str,
    pub name: &'static str,
}

const fn word(code: &'static str, name: &'static str) -> Word {
    Word { code, name }
}

/// 배송구분상세
pub const fn kind(kind: CollectionKind) -> Word {
    match kind {
        CollectionKind::Return => word("21", "반품회수"),
        CollectionKind::Exchange => word("22", "교환회수"),
    }
}

/// 최종배송진행상태상세: of the way back. What goes out in exchange is none of it, so from then on it is over.
pub const fn stage(progress: ReturnProgress) -> Word {
    match progress {
        // No row stands before its collection was instructed.
        ReturnProgress::Requested | ReturnProgress::CollectionInstructed => word("61", "회수지시"),
        ReturnProgress::Collecting => word("63", "회수확인"),
        ReturnProgress::Collected
        | ReturnProgress::Returned
        | ReturnProgress::ShippingInstructed
        | ReturnProgress::Shipped
        | ReturnProgress::Delivered => word("64", "회수완료"),
        ReturnProgress::OnHold => word("65", "회수완료보류"),
        ReturnProgress::Ended => word("66", "회수철회"),
    }
}

/// 배송상태
pub const fn shipping_state(progress: ReturnProgress) -> Word {
    match progress {
        ReturnProgress::Ended => word("20", "취소"),
        ReturnProgress::Requested
        | ReturnProgress::CollectionInstructed
        | ReturnProgress::Collecting
        | ReturnProgress::Collected
        | ReturnProgress::Returned
        | ReturnProgress::OnHold
        | ReturnProgress::ShippingInstructed
        | ReturnProgress::Shipped
        | ReturnProgress::Delivered => word("10", "정상"),
    }
}

/// 반품처리상태명; empty where there is nothing to say.
pub const fn outcome(progress: ReturnProgress, end_reason: Option<EndReason>) -> &'static str {
    match (progress, end_reason) {
        (ReturnProgress::Returned, _) => "반품완료",
        (_, Some(EndReason::RefusedAtInspection)) => "반품거부",
        _ => "",
    }
}

/// 반품귀책주체명
pub const fn blame_name(blame: Blame) -> &'static str {
    match blame {
        Blame::Customer => "고객",
        Blame::Vendor => "판매자",
        Blame::Carrier => "택배사",
    }
}

/// 배송비부담주체
pub const fn fee_bearer(bearer: CostBearer) -> Word {
    match bearer {
        CostBearer::Customer => word("10", "고객"),
        CostBearer::Vendor => word("20", "업체"),
        CostBearer::OurSide => word("30", "자사"),
    }
}
