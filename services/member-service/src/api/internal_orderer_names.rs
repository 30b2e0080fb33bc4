//! POST `/internal/ordererNames`

use actix_web::web;
use dto::internal::{OrdererName, OrdererNames, OrdererNamesQuery, RecipientName};
use platform::answer::Answer;
use platform::extract::Json;
use service_kit::error::Error;

use crate::state::AppState;
use crate::usecase::read_orderer_names::{OrderNames, read_orderer_names};

const MOST_ORDERS: usize = 500;

/// 주문자·수취인명 조회
pub async fn internal_orderer_names(
    state: web::Data<AppState>,
    query: Json<OrdererNamesQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    if query.ord_no_list.len() > MOST_ORDERS {
        form.reject("ordNoList", format!("한 번에 {MOST_ORDERS}건까지 조회할 수 있습니다."));
    }
    form.finish()?;
    let names = read_orderer_names(&state.db, query.ord_no_list).await?;
    Ok(Answer::bare(&OrdererNames { list: names.into_iter().map(row).collect() })?)
}

fn row(names: OrderNames) -> OrdererName {
    let recipients = names.recipients.into_iter();
    OrdererName {
        ord_no: names.order_no,
        ord_man_nm: names.orderer,
        masked: names.is_masked,
        dlvp_list: recipients.map(|(dlvp_seq, rcvmn_nm)| RecipientName { dlvp_seq, rcvmn_nm }).collect(),
    }
}
