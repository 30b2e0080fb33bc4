//! 주문내역: an order as whoever may see it looks at it, with its claims and what may be done with each line now.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use commerce::claimable::pieces::{OrderedPiece, Travelling, pieces_of};
use commerce::claimable::reason::Asker;
use commerce::claimable::window::ClaimDays;
use commerce::claimable::{Claimable, LineFacts};
use commerce::{
    ClaimNo, ClaimStatus, ClaimType, GoodsNo, ItemNo, LineStatus, MemberNo, OrderMedia, OrderNo, Won,
};

use crate::domain::claim_standing::ClaimStanding;
use crate::domain::order_decision::Decision;
use crate::domain::personal::Phone;

/// 주문: as its row says it.
#[derive(Clone, PartialEq, Eq)]
pub struct OrderHead {
    pub number: OrderNo,
    pub member_no: Option<MemberNo>,
    /// Masked once the member has withdrawn, as the phone is.
    pub orderer_name: String,
    pub phone: Phone,
    pub media: OrderMedia,
    pub ordered_at: DateTime<Utc>,
    pub is_masked: bool,
    /// 구매금액: what it counts for now.
    pub amount_counted: Won,
}

/// 주문상품, and what the order agreed on about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderedGoods {
    pub seq: i32,
    pub goods_no: GoodsNo,
    pub goods_name: String,
    pub goods_image: Option<String>,
    pub item_no: ItemNo,
    pub item_name: String,
    pub unit_price: Won,
    pub quantity: i64,
    pub quantity_cancelled: i64,
    pub quantity_returned: i64,
    /// What still stands of its discounts as ordered.
    pub discount: Won,
    pub status: LineStatus,
    pub delivered_at: Option<DateTime<Utc>>,
    pub terms: LineTerms,
}

/// Of a line's terms, what says whether it may be claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineTerms {
    pub is_cancelable: bool,
    pub is_reserved: bool,
    pub is_returnable: bool,
    pub is_exchangeable: bool,
}

/// What an order has said to a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedClaim {
    pub claim_no: ClaimNo,
    pub claim_type: ClaimType,
    pub decision: Decision,
    pub decided_at: DateTime<Utc>,
}

/// Everything that is known of an order, one and all of the same moment.
#[derive(Clone, PartialEq, Eq)]
pub struct KnownOrder {
    pub head: OrderHead,
    /// 결제금액, as ordered.
    pub amount_paid: Won,
    pub goods: Vec<OrderedGoods>,
    pub standings: Vec<ClaimStanding>,
    pub decided: Vec<DecidedClaim>,
}

/// 주문내역
#[derive(Clone, PartialEq, Eq)]
pub struct ShownOrder {
    pub head: OrderHead,
    pub amount_paid: Won,
    pub goods: Vec<ShownGoods>,
    /// Newest first.
    pub claims: Vec<ShownClaim>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownGoods {
    pub goods: OrderedGoods,
    pub claimable: Claimable,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownClaim {
    pub claim_no: ClaimNo,
    pub claim_type: ClaimType,
    pub status: ClaimStatus,
    pub requested_at: DateTime<Utc>,
}

impl KnownOrder {
    /// To whoever asks at this moment.
    pub fn shown(self, days: ClaimDays, asked: (Asker, DateTime<Utc>)) -> ShownOrder {
        let travelling: Vec<Travelling> = self.standings.iter().map(ClaimStanding::travelling).collect();
        let claimable: Vec<Claimable> =
            self.goods.iter().map(|goods| self.claimable(goods, &travelling, days, asked)).collect();
        let claims = self.claims();
        let goods = self.goods.into_iter().zip(claimable);
        ShownOrder {
            head: self.head,
            amount_paid: self.amount_paid,
            goods: goods.map(|(goods, claimable)| ShownGoods { goods, claimable }).collect(),
            claims,
        }
    }

    fn claimable(
        &self,
        goods: &OrderedGoods,
        travelling: &[Travelling],
        days: ClaimDays,
        asked: (Asker, DateTime<Utc>),
    ) -> Claimable {
        let sum = |units: fn(&ClaimStanding, i32) -> i64| {
            let of_claims = self.standings.iter().map(|claim| units(claim, goods.seq));
            of_claims.fold(0, i64::saturating_add)
        };
        // What the order has been asked for is in its own quantities, or was refused.
        let unheard = self.standings.iter().filter(|claim| !self.has_decided(&claim.claim_no));
        let claimed = unheard
            .map(|claim| claim.sum(goods.seq, |units| units.taken))
            .fold(goods.quantity_cancelled.saturating_add(goods.quantity_returned), i64::saturating_add);
        let facts = LineFacts {
            status: goods.status,
            quantity: goods.quantity,
            claimed,
            held: sum(|claim, seq| claim.sum(seq, |units| units.held)),
            is_cancelable: goods.terms.is_cancelable,
            is_reserved: goods.terms.is_reserved,
            is_returnable: goods.terms.is_returnable,
            is_exchangeable: goods.terms.is_exchangeable,
        };
        let ordered = OrderedPiece {
            line_seq: goods.seq,
            item_no: &goods.item_no,
            item_name: &goods.item_name,
            quantity: goods.quantity,
            claimed,
        };
        Claimable::of(&facts, &pieces_of(ordered, travelling), (goods.delivered_at, days), asked)
    }

    fn has_decided(&self, claim_no: &ClaimNo) -> bool {
        self.decided.iter().any(|decided| decided.claim_no == *claim_no)
    }

    /// Those it was told of, and of others what it has said to them itself: it is told a moment later.
    fn claims(&self) -> Vec<ShownClaim> {
        let told: HashMap<&ClaimNo, &ClaimStanding> =
            self.standings.iter().map(|claim| (&claim.claim_no, claim)).collect();
        let untold = self.decided.iter().filter(|claim| !told.contains_key(&claim.claim_no));
        let untold = untold.map(|claim| ShownClaim {
            claim_no: claim.claim_no.clone(),
            claim_type: claim.claim_type,
            status: match claim.decision {
                Decision::Confirmed => ClaimStatus::InProgress,
                Decision::Rejected => ClaimStatus::Rejected,
            },
            requested_at: claim.decided_at,
        });
        let told = self.standings.iter().map(|claim| ShownClaim {
            claim_no: claim.claim_no.clone(),
            claim_type: claim.claim_type,
            status: claim.status,
            requested_at: claim.requested_at,
        });
        let mut claims: Vec<ShownClaim> = told.chain(untold).collect();
        claims.sort_by(|one, other| {
            (other.requested_at, &other.claim_no).cmp(&(one.requested_at, &one.claim_no))
        });
        claims
    }
}
