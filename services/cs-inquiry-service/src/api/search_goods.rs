//! POST `searchGoods`

use actix_web::web;
use dto::inquiry::{GoodsChoice, GoodsChoiceList, SearchGoodsRequest};
use platform::answer::Answer;
use platform::extract::Json;
use service_kit::error::Error;

use crate::api::fields::{self, Lines};
use crate::state::AppState;
use crate::usecase::offer_choices::{self, PageWanted};

const LONGEST_SEARCH: usize = 100;

/// 문의 상품 검색: what claim-service's catalogue has.
pub async fn search_goods(
    state: web::Data<AppState>,
    request: Json<SearchGoodsRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
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
    let page = PageWanted { page_no: paging.page_no(), page_size: paging.page_size() };
    let (total_count, items) = offer_choices::search_goods(&state, text.trim(), page).await?;
    let list = items.into_iter().map(|item| GoodsChoice {
        goods_no: item.goods_no,
        goods_nm: item.goods_name,
        itm_no: item.item_no,
        itm_nm: item.item_name,
        sale_prc: item.price,
        goods_img: item.image,
    });
    Ok(Answer::envelope(state.clock.now(), GoodsChoiceList { total_count, list: list.collect() })?)
}
