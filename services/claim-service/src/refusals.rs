//! What a caller hears when a rule of this service says no: code, field and Korean text beside each other.

use contract::ResultCode;
use dto::envelope::{BUSINESS_ERROR_STATUS, FieldError};
use platform::error::Problem;
use platform::http_client::ClientError;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::clients::member::NoOrder;
use crate::domain::collection::inspection::InspectionRefusal;
use crate::domain::collection::moves::MoveRefusal;
use crate::domain::collection::request::RequestRefusal;
use crate::domain::exchange::item::ItemRefusal;
use crate::domain::imported::TakeInRefusal;
use crate::domain::money::acceptance::AcceptanceRefusal;
use crate::domain::money::{CancelRefusal, Overflow, ReturnRefusal};
use crate::domain::option::OptionRefusal;
use crate::domain::request::{FieldFaultKind, RequestFault};
use crate::store::order::terms::UnreadableOrder;

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

/// The item of this row does not go out in exchange.
pub(crate) fn not_exchanged(row: usize, refusal: ItemRefusal) -> Error {
    let code = item_code(refusal);
    Problem::new(code).at(format!("claimGoodsList[{row}].exchItmNo"), code.message()).into()
}

/// The item of this row could not.
pub(crate) fn not_offered(row: usize, refusal: ItemRefusal) -> Error {
    let code = item_code(refusal);
    Problem::new(code).at(format!("[{row}]"), code.message()).into()
}

pub(crate) const fn item_code(refusal: ItemRefusal) -> ResultCode {
    match refusal {
        ItemRefusal::PriceDiffers => ResultCode::OptionPriceDiffers,
        ItemRefusal::NotOnSale => ResultCode::OptionNotOnSale,
        ItemRefusal::StockShort => ResultCode::OptionStockShort,
        ItemRefusal::ReservedGoods => ResultCode::OptionReservedGoods,
    }
}

/// What the order has against it is the caller's to know, in the same words.
pub(crate) fn passed_on(error: ClientError) -> Error {
    if let ClientError::Refused { status: BUSINESS_ERROR_STATUS, code, envelope, .. } = &error
        && let Some(code) = ResultCode::from_code(code)
    {
        let rows: &[FieldError] = &envelope.errors;
        return rows
            .iter()
            .fold(Problem::new(code), |problem, row| problem.at(row.field.clone(), row.message.clone()))
            .into();
    }
    error.into()
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

impl From<RequestRefusal> for Error {
    fn from(refusal: RequestRefusal) -> Self {
        let (code, paths) = match refusal {
            RequestRefusal::LineNotFound(paths) => (ResultCode::OrderLineNotFound, paths),
            RequestRefusal::Item(paths) => {
                return named(paths, "주문 상품이 가진 단품을 한 번만 지정해 주세요.");
            }
            RequestRefusal::Method => {
                return named(vec!["wthdMthdCd".to_owned()], "선택할 수 없는 회수방법입니다.");
            }
            RequestRefusal::QuantityExceeded(paths) => (ResultCode::ClaimQtyExceeded, paths),
            RequestRefusal::NotReturnable(paths) => (ResultCode::OrderNotReturnable, paths),
            RequestRefusal::GroupMixed(paths) => (ResultCode::ClaimGroupMixed, paths),
            RequestRefusal::PeriodExpired(paths) => (ResultCode::ClaimPeriodExpired, paths),
            RequestRefusal::NothingToPayFor => (ResultCode::CouponNotUsable, vec!["rtnCpnIsuNo".to_owned()]),
        };
        let problem = Problem::new(code);
        paths.into_iter().fold(problem, |problem, path| problem.at(path, code.message())).into()
    }
}

/// `VALIDATION` with these fields.
fn named(paths: Vec<String>, message: &'static str) -> Error {
    let problem = Problem::new(ResultCode::Validation);
    paths.into_iter().fold(problem, |problem, path| problem.at(path, message)).into()
}

impl From<MoveRefusal> for Error {
    fn from(refusal: MoveRefusal) -> Self {
        match refusal {
            MoveRefusal::Conflict => Problem::new(ResultCode::ClaimStatusConflict).into(),
            MoveRefusal::NoInvoice => {
                named(vec!["hdcCd".to_owned(), "invNo".to_owned()], "택배사와 송장번호를 입력해 주세요.")
            }
            MoveRefusal::WrongTime => {
                named(vec!["dtm".to_owned()], "이전 단계보다 앞서거나 아직 오지 않은 일시입니다.")
            }
            MoveRefusal::NoCause => {
                named(vec!["wthdFnshWaitProcCaus".to_owned()], "보류 사유를 입력해 주세요.")
            }
            MoveRefusal::NotSentByCustomer => {
                named(vec!["invNo".to_owned()], "고객이 직접 발송하는 클레임이 아닙니다.")
            }
        }
    }
}

/// Rows of the collection that don't move, by their places: those that are refused as the first of them is.
pub(crate) fn rows_not_moved(mut refused: Vec<(usize, Problem)>) -> Error {
    refused.sort_by_key(|(place, _)| *place);
    let Some(code) = refused.first().map(|(_, problem)| problem.code) else {
        return Problem::internal("nothing was refused").into();
    };
    let alike = refused.into_iter().filter(|(_, problem)| problem.code == code);
    alike
        .fold(Problem::new(code), |all, (place, problem)| {
            let row = format!("withdrawStatUpdateSaveInfoList[{place}]");
            if problem.errors.is_empty() {
                return all.at(row, code.message());
            }
            let fields = problem.errors.into_iter();
            fields.fold(all, |all, fault| all.at(format!("{row}.{}", fault.field), fault.message))
        })
        .into()
}

impl From<InspectionRefusal> for Error {
    fn from(refusal: InspectionRefusal) -> Self {
        match refusal {
            InspectionRefusal::Unfitting(paths) => named(paths, "클레임에 없거나 중복된 행입니다."),
            InspectionRefusal::QuantityExceeded(paths) => {
                let code = ResultCode::ClaimQtyExceeded;
                let problem = Problem::new(code);
                paths.into_iter().fold(problem, |problem, path| problem.at(path, code.message())).into()
            }
            InspectionRefusal::Nothing => {
                named(vec!["insptList".to_owned()], "인정하거나 반려한 수량이 없습니다.")
            }
            InspectionRefusal::Reason => {
                named(vec!["claimRsnCd".to_owned()], FieldFaultKind::ReasonForAgents.hint_ko())
            }
            InspectionRefusal::GiftsOfExchange => {
                named(vec!["giftList".to_owned()], "교환에는 사은품 검수가 없습니다.")
            }
            InspectionRefusal::QuantitiesFinal => Problem::new(ResultCode::ClaimStatusConflict).into(),
        }
    }
}

/// Money of a return is settled later.
pub(crate) fn check_inspection_of_return(is_waived: bool, is_paid: bool) -> Result<(), Error> {
    let sent = [("wvAmt", is_waived), ("addPay", is_paid)].into_iter().filter(|(_, is_sent)| *is_sent);
    let paths: Vec<String> = sent.map(|(field, _)| field.to_owned()).collect();
    if paths.is_empty() { Ok(()) } else { Err(named(paths, "반품은 환불승인에서 정산합니다.")) }
}

impl From<ReturnRefusal> for Error {
    fn from(refusal: ReturnRefusal) -> Self {
        match refusal {
            ReturnRefusal::WaiverTooLarge { .. } => {
                named(vec!["wvAmt".to_owned()], "고객이 부담하는 금액까지만 감면할 수 있습니다.")
            }
            ReturnRefusal::Overflow(_) | ReturnRefusal::Contradiction(_) => Problem::internal(refusal).into(),
        }
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
