//! 종료효과: what goes back when a claim ends before it was carried out.

use commerce::{ClaimNo, GoodsNo, ItemNo, PaymentNo, ReturnProgress, SagaStep, Won};

use crate::domain::collection::{AdvancePayment, CollectionClaim, CollectionKind};
use crate::domain::money::ledger::{Account, Journal, Posting, Unit};
use crate::domain::money::{ClaimCost, Overflow};
use crate::domain::saga::Effect;

/// Money paid in advance, as far as it has not gone back, and the coupon. `still` says how much of a payment is left here.
pub fn effects_of_end(
    claim: &CollectionClaim,
    payments: &[AdvancePayment],
    still: impl Fn(&PaymentNo, Won) -> Won,
) -> Vec<Effect> {
    let refunds = payments.iter().filter_map(|paid| {
        let amount = still(&paid.payment_no, paid.amount);
        let (payment_no, means) = (paid.payment_no.clone(), paid.means);
        amount.is_positive().then_some(Effect::ReturnRestOfAdvance { payment_no, means, amount })
    });
    let coupon = claim.free_return_coupon.iter();
    let coupon = coupon.map(|coupon| Effect::ReleaseCoupon { coupon_no: coupon.coupon_no.clone() });
    refunds.chain(coupon).collect()
}

/// 선결제 반환: what of the money paid in advance a cost that is final does not need.
pub fn advance_refunds(cost: &ClaimCost) -> impl Iterator<Item = Effect> {
    let advances = cost.sent_back.iter().flat_map(|sent_back| &sent_back.advance_refunds);
    advances.map(|refund| Effect::ReturnAdvance {
        payment_no: refund.payment_no.clone(),
        means: refund.means,
        amount: refund.amount,
    })
}

/// Pieces that come on the stock, or back to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    pub goods_no: GoodsNo,
    pub item_no: ItemNo,
    pub quantity: i64,
}

/// 예약재고: what an exchange had taken for the customer and has not sent. `stood_at` is where it stood before it ended.
pub fn released_stock(claim: &CollectionClaim, stood_at: ReturnProgress) -> Vec<Released> {
    if claim.kind == CollectionKind::Return {
        return Vec::new();
    }
    let is_inspected = stood_at == ReturnProgress::ShippingInstructed;
    let released = claim.goods.iter().filter_map(|goods| {
        let (item_no, _) = goods.exchanged_for.as_ref()?;
        let quantity = if is_inspected { goods.accepted() } else { goods.quantity };
        let (goods_no, item_no) = (goods.goods_no.clone(), item_no.clone());
        (quantity > 0).then_some(Released { goods_no, item_no, quantity })
    });
    released.collect()
}

/// 재고 분개: pieces come back to the stock, or leave it where the quantity is below 0.
pub fn stock_postings(
    claim_no: &ClaimNo,
    (goods_no, item_no): (&GoodsNo, &ItemNo),
    quantity: i64,
) -> Result<Vec<Posting>, Overflow> {
    let mut journal = Journal::new(claim_no, SagaStep::Stock);
    let piece = Unit::Piece(goods_no.clone(), item_no.clone());
    journal.transfer(Account::StockSold, Account::StockOnHand, &piece, quantity)?;
    Ok(journal.into_postings())
}
