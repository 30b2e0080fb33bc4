//! GET `/internal/members/{mbrNo}/personalValues`

use actix_web::web;
use commerce::{MemberNo, OrderNo};
use dto::internal::{PersonalAddress, PersonalCell, PersonalValues, PersonalValuesQuery};
use platform::answer::Answer;
use platform::extract::{PathValue, Query};
use service_kit::error::Error;

use crate::domain::personal;
use crate::state::AppState;
use crate::usecase::read_personal_values::read_personal_values;

/// 개인정보 값 조회
pub async fn internal_personal_values(
    state: web::Data<AppState>,
    PathValue(member_no): PathValue,
    query: Query<PersonalValuesQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let member_no = form.required("mbrNo", Some(&member_no), MemberNo::parse);
    let member_no = form.complete(member_no)?;
    let (values, last) = read_personal_values(&state, member_no, query.after_ord_no).await?;
    Ok(Answer::bare(&wire(values, last))?)
}

fn wire(values: personal::PersonalValues, last: Option<OrderNo>) -> PersonalValues {
    let cell = |(middle, last)| PersonalCell { cell_txno_no: middle, cell_end_no: last };
    let address = |(street, detail)| PersonalAddress { zip_addr: street, dtl_addr: detail };
    PersonalValues {
        nm_list: values.names.into_iter().collect(),
        cell_list: values.phones.into_iter().map(cell).collect(),
        email_list: values.emails.into_iter().collect(),
        addr_list: values.addresses.into_iter().map(address).collect(),
        last_ord_no: last,
    }
}
