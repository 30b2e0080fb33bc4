//! Hands one sealed letter to its provider and puts down what became of it.

use chrono::{DateTime, TimeDelta, Utc};
use commerce::Channel;
use db::{Db, DbConnection, DbError};
use diesel::QueryResult;
use platform::clock::Clock;
use service_kit::error::Error;

use crate::clients::messenger::{Attempt, Letter, Messengers, SendFailure};
use crate::domain::notification::Template;
use crate::store::notification::{self, NewNotification, SendState};
use crate::usecase::notify::{self, number_of};
use service_kit::sealer::{SealError, Sealer};

/// What sending needs.
#[derive(Clone)]
pub struct Delivery {
    pub db: Db,
    pub clock: Clock,
    pub sealer: Sealer,
    pub messengers: Messengers,
    /// A letter older than this is given up when it still can't be sent.
    pub keep_trying: TimeDelta,
}

/// Why a letter is still to be sent.
#[derive(Debug, thiserror::Error)]
pub enum NotDelivered {
    #[error("the letter can't be opened: {0}")]
    Sealed(#[from] SealError),
    #[error("the letter can't be read")]
    Unreadable(#[from] serde_json::Error),
    #[error("the database could not help")]
    Database(#[from] DbError),
    #[error("{0}")]
    Send(SendFailure),
    #[error("an SMS instead can't be put down")]
    Fallback,
}

impl NotDelivered {
    /// Whether it may pass by itself.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Database(_) | Self::Send(SendFailure::TryAgain(_)) => true,
            Self::Sealed(_)
            | Self::Unreadable(_)
            | Self::Fallback
            | Self::Send(SendFailure::Refused(_) | SendFailure::NeedsAttention(_)) => false,
        }
    }
}

/// Notes that letters are about to be tried. Says by their keys which of them have left, have failed or were called off.
pub fn begin(conn: &mut DbConnection, keys: &[&str]) -> QueryResult<Vec<String>> {
    let nos: Vec<&str> = keys.iter().map(|key| number_of(key)).collect();
    let waiting = notification::begin_tries(conn, &nos)?;
    let is_over = |key: &&&str| !waiting.iter().any(|no| no == number_of(key));
    Ok(keys.iter().filter(is_over).map(|key| (*key).to_owned()).collect())
}

/// Notes that letters have left. One that failed for good stays as it is.
pub fn finish(conn: &mut DbConnection, keys: &[&str], now: DateTime<Utc>) -> QueryResult<()> {
    let nos: Vec<&str> = keys.iter().map(|key| number_of(key)).collect();
    notification::update_sent(conn, &nos, now).map(drop)
}

impl Delivery {
    /// Sends a letter that still waits.
    ///
    /// Its try was [noted](begin) before the provider is asked and its outcome is noted after, so that a crash in between
    /// shows: the next try then says that the message may have left. `tries` counts this one.
    pub async fn deliver(&self, key: &str, payload: &str, tries: i32) -> Result<(), NotDelivered> {
        let attempt = if tries > 1 { Attempt::Repeat } else { Attempt::First };
        let letter: Letter = serde_json::from_slice(&self.sealer.open(key, payload)?)?;
        let Some(messenger) = self.messengers.of(letter.channel) else { return Ok(()) };
        match messenger.send(&letter, attempt).await {
            Ok(()) => Ok(()),
            Err(SendFailure::Refused(reason)) => self.give_up(letter, reason).await,
            Err(failure) if self.clock.now() - letter.written_at > self.keep_trying => {
                self.give_up(letter, failure.to_string()).await
            }
            Err(failure) => Err(NotDelivered::Send(failure)),
        }
    }

    /// Puts a letter down as failed; where the text allows it, an SMS goes out in place of an 알림톡.
    async fn give_up(&self, letter: Letter, reason: String) -> Result<(), NotDelivered> {
        tracing::warn!(
            notification.no = letter.message_id,
            notification.channel = letter.channel.code(),
            notification.template = letter.template_code,
            reason,
            "a notification has failed"
        );
        let (sealer, now) = (self.sealer.clone(), self.clock.now());
        let has_sms_instead = letter.channel == Channel::Alimtalk
            && Template::find(&letter.template_code).is_ok_and(|template| template.has_sms_instead);
        self.db
            .write(move |conn| {
                let has_failed_now = notification::update_failed(conn, &letter.message_id, &reason)?;
                if !(has_failed_now && has_sms_instead) {
                    return Ok(());
                }
                let Some(told) = notification::find_told(conn, &letter.message_id)? else { return Ok(()) };
                let sms =
                    Letter { message_id: notify::new_number(), channel: Channel::Sms, ..letter.clone() };
                let is_new = notification::insert(
                    conn,
                    &NewNotification {
                        no: &sms.message_id,
                        key: &told.key,
                        channel: sms.channel,
                        template_code: &sms.template_code,
                        site_no: &told.site_no,
                        member_no: told.member_no.as_ref(),
                        order_no: told.order_no.as_ref(),
                        title: &told.title,
                        body: &told.body,
                        receiver: Some(&sms.to),
                        state: SendState::Waiting,
                        registered_at: now,
                    },
                )?;
                if is_new { notify::hand_to_outbox(conn, &sealer, now, &sms) } else { Ok(()) }
            })
            .await
            .map_err(|error: Error| match error {
                Error::Database(error) => NotDelivered::Database(error),
                Error::Refused(_) | Error::Sister(_) => NotDelivered::Fallback,
            })
    }
}
