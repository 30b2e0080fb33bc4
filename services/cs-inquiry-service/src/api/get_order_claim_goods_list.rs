//! POST `/v1/customer/getOrderClaimGoodsList`

use actix_web::web;
use commerce::calendar::kst_date_of;
use commerce::period::Period;
use dto::inquiry::{OrderedGoods, OrderedGoodsList, OrderedGoodsRequest};
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::api::caller::writer;
use crate::api::fields;
use crate::domain::catalogue::OrderedLine;
use crate::state::AppState;
use crate::usecase::offer_choices::{PageWanted, list_ordered_lines};

/// 문의 주문상품 조회: the member's ordered lines, as member-service has them.
pub async fn get_order_claim_goods_list(
    state: web::Data<AppState>,
    caller: Caller,
    request: Json<OrderedGoodsRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let now = state.clock.now();
    let first_day = fields::day(&mut form, "strDt", request.str_dt.as_deref());
    let last_day = fields::day(&mut form, "endDt", request.end_dt.as_deref());
    let period = Period::or_last_months(first_day, last_day, kst_date_of(now));
    let period = fields::period(&mut form, "endDt", period);
    let paging = fields::paging(&mut form, request.page_no, request.page_size);
    let (period, paging) = form.complete(period.zip(paging))?;
    let writer = writer(&caller)?;
    let page = PageWanted { page_no: paging.page_no(), page_size: paging.page_size() };
    let (total_count, lines) = list_ordered_lines(&state, &writer, period, page).await?;
    let list = lines.into_iter().map(ordered_goods).collect();
    Ok(Answer::envelope(now, OrderedGoodsList { total_count, list })?)
}

fn ordered_goods(ordered: OrderedLine) -> OrderedGoods {
    OrderedGoods {
        ord_no: ordered.order_no,
        ord_dtm: ordered.ordered_at.into(),
        ord_seq: ordered.line.line,
        goods_no: ordered.line.goods_no,
        goods_nm: ordered.line.goods_name,
        itm_no: ordered.line.item_no,
        itm_nm: ordered.item_name,
        goods_img: ordered.image,
        ord_qty: ordered.quantity,
        sale_prc: ordered.price,
        ord_dtl_stat_cd: ordered.status,
        ord_dtl_stat_nm: ordered.status.label().to_owned(),
    }
}
