//! POST `/v1/payment/saveRefundBundleApproMgmt`

use std::collections::HashSet;

use actix_web::web;
use commerce::{ClaimType, Won, Yn};
use contract::ResultCode;
use dto::claim::{SettledReturn, SettlementAnswer, SettlementRequest, SettlementRequests};
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;
use tokio::time::Instant;

use crate::api::claim::means::{account_of, paid_with_of};
use crate::api::collection::answer::with_cost;
use crate::api::collection::fields::{self, UNKNOWN_CODE};
use crate::domain::request::RequestFault;
use crate::state::AppState;
use crate::usecase::returns::settle::{SettleOrder, Settled, settle};

/// Returns settled by one call.
const MOST_AT_ONCE: usize = 100;
const SUCCESS: &str = "0000";

/// 환불승인: one return, or several that are each decided on their own.
pub async fn save_refund_bundle_appro_mgmt(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<SettlementRequests>,
) -> Result<Answer, Error> {
    let deadline = state.answer_deadline();
    let (request, form) = request.open();
    let list = match request {
        SettlementRequests::One(sent) => {
            vec![settle_one(&state, &caller, &once, form, *sent, deadline).await?]
        }
        SettlementRequests::Several(rows) => {
            check_rows(form, &rows)?;
            let mut list = Vec::with_capacity(rows.len());
            for sent in rows {
                let claim_no = sent.claim_no.clone();
                let settled = settle_one(&state, &caller, &once, Form::new(), sent, deadline).await;
                list.push(settled.unwrap_or_else(|error| refused(claim_no, error)));
            }
            list
        }
    };
    Ok(Answer::envelope(state.clock.now(), SettlementAnswer { list })?)
}

fn check_rows(mut form: Form, rows: &[SettlementRequest]) -> Result<(), Problem> {
    if rows.is_empty() || rows.len() > MOST_AT_ONCE {
        form.reject("body", "1건 이상 100건 이하로 보내 주세요.");
    }
    let mut seen = HashSet::new();
    for (index, row) in rows.iter().enumerate() {
        if row.claim_no.as_ref().is_some_and(|claim_no| !seen.insert(claim_no)) {
            form.reject(format!("[{index}].claimNo"), "같은 클레임이 중복되었습니다.");
        }
    }
    form.finish()
}

async fn settle_one(
    state: &AppState,
    caller: &Caller,
    once: &Once,
    form: Form,
    sent: SettlementRequest,
    deadline: Instant,
) -> Result<SettledReturn, Error> {
    let order = read(form, sent, once)?;
    match settle(state, caller, order, deadline).await? {
        Settled::Done { claim_no, status, refund } => Ok(SettledReturn {
            claim_no: Some(claim_no.to_string()),
            claim_stat_cd: Some(status),
            rfd_amt: Some(refund),
            code: SUCCESS.to_owned(),
        }),
        Settled::AmountChanged(quote) => Err(with_cost(ResultCode::AmountChanged, *quote)),
        Settled::ConfirmRequired(quote) => Err(with_cost(ResultCode::AmountConfirmRequired, *quote)),
    }
}

/// Every field that is wrong is named at once.
fn read(mut form: Form, sent: SettlementRequest, once: &Once) -> Result<SettleOrder, Error> {
    let claim = fields::claim(&mut form, sent.ord_no.as_deref(), sent.claim_no.as_deref());
    let claim_type = form.required("claimBusinessType", sent.claim_business_type.as_deref(), |text| {
        ClaimType::from_wire(text).ok_or(UNKNOWN_CODE)
    });
    let waived = fields::waived(&mut form, sent.wv_amt);
    let paid_with = sent.add_pay.as_ref().and_then(|paid| paid_with_of(&mut form, paid));
    let refund_account = sent.rfd_acct.as_ref().and_then(|account| account_of(&mut form, account));
    let ((order_no, claim_no), claim_type) = form.complete(claim.zip(claim_type))?;
    if claim_type != ClaimType::ReturnComplete {
        return Err(RequestFault::TypeNotSupported(claim_type).into());
    }
    Ok(SettleOrder {
        order_no,
        claim_no,
        cost_hash: sent.cost_hash,
        is_confirmed: sent.amt_chg_cfrm_yn == Some(Yn::Yes),
        waived: waived.unwrap_or(Won::ZERO),
        paid_with,
        refund_account,
        once: once.clone(),
    })
}

/// One row that was refused, by its code.
fn refused(claim_no: Option<String>, error: Error) -> SettledReturn {
    let code = Problem::from(error).code.code().to_owned();
    SettledReturn { claim_no, claim_stat_cd: None, rfd_amt: None, code }
}
