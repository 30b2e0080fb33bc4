//! POST `/v1/order/orderMgmt/getOrderMgmtList`: a POST, so that no name and no phone stands in an address.

use actix_web::web;
use commerce::period::Period;
use commerce::{MemberNo, OrderNo};
use dto::inquiry::BackOfficeList;
use dto::order::{ManagedOrderListRequest, ManagedOrderRow};
use dto::paging::PageQuery;
use platform::answer::Answer;
use platform::extract::Json;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::api::{listed, shown_order};
use crate::domain::order_search::{KnownBy, OrderSearch, Whose};
use crate::domain::shown_order::ShownOrder;
use crate::state::AppState;
use crate::usecase::list_orders::list_orders;

/// Longer values match no order.
const LONGEST: usize = 200;

/// 주문 관리 목록 조회: a bare list.
pub async fn get_order_mgmt_list(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    request: Json<ManagedOrderListRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let known = known_by(&mut form, &request);
    // Who names what it looks for finds it, however old it is.
    let days = (request.str_dt.as_deref(), request.end_dt.as_deref());
    let period = listed::period(&mut form, days, Period::new);
    let page = PageQuery { page_no: request.page_no, page_size: request.page_size };
    let paging = listed::page_of_orders(&mut form, page);
    let paging = form.complete(paging)?;
    let search = OrderSearch { whose: Whose::Known(known), period, has_claims: false };
    let page = (paging.limit(), paging.offset());
    let (total_count, orders) = list_orders(&state, listed::asker(&caller), search, page).await?;
    for order in &orders {
        looks.note(Look::at_order(&order.head.number, order.head.member_no.as_ref()));
    }
    let payloads = orders.into_iter().map(row).collect();
    Ok(Answer::bare(&BackOfficeList::<ManagedOrderRow> { total_count, payloads })?)
}

fn known_by(form: &mut Form, request: &ManagedOrderListRequest) -> KnownBy {
    let order_no = form.optional("ordNo", request.ord_no.as_deref(), OrderNo::parse);
    let member_no = form.optional("mbrNo", request.mbr_no.as_deref(), MemberNo::parse);
    let mut text = |field, value: &Option<String>| {
        let value = value.as_deref().filter(|text| !text.is_empty())?;
        form.text(field, Some(value), 1, LONGEST)
    };
    let orderer_name = text("ordManNm", &request.ord_man_nm);
    let phone = [
        text("cellSctNo", &request.cell_sct_no),
        text("cellTxnoNo", &request.cell_txno_no),
        text("cellEndNo", &request.cell_end_no),
    ];
    let known = KnownBy { order_no, member_no, phone, orderer_name };
    if !form.has_errors() && !known.is_enough() {
        ask_for_more(form, &known);
    }
    known
}

/// Of what was begun, names what is missing.
fn ask_for_more(form: &mut Form, known: &KnownBy) {
    if known.orderer_name.is_some() {
        form.reject("cellEndNo", "주문자명으로 찾으려면 휴대폰 끝자리가 필요합니다.");
        return;
    }
    if !known.is_personal() {
        form.reject(
            "ordNo",
            "주문번호, 회원번호, 휴대폰번호 전체, 주문자명과 휴대폰 끝자리 중 하나는 필요합니다.",
        );
        return;
    }
    for (field, part) in ["cellSctNo", "cellTxnoNo", "cellEndNo"].into_iter().zip(&known.phone) {
        if part.is_none() {
            form.reject(field, "휴대폰번호로 찾으려면 세 부분이 모두 필요합니다.");
        }
    }
}

fn row(order: ShownOrder) -> ManagedOrderRow {
    ManagedOrderRow {
        mbr_no: order.head.member_no.clone(),
        ord_man_nm: order.head.orderer_name.clone(),
        cell_sct_no: order.head.phone.first.clone(),
        cell_txno_no: order.head.phone.middle.clone(),
        cell_end_no: order.head.phone.last.clone(),
        row: shown_order::row(order),
    }
}
