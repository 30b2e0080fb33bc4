//! Claims for the tests of these rules.

use commerce::{ClaimReason, ClaimStatus, ReturnProgress};

use crate::domain::collection::{CollectedGoods, CollectionClaim, CollectionKind, Standing, Times};
use crate::domain::money::ClaimCost;
use crate::domain::money::terms::ReturnTerms;
use crate::domain::order::PaidOrder;
use crate::domain::testing::{august, claim_no, parsed};

/// A return as it was asked for, whose goods have come back.
pub(in crate::domain) fn return_of(
    order: &PaidOrder,
    terms: &ReturnTerms,
    cost: ClaimCost,
) -> CollectionClaim {
    let goods = terms.goods.iter().map(|goods| CollectedGoods {
        line_seq: goods.line_seq,
        item_no: goods.item_no.clone(),
        goods_no: order.line(goods.line_seq).expect("a line of the order").goods_no.clone(),
        vendor_no: "E0001".to_owned(),
        exchanged_for: None,
        quantity: goods.quantity,
        inspected: None,
    });
    CollectionClaim {
        claim_no: claim_no(1),
        order_no: order.number().clone(),
        site_no: parsed("1"),
        member_no: Some(parsed("100001311")),
        kind: CollectionKind::Return,
        reason: ClaimReason::ChangeOfMind,
        reason_text: None,
        requested_at: terms.at,
        policy_version: 1,
        group_no: 1,
        vendor_no: "E0001".to_owned(),
        blame: terms.blame,
        requested_blame: terms.blame,
        method: terms.method,
        requested_method: terms.method,
        free_return_coupon: terms.free_return_coupon.clone(),
        requested_cost: cost,
        requested_hash: String::new(),
        converted_from: None,
        has_moved_stock: false,
        standing: Standing {
            progress: ReturnProgress::Collected,
            end_reason: None,
            status: ClaimStatus::InProgress,
            decision: None,
            final_at: None,
            completed_at: None,
        },
        goods: goods.collect(),
        is_inspected: false,
        gifts_kept: std::collections::BTreeSet::new(),
        way_back: None,
        way_out: None,
        hold_cause: None,
        rejection: None,
        times: Times { collected: Some(august(12, 10)), ..Times::default() },
        refund_due: None,
    }
}
