//! POST `/v1/claim/orderChange/ordChangeFO`

use actix_web::web;
use commerce::{GoodsNo, ItemNo, OrderNo};
use dto::claim::{OptionChangeAnswer, OptionChangeRequest};
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::domain::option::WantedOption;
use crate::state::AppState;
use crate::usecase;
use crate::usecase::option::change::OptionOrder;

/// 옵션변경
pub async fn ord_change_fo(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<OptionChangeRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let deadline = state.answer_deadline();
    let order_no = form.required("ordNo", request.ord_no.as_deref(), OrderNo::parse);
    if request.ord_seq.is_none() {
        form.missing("ordSeq");
    }
    let goods_no = form.required("goodsNo", request.goods_no.as_deref(), GoodsNo::parse);
    let item_no = form.required("itmNo", request.itm_no.as_deref(), ItemNo::parse);
    let complete = order_no.zip(request.ord_seq).zip(goods_no.zip(item_no));
    let ((order_no, line_seq), (goods_no, item_no)) = form.complete(complete)?;
    let change = OptionOrder { order_no, line_seq, wanted: WantedOption { goods_no, item_no }, once };
    let claim_no = usecase::option::change::change_option(&state, &caller, change, deadline).await?;
    Ok(Answer::envelope(state.clock.now(), OptionChangeAnswer { claim_no })?)
}
