//! GET `files/{fileNo}`

use actix_web::body::SizedStream;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::{HttpResponse, web};
use commerce::{FileNo, text};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use platform::error::Problem;
use platform::extract::PathValue;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::api::caller::viewer;
use crate::domain::attachment::download_name;
use crate::state::AppState;
use crate::usecase::open_file::{OpenedFile, open_file};

/// What RFC 8187 lets stand in an extended parameter.
const KEPT_IN_NAMES: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_').remove(b'~').remove(b'!').remove(b'+');

/// 첨부파일 조회: its bytes, under its own type and nothing else's. A browser may neither guess another type, nor show it
/// in place, nor let it run anything or load anything.
pub async fn files(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    PathValue(file_no): PathValue,
) -> Result<HttpResponse, Error> {
    let mut form = Form::new();
    let file_no = form.required("fileNo", Some(&file_no), FileNo::parse);
    let file_no = form.complete(file_no)?;
    let OpenedFile { file, inquiry, member_no, bytes } = open_file(&state, viewer(&caller)?, file_no).await?;
    let look = Look::at_counsel(inquiry.counsel_no(), &member_no);
    looks.note(Look { file_no: Some(file.file_no.clone()), ..look });
    let length = u64::try_from(file.bytes).map_err(Problem::internal)?;
    let name = download_name(&file.name, file.kind);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, file.kind.media_type()))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((CONTENT_DISPOSITION, disposition(&name)))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header(("cross-origin-resource-policy", "same-origin"))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .body(SizedStream::new(length, bytes)))
}

/// The name in its own letters, and in plain ones for who can't read those.
fn disposition(name: &str) -> String {
    let is_plain =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_' | ' ');
    let plain: String = text::characters(name)
        .map(|character| if character.chars().all(is_plain) { character } else { "_" })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(name, KEPT_IN_NAMES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_neither_end_the_header_nor_its_quotes() {
        assert_eq!(
            disposition("영수증 \"1\";a.jpg"),
            "attachment; filename=\"___ _1__a.jpg\"; filename*=UTF-8''%EC%98%81%EC%88%98%EC%A6%9D%20%221%22%3Ba.jpg"
        );
    }
}
