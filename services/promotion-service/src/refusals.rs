//! What a caller hears when a rule of this service says no: code, field and Korean text beside each other.

use contract::ResultCode;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::mileage_ledger::MoreThanUsed;

/// Coupons at these places in the request were issued before with other content.
pub(crate) fn coupons_exist(places: &[usize]) -> Error {
    places
        .iter()
        .fold(Problem::new(ResultCode::CouponExists), |problem, place| {
            problem.at(format!("coupons[{place}].cpnIsuNo"), "내용이 다른 쿠폰이 이미 등록되어 있습니다.")
        })
        .into()
}

pub(crate) fn no_such_policy() -> Error {
    Problem::new(ResultCode::PolicyNotFound).into()
}

impl From<MoreThanUsed> for Error {
    fn from(refusal: MoreThanUsed) -> Self {
        let problem = Problem::new(ResultCode::Validation).caused_by(refusal);
        problem.at("restoreAmt", "주문에 사용한 마일리지보다 많습니다.").into()
    }
}
