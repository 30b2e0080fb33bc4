//! POST `/internal/ordererNames`

use actix_web::web;
use dto::internal::{OrdererName, OrdererNames, OrdererNamesQuery};
use platform::answer::Answer;
use platform::extract::Json;
use service_kit::error::Error;

use crate::state::AppState;
use crate::usecase::read_orderer_names::read_orderer_names;

const MOST_ORDERS: usize = 500;

/// 주문자명 조회
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
    let list = names.into_iter().map(|(ord_no, ord_man_nm)| OrdererName { ord_no, ord_man_nm }).collect();
    Ok(Answer::bare(&OrdererNames { list })?)
}
