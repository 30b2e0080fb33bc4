//! What a caller hears when a rule of this service says no: code, field and Korean text beside each other.

use contract::ResultCode;
use platform::error::Problem;
use platform::http_client::ClientError;
use service_kit::error::Error;

use crate::clients::attachment_store::StoreError;
use crate::domain::attachment::ContentRefusal;
use crate::domain::counsel_type_tree::TreeRefusal;
use crate::domain::inquiry_rules::ChoiceRefusal;
use crate::domain::inquiry_status::Refusal;

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::new(match refusal {
            Refusal::NotFound => ResultCode::InquiryNotFound,
            Refusal::NotEditable => ResultCode::InquiryNotEditable,
            Refusal::Changed => ResultCode::InquiryChanged,
            Refusal::NotOwner => ResultCode::InquiryNotOwner,
            Refusal::StatusConflict => ResultCode::InquiryStatusConflict,
            Refusal::OwnLimit => ResultCode::InquiryOwnLimit,
        })
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.into())
    }
}

/// All choices that are wrong, each with its field.
pub(crate) fn choices(refusals: &[ChoiceRefusal]) -> Result<(), Problem> {
    let rows: Vec<_> = refusals.iter().map(|refusal| row(*refusal)).collect();
    match rows.first() {
        None => Ok(()),
        Some((code, ..)) => {
            let problem = Problem::new(*code);
            Err(rows.iter().fold(problem, |problem, (_, field, message)| problem.at(*field, *message)))
        }
    }
}

impl From<ChoiceRefusal> for Error {
    fn from(refusal: ChoiceRefusal) -> Self {
        let (code, field, message) = row(refusal);
        Self::Refused(Problem::new(code).at(field, message))
    }
}

fn row(refusal: ChoiceRefusal) -> (ResultCode, &'static str, &'static str) {
    let validation = ResultCode::Validation;
    match refusal {
        ChoiceRefusal::OrderMissing => (validation, "ordNo", "이 상담유형은 주문을 선택해야 합니다."),
        ChoiceRefusal::GoodsMissing => (validation, "goodsNo", "이 상담유형은 상품을 선택해야 합니다."),
        ChoiceRefusal::LineWithoutOrder => (validation, "ordNo", "주문순번은 주문번호와 함께 보내 주세요."),
        ChoiceRefusal::ItemWithoutGoods => (validation, "goodsNo", "단품번호는 상품번호와 함께 보내 주세요."),
        ChoiceRefusal::NoSuchLine => (ResultCode::OrderLineNotFound, "ordSeq", "주문에 없는 상품입니다."),
        ChoiceRefusal::OtherGoodsThanLine => (validation, "goodsNo", "주문한 상품과 다릅니다."),
        ChoiceRefusal::OtherItemThanLine => (validation, "itmNo", "주문한 단품과 다릅니다."),
    }
}

/// Why a file is not taken, in Korean.
pub(crate) fn content_hint(refusal: ContentRefusal) -> &'static str {
    match refusal {
        ContentRefusal::Empty => "빈 파일은 첨부할 수 없습니다.",
        ContentRefusal::Broken => "파일이 온전하지 않습니다. 원본 파일을 다시 첨부해 주세요.",
        ContentRefusal::UnknownKind | ContentRefusal::TwoFaced => {
            "JPEG, PNG, WebP, HEIC, PDF 파일만 첨부할 수 있습니다."
        }
    }
}

/// Why a type can't hang where it should, in Korean.
pub(crate) fn tree_hint(refusal: TreeRefusal) -> &'static str {
    match refusal {
        TreeRefusal::NoSuchParent => "상위 상담유형을 찾을 수 없습니다.",
        TreeRefusal::BelowItself => "자신이나 하위 유형 아래로 옮길 수 없습니다.",
        TreeRefusal::TooDeep => "상담유형은 3단계까지 만들 수 있습니다.",
    }
}

/// A sister service that is down, not furnished yet or too slow takes only this with it.
pub(crate) fn sister_missing(error: ClientError, message: &'static str) -> Error {
    if error.may_pass() {
        let problem = Problem::new(ResultCode::ServiceUnavailable).with_message(message);
        Error::Refused(problem.retry_after(2).caused_by(error))
    } else {
        error.into()
    }
}

pub(crate) fn storage_failed(error: StoreError) -> Error {
    let problem = Problem::new(ResultCode::ServiceUnavailable)
        .with_message("첨부파일을 잠시 이용할 수 없습니다. 잠시 후 다시 시도해 주세요.");
    Error::Refused(problem.retry_after(2).caused_by(error))
}

/// The directory of files on their way in.
pub(crate) fn disk_failed(error: std::io::Error) -> Error {
    storage_failed(StoreError::Directory(error))
}
