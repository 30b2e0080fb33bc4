//! 보유 쿠폰 조회

use actix_web::web;
use dto::promotion::{Coupon as CouponDto, CouponList, MemberQuery};
use platform::answer::Answer;
use platform::extract::Query;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::domain::coupon_state::Coupon;
use crate::state::AppState;
use crate::usecase::list_coupons::list_coupons;

/// A member's own; staff name the member.
pub async fn get_coupons(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    query: Query<MemberQuery>,
) -> Result<Answer, Error> {
    let query = query.checked()?;
    let member_no = caller.member(query.mbr_no)?;
    looks.note(Look::at(&member_no));
    let now = state.clock.now();
    let coupons = state.db.read(move |conn| list_coupons(conn, &member_no, now)).await?;
    let list = coupons.into_iter().map(coupon_dto).collect();
    Ok(Answer::envelope(now, CouponList { list })?)
}

fn coupon_dto(coupon: Coupon) -> CouponDto {
    CouponDto {
        use_stat_cd: Some(coupon.state.status()),
        ord_no: coupon.state.order_no().cloned(),
        claim_no: coupon.state.claim_no().cloned(),
        cpn_isu_no: coupon.no,
        promo_no: coupon.promotion_no,
        promo_nm: coupon.promotion_name,
        promo_typ_cd: coupon.promotion_type,
        mbr_no: coupon.member_no,
        valid_end_dtm: coupon.valid_until.into(),
    }
}
