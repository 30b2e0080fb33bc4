//! What a caller hears when a rule of this service says no: code, field and Korean text beside each other.

use dto::result_code::ResultCode;
use platform::error::Problem;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::clients::member::{NoOrder, UnreadableOrder};
use crate::domain::cancel_request::RequestFault;
use crate::domain::claim_status::TakeInRefusal;
use crate::domain::cost::acceptance::AcceptanceRefusal;
use crate::domain::cost::{CancelRefusal, Overflow};
use crate::domain::option_change::OptionRefusal;

/// Nobody's order is like another's to a member or guest, so that numbers can't be probed.
pub(crate) fn no_such_order(caller: &Caller) -> Problem {
    let is_told = caller.is_staff();
    Problem::new(if is_told { ResultCode::OrderNotFound } else { ResultCode::Forbidden })
}

/// As with orders: only staff learns that there is no such claim.
pub(crate) fn no_such_claim(caller: &Caller) -> Problem {
    Problem::new(if caller.is_staff() { ResultCode::ClaimNotFound } else { ResultCode::Forbidden })
}

pub(crate) fn not_yours() -> Problem {
    Problem::new(ResultCode::Forbidden)
}

/// Claims of these places in the request are about orders that do not exist.
pub(crate) fn no_such_orders(places: &[usize]) -> Error {
    places
        .iter()
        .fold(Problem::new(ResultCode::OrderNotFound), |problem, place| {
            problem.at(format!("claims[{place}].ordNo"), ResultCode::OrderNotFound.message())
        })
        .into()
}

/// The claim at this place of the request is not taken in.
pub(crate) fn not_taken_in(place: usize, refusal: &TakeInRefusal) -> Error {
    let (code, field) = match refusal {
        TakeInRefusal::OtherContent(_) => (ResultCode::ClaimExists, "claimNo".to_owned()),
        TakeInRefusal::NotForward { .. } => (ResultCode::ClaimStatusNotForward, "claimStatCd".to_owned()),
        TakeInRefusal::QuantityExceeded(goods) => {
            (ResultCode::ClaimQtyExceeded, format!("goodsList[{goods}].claimQty"))
        }
        TakeInRefusal::LineNotFound(goods) => {
            (ResultCode::OrderLineNotFound, format!("goodsList[{goods}].ordSeq"))
        }
    };
    Problem::new(code).at(format!("claims[{place}].{field}"), code.message()).into()
}

/// A cost that could be computed is not executed.
pub(crate) fn not_accepted(refusal: AcceptanceRefusal) -> Error {
    let code = match refusal {
        AcceptanceRefusal::AmountChanged => ResultCode::AmountChanged,
        AcceptanceRefusal::AdditionalPaymentRequired(_) => ResultCode::AdditionalPaymentRequired,
        AcceptanceRefusal::PaymentMeansNotAllowed(_) => ResultCode::Validation,
        AcceptanceRefusal::RefundAccountRequired => ResultCode::RefundAccountRequired,
    };
    let message = match refusal {
        AcceptanceRefusal::PaymentMeansNotAllowed(_) => "추가 결제에 사용할 수 없는 결제수단입니다.",
        _ => code.message(),
    };
    let problem = Problem::new(code);
    match refusal.path() {
        Some(path) => problem.at(path, message),
        None => problem,
    }
    .into()
}

impl From<RequestFault> for Error {
    fn from(fault: RequestFault) -> Self {
        match fault {
            RequestFault::TypeNotSupported(_) => {
                let code = ResultCode::ClaimTypeNotSupported;
                Problem::new(code).at("claimBusinessType", code.message())
            }
            RequestFault::Fields(fields) => {
                fields.into_iter().fold(Problem::new(ResultCode::Validation), |problem, field| {
                    problem.at(field.path, field.kind.hint_ko())
                })
            }
        }
        .into()
    }
}

impl From<CancelRefusal> for Error {
    fn from(refusal: CancelRefusal) -> Self {
        let code = match &refusal {
            CancelRefusal::LineNotFound(_) => ResultCode::OrderLineNotFound,
            CancelRefusal::QuantityExceeded(_) => ResultCode::ClaimQtyExceeded,
            CancelRefusal::NotCancelable(_) => ResultCode::OrderNotCancelable,
            CancelRefusal::PartialCancelNotAllowed(_) => ResultCode::PartialCancelNotAllowed,
            CancelRefusal::Overflow(_) | CancelRefusal::Contradiction(_) => {
                return Problem::internal(refusal).into();
            }
        };
        refusal
            .paths()
            .iter()
            .fold(Problem::new(code), |problem, path| problem.at(path, code.message()))
            .into()
    }
}

impl From<Overflow> for Error {
    fn from(overflow: Overflow) -> Self {
        Problem::internal(overflow).into()
    }
}

impl From<UnreadableOrder> for Error {
    fn from(fault: UnreadableOrder) -> Self {
        Problem::internal(fault).into()
    }
}

impl From<NoOrder> for Error {
    fn from(why: NoOrder) -> Self {
        match why {
            NoOrder::Call(error) => error.into(),
            NoOrder::Unwritable(error) => Problem::internal(error).into(),
        }
    }
}

impl From<OptionRefusal> for Error {
    fn from(refusal: OptionRefusal) -> Self {
        let (code, field) = match refusal {
            OptionRefusal::LineStatus => (ResultCode::OptionLineStatus, "ordSeq"),
            OptionRefusal::PartlyClaimed => (ResultCode::OptionPartlyClaimed, "ordSeq"),
            OptionRefusal::OtherGoods => (ResultCode::OptionOtherGoods, "goodsNo"),
            OptionRefusal::SameItem => (ResultCode::OptionSameItem, "itmNo"),
            OptionRefusal::PriceDiffers => (ResultCode::OptionPriceDiffers, "itmNo"),
            OptionRefusal::NotOnSale => (ResultCode::OptionNotOnSale, "itmNo"),
            OptionRefusal::StockShort => (ResultCode::OptionStockShort, "itmNo"),
            OptionRefusal::ReservedGoods => (ResultCode::OptionReservedGoods, "goodsNo"),
        };
        Problem::new(code).at(field, code.message()).into()
    }
}
