//! What a caller hears when a rule of this service says no: code, field and Korean text beside each other.

use contract::ResultCode;
use platform::error::Problem;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::domain::delivery_place::CustomsRefusal;
use crate::domain::guest_access::GuestRefusal;
use crate::domain::item_change::UnknownLine;
use crate::domain::line_status::MoveRefusal;
use crate::domain::order_claim::ClaimRefusal;
use crate::domain::order_decision::OtherClaim;
use crate::domain::purchase_period::PeriodRefusal;
use crate::secrets::password::PasswordError;

/// Orders of these places in the request were sent before with other content.
pub(crate) fn orders_exist(places: &[usize]) -> Error {
    places
        .iter()
        .fold(Problem::new(ResultCode::OrderExists), |problem, place| {
            problem.at(format!("orders[{place}].ordNo"), ResultCode::OrderExists.message())
        })
        .into()
}

/// Payments at these places (order, payment) bear the key of an additional payment of a claim.
pub(crate) fn payments_used(places: &[(usize, usize)]) -> Error {
    places
        .iter()
        .fold(Problem::new(ResultCode::Validation), |problem, (order, payment)| {
            let field = format!("orders[{order}].payList[{payment}].pgPayKey");
            problem.at(field, "추가 결제에 이미 사용된 결제키입니다.")
        })
        .into()
}

pub(crate) fn no_such_order() -> Error {
    Problem::new(ResultCode::OrderNotFound).into()
}

/// Nobody's order is like another's to a member or guest, so that numbers can't be probed.
pub(crate) fn no_order_for(caller: &Caller) -> Error {
    if caller.is_staff() { no_such_order() } else { not_yours() }
}

pub(crate) fn not_yours() -> Error {
    Problem::new(ResultCode::Forbidden).into()
}

impl From<MoveRefusal> for Error {
    fn from(refusal: MoveRefusal) -> Self {
        let (code, field, places, message) = match refusal {
            MoveRefusal::NoLines => {
                return Problem::new(ResultCode::Validation).at("lines", commerce::text::REQUIRED).into();
            }
            MoveRefusal::Repeated { places } => {
                (ResultCode::Validation, "ordSeq", places, "중복된 번호입니다.")
            }
            MoveRefusal::NotOnTheWay { places } => (
                ResultCode::Validation,
                "ordDtlStatCd",
                places,
                "주문상세상태는 10, 11, 12, 13, 15, 16 중 하나여야 합니다.",
            ),
            MoveRefusal::UnknownLine { places } => {
                (ResultCode::OrderLineNotFound, "ordSeq", places, ResultCode::OrderLineNotFound.message())
            }
            MoveRefusal::NotForward { places } => {
                (ResultCode::StatusNotForward, "ordDtlStatCd", places, ResultCode::StatusNotForward.message())
            }
            MoveRefusal::PaymentMixed { places } => (
                ResultCode::Validation,
                "ordDtlStatCd",
                places,
                "입금대기 상품과 입금된 상품이 한 주문에 함께 있을 수 없습니다.",
            ),
        };
        places
            .into_iter()
            .fold(Problem::new(code), |problem, place| problem.at(format!("lines[{place}].{field}"), message))
            .into()
    }
}

impl From<ClaimRefusal> for Error {
    fn from(refusal: ClaimRefusal) -> Self {
        let (code, field, places, message) = match refusal {
            ClaimRefusal::UnknownLine { places } => {
                (ResultCode::OrderLineNotFound, "ordSeq", places, ResultCode::OrderLineNotFound.message())
            }
            ClaimRefusal::MoreThanLeft { places } => {
                (ResultCode::ClaimQtyExceeded, "claimQty", places, ResultCode::ClaimQtyExceeded.message())
            }
            ClaimRefusal::NotSent { places } => {
                (ResultCode::OrderNotReturnable, "ordSeq", places, ResultCode::OrderNotReturnable.message())
            }
            ClaimRefusal::DiscountNotThere { places } => {
                (ResultCode::Validation, "rvkDcAmt", places, "남아 있는 할인금액보다 큽니다.")
            }
        };
        places
            .into_iter()
            .fold(Problem::new(code), |problem, place| {
                problem.at(format!("lineList[{place}].{field}"), message)
            })
            .into()
    }
}

impl From<UnknownLine> for Error {
    fn from(_: UnknownLine) -> Self {
        Problem::new(ResultCode::OrderLineNotFound)
            .at("ordSeq", ResultCode::OrderLineNotFound.message())
            .into()
    }
}

impl From<OtherClaim> for Error {
    fn from(_: OtherClaim) -> Self {
        Problem::new(ResultCode::ClaimExists).at("claimNo", ResultCode::ClaimExists.message()).into()
    }
}

impl From<CustomsRefusal> for Error {
    fn from(refusal: CustomsRefusal) -> Self {
        match refusal {
            CustomsRefusal::UnknownAddress => {
                Problem::new(ResultCode::Validation).at("dlvpSeq", "주문에 없는 배송지입니다.")
            }
            CustomsRefusal::NotChangeable => Problem::new(ResultCode::OrderNotChangeable),
        }
        .into()
    }
}

impl From<PeriodRefusal> for Error {
    fn from(refusal: PeriodRefusal) -> Self {
        let message = match refusal {
            PeriodRefusal::EndBeforeStart => "종료일시는 시작일시보다 빠를 수 없습니다.",
            PeriodRefusal::TooLong => "조회기간은 10년을 넘을 수 없습니다.",
        };
        Problem::new(ResultCode::Validation).at("buyEndDtm", message).into()
    }
}

impl From<GuestRefusal> for Error {
    fn from(refusal: GuestRefusal) -> Self {
        match refusal {
            GuestRefusal::NoSuchOrder => Problem::new(ResultCode::OrderNotFound),
            GuestRefusal::LoginFailed => Problem::new(ResultCode::LoginFailed),
            GuestRefusal::TooManyTries { seconds_to_wait } => {
                Problem::new(ResultCode::TooManyRequests).retry_after(seconds_to_wait)
            }
        }
        .into()
    }
}

impl From<PasswordError> for Problem {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Busy => Self::new(ResultCode::ServiceUnavailable).retry_after(1).caused_by(error),
            PasswordError::Hash(_)
            | PasswordError::NoRandom
            | PasswordError::NoThread(_)
            | PasswordError::Panicked => Self::internal(error),
        }
    }
}

impl From<PasswordError> for Error {
    fn from(error: PasswordError) -> Self {
        Problem::from(error).into()
    }
}
