//! GET `/internal/goods`

use actix_web::web;
use dto::inquiry::GoodsChoice;
use dto::internal::{GoodsSearchAnswer, GoodsSearchQuery};
use dto::paging::PageQuery;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Query;
use service_kit::error::Error;

use crate::state::AppState;
use crate::usecase;

/// 상품 검색
pub async fn internal_goods_search(
    state: web::Data<AppState>,
    query: Query<GoodsSearchQuery>,
) -> Result<Answer, Error> {
    let query = query.checked()?;
    let page = PageQuery { page_no: query.page_no, page_size: query.page_size };
    let page = page.validate().map_err(Problem::validation)?;
    let name = query.search_nm.unwrap_or_default();
    let (total_count, items) =
        usecase::catalogue::find::search_goods(&state.db, query.goods_no, name, page.limit(), page.offset())
            .await?;
    let list = items
        .into_iter()
        .map(|item| GoodsChoice {
            goods_no: item.goods_no,
            goods_nm: item.goods_name,
            itm_no: item.item_no,
            itm_nm: item.item_name,
            sale_prc: item.price,
            goods_img: item.image,
        })
        .collect();
    Ok(Answer::bare(&GoodsSearchAnswer { total_count, list })?)
}
