//! POST `/v1/member/getOrdTotAmt`

use actix_web::web;
use commerce::MemberNo;
use dto::date_time::{KstDateTime, parse_date_time};
use dto::member::{MemberOrderAmtRequest, OrderAmtInfo, OrderAmtInfoResponse};
use platform::answer::Answer;
use platform::extract::Json;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::domain::purchase_period::PurchasePeriod;
use crate::state::AppState;
use crate::usecase::sum_purchases::sum_purchases;

/// 기간별구매금액조회
pub async fn get_member_order_total_amt(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    request: Json<MemberOrderAmtRequest>,
) -> Result<Answer, Error> {
    let (request, form) = request.open();
    let (member_no, period) = parsed(&request, form)?;
    caller.acts_for_member(&member_no)?;
    looks.note(Look::at(&member_no));
    let (orders, total) = sum_purchases(&state.db, member_no, caller.site_no, period).await?;
    let order_list = orders
        .into_iter()
        .map(|order| OrderAmtInfo {
            ord_no: order.order_no,
            ord_dtm: KstDateTime(order.ordered_at),
            ord_amt: order.amount,
        })
        .collect();
    Ok(Answer::bare(&OrderAmtInfoResponse { order_list, tot_ord_amt: total })?)
}

fn parsed(request: &MemberOrderAmtRequest, mut form: Form) -> Result<(MemberNo, PurchasePeriod), Error> {
    let member_no = form.required("mbrNo", request.mbr_no.as_deref(), MemberNo::parse);
    let start = form.required("buyStrDtm", request.buy_str_dtm.as_deref(), parse_date_time);
    let end = form.required("buyEndDtm", request.buy_end_dtm.as_deref(), parse_date_time);
    let given = match (member_no, start, end) {
        (Some(member_no), Some(start), Some(end)) => Some((member_no, start, end)),
        _ => None,
    };
    let (member_no, start, end) = form.complete(given)?;
    Ok((member_no, PurchasePeriod::new(start, end)?))
}
