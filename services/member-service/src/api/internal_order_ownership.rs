//! GET `/internal/orders/{ordNo}/ownership`

use actix_web::web;
use commerce::OrderNo;
use dto::internal::{OrderOwnership, OrderOwnershipQuery, OwnedOrderLine};
use platform::answer::Answer;
use platform::extract::{PathValue, Query};
use service_kit::error::Error;

use crate::state::AppState;
use crate::usecase::read_order_lines::read_own_order_lines;

/// 주문 소유 확인
pub async fn internal_order_ownership(
    state: web::Data<AppState>,
    PathValue(order_no): PathValue,
    query: Query<OrderOwnershipQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let order_no = form.required("ordNo", Some(&order_no), OrderNo::parse);
    let order_no = form.complete(order_no)?;
    let own = read_own_order_lines(&state.db, order_no, query.mbr_no, query.site_no).await?;
    let answer = match own {
        None => OrderOwnership { is_own: false, ord_man_nm: None, lines: Vec::new() },
        Some((orderer_name, lines)) => OrderOwnership {
            is_own: true,
            ord_man_nm: Some(orderer_name),
            lines: lines
                .into_iter()
                .map(|line| OwnedOrderLine {
                    ord_seq: line.seq,
                    goods_no: line.goods_no,
                    goods_nm: line.goods_name,
                    itm_no: line.item_no,
                })
                .collect(),
        },
    };
    Ok(Answer::bare(&answer)?)
}
