//! 클레임 현황: where a claim of an order stands, and what it has left of the order's lines, as claim-service tells of it.

use chrono::{DateTime, Utc};
use commerce::claimable::pieces::{Travelling, TravellingGoods};
use commerce::{ClaimNo, ClaimStage, ClaimStatus, ClaimType, ItemNo, OrderNo};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimStanding {
    pub claim_no: ClaimNo,
    pub order_no: OrderNo,
    pub claim_type: ClaimType,
    pub status: ClaimStatus,
    pub stage: ClaimStage,
    pub requested_at: DateTime<Utc>,
    /// 이동일시: when its units became others.
    pub moved_at: Option<DateTime<Utc>>,
    pub goods: Vec<StandingGoods>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingGoods {
    pub line_seq: i32,
    /// None where the claim does not say which.
    pub item_no: Option<ItemNo>,
    pub exchanged_for: Option<(ItemNo, String)>,
    /// Units it has taken, whether or not the order has heard of it.
    pub taken: i64,
    pub held: i64,
    pub accepted: i64,
}

impl ClaimStanding {
    /// As far as it holds units, or has made others of them.
    pub fn travelling(&self) -> Travelling {
        let goods = self.goods.iter().filter_map(|goods| {
            Some(TravellingGoods {
                line_seq: goods.line_seq,
                item_no: goods.item_no.clone()?,
                exchanged_for: goods.exchanged_for.clone(),
                accepted: goods.accepted,
                held: goods.held,
            })
        });
        Travelling { claim_no: self.claim_no.clone(), moved_at: self.moved_at, goods: goods.collect() }
    }

    /// Units of a line.
    pub fn sum(&self, line_seq: i32, units: impl Fn(&StandingGoods) -> i64) -> i64 {
        let of_line = self.goods.iter().filter(|goods| goods.line_seq == line_seq);
        of_line.fold(0, |sum, goods| sum.saturating_add(units(goods)))
    }
}
