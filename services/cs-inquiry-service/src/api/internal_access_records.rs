//! POST `/internal/accessRecords`

use actix_web::web;
use dto::internal::{AccessRecord, AccessRecords};
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::domain::access::Look;
use crate::state::AppState;
use crate::usecase::keep_looks::keep_of_sister;

/// 접속기록 전달
pub async fn internal_access_records(
    state: web::Data<AppState>,
    sister: Caller,
    records: Json<AccessRecords>,
) -> Result<Answer, Error> {
    let AccessRecords { evt_key, record_list } = records.checked()?;
    let looks = record_list.into_iter().map(|record| look(&sister.subject, record)).collect();
    keep_of_sister(&state, evt_key, looks).await?;
    Ok(Answer::empty())
}

fn look(service: &str, record: AccessRecord) -> Look {
    Look {
        at: record.acs_dtm.utc(),
        by: record.user_id,
        from: record.acs_ip,
        service: service.to_owned(),
        operation: record.oper_nm,
        member_no: record.mbr_no,
        order_no: record.ord_no,
        claim_no: record.claim_no,
        inquiry: None,
        file_no: None,
    }
}
