//! 마일리지 조회

use actix_web::web;
use dto::promotion::{MemberQuery, MileageBook, MileageMovement};
use platform::answer::Answer;
use platform::extract::Query;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::domain::mileage_ledger::Movement;
use crate::state::AppState;
use crate::usecase::mileage_of_member::mileage_of_member;

/// A member's own, on the site of its token; staff name the member and see every site.
pub async fn mileage(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    query: Query<MemberQuery>,
) -> Result<Answer, Error> {
    let query = query.checked()?;
    let mbr_no = caller.member(query.mbr_no)?;
    looks.note(Look::at(&mbr_no));
    let site_no = (!caller.is_staff()).then_some(caller.site_no);
    let now = state.clock.now();
    let asked = mbr_no.clone();
    // One state of the database: a balance beside other rows than its own would not be their sum.
    let book = state.db.snapshot(move |conn| mileage_of_member(conn, &asked, site_no.as_ref())).await?;
    let list = book.movements.into_iter().map(movement_dto).collect();
    Ok(Answer::envelope(now, MileageBook { mbr_no, balance: book.balance, list })?)
}

fn movement_dto(movement: Movement) -> MileageMovement {
    MileageMovement {
        mlg_no: movement.no,
        rsn_cd: movement.reason,
        amt: movement.amount,
        ord_no: Some(movement.order_no),
        claim_no: movement.claim_no,
        dtm: movement.at.into(),
    }
}
