//! Who a token says one is.

use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use contract::operations::Role;
use dto::KstDateTime;
use dto::envelope::Envelope;
use dto::login::LoginInfo;

use crate::door::Verified;

/// 로그인 정보: what the token was believed to say, so that no page has to read one itself.
pub(crate) fn login_info(verified: &Verified, now: DateTime<Utc>) -> HttpResponse {
    let caller = &verified.caller;
    let info = LoginInfo {
        sub: caller.subject.clone(),
        roles: caller.roles.iter().map(Role::wire).map(str::to_owned).collect(),
        site_no: caller.site_no.clone(),
        ord_no: caller.order_no.clone(),
        exp_dtm: KstDateTime(
            DateTime::from_timestamp(verified.expires_at, 0).unwrap_or(DateTime::<Utc>::MAX_UTC),
        ),
        server_dtm: KstDateTime(now),
    };
    HttpResponse::Ok().json(Envelope::success(now, info))
}
