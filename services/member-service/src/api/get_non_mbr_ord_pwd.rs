//! POST `/v1/member/nonMbrOrdPwd`

use actix_web::web;
use commerce::OrderNo;
use dto::member::IsNonMemberOrderRequest;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use platform::form::Form;
use platform::household::Household;
use service_kit::error::Error;

use crate::state::AppState;
use crate::usecase::reset_guest_password::{Claimed, reset_guest_password};

/// Longer values match no order.
const LONGEST: usize = 200;

/// 비회원 주문 비밀번호 찾기
pub async fn get_non_mbr_ord_pwd(
    state: web::Data<AppState>,
    household: Household,
    request: Json<IsNonMemberOrderRequest>,
) -> Result<Answer, Error> {
    let (request, form) = request.open();
    reset_guest_password(&state, household, claimed(&request, form)?).await?;
    Ok(Answer::empty())
}

fn claimed(request: &IsNonMemberOrderRequest, mut form: Form) -> Result<Claimed, Problem> {
    let order_no = form.required("ordNo", request.ord_no.as_deref(), OrderNo::parse);
    let mut text = |field, value: &Option<String>| form.text(field, value.as_deref(), 1, LONGEST);
    let name = text("ordManNm", &request.ord_man_nm);
    let sct = text("umemCellSctNo", &request.umem_cell_sct_no);
    let txno = text("umemCellTxnoNo", &request.umem_cell_txno_no);
    let end = text("umemCellEndNo", &request.umem_cell_end_no);
    let claimed = match (order_no, name, sct, txno, end) {
        (Some(order_no), Some(orderer_name), Some(sct), Some(txno), Some(end)) => {
            Some(Claimed { order_no, orderer_name, phone: [sct, txno, end] })
        }
        _ => None,
    };
    form.complete(claimed)
}
