//! 교환의 반품전환: the return that an exchange becomes.

use commerce::{Blame, ClaimNo, ClaimReason, ReturnProgress};

use crate::domain::collection::due::Holidays;
use crate::domain::collection::{
    CollectedGoods, CollectionClaim, CollectionKind, Inspected, Standing, Times,
};

/// Its units, method and state, its fault unless that is said anew, and nothing that was paid or held for it. One that was to go
/// out is inspected: its quantities are final, and its stock has moved. What it costs is still that of the exchange.
pub fn return_of(
    exchange: &CollectionClaim,
    claim_no: ClaimNo,
    (reason, blame): (Option<ClaimReason>, Option<Blame>),
    holidays: &Holidays,
) -> CollectionClaim {
    let is_inspected = exchange.standing.progress == ReturnProgress::ShippingInstructed;
    let progress = if is_inspected { ReturnProgress::Collected } else { exchange.standing.progress };
    let blame = blame.or(reason.map(ClaimReason::blame)).unwrap_or(exchange.blame);
    let goods = exchange.goods.iter().filter(|goods| !is_inspected || goods.accepted() > 0);
    let times = Times { ended: None, shipped: None, delivered: None, ..exchange.times };
    CollectionClaim {
        claim_no,
        kind: CollectionKind::Return,
        reason: reason.unwrap_or(exchange.reason),
        blame,
        requested_blame: blame,
        requested_method: exchange.method,
        free_return_coupon: None,
        converted_from: Some(exchange.claim_no.clone()),
        has_moved_stock: is_inspected,
        standing: Standing {
            progress,
            end_reason: None,
            status: progress.claim_status(),
            decision: None,
            final_at: None,
            completed_at: None,
        },
        goods: goods.map(|goods| goods_of(goods, is_inspected)).collect(),
        is_inspected,
        way_out: None,
        rejection: None,
        refund_due: times.collected.map(|at| holidays.refund_due(at)),
        times,
        ..exchange.clone()
    }
}

fn goods_of(goods: &CollectedGoods, is_inspected: bool) -> CollectedGoods {
    let accepted = goods.accepted();
    let inspected = goods.inspected.as_ref().filter(|_| is_inspected);
    CollectedGoods {
        exchanged_for: None,
        quantity: accepted,
        inspected: inspected.map(|one| Inspected {
            accepted,
            refused: 0,
            resellable: one.resellable,
            refusal: None,
        }),
        ..goods.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::collection::testing::return_of as collected;
    use crate::domain::testing::{Story, august, claim_no, line, order, parsed};

    /// Two lines exchanged for another item, in this state.
    fn exchange(progress: ReturnProgress) -> CollectionClaim {
        let story = Story::of(order(|facts| facts.lines.push(line(2, 1, 1, 10_000))));
        let terms = story.terms(Blame::Customer, &[(1, 3), (2, 1)]);
        let mut claim = collected(&story.order, &terms, story.quote_return(&terms).unwrap());
        claim.kind = CollectionKind::Exchange;
        claim.reason = ClaimReason::SizeOrColourChange;
        claim.standing.progress = progress;
        claim.standing.final_at = Some(august(13, 10));
        for goods in &mut claim.goods {
            goods.exchanged_for = Some((parsed("002"), "L".to_owned()));
        }
        claim
    }

    fn converted(exchange: &CollectionClaim) -> CollectionClaim {
        return_of(exchange, claim_no(2), (None, None), &Holidays::default())
    }

    #[test]
    fn what_was_to_go_out_comes_back_as_it_was_found() {
        let mut exchange = exchange(ReturnProgress::ShippingInstructed);
        let found =
            |accepted, refused, resellable| Some(Inspected { accepted, refused, resellable, refusal: None });
        exchange.goods[0].inspected = found(2, 1, 1);
        exchange.goods[1].inspected = found(0, 1, 0);
        let converted = converted(&exchange);
        assert_eq!(converted.standing.progress, ReturnProgress::Collected);
        assert!(converted.has_moved_stock && converted.is_inspected);
        let goods: Vec<_> = converted
            .goods
            .iter()
            .map(|one| (one.quantity, one.inspected.clone(), &one.exchanged_for))
            .collect();
        assert_eq!(goods, [(2, found(2, 0, 1), &None)]);
        assert_eq!(converted.standing.final_at, None);
        // Wednesday the 12th: three business days.
        assert_eq!(converted.refund_due, Some("2026-08-17".parse().unwrap()));
    }

    #[test]
    fn one_that_is_not_inspected_goes_on_as_any_return() {
        for progress in [ReturnProgress::Requested, ReturnProgress::Collecting, ReturnProgress::OnHold] {
            let converted = converted(&exchange(progress));
            assert_eq!(converted.standing.progress, progress);
            assert_eq!(converted.standing.status, progress.claim_status());
            assert!(!converted.has_moved_stock && !converted.is_inspected);
            let goods: Vec<_> =
                converted.goods.iter().map(|one| (one.quantity, one.inspected.is_none())).collect();
            assert_eq!(goods, [(3, true), (1, true)]);
        }
    }

    #[test]
    fn the_fault_goes_over_unless_it_is_said_anew() {
        let mut exchange = exchange(ReturnProgress::Collected);
        exchange.blame = Blame::Carrier;
        let fault = |said| {
            let claim = return_of(&exchange, claim_no(2), said, &Holidays::default());
            assert_eq!(claim.requested_blame, claim.blame);
            (claim.reason, claim.blame)
        };
        assert_eq!(fault((None, None)), (ClaimReason::SizeOrColourChange, Blame::Carrier));
        let defective = Some(ClaimReason::Defective);
        assert_eq!(fault((defective, None)), (ClaimReason::Defective, Blame::Vendor));
        assert_eq!(fault((defective, Some(Blame::Customer))), (ClaimReason::Defective, Blame::Customer));
    }
}
