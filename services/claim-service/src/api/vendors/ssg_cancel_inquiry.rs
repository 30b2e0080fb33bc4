//! POST `/api/clm/cncl/ord/inquiry.ssg`

mod answer;
mod fault;
mod format;
mod read;
mod xml;

use actix_web::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use actix_web::{HttpRequest, web};
use dto::vendor_inquiry::VendorResultCode;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::{body_limit, read_body};
use service_kit::error::Error;

use crate::state::AppState;
use crate::usecase;
use crate::usecase::vendors::list_cancels::{ListFault, ListedCancel, MOST_ROWS};

use fault::Fault;
use format::{Format, Formats};

/// Longer than any key that was ever issued.
const LONGEST_KEY: usize = 200;

/// 협력사 취소조회
pub async fn ssg_cancel_inquiry(
    state: web::Data<AppState>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<Answer, Error> {
    let formats = Formats::of(
        only(request.headers(), CONTENT_TYPE.as_str()).as_deref(),
        only(request.headers(), ACCEPT.as_str()).as_deref(),
    );
    let rows = match vendor(&state, request.headers()).await {
        Ok(vendor_no) => {
            let body = read_body(&request, payload.into_inner(), body_limit(&request)).await?;
            rows(&state, vendor_no, &formats, &body).await
        }
        Err(fault) => Err(fault),
    };
    answer::answer(rows, formats.answer).map_err(Error::from)
}

async fn rows(
    state: &AppState,
    vendor_no: String,
    formats: &Formats,
    body: &[u8],
) -> Result<Vec<ListedCancel>, Fault> {
    if !formats.is_utf8 {
        return Err(Fault::unreadable(read::NOT_UTF8));
    }
    let request = match formats.request {
        Some(Format::Xml) => xml::read(body).map_err(|error| Fault::unreadable(error.text_ko()))?,
        Some(Format::Json) => read::json(body)?,
        None => return Err(Fault::unreadable("요청 본문이 필요합니다.")),
    };
    let query = read::query(&request)?;
    usecase::vendors::list_cancels::list_vendor_cancels(state, vendor_no, query).await.map_err(Fault::from)
}

/// The vendor whose key stands bare in `Authorization`.
async fn vendor(state: &AppState, headers: &HeaderMap) -> Result<String, Fault> {
    let bad_key = || Fault::new(VendorResultCode::Unauthorized, "인증키가 올바르지 않습니다.");
    let key =
        only(headers, AUTHORIZATION.as_str()).filter(|key| key.len() <= LONGEST_KEY).ok_or_else(bad_key)?;
    let vendor_no = state
        .db
        .read(move |conn| usecase::vendors::keys::vendor_of_key(conn, &key))
        .await
        .map_err(Fault::of_ours)?;
    vendor_no.ok_or_else(bad_key)
}

/// The value of a header that is there exactly once.
fn only(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut values = headers.get_all(name);
    let value = values.next()?.to_str().ok()?.to_owned();
    values.next().is_none().then_some(value)
}

impl From<ListFault> for Fault {
    fn from(fault: ListFault) -> Self {
        match fault {
            ListFault::TooManyRows => Self::new(
                VendorResultCode::TooManyRows,
                format!("조회 결과가 {MOST_ROWS}건을 넘습니다. 조회기간을 줄여 주세요."),
            ),
            ListFault::NoNames(error) => Self::unavailable(Problem::from(error)),
            ListFault::Failed(error) => Self::of_ours(error),
        }
    }
}
