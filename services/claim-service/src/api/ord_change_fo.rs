//! POST `/v1/claim/orderChange/ordChangeFO`

use std::time::Duration;

use actix_web::web;
use commerce::{GoodsNo, ItemNo, OrderNo};
use dto::claim::{OptionChangeAnswer, OptionChangeRequest};
use platform::answer::Answer;
use platform::extract::Json;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;
use tokio::time::Instant;

use crate::app::AppState;
use crate::domain::option_change::WantedOption;
use crate::usecase::{self, OptionOrder};

/// 옵션변경
pub async fn ord_change_fo(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    Json(request): Json<OptionChangeRequest>,
) -> Result<Answer, Error> {
    let deadline = Instant::now() + Duration::from_millis(state.settings.cancel.answer_deadline_ms);
    let mut form = Form::new();
    let order_no = form.required("ordNo", request.ord_no.as_deref(), OrderNo::parse);
    if request.ord_seq.is_none() {
        form.reject("ordSeq", "필수 값입니다.");
    }
    let goods_no = form.required("goodsNo", request.goods_no.as_deref(), GoodsNo::parse);
    let item_no = form.required("itmNo", request.itm_no.as_deref(), ItemNo::parse);
    let complete = order_no.zip(request.ord_seq).zip(goods_no.zip(item_no));
    let ((order_no, line_seq), (goods_no, item_no)) = form.complete(complete)?;
    let change = OptionOrder {
        order_no,
        line_seq,
        wanted: WantedOption { goods_no, item_no },
        acceptance_key: once.identity().map(str::to_owned),
    };
    let claim_no = usecase::change_option(&state, &caller, &change, deadline).await?;
    Ok(Answer::envelope(state.clock.now(), OptionChangeAnswer { claim_no })?)
}
