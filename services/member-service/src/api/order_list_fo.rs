//! POST `/v1/order/orderListFO`

use actix_web::web;
use commerce::MemberNo;
use commerce::calendar::kst_date_of;
use commerce::period::Period;
use contract::ResultCode;
use contract::operations::Role;
use dto::order::{OrderList, OrderListQuery, OrderListRequest};
use dto::paging::PageQuery;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::{Json, Query};
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::api::{listed, shown_order};
use crate::domain::order_search::{OrderSearch, Whose};
use crate::state::AppState;
use crate::usecase::list_orders::list_orders;

/// 주문내역 조회
pub async fn order_list_fo(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    query: Query<OrderListQuery>,
    request: Json<OrderListRequest>,
) -> Result<Answer, Error> {
    let ((query, form), (request, form_of_body)) = (query.open(), request.open());
    let mut form = form.with(form_of_body);
    let now = state.clock.now();
    let member_no = form.optional("mbrNo", query.mbr_no.as_deref(), MemberNo::parse);
    let days = (request.str_dt.as_deref(), request.end_dt.as_deref());
    let period = listed::period(&mut form, days, |first, last| {
        // Whoever has one order finds it, however old it is.
        if is_guest(&caller) {
            Period::new(first, last)
        } else {
            Period::or_last_months(first, last, kst_date_of(now))
        }
    });
    let has_claims = form.optional("ordStatGubun", request.ord_stat_gubun.as_deref(), has_claims);
    let page = PageQuery { page_no: request.page_no, page_size: request.page_size };
    let paging = listed::page_of_orders(&mut form, page);
    let paging = form.complete(paging)?;
    let whose = whose(&caller, member_no)?;
    let search = OrderSearch { whose, period, has_claims: has_claims.unwrap_or(false) };
    let page = (paging.limit(), paging.offset());
    let (total_count, orders) = list_orders(&state, listed::asker(&caller), search, page).await?;
    for order in &orders {
        looks.note(Look::at_order(&order.head.number, order.head.member_no.as_ref()));
    }
    let list = orders.into_iter().map(shown_order::row).collect();
    Ok(Answer::envelope(now, OrderList { total_count, list })?)
}

fn has_claims(text: &str) -> Result<bool, &'static str> {
    match text {
        "ALL" => Ok(false),
        "CLAIM" => Ok(true),
        _ => Err("ALL 또는 CLAIM이어야 합니다."),
    }
}

fn is_guest(caller: &Caller) -> bool {
    caller.has(Role::Guest) && !caller.is_staff() && !caller.has(Role::Member)
}

/// A guest's is the one order it may see; it has no member to name.
fn whose(caller: &Caller, named: Option<MemberNo>) -> Result<Whose, Problem> {
    if is_guest(caller) {
        return match (&caller.order_no, named) {
            (Some(order_no), None) => {
                Ok(Whose::Guest { order_no: order_no.clone(), site_no: caller.site_no.clone() })
            }
            _ => Err(Problem::new(ResultCode::Forbidden)),
        };
    }
    let number = caller.member(named)?;
    Ok(Whose::Member { number, site_no: (!caller.is_staff()).then(|| caller.site_no.clone()) })
}
