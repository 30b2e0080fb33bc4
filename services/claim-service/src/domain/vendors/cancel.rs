//! 협력사 취소내역: what a vendor hears of its cancelled lines (contract, section 5, "SSG inquiry").

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, ClaimReason, ItemNo, MemberNo, OrderMedia, OrderNo, Won};

use crate::domain::order::pinned::PinnedOrder;
use crate::domain::vendors::burden;
use crate::domain::vendors::period::Period;

/// 조회조건: which of a vendor's cancelled lines are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VendorQuery {
    Period(Period),
    Order {
        number: OrderNo,
        /// None means all of them.
        line_seqs: Option<Vec<i32>>,
    },
}

/// 주문접수매체: the vendors' table of where an order came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiptMedia {
    pub code: &'static str,
    pub name: &'static str,
}

/// From OM007 to the vendors' table. It knows more media than orders come by.
pub const fn receipt_media(media: OrderMedia) -> ReceiptMedia {
    let (code, name) = match media {
        OrderMedia::Pc | OrderMedia::RegularOrder => ("10", "PC웹"),
        OrderMedia::MobileWeb => ("20", "모바일웹"),
        OrderMedia::IosApp => ("30", "모바일앱(iOS)"),
        OrderMedia::AndroidApp => ("40", "모바일앱(안드로이드)"),
        OrderMedia::CallCentre => ("99", "콜센터"),
    };
    ReceiptMedia { code, name }
}

/// 취소상품: a line of a complete cancel, as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelledLine {
    pub claim_no: ClaimNo,
    pub order_no: OrderNo,
    pub line_seq: i32,
    pub quantity: i64,
    /// What was left of the line before.
    pub left_before: i64,
    pub completed_at: DateTime<Utc>,
    pub reason: ClaimReason,
    pub reason_text: Option<String>,
}

/// 취소비용: what else of a claim a row needs to know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimContext {
    /// Every line of the claim, whoever sells it.
    pub line_seqs: Vec<i32>,
    /// Kind 10 rows by delivery group, whoever bears them.
    pub delivery_costs: BTreeMap<i32, Won>,
}

/// 협력사 취소내역
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VendorCancel {
    pub line: CancelledLine,
    /// None of a guest.
    pub member_no: Option<MemberNo>,
    pub media: ReceiptMedia,
    pub ordered_at: DateTime<Utc>,
    pub goods_no: String,
    pub goods_name: String,
    pub item_no: ItemNo,
    pub item_name: String,
    pub vendor_no: String,
    pub quantity_ordered: i64,
    /// 출고배송비
    pub delivery_cost: Won,
    /// 협력사부담할인
    pub burden_relief: Won,
}

/// One row; none where order and claim contradict each other.
pub fn vendor_cancel(
    line: CancelledLine,
    context: &ClaimContext,
    pinned: &PinnedOrder,
) -> Option<VendorCancel> {
    let order = &pinned.order;
    let ordered = order.line(line.line_seq)?;
    let left_after = line.left_before.checked_sub(line.quantity)?;
    let burden_relief = burden::relief(order, line.line_seq, line.left_before, left_after)?;
    let of_group = |seq: &i32| order.line(*seq).is_some_and(|other| other.group_no == ordered.group_no);
    let bears_the_cost = context.line_seqs.iter().copied().filter(of_group).min() == Some(line.line_seq);
    let cost_of_group = context.delivery_costs.get(&ordered.group_no).copied();
    Some(VendorCancel {
        member_no: pinned.member_no.clone(),
        media: receipt_media(pinned.media),
        ordered_at: order.ordered_at(),
        goods_no: ordered.goods_no.as_str().to_owned(),
        goods_name: ordered.goods_name.clone(),
        item_no: ordered.item_no.clone(),
        item_name: ordered.item_name.clone(),
        vendor_no: ordered.vendor_no.clone(),
        quantity_ordered: ordered.quantity,
        delivery_cost: cost_of_group.filter(|_| bears_the_cost).unwrap_or(Won::ZERO),
        burden_relief,
        line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_medium_has_its_place_in_the_vendors_table() {
        let codes = OrderMedia::ALL.iter().map(|media| (media.code(), receipt_media(*media).code));
        let expected = [("10", "99"), ("20", "10"), ("30", "20"), ("40", "40"), ("50", "30"), ("60", "10")];
        assert_eq!(codes.collect::<Vec<_>>(), expected);
    }
}
