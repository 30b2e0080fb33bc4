//! Lists on the wire: what several of them read alike.

use chrono::NaiveDate;
use commerce::claimable::reason::Asker;
use commerce::period::{EndsBeforeStart, Period};
use dto::date_time::parse_date;
use dto::envelope::FieldError;
use dto::paging::{PageQuery, Paging};
use platform::form::Form;
use platform::identity::Caller;

/// Orders on a page at most: each comes with its lines and claims.
const MOST_ORDERS: i64 = 50;

/// Who asks: staff for the customer, or the customer.
pub(super) fn asker(caller: &Caller) -> Asker {
    if caller.is_staff() { Asker::Agent } else { Asker::Customer }
}

/// 조회기간: the end is refused where it comes before the start.
pub(super) fn period(
    form: &mut Form,
    (start, end): (Option<&str>, Option<&str>),
    of_days: impl FnOnce(Option<NaiveDate>, Option<NaiveDate>) -> Result<Period, EndsBeforeStart>,
) -> Period {
    let first_day = form.optional("strDt", start, parse_date);
    let last_day = form.optional("endDt", end, parse_date);
    of_days(first_day, last_day).unwrap_or_else(|EndsBeforeStart| {
        form.reject("endDt", "종료일자는 시작일자보다 빠를 수 없습니다.");
        Period::default()
    })
}

pub(super) fn page_of_orders(form: &mut Form, query: PageQuery) -> Option<Paging> {
    named(form, query.validate_up_to(MOST_ORDERS))
}

pub(super) fn named(form: &mut Form, paging: Result<Paging, Vec<FieldError>>) -> Option<Paging> {
    paging.map_err(|rows| rows.into_iter().for_each(|row| form.reject(row.field, row.message))).ok()
}
