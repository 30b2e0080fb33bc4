//! 탈퇴회원 마스킹: nothing readable of a member who has left stays in a live table (contract, section 2).
//!
//! The first transaction decides: the member has withdrawn, its later orders arrive masked, the sisters will be told,
//! and a message stands by to finish what a crash leaves undone. Then come as many small transactions as it takes.

use chrono::{DateTime, TimeDelta, Utc};
use commerce::MemberNo;
use db::outbox::{self, NewMessage};
use db::{DbConnection, idempotency};
use dto::operations::member::WITHDRAWAL_MEMBER_ORDER_INFO;
use platform::answer::Answer;
use platform::error::Problem;
use platform::http_client::current_traceparent;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::app::AppState;
use crate::store::personal::PersonalOrder;
use crate::store::{archive, member, notification, personal};
use crate::usecase::archive_document;
use crate::usecase::leave_no_trace::leave_no_trace;

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
    member::withdraw(conn, member_no, now)?;
    let traceparent = current_traceparent();
    for (topic, not_before) in [(CLAIM_TOPIC, now), (INQUIRY_TOPIC, now), (REST_TOPIC, now + REST_AFTER)] {
        let message = NewMessage {
            key: &format!("{topic}:{member_no}"),
            topic,
            payload: member_no.as_str(),
            traceparent: traceparent.as_deref(),
            not_before,
        };
        outbox::enqueue(conn, now, &message)?;
    }
    Ok(())
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
                archive::insert(conn, now, &sealed)?;
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
