//! POST `/v1/detail/otherItms`

use actix_web::web;
use commerce::{GoodsNo, ItemNo};
use dto::bounded::{AtMost, MOST_ASKED_GOODS};
use dto::goods::{OtherItem, OtherItems, OtherItemsRequest};
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use platform::form::Form;
use service_kit::error::Error;

use crate::domain::catalogue::Goods;
use crate::state::AppState;
use crate::usecase;

/// 다른 단품 조회: all items of each goods asked for, in the order of the request; unknown goods are left out.
pub async fn other_itms(
    state: web::Data<AppState>,
    request: Json<AtMost<MOST_ASKED_GOODS, OtherItemsRequest>>,
) -> Result<Answer, Error> {
    let (AtMost(request), form) = request.open();
    let found = usecase::catalogue::find::find_goods(&state.db, numbers(&request, form)?).await?;
    let answer = found
        .iter()
        .map(wire)
        .collect::<Option<Vec<OtherItems>>>()
        .ok_or_else(|| Problem::internal("a price of the catalogue does not add up"))?;
    Ok(Answer::bare(&answer)?)
}

/// Each goods once, however often it was asked for.
fn numbers(request: &[OtherItemsRequest], mut form: Form) -> Result<Vec<GoodsNo>, Problem> {
    let mut numbers: Vec<GoodsNo> = Vec::new();
    for (index, one) in request.iter().enumerate() {
        form.optional(&format!("[{index}].itmNo"), one.itm_no.as_deref(), ItemNo::parse);
        let no = form.required(&format!("[{index}].goodsNo"), one.goods_no.as_deref(), GoodsNo::parse);
        if let Some(no) = no
            && !numbers.contains(&no)
        {
            numbers.push(no);
        }
    }
    form.finish()?;
    Ok(numbers)
}

fn wire(goods: &Goods) -> Option<OtherItems> {
    let itms = goods
        .items
        .iter()
        .map(|item| {
            Some(OtherItem {
                itm_no: item.no.clone(),
                itm_nm: item.name.clone(),
                itm_sale_stat_cd: item.status,
                stk_qty: item.stock,
                sale_prc: goods.price_of(item)?,
            })
        })
        .collect::<Option<_>>()?;
    Some(OtherItems {
        goods_no: goods.no.clone(),
        goods_nm: goods.name.clone(),
        sale_prc: goods.price,
        sale_stat_cd: goods.status,
        rsv_goods_yn: goods.is_reserved.into(),
        itms,
    })
}
