//! POST `/v1/claim/exchange/isExistsExchangeGoodsItm`

use actix_web::web;
use commerce::{GoodsNo, ItemNo, Won};
use dto::bounded::{AtMost, MOST_ASKED_GOODS};
use dto::claim::ExchangeItemRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::form::Form;
use service_kit::error::Error;

use crate::state::AppState;
use crate::usecase::exchange::check_items::{AskedItem, check_items};

/// 교환단품 확인
pub async fn is_exists_exchange_goods_itm(
    state: web::Data<AppState>,
    request: Json<AtMost<MOST_ASKED_GOODS, ExchangeItemRequest>>,
) -> Result<Answer, Error> {
    let (AtMost(rows), mut form) = request.open();
    if rows.is_empty() {
        form.reject("body", "1건 이상 100건 이하로 보내 주세요.");
    }
    let rows = rows.iter().enumerate();
    let asked: Vec<AskedItem> = rows.filter_map(|(index, row)| read(&mut form, index, row)).collect();
    form.finish()?;
    check_items(&state.db, &asked).await?;
    Ok(Answer::empty())
}

fn read(form: &mut Form, index: usize, sent: &ExchangeItemRequest) -> Option<AskedItem> {
    let at = |field: &str| format!("[{index}].{field}");
    let goods_no = form.required(&at("goodsNo"), sent.goods_no.as_deref(), GoodsNo::parse);
    let item_no = form.required(&at("itmNo"), sent.itm_no.as_deref(), ItemNo::parse);
    if sent.claim_qty.is_some_and(|quantity| quantity < 1) {
        form.reject(at("claimQty"), "수량은 1개 이상이어야 합니다.");
    }
    if sent.sale_prc.is_some_and(Won::is_negative) {
        form.reject(at("salePrc"), "0원 이상이어야 합니다.");
    }
    let quantity = sent.claim_qty.unwrap_or(1);
    Some(AskedItem { goods_no: goods_no?, item_no: item_no?, quantity, price: sent.sale_prc })
}
