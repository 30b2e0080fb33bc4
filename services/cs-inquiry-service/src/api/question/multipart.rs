//! Reads multipart bodies part by part. Files go to disk as they come; nothing of them is held in memory as a whole.
//!
//! A body is read to its end even when a file is refused: the caller then hears of every bad file at once, and hears it
//! at all, since many clients do not listen before they have sent everything.

use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_DISPOSITION, HeaderValue};
use bytes::Bytes;
use dto::inquiry::{QuestionRequest, base_name};
use dto::result_code::ResultCode;
use futures_util::StreamExt as _;
use platform::error::Problem;
use platform::extract::{BODY, body_limit};
use service_kit::once::digest_of;

use crate::domain::attachment::{LARGEST_FILE, MOST_FILES, file_name};
use crate::error::{content_hint, disk_failed};
use crate::usecase::app_state::AppState;
use crate::usecase::spool::{FileRefusal, Passing};
use crate::usecase::store_files::NamedFile;

/// Bytes of a field that is no file: the longest text in the longest characters fits several times.
const LARGEST_TEXT: usize = 64 * 1024;
/// Parts of all kinds.
const MOST_PARTS: usize = 200;
/// What the parts of files are called.
const FILES: &str = "files";

pub(super) struct Parts {
    pub(super) parts: Vec<Part>,
    /// Of names, file names and bytes, in their order.
    pub(super) digest: String,
}

pub(super) enum Part {
    Text {
        name: String,
        value: String,
    },
    File(NamedFile),
    /// The row of a field or file that can't be taken.
    Refused {
        field: String,
        hint: String,
    },
}

pub(super) async fn read_parts(
    app: &AppState,
    request: &HttpRequest,
    payload: Payload,
) -> Result<Parts, Problem> {
    let mut reader = Reader {
        app,
        idle: Duration::from_secs(app.settings.attachment.idle_timeout_seconds),
        parts: Vec::new(),
        digested: Vec::new(),
        files: 0,
    };
    let limited = limited(payload, body_limit(request));
    let mut multipart = Multipart::new(request.headers(), limited);
    let mut count = 0_usize;
    while let Some(field) = reader.in_time(multipart.next()).await? {
        count += 1;
        if count > MOST_PARTS {
            return Err(Problem::new(ResultCode::Validation).at(BODY, "항목이 너무 많습니다."));
        }
        reader.read(field.map_err(unreadable)?).await?;
    }
    let digested: Vec<&[u8]> = reader.digested.iter().map(Vec::as_slice).collect();
    Ok(Parts { digest: digest_of(&digested), parts: reader.parts })
}

/// Ends with an overflow behind so many bytes, whatever length was declared.
fn limited(
    payload: Payload,
    limit: usize,
) -> impl futures_util::Stream<Item = Result<Bytes, PayloadError>> + 'static {
    let mut left = limit;
    payload.map(move |chunk| {
        let chunk = chunk?;
        left = left.checked_sub(chunk.len()).ok_or(PayloadError::Overflow)?;
        Ok(chunk)
    })
}

struct Reader<'a> {
    app: &'a AppState,
    idle: Duration,
    parts: Vec<Part>,
    digested: Vec<Vec<u8>>,
    files: usize,
}

impl Reader<'_> {
    async fn read(&mut self, mut field: Field) -> Result<(), Problem> {
        let name = field.name().unwrap_or_default().to_owned();
        let sent_name = sent_name(&field);
        if base_name(&name) == FILES {
            self.read_file(&mut field, name, sent_name).await
        } else if QuestionRequest::knows(&name) {
            self.read_text(&mut field, name, sent_name).await
        } else {
            self.read_past(&mut field, name, sent_name).await
        }
    }

    /// A part that no field is for, of whatever size: it only makes another request of it.
    async fn read_past(
        &mut self,
        field: &mut Field,
        name: String,
        sent_name: Option<String>,
    ) -> Result<(), Problem> {
        let mut passing = Passing::new();
        while let Some(chunk) = self.in_time(field.next()).await? {
            passing.see(&chunk.map_err(unreadable)?);
        }
        self.digest(&name, sent_name.as_deref(), &passing.digest());
        Ok(())
    }

    /// A field of the form; one that is too long is read past and refused.
    async fn read_text(
        &mut self,
        field: &mut Field,
        name: String,
        sent_name: Option<String>,
    ) -> Result<(), Problem> {
        let mut value = Vec::new();
        let mut passing = Passing::new();
        let mut is_too_long = false;
        while let Some(chunk) = self.in_time(field.next()).await? {
            let chunk = chunk.map_err(unreadable)?;
            passing.see(&chunk);
            is_too_long |= value.len() + chunk.len() > LARGEST_TEXT;
            if !is_too_long {
                value.extend_from_slice(&chunk);
            }
        }
        let part = if is_too_long {
            self.digest(&name, sent_name.as_deref(), &passing.digest());
            Part::Refused { field: name, hint: "값이 너무 깁니다.".to_owned() }
        } else {
            self.digest(&name, sent_name.as_deref(), &value);
            match String::from_utf8(value) {
                Ok(value) => Part::Text { name, value },
                Err(_) => Part::Refused {
                    field: name, hint: "UTF-8 문자만 사용할 수 있습니다.".to_owned()
                },
            }
        };
        self.parts.push(part);
        Ok(())
    }

    async fn read_file(
        &mut self,
        field: &mut Field,
        name: String,
        sent_name: Option<String>,
    ) -> Result<(), Problem> {
        let index = self.files;
        if index >= MOST_FILES {
            self.parts.push(refused(index, format!("파일은 {MOST_FILES}개까지 첨부할 수 있습니다.")));
            self.files += 1;
            return self.read_past(field, name, Some(sent_name.unwrap_or_default())).await;
        }
        let mut arriving = self.app.spool.begin().await.map_err(disk_failed)?;
        while let Some(chunk) = self.in_time(field.next()).await? {
            arriving.write(&chunk.map_err(unreadable)?).await.map_err(disk_failed)?;
        }
        let sent_name = sent_name.unwrap_or_default();
        // Browsers send an empty part without a name for a file that was not chosen.
        let is_unchosen = arriving.is_empty() && sent_name.is_empty();
        let (digest, outcome) = arriving.finish().await.map_err(disk_failed)?;
        self.digest(&name, Some(&sent_name), &digest);
        if !is_unchosen {
            self.parts.push(match outcome {
                Ok(file) => Part::File(NamedFile { name: file_name(&sent_name, file.kind), file }),
                Err(refusal) => refused(index, file_hint(refusal)),
            });
            self.files += 1;
        }
        Ok(())
    }

    fn digest(&mut self, name: &str, file_name: Option<&str>, content: &[u8]) {
        let kind: &[u8] = if file_name.is_some() { b"file" } else { b"text" };
        let parts = [kind, name.as_bytes(), file_name.unwrap_or_default().as_bytes(), content];
        self.digested.extend(parts.map(<[u8]>::to_vec));
    }

    /// Waits for a sender no longer than it may be silent.
    async fn in_time<T>(&self, next: impl Future<Output = Option<T>>) -> Result<Option<T>, Problem> {
        tokio::time::timeout(self.idle, next).await.map_err(|_| Problem::new(ResultCode::RequestTimeout))
    }
}

/// What the sender calls its file. Some send a Windows path as it is, whose backslashes a strict reader would take for
/// escapes and drop; so only quotes and backslashes are unescaped.
fn sent_name(field: &Field) -> Option<String> {
    let disposition = field.content_disposition()?;
    let extended = disposition.get_filename_ext().map(|name| name.value.clone());
    if let Some(name) = extended.and_then(|bytes| String::from_utf8(bytes).ok()) {
        return Some(name);
    }
    let strict = disposition.get_filename()?;
    let raw = field.headers().get(CONTENT_DISPOSITION).map(HeaderValue::as_bytes).unwrap_or_default();
    let raw = std::str::from_utf8(raw).unwrap_or_default();
    Some(quoted_name(raw).unwrap_or_else(|| strict.to_owned()))
}

/// The text between the quotes of `filename="…"`.
fn quoted_name(header: &str) -> Option<String> {
    let (_, rest) = header.split_once("filename=\"")?;
    let mut name = String::new();
    let mut characters = rest.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' => return Some(name),
            '\\' => match characters.next_if(|next| matches!(next, '"' | '\\')) {
                Some(escaped) => name.push(escaped),
                None => name.push('\\'),
            },
            character => name.push(character),
        }
    }
    None
}

fn refused(index: usize, hint: String) -> Part {
    Part::Refused { field: format!("{FILES}[{index}]"), hint }
}

fn file_hint(refusal: FileRefusal) -> String {
    match refusal {
        FileRefusal::TooLarge => format!("파일은 {}MB까지 첨부할 수 있습니다.", LARGEST_FILE / (1024 * 1024)),
        FileRefusal::Content(refusal) => content_hint(refusal).to_owned(),
    }
}

fn unreadable(error: actix_multipart::MultipartError) -> Problem {
    match error {
        actix_multipart::MultipartError::Payload(PayloadError::Overflow) => {
            Problem::new(ResultCode::BodyTooLarge)
        }
        error => Problem::new(ResultCode::Validation)
            .at(BODY, "multipart 본문을 읽을 수 없습니다.")
            .caused_by(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_stands_between_the_quotes() {
        let name = |header: &str| quoted_name(&format!("form-data; name=\"files\"; {header}"));
        assert_eq!(name(r#"filename="a.jpg""#).as_deref(), Some("a.jpg"));
        assert_eq!(name(r#"filename="a\"b.jpg"; x=1"#).as_deref(), Some("a\"b.jpg"));
        assert_eq!(name(r#"filename="C:\x\y.jpg""#).as_deref(), Some(r"C:\x\y.jpg"));
        assert_eq!(name(r#"filename="C:\\x\\y.jpg""#).as_deref(), Some(r"C:\x\y.jpg"));
        assert_eq!(name(r#"filename="a"#), None);
        assert_eq!(name("filename=a.jpg"), None);
    }
}
