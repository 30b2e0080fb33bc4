//! 단품구성 of every line of an order, as its claims have left it.

use std::collections::HashMap;

use commerce::claimable::pieces::{self, OrderedPiece, Travelling, TravellingGoods};
pub use commerce::claimable::pieces::{Pieces, Portion};

use crate::domain::collection::CollectionClaim;
use crate::domain::history::ClaimHistory;
use crate::domain::order::{OrderLine, PaidOrder};

pub fn pieces_of(
    order: &PaidOrder,
    history: &ClaimHistory,
    claims: &[CollectionClaim],
) -> HashMap<i32, Pieces> {
    let claims: Vec<Travelling> = claims.iter().map(travelling).collect();
    let of_line = |line: &OrderLine| {
        let ordered = OrderedPiece {
            line_seq: line.seq,
            item_no: &line.item_no,
            item_name: &line.item_name,
            quantity: line.quantity,
            claimed: history.claimed(line.seq),
        };
        (line.seq, pieces::pieces_of(ordered, &claims))
    };
    order.lines().iter().map(of_line).collect()
}

fn travelling(claim: &CollectionClaim) -> Travelling {
    let goods = claim.goods.iter().map(|goods| TravellingGoods {
        line_seq: goods.line_seq,
        item_no: goods.item_no.clone(),
        exchanged_for: goods.exchanged_for.clone(),
        accepted: goods.accepted(),
        held: if claim.holds_units() { claim.held(goods) } else { 0 },
    });
    Travelling {
        claim_no: claim.claim_no.clone(),
        moved_at: pieces::moved_at(
            claim.kind,
            claim.standing.status,
            (claim.standing.final_at, claim.times.delivered),
        ),
        goods: goods.collect(),
    }
}
