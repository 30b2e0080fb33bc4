//! Asks the sister services about the order and the goods an inquiry names.

use std::time::Duration;

use commerce::GoodsNo;
use contract::ResultCode;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::inquiry::AboutGoods;
use crate::domain::inquiry_rules::{Choice, OrderLine, settle_goods};
use crate::domain::writer::Writer;
use crate::refusals::sister_missing;
use crate::state::AppState;

/// How long a member waits for a mere name; after that it is asked for in the background.
const PATIENCE_FOR_A_NAME: Duration = Duration::from_millis(800);

/// What an order says about an inquiry.
#[derive(Default)]
pub struct KnownOrder {
    pub orderer: Option<String>,
    pub lines: Vec<OrderLine>,
}

/// The named order, which must be the member's own; without it an inquiry about an order can't be taken.
pub async fn find_order(state: &AppState, writer: &Writer, choice: &Choice) -> Result<KnownOrder, Error> {
    let Some(order) = &choice.order else { return Ok(KnownOrder::default()) };
    let found = state
        .clients
        .member
        .find_own_order(&writer.member_no, &writer.site_no, &order.order_no)
        .await
        .map_err(|error| {
            sister_missing(
                error,
                "주문 정보를 확인할 수 없어 문의를 등록하지 못했습니다. 잠시 후 다시 시도해 주세요.",
            )
        })?;
    let own = found.ok_or_else(|| Problem::new(ResultCode::Forbidden))?;
    Ok(KnownOrder { orderer: own.orderer, lines: own.lines })
}

/// The goods an inquiry is about, with their name if it is to be had now.
pub async fn find_goods(
    state: &AppState,
    choice: &Choice,
    lines: &[OrderLine],
    known: Option<&AboutGoods>,
) -> Result<Option<AboutGoods>, Error> {
    let Some(mut goods) = settle_goods(choice, lines)? else { return Ok(None) };
    if goods.name.is_none() {
        goods.name = match known.filter(|known| known.goods_no == goods.goods_no) {
            Some(known) => known.name.clone(),
            None => find_name(state, &goods.goods_no).await,
        };
    }
    Ok(Some(goods))
}

/// A name is for show: an inquiry is taken without it.
pub async fn find_name(state: &AppState, goods_no: &GoodsNo) -> Option<String> {
    let asked = state.clients.claim.find_goods_name(goods_no);
    match tokio::time::timeout(PATIENCE_FOR_A_NAME, asked).await {
        Ok(Ok(name)) => name,
        Ok(Err(error)) => {
            tracing::info!(%error, "the name of the goods is asked for later");
            None
        }
        Err(_) => {
            tracing::info!("the catalogue is slow; the name of the goods is asked for later");
            None
        }
    }
}
