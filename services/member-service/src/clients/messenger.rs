//! Hands messages to whoever carries them: one provider per channel, chosen by settings.

pub mod alimtalk;
pub mod local_sink;
pub mod smtp;

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use commerce::Channel;
use platform::clock::Clock;
use serde::{Deserialize, Serialize};

use crate::settings::notification::{EmailProvider, NotificationSettings, PhoneProvider};
use alimtalk::Solapi;
use local_sink::LocalSink;
use smtp::Smtp;

/// One message to one address, everything a provider needs.
///
/// It holds personal data and perhaps a secret: it is stored sealed and never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Stays the same however often the message is tried, so that a provider can tell a repeat.
    pub message_id: String,
    pub channel: Channel,
    pub template_code: String,
    pub to: String,
    pub title: String,
    pub body: String,
    pub variables: BTreeMap<String, String>,
    /// When the message was asked for; a repeat carries the same time.
    pub written_at: DateTime<Utc>,
}

/// Whether this message may have gone out before without our knowing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    First,
    Repeat,
}

/// Why a message has not left, as far as we know. The texts go into logs: no address, no content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendFailure {
    /// The provider will never take this message.
    #[error("refused for good: {0}")]
    Refused(String),
    /// It may be taken later, or may have been taken: ask again under the same id.
    #[error("not known to be sent: {0}")]
    TryAgain(String),
    /// Nothing is wrong with the message, but somebody has to mend settings or account.
    #[error("can't send: {0}")]
    NeedsAttention(String),
}

/// Carries the messages of one channel.
#[async_trait]
pub trait Messenger: Send + Sync {
    async fn send(&self, letter: &Letter, attempt: Attempt) -> Result<(), SendFailure>;
}

/// Why the providers can't be set up as the settings ask.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    #[error(
        "`notification.{channel}.provider` is `local`, which only writes messages to a file: a production profile needs a real one"
    )]
    LocalInProduction { channel: &'static str },
    #[error("`notification.{key}` is missing")]
    Missing { key: &'static str },
    #[error("`notification.{key}` is not usable: {reason}")]
    Unusable { key: &'static str, reason: String },
}

/// The provider of each channel.
#[derive(Clone)]
pub struct Messengers {
    alimtalk: Arc<dyn Messenger>,
    sms: Arc<dyn Messenger>,
    email: Arc<dyn Messenger>,
}

impl Messengers {
    pub fn new(alimtalk: Arc<dyn Messenger>, sms: Arc<dyn Messenger>, email: Arc<dyn Messenger>) -> Self {
        Self { alimtalk, sms, email }
    }

    /// Sets up what the settings name.
    pub fn from_settings(
        settings: &NotificationSettings,
        is_production: bool,
        clock: &Clock,
    ) -> Result<Self, SetupError> {
        let local = |channel: &'static str| -> Result<Arc<dyn Messenger>, SetupError> {
            if is_production {
                return Err(SetupError::LocalInProduction { channel });
            }
            Ok(Arc::new(LocalSink::new(&settings.sink_file)))
        };
        let by_phone =
            |channel: &'static str, provider: PhoneProvider| -> Result<Arc<dyn Messenger>, SetupError> {
                match provider {
                    PhoneProvider::Local => local(channel),
                    PhoneProvider::Solapi => Ok(Arc::new(Solapi::new(&settings.solapi, clock.clone())?)),
                }
            };
        Ok(Self {
            alimtalk: by_phone("alimtalk", settings.alimtalk.provider)?,
            sms: by_phone("sms", settings.sms.provider)?,
            email: match settings.email.provider {
                EmailProvider::Local => local("email")?,
                EmailProvider::Smtp => Arc::new(Smtp::new(&settings.smtp)?),
            },
        })
    }

    /// The provider of a channel; the 알림함 has none, it is our own table.
    pub fn of(&self, channel: Channel) -> Option<&dyn Messenger> {
        match channel {
            Channel::Alimtalk => Some(&*self.alimtalk),
            Channel::Sms => Some(&*self.sms),
            Channel::Email => Some(&*self.email),
            Channel::Inbox => None,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn letter(channel: Channel, to: &str) -> Letter {
        Letter {
            message_id: "018f3a5c00007000800000000000aaaa".to_owned(),
            channel,
            template_code: "GUEST_TEMP_PASSWORD".to_owned(),
            to: to.to_owned(),
            title: "임시 비밀번호 안내".to_owned(),
            body: "임시 비밀번호는 Abcd234567 입니다.\n두 번째 줄".to_owned(),
            variables: BTreeMap::from([("ordPwd".to_owned(), "Abcd234567".to_owned())]),
            written_at: DateTime::from_timestamp(1_790_000_000, 123_456_000).expect("a time"),
        }
    }

    #[test]
    fn a_production_profile_refuses_the_local_provider_of_any_channel() {
        let clock = Clock::system();
        let settings = NotificationSettings::default();
        assert!(Messengers::from_settings(&settings, false, &clock).is_ok());
        let refusal = Messengers::from_settings(&settings, true, &clock).err().expect("it must not start");
        assert!(matches!(refusal, SetupError::LocalInProduction { channel: "alimtalk" }));
        assert!(refusal.to_string().contains("notification.alimtalk.provider"));
    }
}
