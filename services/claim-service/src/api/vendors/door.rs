//! 협력사 출입: in which form a vendor asks, who it is by its key, and what it asks for.

use actix_web::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use actix_web::{HttpRequest, web};
use dto::vendor_inquiry::VendorResultCode;
use platform::extract::{body_limit, read_body};
use service_kit::error::Error;

use crate::api::vendors::fault::Fault;
use crate::api::vendors::format::{Format, Formats};
use crate::api::vendors::read::{self, VendorRequest};
use crate::api::vendors::xml;
use crate::state::AppState;
use crate::usecase;

/// Longer than any key that was ever issued.
const LONGEST_KEY: usize = 200;

/// The form an answer gets; and whose inquiry it is, with what is asked for, or why it is not heard.
///
/// The key comes before the body: what a stranger sends is not read.
pub(super) async fn open<R: VendorRequest>(
    state: &AppState,
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<(Format, Result<(String, R), Fault>), Error> {
    let formats = Formats::of(
        only(request.headers(), CONTENT_TYPE.as_str()).as_deref(),
        only(request.headers(), ACCEPT.as_str()).as_deref(),
    );
    let asked = match vendor(state, request.headers()).await {
        Ok(vendor_no) => {
            let body = read_body(request, payload.into_inner(), body_limit(request)).await?;
            document(&formats, &body).map(|document| (vendor_no, document))
        }
        Err(fault) => Err(fault),
    };
    Ok((formats.answer, asked))
}

fn document<R: VendorRequest>(formats: &Formats, body: &[u8]) -> Result<R, Fault> {
    if !formats.is_utf8 {
        return Err(Fault::unreadable(read::NOT_UTF8));
    }
    match formats.request {
        Some(Format::Xml) => xml::read(body).map_err(|error| Fault::unreadable(error.text_ko::<R>())),
        Some(Format::Json) => read::json(body),
        None => Err(Fault::unreadable("요청 본문이 필요합니다.")),
    }
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
