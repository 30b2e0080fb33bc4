//! 쿠폰 발급과 보유 쿠폰 조회

use actix_web::web;
use dto::promotion::{Coupon as CouponDto, CouponIssueAnswer, CouponIssueRequest, CouponList, MemberQuery};
use dto::result_code::ResultCode;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::{Json, Query};
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::app::AppState;
use crate::domain::coupon_state::{Coupon, CouponState};
use crate::usecase::{self, Issued};

/// Takes all coupons or none.
pub async fn post_coupons(
    state: web::Data<AppState>,
    once: Once,
    Json(body): Json<CouponIssueRequest>,
) -> Result<Answer, Error> {
    let coupons = coupons(body)?;
    let now = state.clock.now();
    once.write(&state.db, move |conn| match usecase::issue_coupons(conn, &coupons, now)? {
        Issued::All { created, unchanged } => Ok(Answer::envelope(now, issue_answer(created, unchanged)?)?),
        Issued::Different(places) => Err(exists(&places).into()),
    })
    .await
}

/// A member's own; staff name the member.
pub async fn get_coupons(
    state: web::Data<AppState>,
    caller: Caller,
    Query(query): Query<MemberQuery>,
) -> Result<Answer, Error> {
    let member_no = caller.member(query.mbr_no)?;
    let now = state.clock.now();
    let coupons = state.db.read(move |conn| usecase::list_coupons(conn, &member_no, now)).await?;
    let list = coupons.into_iter().map(coupon_dto).collect();
    Ok(Answer::envelope(now, CouponList { list })?)
}

fn coupons(body: CouponIssueRequest) -> Result<Vec<Coupon>, Problem> {
    let mut form = Form::new();
    let mut coupons = Vec::with_capacity(body.coupons.len());
    for (place, coupon) in body.coupons.into_iter().enumerate() {
        let status = coupon.use_stat_cd.unwrap_or(commerce::CouponStatus::Usable);
        let Some(state) = CouponState::of(status, coupon.ord_no) else {
            form.reject(
                format!("coupons[{place}].ordNo"),
                "사용완료 쿠폰에만 주문번호를 입력할 수 있습니다.",
            );
            continue;
        };
        form.keepable(format!("coupons[{place}].promoNm"), &coupon.promo_nm);
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

fn exists(places: &[usize]) -> Problem {
    places.iter().fold(Problem::new(ResultCode::CouponExists), |problem, place| {
        problem.at(format!("coupons[{place}].cpnIsuNo"), "내용이 다른 쿠폰이 이미 등록되어 있습니다.")
    })
}

fn coupon_dto(coupon: Coupon) -> CouponDto {
    CouponDto {
        use_stat_cd: Some(coupon.state.status()),
        ord_no: coupon.state.order_no().cloned(),
        cpn_isu_no: coupon.no,
        promo_no: coupon.promotion_no,
        promo_nm: coupon.promotion_name,
        promo_typ_cd: coupon.promotion_type,
        mbr_no: coupon.member_no,
        valid_end_dtm: coupon.valid_until.into(),
    }
}
