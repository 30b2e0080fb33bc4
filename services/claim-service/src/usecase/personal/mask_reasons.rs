//! 본문 마스킹: what a member who has left is known by is found in the words of its claims, and masked there; the words as
//! they were go to the archive (docs/adr/0050-known-values-in-free-text.md).

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use commerce::masking::free_text::KnownValueFinder;
use commerce::{ClaimNo, MemberNo, OrderNo};
use db::DbConnection;
use db::kept_apart::Sealed;
use service_kit::error::Error;
use service_kit::outbox::send::send;
use service_kit::personal::known_values;
use uuid::Uuid;

use crate::secrets::Secrets;
use crate::state::AppState;
use crate::store;
use crate::store::personal::REASON_ARCHIVE;
use crate::store::personal::claim_text::{ClaimText, TextPlace};
use crate::usecase::personal::archive_accounts::keep_until_of;

/// Looks through the claims of a member who has left; the payload is the member's number. A migration writes it too, by a trigger.
pub const REASONS_TOPIC: &str = "withdrawal.texts";

/// Claims looked through in one transaction.
const CLAIMS_AT_ONCE: i64 = 200;

/// Asks for it. Each time is a cause of its own: one that is being looked through just now may miss what is written
/// meanwhile.
pub(crate) fn ask_for(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    member_no: &MemberNo,
) -> Result<(), Error> {
    let key = format!("{REASONS_TOPIC}:{member_no}:{}", Uuid::now_v7());
    Ok(send(conn, now, REASONS_TOPIC, &key, member_no.as_str())?)
}

/// Asks member-service what the member is known by, and looks through everything.
pub async fn mask_reasons(state: &AppState, member_no: &MemberNo) -> Result<(), Error> {
    let (member, secrets) = (member_no.clone(), state.secrets.clone());
    let (clock, years) = (state.clock.clone(), state.settings.cancel.archive_years);
    let mask_page = move |conn: &mut DbConnection, after: String, finder: &KnownValueFinder| {
        mask_page(conn, &secrets, (&member, &after), finder, (years, clock.now()))
    };
    known_values::mask(&state.db, &state.clients.member.0, member_no, String::new(), mask_page).await
}

/// Says behind which claim to go on.
fn mask_page(
    conn: &mut DbConnection,
    secrets: &Secrets,
    (member_no, after): (&MemberNo, &str),
    finder: &KnownValueFinder,
    (years, now): (u32, DateTime<Utc>),
) -> Result<Option<String>, Error> {
    // Who moves several claims at once holds their members, and locks the claims in an order of its own.
    store::personal::withdrawn_member::lock(conn, member_no)?;
    let page = store::personal::claims_of_member::lock_page(conn, member_no, after, CLAIMS_AT_ONCE)?;
    let claims: HashMap<ClaimNo, OrderNo> = page.iter().cloned().collect();
    let numbers: Vec<ClaimNo> = page.into_iter().map(|(claim_no, _)| claim_no).collect();
    for written in store::personal::claim_text::find(conn, &numbers)? {
        let ClaimText { claim_no, place, text } = written;
        let Some(masked) = finder.masked(&text) else { continue };
        let Some(order_no) = claims.get(&claim_no) else { continue };
        let key = archive_key(&claim_no, &place, now);
        let sealed = secrets.seal_reason(&key, &text)?;
        let keep_until = keep_until_of(conn, order_no, years)?;
        REASON_ARCHIVE.insert(conn, now, &[Sealed { key: &key, keep_until, text: &sealed }])?;
        store::personal::claim_text::update(conn, &claim_no, &place, &masked)?;
    }
    Ok(numbers.last().map(|claim_no| claim_no.as_str().to_owned()))
}

/// What a claim was made with is written once. What is written to it later may be written over, and each is kept.
fn archive_key(claim_no: &ClaimNo, place: &TextPlace, now: DateTime<Utc>) -> String {
    let since = now.timestamp_micros();
    match place {
        TextPlace::Reason => claim_no.to_string(),
        TextPlace::Rejection => format!("{claim_no}/rejection/{since}"),
        TextPlace::HoldCause => format!("{claim_no}/hold/{since}"),
        TextPlace::GoodsRejection(line_seq, item_no) => {
            format!("{claim_no}/rejection/{line_seq}/{item_no}/{since}")
        }
    }
}
