//! From the values of a request to what is asked for.

use dto::vendor_inquiry::{VendorInquiryDocument, VendorInquiryRequest};

use crate::api::vendors::fault::Fault;
use crate::api::vendors::read::{DAY, ORDER_NO, Value, Values, VendorRequest, day, order_no, period, range};
use crate::domain::vendors::cancel::VendorQuery;

const MOST_SEQS: usize = 1_000;
const SEQS: &str = "1 이상의 숫자를 쉼표로 구분해 입력해 주세요.";

impl VendorRequest for VendorInquiryRequest {
    type Document = VendorInquiryDocument;

    const ROOT: &'static str = "request";
    const NO_ROOT: &'static str = "최상위 요소는 request여야 합니다.";

    fn of(document: VendorInquiryDocument) -> Self {
        document.request
    }

    fn value(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "perdStrDts" => &mut self.perd_str_dts,
            "perdEndDts" => &mut self.perd_end_dts,
            "orordNo" => &mut self.orord_no,
            "orordItemSeqs" => &mut self.orord_item_seqs,
            _ => return None,
        })
    }
}

/// Which of its cancelled lines a vendor asks for.
pub(super) fn query(request: &VendorInquiryRequest) -> Result<VendorQuery, Fault> {
    let mut values = Values::default();
    let first = values.read("perdStrDts", request.perd_str_dts.as_deref(), day, DAY);
    let last = values.read("perdEndDts", request.perd_end_dts.as_deref(), day, DAY);
    let number = values.read("orordNo", request.orord_no.as_deref(), order_no, ORDER_NO);
    let line_seqs = values.read("orordItemSeqs", request.orord_item_seqs.as_deref(), seqs, SEQS);
    let has_period = first.is_given() || last.is_given();
    match (has_period, number.is_given()) {
        (true, true) => return Err(range("조회기간과 원주문번호(orordNo) 중 하나만 입력해 주세요.")),
        (false, false) => return Err(range("조회기간 또는 원주문번호(orordNo)를 입력해 주세요.")),
        (true, false) if line_seqs.is_given() => {
            values.reject("orordItemSeqs", "원주문번호(orordNo)와 함께 입력해 주세요.");
        }
        (true, false) => {
            for (name, value) in [("perdStrDts", &first), ("perdEndDts", &last)] {
                values.require(name, value);
            }
        }
        (false, true) => {}
    }
    values.finish()?;
    match (number, first, last) {
        (Value::Read(number), _, _) => Ok(VendorQuery::Order { number, line_seqs: line_seqs.into_read() }),
        (_, Value::Read(first), Value::Read(last)) => period(first, last).map(VendorQuery::Period),
        _ => Err(range("조회기간 또는 원주문번호(orordNo)를 입력해 주세요.")),
    }
}

fn seqs(text: &str) -> Option<Vec<i32>> {
    let seq = |part: &str| {
        let part = part.trim();
        let is_plain = part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse().ok().filter(|seq: &i32| is_plain && *seq > 0)
    };
    let mut seqs: Vec<i32> = text.split(',').take(MOST_SEQS + 1).map(seq).collect::<Option<_>>()?;
    if seqs.len() > MOST_SEQS {
        return None;
    }
    seqs.sort_unstable();
    seqs.dedup();
    Some(seqs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(first: &str, last: &str, number: &str, seqs: &str) -> Result<VendorQuery, (String, String)> {
        let value = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let request = VendorInquiryRequest {
            perd_str_dts: value(first),
            perd_end_dts: value(last),
            orord_no: value(number),
            orord_item_seqs: value(seqs),
        };
        query(&request).map_err(|fault| (fault.code.code().to_owned(), fault.reason))
    }

    const ORDER: &str = "20260801O000001";

    #[test]
    fn a_period_or_an_order_is_asked_for() {
        assert!(matches!(asked("20260801", "20260807", "", ""), Ok(VendorQuery::Period(_))));
        assert!(matches!(asked(" 20260801\n", "20260801", "", ""), Ok(VendorQuery::Period(_))));
        let order = asked("", "", ORDER, " 3, 1,3 ");
        let Ok(VendorQuery::Order { line_seqs, .. }) = order else { panic!("{order:?}") };
        assert_eq!(line_seqs, Some(vec![1, 3]));
        assert!(matches!(asked("", "", ORDER, ""), Ok(VendorQuery::Order { line_seqs: None, .. })));
    }

    #[track_caller]
    fn check(asked: Result<VendorQuery, (String, String)>, code: &str, names: &[&str]) {
        let (found, reason) = asked.unwrap_err();
        assert_eq!(found, code, "{reason}");
        for name in names {
            assert!(reason.contains(name), "{name} in {reason}");
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        check(asked("", "", "", ""), "12", &["orordNo"]);
        check(asked("20260801", "20260801", ORDER, ""), "12", &["orordNo"]);
        check(asked("20260801", "20260808", "", ""), "12", &["7일"]);
        check(asked("20260802", "20260801", "", ""), "12", &["perdEndDts", "perdStrDts"]);
        check(asked("20260801", "", "", ""), "11", &["perdEndDts"]);
        check(asked("", "20260801", "", ""), "11", &["perdStrDts"]);
        check(asked("2026-08-01", "20260230", "", ""), "11", &["perdStrDts", "perdEndDts"]);
        check(asked("00000101", "00000101", "", ""), "11", &["perdStrDts"]);
        check(asked("２０２６０８０１", "20260801", "", ""), "11", &["perdStrDts"]);
        check(asked("", "", "O-1", "x"), "11", &["orordNo", "orordItemSeqs"]);
        check(asked("20260801", "20260801", "", "1"), "11", &["orordItemSeqs"]);
        for seqs in ["0", "-1", "+1", "1,,2", ",", "1;2", "2147483648", "1.0", &"1,".repeat(2_000)] {
            check(asked("", "", ORDER, seqs), "11", &["orordItemSeqs"]);
        }
        check(asked("", "", "", "1"), "12", &["orordNo"]);
    }
}
