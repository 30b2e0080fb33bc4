//! E-mail over SMTP.

use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use secrecy::ExposeSecret as _;

use super::{Attempt, Letter, Messenger, SendFailure, SetupError};
use crate::settings::notification::{SmtpSecurity, SmtpSettings};

/// Replies that speak of our login, not of the message: authentication missing, failed, too weak, not offered.
const LOGIN_REPLIES: [&str; 5] = ["530", "534", "535", "538", "454"];

/// Sends one mail per letter over a pool of connections.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    pub fn new(settings: &SmtpSettings) -> Result<Self, SetupError> {
        for (key, value) in [("smtp.host", &settings.host), ("smtp.from", &settings.from)] {
            if value.is_empty() {
                return Err(SetupError::Missing { key });
            }
        }
        let from = settings
            .from
            .parse()
            .map_err(|_| SetupError::Unusable { key: "smtp.from", reason: "no mailbox".to_owned() })?;
        let host = settings.host.as_str();
        let builder = match settings.security {
            SmtpSecurity::Starttls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(host),
            SmtpSecurity::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(host),
            SmtpSecurity::None => Ok(AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)),
        };
        let mut builder = builder
            .map_err(|error| SetupError::Unusable { key: "smtp.host", reason: error.to_string() })?
            .port(settings.port)
            .timeout(Some(Duration::from_millis(settings.timeout_ms)));
        if !settings.username.is_empty() {
            builder = builder.credentials(Credentials::new(
                settings.username.clone(),
                settings.password.expose_secret().to_owned(),
            ));
        }
        Ok(Self { transport: builder.build(), from })
    }

    /// The message id is ours, so that a mail that arrives twice is the same mail twice.
    fn mail(&self, letter: &Letter) -> Result<Message, SendFailure> {
        let to: Address =
            letter.to.trim().parse().map_err(|_| SendFailure::Refused("no e-mail address".to_owned()))?;
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .date(SystemTime::from(letter.written_at))
            .message_id(Some(format!("<{}@{}>", letter.message_id, self.from.email.domain())))
            .subject(letter.title.clone())
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body.clone())
            .map_err(|_| SendFailure::Refused("no mail can be made of it".to_owned()))
    }
}

#[async_trait]
impl Messenger for Smtp {
    async fn send(&self, letter: &Letter, _attempt: Attempt) -> Result<(), SendFailure> {
        let mail = self.mail(letter)?;
        match self.transport.send(mail).await {
            Ok(_) => Ok(()),
            Err(error) => Err(judge(&error)),
        }
    }
}

/// A server's text may repeat the address, so only its number is kept.
fn judge(error: &lettre::transport::smtp::Error) -> SendFailure {
    let Some(code) = error.status().map(|code| code.to_string()) else {
        let what = if error.is_timeout() {
            "no answer in time"
        } else if error.is_tls() {
            return SendFailure::NeedsAttention("TLS failed".to_owned());
        } else {
            "the connection failed"
        };
        return SendFailure::TryAgain(what.to_owned());
    };
    if LOGIN_REPLIES.contains(&code.as_str()) {
        SendFailure::NeedsAttention(code)
    } else if error.is_permanent() {
        SendFailure::Refused(code)
    } else {
        SendFailure::TryAgain(code)
    }
}

#[cfg(test)]
mod tests;
