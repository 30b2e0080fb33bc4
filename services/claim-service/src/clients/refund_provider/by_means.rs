//! Which book a refund belongs to.

use std::sync::Arc;

use async_trait::async_trait;
use commerce::{PayMeans, Won};

use crate::clients::refund_provider::local_ledger::LocalLedger;
use crate::clients::refund_provider::{
    PaymentUnreadable, RefundFailure, RefundOrder, RefundProvider, StandingPayment,
};
use crate::domain::saga::claim::PaidWith;

/// 예치금 is our own money and stays in our own book; everything else goes to the provider that was chosen.
pub(super) struct ByMeans {
    pub(super) own_book: LocalLedger,
    pub(super) transfers: LocalLedger,
    pub(super) chosen: Arc<dyn RefundProvider>,
}

#[async_trait]
impl RefundProvider for ByMeans {
    async fn refund(&self, order: &RefundOrder) -> Result<(), RefundFailure> {
        if !order.amount.is_positive() {
            return Err(RefundFailure::Refused("a refund must be over 0".to_owned()));
        }
        match order.means {
            PayMeans::Deposit => self.own_book.refund(order).await,
            // It lives in promotion-service and is restored there.
            PayMeans::Mileage => {
                Err(RefundFailure::Refused("mileage is not refunded but restored".to_owned()))
            }
            PayMeans::Card
            | PayMeans::AccountTransfer
            | PayMeans::VirtualAccount
            | PayMeans::MobilePhone
            | PayMeans::EasyPay => self.chosen.refund(order).await,
        }
    }

    async fn transfer(&self, order: &RefundOrder) -> Result<(), RefundFailure> {
        self.transfers.refund(order).await
    }

    async fn payment(&self, named: &PaidWith, asked: Won) -> Result<StandingPayment, PaymentUnreadable> {
        self.chosen.payment(named, asked).await
    }
}
