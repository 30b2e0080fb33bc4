//! Numbers are unique and references resolve, within the order.

use std::collections::HashSet;
use std::hash::Hash;

use commerce::GiftEventType;

use super::finding::{Findings, Reason};
use super::{LineAmount, OrderToTake};

pub(super) fn check(order: &OrderToTake, findings: &mut Findings<'_>) {
    let deliveries =
        unique("dlvpList", "dlvpSeq", order.personal.deliveries.iter().map(|one| one.seq), findings);
    let groups = unique("deliGrpList", "deliGrpNo", order.groups.iter().map(|one| one.number), findings);
    let lines = unique("goodsList", "ordSeq", order.lines.iter().map(|one| one.seq), findings);
    unique("payList", "payNo", order.payments.iter().map(|one| &one.number), findings);
    let gift_numbers = order.personal.gift_deliveries.iter().map(|one| one.number.as_str());
    unique("etcGftDlvpList", "etcGftDlvpNo", gift_numbers, findings);

    let mut resolve = |is_known: bool, field: String| {
        if !is_known {
            findings.add(&field, Reason::Unresolved);
        }
    };
    for (place, group) in order.groups.iter().enumerate() {
        resolve(deliveries.contains(&group.delivery_seq), format!("deliGrpList[{place}].dlvpSeq"));
    }
    for (place, line) in order.lines.iter().enumerate() {
        resolve(groups.contains(&line.group_no), format!("goodsList[{place}].deliGrpNo"));
    }
    let mut resolve_all = |parts: &[LineAmount], list: String| {
        for (place, part) in parts.iter().enumerate() {
            resolve(lines.contains(&part.line_seq), format!("{list}[{place}].ordSeq"));
        }
    };
    for (place, promotion) in order.promotions.iter().enumerate() {
        resolve_all(&promotion.line_amounts, format!("ordPromotionList[{place}].goods"));
    }
    for (place, accrual) in order.accruals.iter().enumerate() {
        resolve_all(&accrual.line_amounts, format!("ordAccmList[{place}].goodsAccmList"));
    }
    for (place, gift) in order.gifts.iter().enumerate() {
        let field = format!("giftList[{place}].ordSeq");
        match (gift.kind, gift.line_seq) {
            (_, Some(line_seq)) if !lines.contains(&line_seq) => findings.add(&field, Reason::Unresolved),
            (GiftEventType::Goods, None) => findings.add(&field, Reason::Required),
            (GiftEventType::Goods | GiftEventType::PurchaseAmount, _) => {}
        }
    }
}

/// The numbers of a list; those that come again are found.
fn unique<N: Eq + Hash>(
    list: &str,
    field: &str,
    numbers: impl Iterator<Item = N>,
    findings: &mut Findings<'_>,
) -> HashSet<N> {
    let mut seen = HashSet::new();
    for (place, number) in numbers.enumerate() {
        if !seen.insert(number) {
            findings.add(&format!("{list}[{place}].{field}"), Reason::Repeated);
        }
    }
    seen
}
