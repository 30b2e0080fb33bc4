//! 탈퇴회원 마스킹: nothing readable of a member who has left stays in a live table (contract, section 2).
//!
//! The first transaction decides: the member has withdrawn, its later orders arrive masked, the sisters will be told,
//! and a message stands by to finish what a crash leaves undone. Then come as many small transactions as it takes.

use chrono::{DateTime, TimeDelta, Utc};
use commerce::MemberNo;
use contract::operations::member::WITHDRAWAL_MEMBER_ORDER_INFO;
use db::{DbConnection, idempotency};
use platform::answer::Answer;
use platform::error::Problem;
use service_kit::error::Error;
use service_kit::leave_no_trace::leave_no_trace;
use service_kit::once::Once;
use service_kit::outbox::send::send_at;

use crate::state::AppState;
use crate::store::member::MEMBERS;
use crate::store::personal::PersonalOrder;
use crate::store::{notification, personal};
use crate::usecase::archive_document;

/// Topics of what follows a withdrawal. Each message's payload is the member's number.
pub const CLAIM_TOPIC: &str = "withdrawal.claim";
pub const INQUIRY_TOPIC: &str = "withdrawal.inquiry";
pub const REST_TOPIC: &str = "withdrawal.rest";

/// Orders masked in one transaction: few enough that other writers do not notice.
const ORDERS_AT_ONCE: i64 = 500;
/// By then the request itself has done everything, or has died.
const REST_AFTER: TimeDelta = TimeDelta::seconds(60);

/// Masks everything of the member. A second time finds nothing left to mask, and tells the sisters again.
pub async fn mask_withdrawn_member(
    state: &AppState,
    once: &Once,
    member_no: MemberNo,
) -> Result<Answer, Error> {
    let (member, now) = (member_no.clone(), state.clock.now());
    state.db.write(move |conn| decide(conn, &member, now)).await?;
    state.bell.ring();

    mask_orders(state, &member_no).await?;
    let answer = once
        .write(&state.db, move |conn| {
            mask_what_else_is_told(conn, &member_no)?;
            Ok::<_, Error>(Answer::empty())
        })
        .await?;
    if let Err(error) = leave_no_trace(&state.db).await {
        // Everything is masked; the message that stands by empties the log.
        tracing::warn!(%error, "the database log still holds old values and is emptied later");
    }
    Ok(answer)
}

/// Does again whatever of a withdrawal may be missing.
pub async fn mask_the_rest(state: &AppState, member_no: MemberNo) -> Result<(), Error> {
    mask_orders(state, &member_no).await?;
    state.db.write(move |conn| mask_what_else_is_told(conn, &member_no)).await?;
    Ok(leave_no_trace(&state.db).await?)
}

fn decide(conn: &mut DbConnection, member_no: &MemberNo, now: DateTime<Utc>) -> Result<(), Error> {
    MEMBERS.withdraw(conn, member_no.as_str(), now)?;
    tell_sisters(conn, now, member_no, member_no.as_str())?;
    put_down(conn, now, REST_TOPIC, member_no, member_no.as_str(), now + REST_AFTER)
}

/// The sisters mask what they have of the member, and ask for the values that they must find in what was written.
///
/// `cause` names why they are told: another order of one who has left holds other values, and is another cause.
pub fn tell_sisters(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    member_no: &MemberNo,
    cause: &str,
) -> Result<(), Error> {
    for topic in [CLAIM_TOPIC, INQUIRY_TOPIC] {
        put_down(conn, now, topic, member_no, cause, now)?;
    }
    Ok(())
}

/// The payload is a number alone: an outbox row is a row like any other, and nothing personal may stand in it.
fn put_down(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    topic: &str,
    member_no: &MemberNo,
    cause: &str,
    not_before: DateTime<Utc>,
) -> Result<(), Error> {
    Ok(send_at(conn, now, topic, &format!("{topic}:{cause}"), member_no.as_str(), not_before)?)
}

async fn mask_orders(state: &AppState, member_no: &MemberNo) -> Result<(), Error> {
    let archive_years = state.settings.orders.archive_years;
    loop {
        let (member_no, secrets, now) = (member_no.clone(), state.secrets.clone(), state.clock.now());
        let masked = state
            .db
            .write(move |conn| {
                let originals = personal::find_readable(conn, &member_no, ORDERS_AT_ONCE)?;
                let sealed = originals
                    .iter()
                    .map(|one| {
                        archive_document::seal(
                            &secrets,
                            &one.order_no,
                            one.ordered_at,
                            archive_years,
                            &one.personal,
                        )
                    })
                    .collect::<Result<Vec<_>, Error>>()?;
                archive_document::put_away(conn, now, &sealed)?;
                let masked: Vec<PersonalOrder> = originals
                    .into_iter()
                    .map(|one| PersonalOrder { personal: one.personal.masked(), ..one })
                    .collect();
                personal::update_masked(conn, &masked)?;
                Ok::<_, Error>(masked.len())
            })
            .await?;
        if i64::try_from(masked).map_err(Problem::internal)? < ORDERS_AT_ONCE {
            return Ok(());
        }
    }
}

/// Notifications, and the answers kept for the member's own repeats; its keys stay.
fn mask_what_else_is_told(conn: &mut DbConnection, member_no: &MemberNo) -> Result<(), Error> {
    notification::mask_of_member(conn, member_no)?;
    idempotency::forget_answers_of(conn, member_no.as_str(), WITHDRAWAL_MEMBER_ORDER_INFO.id)?;
    Ok(())
}
