//! POST `/v1/claim/orderChange/ordDlvpPcccChangeFo`

use actix_web::web;
use commerce::OrderNo;
use dto::claim::CustomsCodeRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::state::AppState;
use crate::usecase::personal::change_customs_code::change_customs_code;

/// 개인통관고유부호 변경. The order keeps it; a repeat changes nothing.
pub async fn ord_dlvp_pccc_change_fo(
    state: web::Data<AppState>,
    caller: Caller,
    request: Json<CustomsCodeRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let order_no = form.required("ordNo", request.ord_no.as_deref(), OrderNo::parse);
    let delivery_seq = request.dlvp_seq.filter(|seq| *seq > 0);
    if delivery_seq.is_none() {
        form.reject("dlvpSeq", "1 이상의 배송지 순번을 입력해 주세요.");
    }
    let code = form.required("persCstmCd", request.pers_cstm_cd.as_deref(), customs_code);
    let ((order_no, delivery_seq), code) = form.complete(order_no.zip(delivery_seq).zip(code))?;
    change_customs_code(&state, &caller, &order_no, (delivery_seq, code)).await?;
    Ok(Answer::empty())
}

/// `P` and 12 digits.
fn customs_code(text: &str) -> Result<String, &'static str> {
    let digits = text.strip_prefix('P').filter(|digits| digits.len() == 12);
    match digits {
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => Ok(text.to_owned()),
        Some(_) | None => Err("P와 숫자 12자리여야 합니다."),
    }
}
