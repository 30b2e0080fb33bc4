//! POST `/v1/claim/claimMgmt/saveExchangeDeliStat`

use actix_web::web;
use commerce::ReturnProgress;
use dto::claim::ExchangeDeliveryRequest;
use dto::date_time::KstDateTime;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::collection::{answer, fields};
use crate::state::AppState;
use crate::usecase::exchange::ship::{Shipping, ship};

/// 교환배송상태 저장
pub async fn save_exchange_deli_stat(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<ExchangeDeliveryRequest>,
) -> Result<Answer, Error> {
    let deadline = state.answer_deadline();
    let (sent, mut form) = request.open();
    let claim = fields::claim(&mut form, sent.ord_no.as_deref(), sent.claim_no.as_deref());
    let to = form.required("ordDtlStatCd", sent.ord_dtl_stat_cd.as_deref(), |text| {
        ReturnProgress::from_wire(text)
            .filter(|to| matches!(to, ReturnProgress::Shipped | ReturnProgress::Delivered))
            .ok_or("13 또는 15만 입력할 수 있습니다.")
    });
    let invoice = fields::invoice(&mut form, "", sent.hdc_cd.as_deref(), sent.inv_no.as_deref());
    if sent.dtm.is_none() {
        form.missing("dtm");
    }
    let at = sent.dtm.map(KstDateTime::utc);
    let (((order_no, claim_no), to), at) = form.complete(claim.zip(to).zip(at))?;
    let shipping = Shipping { order_no, claim_no, to, invoice, at };
    ship(&state, &caller, &once, shipping, deadline, answer::standing).await
}
