//! From the values of a request to what is asked for.

use commerce::ClaimNo;
use dto::vendor_inquiry::{VendorExchangeDocument, VendorExchangeRequest};

use crate::api::vendors::fault::Fault;
use crate::api::vendors::read::{DAY, ORDER_NO, Value, Values, VendorRequest, day, order_no, period, range};
use crate::domain::collection::CollectionKind;
use crate::domain::vendors::exchange_target::{TargetQuery, kind};

/// 회수지시일: the only day there is to ask by.
const DAY_OF_INSTRUCTION: &str = "01";
/// Kinds a list names at most: what repeats itself says nothing more.
const MOST_KINDS: usize = 20;
const BOTH: [CollectionKind; 2] = [CollectionKind::Return, CollectionKind::Exchange];

const PERIOD_TYPE: &str = "01(회수지시일)만 사용할 수 있습니다.";
const KINDS: &str = "21(반품), 22(교환)를 쉼표로 구분해 입력해 주세요.";
const NUMBER_TYPE: &str = "02(주문번호) 또는 03(배송번호)이어야 합니다.";
const CLAIM_NO: &str = "배송번호 형식이 올바르지 않습니다.";
const ONE_OF_BOTH: &str = "조회기간과 조회번호(commType, commValue) 중 하나만 입력해 주세요.";
const NEITHER: &str = "조회기간 또는 조회번호(commType, commValue)를 입력해 주세요.";

impl VendorRequest for VendorExchangeRequest {
    type Document = VendorExchangeDocument;

    const ROOT: &'static str = "requestExchangeTarget";
    const NO_ROOT: &'static str = "최상위 요소는 requestExchangeTarget이어야 합니다.";

    fn of(document: VendorExchangeDocument) -> Self {
        document.request_exchange_target
    }

    fn value(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "perdType" => &mut self.perd_type,
            "perdStrDts" => &mut self.perd_str_dts,
            "perdEndDts" => &mut self.perd_end_dts,
            "shppDivDtlCds" => &mut self.shpp_div_dtl_cds,
            "commType" => &mut self.comm_type,
            "commValue" => &mut self.comm_value,
            _ => return None,
        })
    }
}

/// 조회번호구분
#[derive(Clone, Copy)]
enum NumberType {
    Order,
    Shipping,
}

/// Which of its goods that come back a vendor asks for.
pub(super) fn query(request: &VendorExchangeRequest) -> Result<TargetQuery, Fault> {
    let mut values = Values::default();
    let period_type = values.read("perdType", request.perd_type.as_deref(), period_type, PERIOD_TYPE);
    let first = values.read("perdStrDts", request.perd_str_dts.as_deref(), day, DAY);
    let last = values.read("perdEndDts", request.perd_end_dts.as_deref(), day, DAY);
    let kinds = values.read("shppDivDtlCds", request.shpp_div_dtl_cds.as_deref(), kinds, KINDS);
    let number_type = values.read("commType", request.comm_type.as_deref(), number_type, NUMBER_TYPE);
    let number = request.comm_value.as_deref();
    let number = match &number_type {
        Value::Read(NumberType::Order) => {
            values.read("commValue", number, |text| order_no(text).map(TargetQuery::Order), ORDER_NO)
        }
        Value::Read(NumberType::Shipping) => {
            values.read("commValue", number, |text| claim_no(text).map(TargetQuery::Claim), CLAIM_NO)
        }
        // Whatever stands there, it is not known what number it should be.
        Value::Missing | Value::Malformed => match number.map(str::trim) {
            None | Some("") => Value::Missing,
            Some(_) => Value::Malformed,
        },
    };
    let has_period = period_type.is_given() || first.is_given() || last.is_given();
    match (has_period, number_type.is_given() || number.is_given()) {
        (true, true) => return Err(range(ONE_OF_BOTH)),
        (false, false) => return Err(range(NEITHER)),
        (true, false) => {
            values.require("perdType", &period_type);
            values.require("perdStrDts", &first);
            values.require("perdEndDts", &last);
        }
        (false, true) => {
            if kinds.is_given() {
                values.reject("shppDivDtlCds", "조회기간과 함께 입력해 주세요.");
            }
            values.require("commType", &number_type);
            values.require("commValue", &number);
        }
    }
    values.finish()?;
    match (number, first, last) {
        (Value::Read(query), _, _) => Ok(query),
        (_, Value::Read(first), Value::Read(last)) => {
            let kinds = kinds.into_read().unwrap_or_else(|| BOTH.to_vec());
            Ok(TargetQuery::Period { period: period(first, last)?, kinds })
        }
        _ => Err(range(NEITHER)),
    }
}

fn period_type(text: &str) -> Option<()> {
    (text == DAY_OF_INSTRUCTION).then_some(())
}

fn number_type(text: &str) -> Option<NumberType> {
    match text {
        "02" => Some(NumberType::Order),
        "03" => Some(NumberType::Shipping),
        _ => None,
    }
}

fn claim_no(text: &str) -> Option<ClaimNo> {
    ClaimNo::parse(text).ok()
}

fn kinds(text: &str) -> Option<Vec<CollectionKind>> {
    let of = |part: &str| BOTH.into_iter().find(|one| kind(*one).code == part.trim());
    let named: Vec<CollectionKind> = text.split(',').take(MOST_KINDS + 1).map(of).collect::<Option<_>>()?;
    if named.len() > MOST_KINDS {
        return None;
    }
    Some(BOTH.into_iter().filter(|kind| named.contains(kind)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: &str = "20260801O000001";
    const CLAIM: &str = "20260801C000001";

    fn asked(values: [&str; 6]) -> Result<TargetQuery, (String, String)> {
        let [perd_type, perd_str_dts, perd_end_dts, shpp_div_dtl_cds, comm_type, comm_value] =
            values.map(|text| Some(text.to_owned()).filter(|text| !text.is_empty()));
        let request = VendorExchangeRequest {
            perd_type,
            perd_str_dts,
            perd_end_dts,
            shpp_div_dtl_cds,
            comm_type,
            comm_value,
        };
        query(&request).map_err(|fault| (fault.code.code().to_owned(), fault.reason))
    }

    #[track_caller]
    fn check_kinds(text: &str, expected: &[CollectionKind]) {
        match asked(["01", "20260801", "20260807", text, "", ""]) {
            Ok(TargetQuery::Period { kinds, .. }) => assert_eq!(kinds, expected),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_period_or_a_number_is_asked_for() {
        check_kinds("", &BOTH);
        check_kinds("21,22", &BOTH);
        check_kinds(" 22 , 21,22", &BOTH);
        check_kinds("21", &[CollectionKind::Return]);
        check_kinds("22", &[CollectionKind::Exchange]);
        let by_order = asked(["", "", "", "", "02", &format!(" {ORDER}\n")]);
        assert!(matches!(by_order, Ok(TargetQuery::Order(number)) if number.as_str() == ORDER));
        let by_claim = asked(["", "", "", "", "03", CLAIM]);
        assert!(matches!(by_claim, Ok(TargetQuery::Claim(number)) if number.as_str() == CLAIM));
    }

    #[track_caller]
    fn check(values: [&str; 6], code: &str, names: &[&str]) {
        let (found, reason) = asked(values).unwrap_err();
        assert_eq!(found, code, "{reason}");
        for name in names {
            assert!(reason.contains(name), "{name} in {reason}");
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        check(["", "", "", "", "", ""], "12", &["commType"]);
        check(["", "", "", "21", "", ""], "12", &["commType"]);
        check(["01", "20260801", "20260801", "", "02", ORDER], "12", &["commType"]);
        check(["01", "", "", "", "", ORDER], "12", &["commValue"]);
        check(["01", "20260801", "20260808", "", "", ""], "12", &["7일"]);
        check(["01", "20260802", "20260801", "", "", ""], "12", &["perdStrDts", "perdEndDts"]);
        check(["", "20260801", "20260801", "", "", ""], "11", &["perdType"]);
        check(["01", "", "", "", "", ""], "11", &["perdStrDts", "perdEndDts"]);
        check(
            ["02", "20260230", "2026-08-01", "23", "", ""],
            "11",
            &["perdType", "perdStrDts", "perdEndDts", "shppDivDtlCds"],
        );
        for kinds in ["2", "21,,22", ",", "21;22", "210", &"21,".repeat(30)] {
            check(["01", "20260801", "20260801", kinds, "", ""], "11", &["shppDivDtlCds"]);
        }
        check(["", "", "", "21", "02", ORDER], "11", &["shppDivDtlCds"]);
        check(["", "", "", "", "01", ORDER], "11", &["commType"]);
        check(["", "", "", "", "", ORDER], "11", &["commType"]);
        check(["", "", "", "", "02", ""], "11", &["commValue"]);
        check(["", "", "", "", "02", CLAIM], "11", &["commValue"]);
        check(["", "", "", "", "03", ORDER], "11", &["commValue"]);
        check(["", "", "", "", "03", "%' OR 1=1"], "11", &["commValue"]);
    }
}
