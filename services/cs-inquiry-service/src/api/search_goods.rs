//! POST `searchGoods`

use actix_web::web;
use dto::inquiry::{GoodsChoice, GoodsChoiceList, SearchGoodsRequest};
use platform::answer::Answer;
use platform::extract::Json;
use platform::form::Form;
use service_kit::error::Error;

use crate::api::fields::{self, Lines};
use crate::clients::catalogue;
use crate::error::sister_missing;
use crate::usecase::app_state::AppState;

const LONGEST_SEARCH: usize = 100;

/// 문의 상품 검색: what claim-service's catalogue has.
pub async fn search_goods(
    app: web::Data<AppState>,
    Json(request): Json<SearchGoodsRequest>,
) -> Result<Answer, Error> {
    let mut form = Form::new();
    let text = fields::optional_text(
        &mut form,
        "searchNm",
        request.search_nm.as_deref(),
        LONGEST_SEARCH,
        Lines::One,
    );
    let paging = fields::paging(&mut form, request.page_no, request.page_size);
    let paging = form.complete(paging)?;
    let text = text.unwrap_or_default();
    let (total_count, items) =
        catalogue::search(&app.clients.claim, text.trim(), paging.page_no(), paging.page_size())
            .await
            .map_err(|error| {
                sister_missing(error, "상품을 잠시 검색할 수 없습니다. 잠시 후 다시 시도해 주세요.")
            })?;
    let list = items.into_iter().map(|item| GoodsChoice {
        goods_no: item.goods_no,
        goods_nm: item.goods_name,
        itm_no: item.item_no,
        itm_nm: item.item_name,
        sale_prc: item.price,
        goods_img: item.image,
    });
    Ok(Answer::envelope(app.clock.now(), GoodsChoiceList { total_count, list: list.collect() })?)
}
