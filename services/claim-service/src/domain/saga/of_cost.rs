//! 비용의 효과: what a cost calls for, whatever kind of claim it is of. What would move nothing is left out.

use commerce::PayMeans;

use crate::domain::money::ClaimCost;
use crate::domain::saga::Effect;

/// 환불 of each payment, the way the cost says. Mileage is our own book and comes back with what else is restored.
pub fn refunds(cost: &ClaimCost) -> impl Iterator<Item = Effect> {
    cost.refunds.iter().filter(|refund| refund.means != PayMeans::Mileage).map(|refund| {
        let (payment_no, means, amount) = (refund.payment_no.clone(), refund.means, refund.amount);
        if refund.by_transfer {
            Effect::Transfer { payment_no, means, amount }
        } else {
            Effect::Refund { payment_no, means, amount }
        }
    })
}

/// 적립회수, 마일리지복원, and at last the customer hears of it.
pub fn points_and_word(cost: &ClaimCost) -> impl Iterator<Item = Effect> {
    let accrual = Some(cost.accrual_taken_back).filter(|amount| amount.is_positive());
    let accrual = accrual.map(|amount| Effect::TakeBackAccrual { amount });
    let mileage = cost.mileage_restores.iter().map(|restore| Effect::RestoreMileage {
        payment_no: restore.payment_no.clone(),
        amount: restore.amount,
    });
    accrual.into_iter().chain(mileage).chain([Effect::Notify])
}
