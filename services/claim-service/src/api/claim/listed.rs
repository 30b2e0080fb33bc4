//! 클레임 목록 on the wire: what both lists read and show alike.

use commerce::period::{EndsBeforeStart, Period};
use dto::claim::ClaimRow;
use dto::date_time::{KstDateTime, parse_date};
use dto::paging::{PageQuery, Paging};
use platform::form::Form;

use crate::domain::claim_list::ListedClaim;

/// 조회기간: the end is refused where it comes before the start.
pub(super) fn period(
    form: &mut Form,
    (start, end): (Option<&str>, Option<&str>),
    of_days: impl FnOnce(Option<chrono::NaiveDate>, Option<chrono::NaiveDate>) -> Result<Period, EndsBeforeStart>,
) -> Period {
    let first_day = form.optional("strDt", start, parse_date);
    let last_day = form.optional("endDt", end, parse_date);
    of_days(first_day, last_day).unwrap_or_else(|EndsBeforeStart| {
        form.reject("endDt", "종료일자는 시작일자보다 빠를 수 없습니다.");
        Period::default()
    })
}

pub(super) fn paging(form: &mut Form, page_no: Option<i64>, page_size: Option<i64>) -> Option<Paging> {
    match (PageQuery { page_no, page_size }).validate() {
        Ok(paging) => Some(paging),
        Err(rows) => {
            for row in rows {
                form.reject(row.field, row.message);
            }
            None
        }
    }
}

/// A claim as everybody sees it who may.
pub(super) fn row(claim: ListedClaim) -> ClaimRow {
    ClaimRow {
        claim_no: claim.number,
        ord_no: claim.order_no,
        claim_business_type: claim.claim_type,
        claim_business_type_nm: claim.claim_type.label().to_owned(),
        claim_stat_cd: claim.status,
        claim_stat_nm: claim.status.label().to_owned(),
        end_rsn_cd: claim.collection.as_ref().and_then(|one| one.end_reason),
        ord_dtl_stat_cd: claim.collection.as_ref().map(|one| one.progress),
        req_dtm: KstDateTime(claim.requested_at),
        cmpl_dtm: claim.completed_at.map(KstDateTime),
        rfd_prar_amt: claim.refund,
        goods_nm: claim.goods.name,
        goods_cnt: claim.goods.rows,
    }
}
