//! PUT `/v1/goods/goods`

use actix_web::web;
use dto::goods::{self, GoodsAnswer, GoodsRequest};
use platform::answer::Answer;
use platform::extract::Json;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::domain::catalogue::{self, Goods, Item};
use crate::state::AppState;
use crate::usecase;

/// 상품 수신
pub async fn goods(
    state: web::Data<AppState>,
    once: Once,
    request: Json<GoodsRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let goods: Vec<Goods> = request.goods.into_iter().map(domain).collect();
    for finding in catalogue::findings(&goods) {
        if form.is_whole() || finding.is_of_one_field {
            form.reject(finding.field, finding.message);
        }
    }
    form.finish()?;
    let clock = state.clock.clone();
    once.write(&state.db, move |conn| {
        let taken_in = usecase::catalogue::take_in::take_in_goods(conn, &clock, &goods)?;
        let answer = GoodsAnswer { created: taken_in.created, updated: taken_in.updated };
        Ok::<_, Error>(Answer::envelope(clock.now(), answer)?)
    })
    .await
}

fn domain(goods: goods::Goods) -> Goods {
    Goods {
        no: goods.goods_no,
        name: goods.goods_nm,
        price: goods.sale_prc,
        status: goods.sale_stat_cd,
        is_reserved: goods.rsv_goods_yn.into(),
        image: goods.goods_img,
        items: goods
            .itms
            .into_iter()
            .map(|item| Item {
                no: item.itm_no,
                name: item.itm_nm,
                status: item.itm_sale_stat_cd,
                price_addition: item.add_prc,
                stock: item.stk_qty,
            })
            .collect(),
    }
}
