//! 쿠폰 발급

use actix_web::web;
use dto::promotion::{CouponIssueAnswer, CouponIssueRequest};
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use platform::form::Form;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::domain::coupon_state::{Coupon, CouponState};
use crate::refusals;
use crate::state::AppState;
use crate::usecase::issue_coupons::Issued;
use crate::usecase::issue_coupons::issue_coupons;

/// Takes all coupons or none.
pub async fn post_coupons(
    state: web::Data<AppState>,
    once: Once,
    body: Json<CouponIssueRequest>,
) -> Result<Answer, Error> {
    let (body, form) = body.open();
    let coupons = coupons(body, form)?;
    let now = state.clock.now();
    once.write(&state.db, move |conn| match issue_coupons(conn, &coupons, now)? {
        Issued::All { created, unchanged } => Ok(Answer::envelope(now, issue_answer(created, unchanged)?)?),
        Issued::Different(places) => Err(refusals::coupons_exist(&places)),
    })
    .await
}

fn coupons(body: CouponIssueRequest, mut form: Form) -> Result<Vec<Coupon>, Problem> {
    let mut coupons = Vec::with_capacity(body.coupons.len());
    for (place, coupon) in body.coupons.into_iter().enumerate() {
        if coupon.claim_no.is_some() {
            form.reject(format!("coupons[{place}].claimNo"), "클레임에 사용된 쿠폰은 등록할 수 없습니다.");
        }
        let status = coupon.use_stat_cd.unwrap_or(commerce::CouponStatus::Usable);
        let Some(state) = CouponState::of(status, coupon.ord_no) else {
            form.reject(
                format!("coupons[{place}].ordNo"),
                "사용완료 쿠폰에만 주문번호를 입력할 수 있습니다.",
            );
            continue;
        };
        coupons.push(Coupon {
            no: coupon.cpn_isu_no,
            promotion_no: coupon.promo_no,
            promotion_name: coupon.promo_nm,
            promotion_type: coupon.promo_typ_cd,
            member_no: coupon.mbr_no,
            valid_until: coupon.valid_end_dtm.utc(),
            state,
        });
    }
    form.finish()?;
    Ok(coupons)
}

fn issue_answer(created: usize, unchanged: usize) -> Result<CouponIssueAnswer, Problem> {
    Ok(CouponIssueAnswer {
        created: i64::try_from(created).map_err(Problem::internal)?,
        unchanged: i64::try_from(unchanged).map_err(Problem::internal)?,
    })
}
