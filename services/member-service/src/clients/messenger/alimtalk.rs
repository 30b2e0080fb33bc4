//! 알림톡 and SMS over the HTTP interface of SOLAPI and those shaped like it.

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;
use aws_lc_rs::{hmac, rand};
use chrono::SecondsFormat;
use commerce::Channel;
use platform::clock::Clock;
use platform::loopback::is_private_way;
use reqwest::header::AUTHORIZATION;
use reqwest::{Client, StatusCode, redirect};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};

use super::{Attempt, Letter, Messenger, SendFailure, SetupError};
use crate::settings::notification::SolapiSettings;

const SEND_PATH: &str = "/messages/v4/send";
/// Field under which our message id travels, so that the provider's records can be searched by it.
const MESSAGE_ID_FIELD: &str = "messageId";
const IDEMPOTENCY_KEY: &str = "Idempotency-Key";
/// Longest text that goes out as a short message, in the bytes the carriers count: Korean letters take two.
const SHORT_MESSAGE_BYTES: usize = 90;

/// Sends one message per call.
pub struct Solapi {
    http: Client,
    url: String,
    settings: SolapiSettings,
    key: hmac::Key,
    clock: Clock,
}

#[derive(Serialize)]
struct Request<'a> {
    message: Message<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Message<'a> {
    to: &'a str,
    from: &'a str,
    text: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kakao_options: Option<KakaoOptions<'a>>,
    custom_fields: BTreeMap<&'static str, &'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct KakaoOptions<'a> {
    pf_id: &'a str,
    template_id: &'a str,
    /// Whether an SMS follows is ours to decide, and to record.
    disable_sms: bool,
    variables: BTreeMap<String, &'a str>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Answer {
    status_code: Option<String>,
    error_code: Option<String>,
}

impl Solapi {
    pub fn new(settings: &SolapiSettings, clock: Clock) -> Result<Self, SetupError> {
        for (key, value) in [
            ("solapi.api_key", settings.api_key.as_str()),
            ("solapi.api_secret", settings.api_secret.expose_secret()),
            ("solapi.from", settings.from.as_str()),
        ] {
            if value.is_empty() {
                return Err(SetupError::Missing { key });
            }
        }
        let unusable = |reason: String| SetupError::Unusable { key: "solapi.base_url", reason };
        let base = reqwest::Url::parse(&settings.base_url).map_err(|error| unusable(error.to_string()))?;
        if !is_private_way(&base) {
            return Err(unusable("only https is safe for what is written to customers".to_owned()));
        }
        let is_plain = base.scheme() == "http";
        let builder = Client::builder().https_only(!is_plain);
        let builder = if is_plain { builder.no_proxy() } else { builder };
        let http = builder
            .connect_timeout(Duration::from_millis(settings.timeout_ms))
            .timeout(Duration::from_millis(settings.timeout_ms))
            .redirect(redirect::Policy::none())
            .build()
            .map_err(|error| unusable(error.to_string()))?;
        Ok(Self {
            http,
            url: format!("{}{SEND_PATH}", settings.base_url.trim_end_matches('/')),
            key: hmac::Key::new(hmac::HMAC_SHA256, settings.api_secret.expose_secret().as_bytes()),
            settings: settings.clone(),
            clock,
        })
    }

    /// The provider knows us by a signature over the time and a salt.
    fn authorization(&self) -> Result<String, SendFailure> {
        let mut salt = [0_u8; 16];
        rand::fill(&mut salt).map_err(|_| SendFailure::TryAgain("no random bytes".to_owned()))?;
        let salt = hex::encode(salt);
        let date = self.clock.now().to_rfc3339_opts(SecondsFormat::Millis, true);
        let signature = hex::encode(hmac::sign(&self.key, format!("{date}{salt}").as_bytes()));
        let api_key = &self.settings.api_key;
        Ok(format!("HMAC-SHA256 apiKey={api_key}, date={date}, salt={salt}, signature={signature}"))
    }

    fn message<'a>(&'a self, letter: &'a Letter) -> Result<Message<'a>, SendFailure> {
        let by_kakao = letter.channel == Channel::Alimtalk;
        let is_short = letter.body.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>()
            <= SHORT_MESSAGE_BYTES;
        let kakao_options = by_kakao
            .then(|| {
                if self.settings.pf_id.is_empty() {
                    return Err(SendFailure::NeedsAttention(
                        "`notification.solapi.pf_id` is missing".to_owned(),
                    ));
                }
                let template_id = self.settings.template_ids.get(&letter.template_code);
                Ok(KakaoOptions {
                    pf_id: &self.settings.pf_id,
                    template_id: template_id.unwrap_or(&letter.template_code),
                    disable_sms: true,
                    variables: letter
                        .variables
                        .iter()
                        .map(|(name, value)| (format!("#{{{name}}}"), value.as_str()))
                        .collect(),
                })
            })
            .transpose()?;
        let kind = match (by_kakao, is_short) {
            (true, _) => "ATA",
            (false, true) => "SMS",
            (false, false) => "LMS",
        };
        Ok(Message {
            to: &letter.to,
            from: &self.settings.from,
            text: &letter.body,
            kind,
            subject: (kind == "LMS").then_some(letter.title.as_str()),
            kakao_options,
            custom_fields: BTreeMap::from([(MESSAGE_ID_FIELD, letter.message_id.as_str())]),
        })
    }
}

#[async_trait]
impl Messenger for Solapi {
    async fn send(&self, letter: &Letter, _attempt: Attempt) -> Result<(), SendFailure> {
        let response = self
            .http
            .post(&self.url)
            .header(AUTHORIZATION, self.authorization()?)
            .header(IDEMPOTENCY_KEY, &letter.message_id)
            .json(&Request { message: self.message(letter)? })
            .send()
            .await
            .map_err(unknown)?;
        let status = response.status();
        let body = response.bytes().await.map_err(unknown)?;
        let answer: Answer = serde_json::from_slice(&body).unwrap_or_default();
        judge(status, &answer)
    }
}

/// After an error on the way nobody knows whether the message was taken.
fn unknown(error: reqwest::Error) -> SendFailure {
    let what = if error.is_timeout() { "no answer in time" } else { "no connection" };
    SendFailure::TryAgain(what.to_owned())
}

fn judge(status: StatusCode, answer: &Answer) -> Result<(), SendFailure> {
    let code = answer.error_code.as_deref().or(answer.status_code.as_deref()).unwrap_or("");
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    let reason = format!("{} {code}", status.as_u16()).trim_end().to_owned();
    match status.as_u16() {
        // 2xxx: taken in; 4000: already delivered. Anything else in a success is a refusal of this message.
        200..=299 => match answer.status_code.as_deref() {
            None => Ok(()),
            Some(code) if code.starts_with('2') || code.starts_with('4') => Ok(()),
            Some(_) => Err(SendFailure::Refused(reason)),
        },
        // Our key or our balance, not the message.
        300..=399 | 401..=403 => Err(SendFailure::NeedsAttention(reason)),
        408 | 409 | 425 | 429 => Err(SendFailure::TryAgain(reason)),
        400..=499 => Err(SendFailure::Refused(reason)),
        _ => Err(SendFailure::TryAgain(reason)),
    }
}

#[cfg(test)]
mod tests;
