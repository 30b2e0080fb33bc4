//! 회원 쿠폰 조회, for claim-service to show and to check.

use actix_web::web;
use dto::internal::{MemberCoupon, MemberCoupons, MemberCouponsQuery};
use platform::answer::Answer;
use platform::extract::Query;
use service_kit::error::Error;

use crate::domain::coupon_state::Coupon;
use crate::state::AppState;
use crate::usecase::find_member_coupons::{CouponsWanted, find_member_coupons};

/// The rest of a member who has even more expires later.
const MOST_COUPONS: i64 = 1_000;

/// A member's usable coupons, or one of the member's in any state.
pub async fn internal_coupons(
    state: web::Data<AppState>,
    query: Query<MemberCouponsQuery>,
) -> Result<Answer, Error> {
    let query = query.checked()?;
    let wanted = CouponsWanted {
        member_no: query.mbr_no,
        promotion_type: query.promo_typ_cd,
        number: query.cpn_isu_no,
    };
    let now = state.clock.now();
    let coupons = state.db.read(move |conn| find_member_coupons(conn, &wanted, MOST_COUPONS, now)).await?;
    Ok(Answer::bare(&MemberCoupons { list: coupons.into_iter().map(wire).collect() })?)
}

fn wire(coupon: Coupon) -> MemberCoupon {
    MemberCoupon {
        use_stat_cd: coupon.state.status(),
        cpn_isu_no: coupon.no,
        promo_no: coupon.promotion_no,
        promo_nm: coupon.promotion_name,
        promo_typ_cd: coupon.promotion_type,
        valid_end_dtm: coupon.valid_until.into(),
    }
}
