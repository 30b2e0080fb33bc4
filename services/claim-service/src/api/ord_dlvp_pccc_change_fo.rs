//! POST `/v1/claim/orderChange/ordDlvpPcccChangeFo`

use actix_web::web;
use commerce::OrderNo;
use dto::claim::CustomsCodeRequest;
use dto::envelope::{BUSINESS_ERROR_STATUS, FieldError};
use dto::internal::OrderCustomsCode;
use dto::result_code::ResultCode;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use platform::form::Form;
use platform::http_client::ClientError;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::app::AppState;
use crate::usecase;

/// 개인통관고유부호 변경. The order keeps it; a repeat changes nothing.
pub async fn ord_dlvp_pccc_change_fo(
    state: web::Data<AppState>,
    caller: Caller,
    Json(request): Json<CustomsCodeRequest>,
) -> Result<Answer, Error> {
    let mut form = Form::new();
    let order_no = form.required("ordNo", request.ord_no.as_deref(), OrderNo::parse);
    let delivery_seq = request.dlvp_seq.filter(|seq| *seq > 0);
    if delivery_seq.is_none() {
        form.reject("dlvpSeq", "1 이상의 배송지 순번을 입력해 주세요.");
    }
    let code = form.required("persCstmCd", request.pers_cstm_cd.as_deref(), customs_code);
    let ((order_no, dlvp_seq), pers_cstm_cd) = form.complete(order_no.zip(delivery_seq).zip(code))?;
    usecase::open_order(&state, &caller, &order_no).await?;
    let code = OrderCustomsCode { dlvp_seq, pers_cstm_cd };
    match state.clients.member.change_customs_code(&order_no, &code).await {
        Ok(()) => Ok(Answer::empty()),
        Err(error) => Err(passed_on(error)),
    }
}

/// `P` and 12 digits.
fn customs_code(text: &str) -> Result<String, &'static str> {
    let digits = text.strip_prefix('P').filter(|digits| digits.len() == 12);
    match digits {
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => Ok(text.to_owned()),
        Some(_) | None => Err("P와 숫자 12자리여야 합니다."),
    }
}

/// What the order has against it is the caller's to know, in the same words.
fn passed_on(error: ClientError) -> Error {
    if let ClientError::Refused { status: BUSINESS_ERROR_STATUS, code, envelope, .. } = &error
        && let Some(code) = ResultCode::from_code(code)
    {
        let rows: &[FieldError] = &envelope.errors;
        return rows
            .iter()
            .fold(Problem::new(code), |problem, row| problem.at(row.field.clone(), row.message.clone()))
            .into();
    }
    error.into()
}
