//! 검수: what may be said of goods that came back, and what it makes of the claim.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use commerce::{Blame, ClaimReason, CollectionMethod, ItemNo};

use crate::domain::collection::{CollectedGoods, CollectionClaim, CollectionKind, Inspected, Rejection};
use crate::domain::order::{OrderLine, PaidOrder};

/// 검수결과 as somebody says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inspection {
    /// What is left out is missing.
    pub goods: Vec<InspectedRow>,
    /// 사은품, by event: whether it came back. What is left out did.
    pub gifts: Vec<(String, bool)>,
    /// 사유 and 귀책, where they are set anew.
    pub reason: Option<ClaimReason>,
    pub blame: Option<Blame>,
}

/// 검수상품
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectedRow {
    pub line_seq: i32,
    /// May be left unsaid where the claim holds one item of the line.
    pub item_no: Option<ItemNo>,
    pub accepted: i64,
    pub refused: i64,
    /// Those that can be sold again where nothing is said: see [`resellable_of`].
    pub resellable: Option<i64>,
    pub refusal: Option<Rejection>,
}

/// Why a result is not taken. Paths are JSON paths of the request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InspectionRefusal {
    /// `VALIDATION`
    #[error("not of the claim, or said twice, at {}", .0.join(", "))]
    Unfitting(Vec<String>),
    /// `CLAIM_QTY_EXCEEDED`
    #[error("more came back than was claimed at {}", .0.join(", "))]
    QuantityExceeded(Vec<String>),
    /// `VALIDATION`: nothing arrived, so there is nothing to inspect.
    #[error("nothing was accepted and nothing refused")]
    Nothing,
    /// `VALIDATION`
    #[error("a claim of this kind is not made for the reason")]
    Reason,
    /// `VALIDATION`: no gift comes back with an exchange.
    #[error("an exchange has no gifts")]
    GiftsOfExchange,
    /// `CLAIM_STATUS_CONFLICT`: the stock has moved for the quantities that were found before.
    #[error("the quantities are final")]
    QuantitiesFinal,
}

/// A result that fits its claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// One for each of the claim's goods.
    goods: Vec<Inspected>,
    gifts_kept: BTreeSet<usize>,
    reason: ClaimReason,
    blame: Blame,
}

impl Judged {
    pub fn accepts_something(&self) -> bool {
        self.goods.iter().any(|goods| goods.accepted > 0)
    }

    /// 반려사유 of the first goods that were refused.
    pub fn refusal(&self) -> Option<Rejection> {
        self.goods.iter().find_map(|goods| goods.refusal.clone())
    }

    /// Whether the claim says the same already.
    pub fn is_of(&self, claim: &CollectionClaim) -> bool {
        let known = claim.goods.iter().map(|goods| goods.inspected.as_ref());
        known.eq(self.goods.iter().map(Some))
            && claim.gifts_kept == self.gifts_kept
            && (claim.reason, claim.blame) == (self.reason, self.blame)
    }

    /// Writes it down; a later one takes its place.
    pub fn put_down(self, claim: &mut CollectionClaim) {
        for (goods, inspected) in claim.goods.iter_mut().zip(self.goods) {
            goods.inspected = Some(inspected);
        }
        claim.gifts_kept = self.gifts_kept;
        claim.reason = self.reason;
        claim.blame = self.blame;
        claim.is_inspected = true;
    }
}

/// 재입고 수량 where nothing is said: what was accepted, of goods that were collected. An e-coupon comes back with the word.
pub fn resellable_of(method: CollectionMethod, line: Option<&OrderLine>, accepted: i64) -> i64 {
    let is_back = line.is_some_and(|line| {
        line.is_e_coupon || (line.is_collected && method != CollectionMethod::NotCollected)
    });
    if is_back { accepted } else { 0 }
}

/// Where the claim stands is not judged here.
pub fn judge(
    order: &PaidOrder,
    claim: &CollectionClaim,
    inspection: &Inspection,
) -> Result<Judged, InspectionRefusal> {
    let rows = rows_by_goods(claim, &inspection.goods)?;
    let gifts_kept = gifts_kept(order, claim.kind, &inspection.gifts)?;
    if inspection.reason.is_some_and(|reason| !claim.kind.claim_kind().knows(reason)) {
        return Err(InspectionRefusal::Reason);
    }
    let goods_and_rows = || claim.goods.iter().enumerate().map(|(place, goods)| (goods, rows.get(&place)));
    let exceeding: Vec<String> = goods_and_rows()
        .filter_map(|(goods, row)| Some((goods, row?)))
        .filter(|(goods, (_, row))| row.accepted.saturating_add(row.refused) > goods.quantity)
        .map(|(_, (index, _))| format!("insptList[{index}].acptQty"))
        .collect();
    if !exceeding.is_empty() {
        return Err(InspectionRefusal::QuantityExceeded(exceeding));
    }
    let goods: Vec<Inspected> = goods_and_rows()
        .map(|(goods, row)| inspected(order, claim, goods, row.map(|(_, row)| *row)))
        .collect();
    if goods.iter().all(|goods| goods.accepted == 0 && goods.refused == 0) {
        return Err(InspectionRefusal::Nothing);
    }
    if claim.has_moved_stock && !is_same_stock(claim, &goods) {
        return Err(InspectionRefusal::QuantitiesFinal);
    }
    let reason = inspection.reason.unwrap_or(claim.reason);
    let blame = inspection.blame.or(inspection.reason.map(ClaimReason::blame)).unwrap_or(claim.blame);
    Ok(Judged { goods, gifts_kept, reason, blame })
}

/// The rows by the place of their goods in the claim, each with its place in the request.
fn rows_by_goods<'a>(
    claim: &CollectionClaim,
    said: &'a [InspectedRow],
) -> Result<BTreeMap<usize, (usize, &'a InspectedRow)>, InspectionRefusal> {
    let (mut rows, mut unfitting) = (BTreeMap::new(), Vec::new());
    for (index, row) in said.iter().enumerate() {
        let is_meant = |goods: &CollectedGoods| {
            goods.line_seq == row.line_seq
                && row.item_no.as_ref().is_none_or(|item_no| *item_no == goods.item_no)
        };
        let mut meant = claim.goods.iter().enumerate().filter(|(_, goods)| is_meant(goods));
        match (meant.next(), meant.next()) {
            (Some((place, _)), None) if !rows.contains_key(&place) => {
                rows.insert(place, (index, row));
            }
            (Some(_), Some(_)) => unfitting.push(format!("insptList[{index}].itmNo")),
            _ => unfitting.push(format!("insptList[{index}].ordSeq")),
        }
    }
    if unfitting.is_empty() { Ok(rows) } else { Err(InspectionRefusal::Unfitting(unfitting)) }
}

fn inspected(
    order: &PaidOrder,
    claim: &CollectionClaim,
    goods: &CollectedGoods,
    row: Option<&InspectedRow>,
) -> Inspected {
    let Some(row) = row else { return Inspected { accepted: 0, refused: 0, resellable: 0, refusal: None } };
    let moved = goods.inspected.as_ref().filter(|_| claim.has_moved_stock).map(|before| before.resellable);
    let resellable = row.resellable.or(moved);
    Inspected {
        accepted: row.accepted,
        refused: row.refused,
        resellable: resellable
            .unwrap_or_else(|| resellable_of(claim.method, order.line(goods.line_seq), row.accepted)),
        refusal: row.refusal.clone().filter(|_| row.refused > 0),
    }
}

fn is_same_stock(claim: &CollectionClaim, goods: &[Inspected]) -> bool {
    let counts = |one: &Inspected| (one.accepted, one.refused, one.resellable);
    claim
        .goods
        .iter()
        .map(|goods| goods.inspected.as_ref().map(counts))
        .eq(goods.iter().map(|one| Some(counts(one))))
}

/// Places among the order's gifts; one event may have given several.
fn gifts_kept(
    order: &PaidOrder,
    kind: CollectionKind,
    said: &[(String, bool)],
) -> Result<BTreeSet<usize>, InspectionRefusal> {
    if kind == CollectionKind::Exchange && !said.is_empty() {
        return Err(InspectionRefusal::GiftsOfExchange);
    }
    let (mut kept, mut seen, mut unfitting) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (index, (event_no, came_back)) in said.iter().enumerate() {
        let gifts = order.gifts().iter().enumerate();
        let places: Vec<usize> =
            gifts.filter(|(_, gift)| gift.event_no == *event_no).map(|(place, _)| place).collect();
        if places.is_empty() || !seen.insert(event_no) {
            unfitting.push(format!("giftList[{index}].aeNo"));
        }
        kept.extend(places.into_iter().filter(|_| !came_back));
    }
    if unfitting.is_empty() { Ok(kept) } else { Err(InspectionRefusal::Unfitting(unfitting)) }
}
