//! From the values of a request to what is asked for; every bad value is named at once.

use chrono::NaiveDate;
use commerce::OrderNo;
use commerce::text::REQUIRED;
use dto::vendor_inquiry::{VendorInquiryDocument, VendorInquiryRequest, VendorResultCode};
use platform::extract::{BODY, Json, json_from_slice};

use crate::api::vendors::ssg_cancel_inquiry::fault::Fault;
use crate::domain::vendors::cancel::{Period, PeriodFault, VendorQuery};

pub(super) const NOT_UTF8: &str = "문자 인코딩은 UTF-8이어야 합니다.";
const MOST_SEQS: usize = 1_000;

pub(super) fn json(body: &[u8]) -> Result<VendorInquiryRequest, Fault> {
    // The reader passes over what it does not need, wrong bytes included.
    if std::str::from_utf8(body).is_err() {
        return Err(Fault::unreadable(NOT_UTF8));
    }
    match json_from_slice::<VendorInquiryDocument>(body).and_then(Json::checked) {
        Ok(document) => Ok(document.request),
        Err(problem) => {
            let about_a_value = problem.errors.iter().any(|row| row.field.starts_with("request."));
            let code =
                if about_a_value { VendorResultCode::InvalidValue } else { VendorResultCode::Unreadable };
            let reasons = problem.errors.iter().map(|row| match row.field.as_str() {
                BODY => row.message.clone(),
                field => format!("{}: {}", field.trim_start_matches("request."), row.message),
            });
            Err(Fault::new(code, reasons.collect::<Vec<_>>().join(" ")))
        }
    }
}

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
                if !value.is_given() {
                    values.reject(name, REQUIRED);
                }
            }
        }
        (false, true) => {}
    }
    values.finish()?;
    match (number, first, last) {
        (Value::Read(number), _, _) => Ok(VendorQuery::Order { number, line_seqs: line_seqs.into_read() }),
        (_, Value::Read(first), Value::Read(last)) => {
            Period::of_days(first, last).map(VendorQuery::Period).map_err(|fault| match fault {
                PeriodFault::Reversed => {
                    range("조회종료일(perdEndDts)이 조회시작일(perdStrDts)보다 빠릅니다.")
                }
                PeriodFault::TooLong => range("조회기간은 최대 7일입니다."),
            })
        }
        _ => Err(range("조회기간 또는 원주문번호(orordNo)를 입력해 주세요.")),
    }
}

fn range(reason: &str) -> Fault {
    Fault::new(VendorResultCode::InvalidRange, reason)
}

const DAY: &str = "yyyymmdd 형식의 날짜여야 합니다.";
const ORDER_NO: &str = "주문번호 형식이 올바르지 않습니다.";
const SEQS: &str = "1 이상의 숫자를 쉼표로 구분해 입력해 주세요.";

fn day(text: &str) -> Option<NaiveDate> {
    let is_plain = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain { dto::parse_date(text).ok() } else { None }
}

fn order_no(text: &str) -> Option<OrderNo> {
    OrderNo::parse(text).ok()
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

/// A value of the request.
enum Value<T> {
    Missing,
    Malformed,
    Read(T),
}

impl<T> Value<T> {
    const fn is_given(&self) -> bool {
        !matches!(self, Self::Missing)
    }

    fn into_read(self) -> Option<T> {
        match self {
            Self::Read(value) => Some(value),
            Self::Missing | Self::Malformed => None,
        }
    }
}

/// What is wrong so far, in the order of the values.
#[derive(Default)]
struct Values(Vec<String>);

impl Values {
    /// An empty value counts as missing.
    fn read<T>(
        &mut self,
        name: &str,
        text: Option<&str>,
        parse: fn(&str) -> Option<T>,
        hint: &str,
    ) -> Value<T> {
        match text.map(str::trim) {
            None | Some("") => Value::Missing,
            Some(text) => match parse(text) {
                Some(value) => Value::Read(value),
                None => {
                    self.reject(name, hint);
                    Value::Malformed
                }
            },
        }
    }

    fn reject(&mut self, name: &str, hint: &str) {
        self.0.push(format!("{name}: {hint}"));
    }

    fn finish(self) -> Result<(), Fault> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Fault::new(VendorResultCode::InvalidValue, self.0.join(" ")))
        }
    }
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
