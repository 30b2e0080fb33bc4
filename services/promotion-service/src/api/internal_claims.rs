//! 쿠폰 복원, 적립 회수, 사용 마일리지 복원: the steps of a claim, told by claim-service.

use actix_web::web;
use commerce::{ClaimNo, OrderNo, Yn};
use dto::internal::{
    AccumulationTakeBack, CouponNotRestored, CouponRestore, CouponRestoreAnswer, CouponRestored,
    MileageRestore,
};
use dto::result_code::ResultCode;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use platform::form::Form;
use service_kit::error::Error;

use crate::app::AppState;
use crate::domain::coupon_state::NotRestored;
use crate::domain::order_effects::{ClaimStep, MileageClaim};
use crate::usecase;

/// Answers what became of each coupon, to a repeat as well.
pub async fn internal_coupons_restore(
    state: web::Data<AppState>,
    Json(body): Json<CouponRestore>,
) -> Result<Answer, Error> {
    let step = claim_step("couponRestore", &body.evt_key, body.claim_no, body.ord_no)?;
    let now = state.clock.now();
    let restored =
        state.db.write(move |conn| usecase::restore_coupons(conn, &step, &body.cpn_isu_no_list, now)).await?;
    let list = restored
        .into_iter()
        .map(|coupon| CouponRestored {
            cpn_isu_no: coupon.coupon_no,
            restored_yn: if coupon.outcome.is_ok() { Yn::Yes } else { Yn::No },
            rsn: coupon.outcome.err().map(reason),
        })
        .collect();
    Ok(Answer::bare(&CouponRestoreAnswer { list })?)
}

pub async fn internal_accumulation_take_back(
    state: web::Data<AppState>,
    Json(body): Json<AccumulationTakeBack>,
) -> Result<Answer, Error> {
    let step = claim_step("takeBack", &body.evt_key, body.claim_no, body.ord_no)?;
    let mut form = Form::new();
    let mut claims = Vec::with_capacity(body.accm_list.len());
    for (place, entry) in body.accm_list.into_iter().enumerate() {
        if entry.rtrv_amt.is_negative() {
            form.reject(format!("accmList[{place}].rtrvAmt"), "0원 이상이어야 합니다.");
        }
        // What is no accumulation was never earned.
        if entry.accm_gb_cd.is_accrual() && entry.rtrv_amt.is_positive() {
            claims.push(MileageClaim::TakeBack {
                reason: entry.accm_gb_cd,
                promotion_no: entry.promo_no,
                amount: entry.rtrv_amt,
            });
        }
    }
    form.finish()?;
    settle(&state, step, claims).await
}

pub async fn internal_mileage_restore(
    state: web::Data<AppState>,
    Json(body): Json<MileageRestore>,
) -> Result<Answer, Error> {
    let step = claim_step("mileageRestore", &body.evt_key, body.claim_no, body.ord_no)?;
    if body.restore_amt.is_negative() {
        return Err(Problem::validation(Vec::new()).at("restoreAmt", "0원 이상이어야 합니다.").into());
    }
    let claims = if body.restore_amt.is_zero() {
        Vec::new()
    } else {
        vec![MileageClaim::Restore { amount: body.restore_amt }]
    };
    settle(&state, step, claims).await
}

async fn settle(state: &AppState, step: ClaimStep, claims: Vec<MileageClaim>) -> Result<Answer, Error> {
    let rules = state.booking_rules();
    state
        .db
        .write(move |conn| {
            usecase::settle_claim(conn, &step, &claims, rules)?.map_err(|refusal| {
                let problem = Problem::new(ResultCode::Validation).caused_by(refusal);
                Error::from(problem.at("restoreAmt", "주문에 사용한 마일리지보다 많습니다."))
            })
        })
        .await?;
    Ok(Answer::empty())
}

/// Steps of different kinds never share a key.
fn claim_step(kind: &str, key: &str, claim_no: ClaimNo, order_no: OrderNo) -> Result<ClaimStep, Problem> {
    let mut form = Form::new();
    let key = form.text("evtKey", Some(key), 1, 200);
    let key = form.complete(key)?;
    Ok(ClaimStep { key: format!("{kind}/{key}"), claim_no, order_no })
}

const fn reason(reason: NotRestored) -> CouponNotRestored {
    match reason {
        NotRestored::Expired => CouponNotRestored::Expired,
        NotRestored::Unknown => CouponNotRestored::Unknown,
        NotRestored::UsedElsewhere => CouponNotRestored::UsedElsewhere,
    }
}
