//! From rows and faults to the `result` a vendor reads; every value is a text.

use dto::vendor_inquiry::VendorResultCode;
use platform::answer::Answer;
use platform::error::Problem;
use serde::Serialize;

use crate::api::vendors::fault::Fault;
use crate::api::vendors::format::Format;
use crate::api::vendors::xml::{self, Document};

const XML: &str = "application/xml";

/// How every `result` begins.
pub(super) struct Head {
    pub(super) result_code: String,
    pub(super) result_message: String,
    pub(super) result_desc: String,
}

/// What one operation answers.
pub(super) trait VendorAnswer: Serialize {
    type Row;

    fn of(head: Head, rows: Vec<Self::Row>) -> Self;

    /// What stands in `result`, in the order of the JSON.
    fn write(&self, result: &mut Document);
}

pub(super) fn answer<A: VendorAnswer>(
    rows: Result<Vec<A::Row>, Fault>,
    format: Format,
) -> Result<Answer, Problem> {
    let (code, reason, rows) = match rows {
        Ok(rows) => (VendorResultCode::Success, String::new(), rows),
        Err(fault) => {
            note(&fault);
            (fault.code, fault.reason, Vec::new())
        }
    };
    let status = if code == VendorResultCode::Unauthorized { 401 } else { 200 };
    let head = Head {
        result_code: code.code().to_owned(),
        result_message: code.message().to_owned(),
        result_desc: reason,
    };
    let answer = A::of(head, rows);
    let answer = match format {
        Format::Json => Answer::bare(&answer)?,
        Format::Xml => {
            let document = xml::write(|result| answer.write(result));
            Answer { status: 200, content_type: Some(XML.to_owned()), body: document.into() }
        }
    };
    Ok(Answer { status, ..answer })
}

/// Faults are answered with 200, so the request's own log line says nothing of them.
fn note(fault: &Fault) {
    let (code, cause) = (fault.code.code(), fault.cause.as_deref().and_then(Problem::chain));
    if fault.code == VendorResultCode::InternalError {
        tracing::error!(code, cause, "a vendor's inquiry failed");
    } else {
        tracing::info!(code, cause, "a vendor's inquiry is refused");
    }
}
