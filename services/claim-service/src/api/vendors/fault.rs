use dto::vendor_inquiry::VendorResultCode;
use platform::error::Problem;
use service_kit::error::Error;

use crate::usecase::vendors::listing::{ListFault, MOST_ROWS};

/// Why a vendor gets no rows, in the words it reads.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) code: VendorResultCode,
    /// `resultDesc`
    pub(super) reason: String,
    /// For the log alone.
    pub(super) cause: Option<Box<Problem>>,
}

impl Fault {
    pub(super) fn new(code: VendorResultCode, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into(), cause: None }
    }

    pub(super) fn unreadable(reason: impl Into<String>) -> Self {
        Self::new(VendorResultCode::Unreadable, reason)
    }

    /// Somebody we ask can't help now.
    pub(super) fn unavailable(cause: Problem) -> Self {
        let reason = "연결된 서비스를 이용할 수 없습니다. 잠시 후 다시 시도해 주세요.";
        Self { cause: Some(Box::new(cause)), ..Self::new(VendorResultCode::Unavailable, reason) }
    }

    /// A busy database passes; anything else is a failure of ours.
    pub(super) fn of_ours(error: Error) -> Self {
        let cause = Problem::from(error);
        if cause.code == contract::ResultCode::ServiceUnavailable {
            return Self::unavailable(cause);
        }
        let reason = "일시적인 오류가 발생했습니다. 잠시 후 다시 시도해 주세요.";
        Self { cause: Some(Box::new(cause)), ..Self::new(VendorResultCode::InternalError, reason) }
    }
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
