//! Puts down what is to be told, in the transaction of what happened; the outbox carries it out afterwards.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use commerce::Channel;
use db::DbConnection;
use platform::error::Problem;
use service_kit::error::Error;
use service_kit::outbox::send::send;
use uuid::Uuid;

use crate::clients::messenger::Letter;
use crate::domain::notification::{Notice, Receiver};
use crate::store::member;
use crate::store::notification::{self, NewNotification, SendState};
use service_kit::sealer::Sealer;

/// Topic of the messages that leave by a provider.
pub const TOPIC: &str = "notification.send";
/// What a letter's number stands behind in its key.
const KEY_START: &str = "noti:";

/// Why nothing is sent although the event is put down.
const NO_ADDRESS: &str = "no address";

/// Puts a notice down once per channel. One that was put down before is left as it is, so this may be repeated.
///
/// A withdrawn member is told nothing any more: nothing readable may come to lie in a table after the masking.
pub fn put_down(
    conn: &mut DbConnection,
    sealer: &Sealer,
    now: DateTime<Utc>,
    notice: &Notice,
) -> Result<(), Error> {
    let member_no = BTreeSet::from_iter(notice.member_no.clone());
    if !member::lock_members(conn, &member_no)?.is_empty() {
        tracing::info!(template = notice.text.template.code, "a withdrawn member is told nothing");
        return Ok(());
    }
    let of_order = match &notice.order_no {
        Some(order_no) => notification::find_receiver_of_order(conn, order_no)?.unwrap_or_default(),
        None => Receiver::default(),
    };
    let receiver = notice.receiver.clone().or(of_order);
    for channel in &notice.channels {
        put_down_on(conn, sealer, now, notice, *channel, receiver.address(*channel))?;
    }
    Ok(())
}

/// Takes a notice back in the transaction that put it down. Its letters find nothing any more to be sent for.
pub fn take_back(conn: &mut DbConnection, notice: &Notice) -> Result<(), Error> {
    Ok(notification::delete(conn, &notice.key)?)
}

fn put_down_on(
    conn: &mut DbConnection,
    sealer: &Sealer,
    now: DateTime<Utc>,
    notice: &Notice,
    channel: Channel,
    address: Option<&str>,
) -> Result<(), Error> {
    let no = new_number();
    let state = match (channel, address) {
        (Channel::Inbox, _) => SendState::Sent(now),
        (_, Some(_)) => SendState::Waiting,
        (_, None) => SendState::Failed(NO_ADDRESS),
    };
    let is_new = notification::insert(
        conn,
        &NewNotification {
            no: &no,
            key: &notice.key,
            channel,
            template_code: notice.text.template.code,
            site_no: &notice.site_no,
            member_no: notice.member_no.as_ref(),
            order_no: notice.order_no.as_ref(),
            title: &notice.text.kept_title,
            body: &notice.text.kept_body,
            receiver: address,
            state,
            registered_at: now,
        },
    )?;
    let (true, SendState::Waiting, Some(address)) = (is_new, state, address) else { return Ok(()) };
    let letter = Letter {
        message_id: no,
        channel,
        template_code: notice.text.template.code.to_owned(),
        to: address.to_owned(),
        title: notice.text.title.clone(),
        body: notice.text.body.clone(),
        variables: notice.text.variables.clone(),
        written_at: now,
    };
    hand_to_outbox(conn, sealer, now, &letter)
}

/// Seals a letter for the outbox: until it is sent it holds an address and perhaps a secret.
pub fn hand_to_outbox(
    conn: &mut DbConnection,
    sealer: &Sealer,
    now: DateTime<Utc>,
    letter: &Letter,
) -> Result<(), Error> {
    let key = format!("{KEY_START}{}", letter.message_id);
    let payload = serde_json::to_vec(letter).map_err(Problem::internal)?;
    let payload = sealer.seal(&key, &payload).map_err(Problem::internal)?;
    Ok(send(conn, now, TOPIC, &key, &payload)?)
}

/// The number of the letter under a key.
pub fn number_of(key: &str) -> &str {
    key.strip_prefix(KEY_START).unwrap_or(key)
}

/// Numbers of later notifications sort behind earlier ones.
pub fn new_number() -> String {
    Uuid::now_v7().simple().to_string()
}
