//! POST `/v1/order/orderDetailFO`

use actix_web::web;
use commerce::OrderNo;
use dto::order::{Order, OrderDetail, OrderDetailRequest, OrderPayment, OrderPaymentRow};
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::api::{listed, order_dto, shown_order};
use crate::state::AppState;
use crate::usecase::list_orders::find_order;

/// 주문상세 조회
pub async fn order_detail_fo(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    request: Json<OrderDetailRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let order_no = form.required("ordNo", request.ord_no.as_deref(), OrderNo::parse);
    let order_no = form.complete(order_no)?;
    let (shown, whole, days) = find_order(&state, &caller, listed::asker(&caller), order_no).await?;
    looks.note(Look::at_order(&shown.head.number, shown.head.member_no.as_ref()));
    let Order { dlvp_list, pay_list, gift_list, deli_grp_list, ord_promotion_list, .. } =
        order_dto::snapshot(whole, days)?.order;
    Ok(Answer::bare(&OrderDetail {
        row: shown_order::row(shown),
        dlvp_list,
        pay_list: pay_list.into_iter().map(payment).collect(),
        gift_list,
        deli_grp_list,
        ord_promotion_list,
    })?)
}

/// Without the provider's key, by which it could be given back.
fn payment(payment: OrderPayment) -> OrderPaymentRow {
    OrderPaymentRow {
        pay_no: payment.pay_no,
        pay_means_nm: payment.pay_means_cd.label().to_owned(),
        pay_means_cd: payment.pay_means_cd,
        pay_amt: payment.pay_amt,
        sctn_cncl_psb_yn: payment.sctn_cncl_psb_yn,
        card_no: payment.card_no,
    }
}
