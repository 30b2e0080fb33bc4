//! POST `/api/clm/cncl/ord/inquiry.ssg`

mod query;
mod row;

use actix_web::{HttpRequest, web};
use dto::vendor_inquiry::{VendorInquiryAnswer, VendorInquiryRequest};
use platform::answer::Answer;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::api::vendors::answer::answer;
use crate::api::vendors::door;
use crate::api::vendors::fault::Fault;
use crate::state::AppState;
use crate::usecase::vendors::list_cancels::{ListedCancel, list_vendor_cancels};

/// 협력사 취소조회
pub async fn ssg_cancel_inquiry(
    state: web::Data<AppState>,
    looks: Looks,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<Answer, Error> {
    let (format, asked) = door::open(&state, &request, payload).await?;
    let rows = match asked {
        Ok((vendor_no, request)) => rows(&state, &looks, vendor_no, &request).await,
        Err(fault) => Err(fault),
    };
    answer::<VendorInquiryAnswer>(rows, format).map_err(Error::from)
}

async fn rows(
    state: &AppState,
    looks: &Looks,
    vendor_no: String,
    request: &VendorInquiryRequest,
) -> Result<Vec<ListedCancel>, Fault> {
    let query = query::query(request)?;
    looks.by_vendor(&vendor_no);
    let rows = list_vendor_cancels(state, vendor_no, query).await?;
    for row in &rows {
        let about = &row.cancel.line;
        looks.note(Look::at_claim(&about.claim_no, &about.order_no, row.cancel.member_no.as_ref()));
    }
    Ok(rows)
}
