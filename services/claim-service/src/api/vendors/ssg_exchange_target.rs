//! POST `/api/pd/1/listExchangeTarget.ssg`

mod query;
mod row;

use actix_web::{HttpRequest, web};
use dto::vendor_inquiry::{VendorExchangeAnswer, VendorExchangeRequest};
use platform::answer::Answer;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::api::vendors::answer::answer;
use crate::api::vendors::door;
use crate::api::vendors::fault::Fault;
use crate::state::AppState;
use crate::usecase::vendors::list_exchange_targets::{ListedTarget, list_exchange_targets};

/// 협력사 회수대상조회
pub async fn ssg_exchange_target(
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
    answer::<VendorExchangeAnswer>(rows, format).map_err(Error::from)
}

async fn rows(
    state: &AppState,
    looks: &Looks,
    vendor_no: String,
    request: &VendorExchangeRequest,
) -> Result<Vec<ListedTarget>, Fault> {
    let query = query::query(request)?;
    looks.by_vendor(&vendor_no);
    let rows = list_exchange_targets(state, vendor_no, query).await?;
    for row in &rows {
        let about = &row.target.target.claim;
        looks.note(Look::at_claim(&about.claim_no, &about.order_no, row.target.member_no.as_ref()));
    }
    Ok(rows)
}
