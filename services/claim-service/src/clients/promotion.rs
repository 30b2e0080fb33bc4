//! promotion-service: it keeps coupons and mileage. Each call names its claim's step and is carried out once.

use commerce::{CouponIssueNo, Won};
use dto::internal::{
    AccumulationTakeBack, AccumulationTakenBack, CouponNotRestored, CouponRestore, CouponRestoreAnswer,
    MileageRestore,
};
use dto::operations::promotion::{
    INTERNAL_ACCUMULATION_TAKE_BACK, INTERNAL_COUPONS_RESTORE, INTERNAL_MILEAGE_RESTORE,
};
use platform::http_client::{ClientError, ServiceClient, post};

use crate::domain::accepted_cancel::AcceptedCancel;
use crate::domain::cancel_saga::{EffectKey, Outcome};

#[derive(Clone, Debug)]
pub struct PromotionService(pub ServiceClient);

impl PromotionService {
    /// 쿠폰복원
    pub async fn restore_coupon(
        &self,
        key: &EffectKey,
        cancel: &AcceptedCancel,
        coupon_no: &CouponIssueNo,
    ) -> Result<Outcome, ClientError> {
        let body = CouponRestore {
            evt_key: key.to_string(),
            claim_no: cancel.claim_no.clone(),
            ord_no: cancel.order_no.clone(),
            cpn_isu_no_list: vec![coupon_no.clone()],
        };
        let answer: CouponRestoreAnswer = self.0.call(post(&INTERNAL_COUPONS_RESTORE, &body)).await?.bare()?;
        let row = answer.list.into_iter().find(|row| row.cpn_isu_no == *coupon_no);
        let row = row.ok_or_else(|| ClientError::Unreadable {
            target: "promotion-service",
            reason: "it says nothing of the coupon".to_owned(),
        })?;
        Ok(match row.rsn {
            _ if row.restored_yn.is_yes() => Outcome::Done,
            Some(CouponNotRestored::Expired) => Outcome::CouponExpired,
            Some(CouponNotRestored::UsedElsewhere) => Outcome::CouponUsedElsewhere,
            Some(CouponNotRestored::Unknown) | None => Outcome::CouponUnknown,
        })
    }

    /// 적립회수: what the cost takes back, per entry of the order's accumulation.
    pub async fn take_back(&self, key: &EffectKey, cancel: &AcceptedCancel) -> Result<(), ClientError> {
        let mut entries: Vec<AccumulationTakenBack> = Vec::new();
        for row in &cancel.cost.accrual_rows {
            let known = entries
                .iter_mut()
                .find(|entry| entry.accm_gb_cd == row.reason && entry.promo_no == row.promotion_no);
            match known {
                Some(entry) => {
                    // The cost's own total was checked to fit, and rows are above 0.
                    entry.rtrv_amt = entry.rtrv_amt.checked_add(row.amount).unwrap_or(entry.rtrv_amt);
                }
                None => entries.push(AccumulationTakenBack {
                    accm_gb_cd: row.reason,
                    promo_no: row.promotion_no.clone(),
                    rtrv_amt: row.amount,
                }),
            }
        }
        let body = AccumulationTakeBack {
            evt_key: key.to_string(),
            claim_no: cancel.claim_no.clone(),
            ord_no: cancel.order_no.clone(),
            accm_list: entries,
        };
        self.0.call(post(&INTERNAL_ACCUMULATION_TAKE_BACK, &body)).await.map(drop)
    }

    /// 사용 마일리지 복원
    pub async fn restore_mileage(
        &self,
        key: &EffectKey,
        cancel: &AcceptedCancel,
        amount: Won,
    ) -> Result<(), ClientError> {
        let body = MileageRestore {
            evt_key: key.to_string(),
            claim_no: cancel.claim_no.clone(),
            ord_no: cancel.order_no.clone(),
            restore_amt: amount,
        };
        self.0.call(post(&INTERNAL_MILEAGE_RESTORE, &body)).await.map(drop)
    }
}
