//! promotion-service: it keeps coupons and mileage. Each call names its claim's step and is carried out once.

use commerce::{CouponIssueNo, CouponStatus, MemberNo, PromotionType, Won};
use contract::operations::promotion::{
    INTERNAL_ACCUMULATION_TAKE_BACK, INTERNAL_COUPONS, INTERNAL_COUPONS_HOLD, INTERNAL_COUPONS_RELEASE,
    INTERNAL_COUPONS_RESTORE, INTERNAL_MILEAGE_RESTORE,
};
use dto::internal::{
    AccumulationTakeBack, AccumulationTakenBack, CouponHeld, CouponHold, CouponNotReleased,
    CouponNotRestored, CouponRelease, CouponReleased, CouponRestore, CouponRestoreAnswer, MemberCoupon,
    MemberCoupons, MileageRestore,
};
use platform::http_client::{Call, ClientError, Repeat, ServiceClient, post};

use crate::domain::collection::CollectionClaim;
use crate::domain::collection::coupon::SeenCoupon;
use crate::domain::saga::claim::AcceptedClaim;
use crate::domain::saga::{EffectKey, Outcome};

impl From<MemberCoupon> for SeenCoupon {
    fn from(coupon: MemberCoupon) -> Self {
        Self {
            coupon_no: coupon.cpn_isu_no,
            promotion_no: coupon.promo_no,
            promotion_name: coupon.promo_nm,
            valid_until: coupon.valid_end_dtm.utc(),
            is_usable: coupon.use_stat_cd == CouponStatus::Usable,
        }
    }
}

#[derive(Clone, Debug)]
pub struct PromotionService(pub ServiceClient);

impl PromotionService {
    /// 쿠폰복원
    pub async fn restore_coupon(
        &self,
        key: &EffectKey,
        claim: &AcceptedClaim,
        coupon_no: &CouponIssueNo,
    ) -> Result<Outcome, ClientError> {
        let body = CouponRestore {
            evt_key: key.to_string(),
            claim_no: claim.claim_no.clone(),
            ord_no: claim.order_no.clone(),
            cpn_isu_no_list: vec![coupon_no.clone()],
        };
        let answer: CouponRestoreAnswer =
            self.0.call(post(&INTERNAL_COUPONS_RESTORE, &body)).await?.bare()?;
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

    /// 무료반품쿠폰 선점: whether it is the claim's from now on.
    pub async fn hold_coupon(
        &self,
        key: &str,
        claim: &CollectionClaim,
        coupon_no: &CouponIssueNo,
    ) -> Result<bool, ClientError> {
        // A guest's order has no coupons.
        let Some(member_no) = &claim.member_no else { return Ok(false) };
        let body = CouponHold {
            evt_key: key.to_owned(),
            claim_no: claim.claim_no.clone(),
            ord_no: claim.order_no.clone(),
            mbr_no: member_no.clone(),
            cpn_isu_no: coupon_no.clone(),
        };
        let answer: CouponHeld = self.0.call(post(&INTERNAL_COUPONS_HOLD, &body)).await?.bare()?;
        Ok(answer.held_yn.is_yes())
    }

    /// 무료반품쿠폰 반납
    pub async fn release_coupon(
        &self,
        key: &EffectKey,
        claim: &AcceptedClaim,
        coupon_no: &CouponIssueNo,
    ) -> Result<Outcome, ClientError> {
        let body = CouponRelease {
            evt_key: key.to_string(),
            claim_no: claim.claim_no.clone(),
            ord_no: claim.order_no.clone(),
            cpn_isu_no: coupon_no.clone(),
        };
        let answer: CouponReleased = self.0.call(post(&INTERNAL_COUPONS_RELEASE, &body)).await?.bare()?;
        Ok(match answer.rsn {
            None => Outcome::Done,
            Some(CouponNotReleased::Expired) => Outcome::CouponExpired,
            Some(CouponNotReleased::NotHeld) => Outcome::CouponUsedElsewhere,
        })
    }

    /// 무료반품쿠폰 조회: one of the member's, whatever its state; none where the member has no such coupon.
    pub async fn coupon(
        &self,
        member_no: &MemberNo,
        coupon_no: &CouponIssueNo,
    ) -> Result<Option<SeenCoupon>, ClientError> {
        let found = self.coupons(member_no, Some(coupon_no)).await?;
        Ok(found.into_iter().next())
    }

    /// 무료반품쿠폰 목록: the member's usable ones, the first to expire first.
    pub async fn usable_coupons(&self, member_no: &MemberNo) -> Result<Vec<SeenCoupon>, ClientError> {
        self.coupons(member_no, None).await
    }

    async fn coupons(
        &self,
        member_no: &MemberNo,
        coupon_no: Option<&CouponIssueNo>,
    ) -> Result<Vec<SeenCoupon>, ClientError> {
        let mut query =
            vec![("mbrNo", member_no.as_str()), ("promoTypCd", PromotionType::FreeReturnCoupon.wire())];
        query.extend(coupon_no.map(|no| ("cpnIsuNo", no.as_str())));
        let call = Call::<()> {
            operation: &INTERNAL_COUPONS,
            path_value: None,
            query: &query,
            body: None,
            repeat: Repeat::Safe,
        };
        let answer: MemberCoupons = self.0.call(call).await?.bare()?;
        Ok(answer.list.into_iter().map(SeenCoupon::from).collect())
    }

    /// 적립회수: what the cost takes back, per entry of the order's accumulation.
    pub async fn take_back(&self, key: &EffectKey, claim: &AcceptedClaim) -> Result<(), ClientError> {
        let mut entries: Vec<AccumulationTakenBack> = Vec::new();
        for row in &claim.cost.accrual_rows {
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
            claim_no: claim.claim_no.clone(),
            ord_no: claim.order_no.clone(),
            accm_list: entries,
        };
        self.0.call(post(&INTERNAL_ACCUMULATION_TAKE_BACK, &body)).await.map(drop)
    }

    /// 사용 마일리지 복원
    pub async fn restore_mileage(
        &self,
        key: &EffectKey,
        claim: &AcceptedClaim,
        amount: Won,
    ) -> Result<(), ClientError> {
        let body = MileageRestore {
            evt_key: key.to_string(),
            claim_no: claim.claim_no.clone(),
            ord_no: claim.order_no.clone(),
            restore_amt: amount,
        };
        self.0.call(post(&INTERNAL_MILEAGE_RESTORE, &body)).await.map(drop)
    }
}
