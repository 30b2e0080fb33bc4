//! Reads multipart bodies part by part. Files go to disk as they come; nothing of them is held in memory as a whole.
//!
//! A body is read to its end even when a file is refused: the caller then hears of every bad file at once, and hears it
//! at all, since many clients do not listen before they have sent everything.

use std::collections::HashMap;
use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_DISPOSITION, HeaderValue};
use bytes::Bytes;
use contract::ResultCode;
use dto::inquiry::{DEL_FILE_NOS, QuestionRequest, base_name};
use futures_util::StreamExt as _;
use platform::budget::Held;
use platform::error::Problem;
use platform::extract::{BODY, body_limit};

use super::receive::Received;
use crate::domain::attachment::{LARGEST_FILE, MOST_FILES, file_name};
use crate::refusals::content_hint;
use crate::state::AppState;
use crate::state::passing::Passing;
use crate::state::spool::FileRefusal;
use crate::usecase::store_files::NamedFile;

/// Bytes of a field that is no file: the longest text in the longest characters fits.
const LARGEST_TEXT: usize = 256 * 1024;
/// Parts of all kinds.
const MOST_PARTS: usize = 200;
/// What the parts of files are called.
const FILES: &str = "files";
/// Bytes of a part's name that a refusal repeats.
const LONGEST_NAME: usize = 64;

/// What an upload has of the process's budgets, until its request is answered.
#[derive(Debug)]
pub(crate) struct Holding {
    _upload: Held,
    /// By field: of a text that comes again only the last is kept.
    texts: HashMap<String, Held>,
    /// Of `delFileNos`, whose texts are kept beside one another.
    lists: Vec<Held>,
}

/// Reads the parts of a body into `received`, as they come.
pub(super) async fn read_parts(
    state: &AppState,
    request: &HttpRequest,
    payload: Payload,
    received: &mut Received,
) -> Result<(), Problem> {
    let upload = state.uploads.take(1)?;
    let mut reader = Reader {
        state,
        idle: Duration::from_secs(state.settings.attachment.idle_timeout_seconds),
        holding: Holding { _upload: upload, texts: HashMap::new(), lists: Vec::new() },
        received,
        content: Passing::new(),
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
    reader.received.digest = hex::encode(reader.content.digest());
    reader.received.holding = Some(reader.holding);
    Ok(())
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
    state: &'a AppState,
    idle: Duration,
    received: &'a mut Received,
    holding: Holding,
    /// Names, file names and bytes, in their order.
    content: Passing,
    files: usize,
}

impl Reader<'_> {
    async fn read(&mut self, mut field: Field) -> Result<(), Problem> {
        let name = field.name().unwrap_or_default().to_owned();
        let sent_name = sent_name(&field);
        if base_name(&name) == FILES {
            self.read_file(&mut field, name, sent_name.unwrap_or_default()).await
        } else if QuestionRequest::knows(&name) {
            self.read_text(&mut field, name, sent_name).await
        } else {
            self.read_past(&mut field, &name, sent_name.as_deref()).await.map(drop)
        }
    }

    /// A part that is not kept, of whatever size: it only makes another request of it. Says whether it was empty.
    async fn read_past(
        &mut self,
        field: &mut Field,
        name: &str,
        sent_name: Option<&str>,
    ) -> Result<bool, Problem> {
        let mut passing = Passing::new();
        let mut is_empty = true;
        while let Some(chunk) = self.in_time(field.next()).await? {
            let chunk = chunk.map_err(unreadable)?;
            is_empty &= chunk.is_empty();
            passing.see(&chunk);
        }
        self.digest(name, sent_name, &passing.digest());
        Ok(is_empty)
    }

    /// A field of the form; one that is too long is read past and refused.
    async fn read_text(
        &mut self,
        field: &mut Field,
        name: String,
        sent_name: Option<String>,
    ) -> Result<(), Problem> {
        let mut value = Vec::new();
        let mut held = self.state.upload_texts.take(0)?;
        let mut passing = Passing::new();
        let mut is_too_long = false;
        while let Some(chunk) = self.in_time(field.next()).await? {
            let chunk = chunk.map_err(unreadable)?;
            passing.see(&chunk);
            is_too_long |= value.len() + chunk.len() > LARGEST_TEXT;
            if !is_too_long {
                held.grow(u64::try_from(chunk.len()).unwrap_or(u64::MAX))?;
                value.extend_from_slice(&chunk);
            }
        }
        if is_too_long {
            self.digest(&name, sent_name.as_deref(), &passing.digest());
            self.refuse(&name, "값이 너무 깁니다.");
            return Ok(());
        }
        self.digest(&name, sent_name.as_deref(), &value);
        match String::from_utf8(value) {
            Ok(value) => self.keep(name, value, held),
            Err(_) => self.refuse(&name, "UTF-8 문자만 사용할 수 있습니다."),
        }
        Ok(())
    }

    fn keep(&mut self, name: String, value: String, held: Held) {
        let listed = self.received.request.del_file_nos.len();
        self.received.request.set(&name, value);
        if base_name(&name) == DEL_FILE_NOS {
            if self.received.request.del_file_nos.len() > listed {
                self.holding.lists.push(held);
            }
        } else {
            self.holding.texts.insert(name, held);
        }
    }

    fn refuse(&mut self, name: &str, hint: &str) {
        let field = if name.len() > LONGEST_NAME { base_name(name) } else { name };
        self.received.form.reject(field, hint);
    }

    async fn read_file(&mut self, field: &mut Field, name: String, sent_name: String) -> Result<(), Problem> {
        let (is_empty, outcome) = if self.files < MOST_FILES {
            let mut arriving = self.state.spool.begin().await?;
            while let Some(chunk) = self.in_time(field.next()).await? {
                arriving.write(&chunk.map_err(unreadable)?).await?;
            }
            let is_empty = arriving.is_empty();
            let (digest, outcome) = arriving.finish().await?;
            self.digest(&name, Some(&sent_name), &digest);
            (is_empty, outcome.map_err(file_hint))
        } else {
            let is_empty = self.read_past(field, &name, Some(&sent_name)).await?;
            (is_empty, Err(format!("파일은 {MOST_FILES}개까지 첨부할 수 있습니다.")))
        };
        // Browsers send an empty part without a name for a file that was not chosen.
        if is_empty && sent_name.is_empty() {
            return Ok(());
        }
        match outcome {
            Ok(file) => {
                let name = file_name(&sent_name, file.kind);
                self.received.files.push(NamedFile { name, file });
            }
            Err(hint) => self.received.form.reject(format!("{FILES}[{}]", self.files), hint),
        }
        self.files += 1;
        Ok(())
    }

    fn digest(&mut self, name: &str, file_name: Option<&str>, content: &[u8]) {
        let kind: &[u8] = if file_name.is_some() { b"file" } else { b"text" };
        for part in [kind, name.as_bytes(), file_name.unwrap_or_default().as_bytes(), content] {
            self.content.see_part(part);
        }
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
