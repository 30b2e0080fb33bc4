//! 알림: what a message says and which way it takes.

mod listed;
pub mod templates;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use commerce::{Channel, MemberNo, OrderNo, SiteNo, masking};

pub use listed::{InboxNotification, ManagedNotification, NotificationSearch};
use templates::TEMPLATES;

/// What stands in a stored text where the sent one has a secret.
const STARS: &str = "******";

/// 알림 템플릿: a text with placeholders `{{name}}`, and the ways it may take.
#[derive(Debug, PartialEq, Eq)]
pub struct Template {
    pub code: &'static str,
    pub title: &'static str,
    pub body: &'static str,
    pub channels: &'static [Channel],
    /// Whether an SMS goes out when the 알림톡 is refused for good.
    pub has_sms_instead: bool,
    /// Variables that only the receiver may read: stored texts show stars for them.
    pub secret_variables: &'static [&'static str],
}

/// Why a template can't be made into a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateRefusal {
    #[error("there is no template `{code}`")]
    UnknownTemplate { code: String },
    #[error("template `{code}` lacks a value for `{variable}`")]
    MissingVariable { code: &'static str, variable: &'static str },
    #[error("template `{code}` does not go by {channel:?}")]
    ChannelNotAllowed { code: &'static str, channel: Channel },
}

/// A filled template: as it is sent, and as it may be kept.
#[derive(Clone, PartialEq, Eq)]
pub struct FilledTemplate {
    pub template: &'static Template,
    pub title: String,
    pub body: String,
    pub kept_title: String,
    pub kept_body: String,
    /// The values the template named, for providers that fill their own copy of it.
    pub variables: BTreeMap<String, String>,
}

/// 수신자: what an agent may read of where a message went.
pub fn masked_address(channel: Channel, address: &str) -> String {
    match channel {
        // Of a phone's digits the first three say no more than the carrier.
        Channel::Alimtalk | Channel::Sms => match address.split_at_checked(3) {
            Some((carrier, rest)) if carrier.starts_with('0') => {
                format!("{carrier}{}", masking::hidden(rest))
            }
            _ => masking::hidden(address),
        },
        Channel::Email | Channel::Inbox => masking::hidden(address),
    }
}

/// 알림 수신자: where the channels find the person.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Receiver {
    /// Digits only.
    pub phone: Option<String>,
    pub email: Option<String>,
}

/// What happened, to be told once per channel.
#[derive(Clone, PartialEq, Eq)]
pub struct Notice {
    /// Names the event; the same key is told once.
    pub key: String,
    pub site_no: SiteNo,
    pub member_no: Option<MemberNo>,
    pub order_no: Option<OrderNo>,
    pub receiver: Receiver,
    pub channels: Vec<Channel>,
    pub text: FilledTemplate,
}

impl Template {
    pub fn find(code: &str) -> Result<&'static Self, TemplateRefusal> {
        TEMPLATES
            .iter()
            .find(|template| template.code == code)
            .ok_or_else(|| TemplateRefusal::UnknownTemplate { code: code.to_owned() })
    }

    /// Refuses a channel this text is not made for.
    pub fn check_channel(&self, channel: Channel) -> Result<(), TemplateRefusal> {
        if self.channels.contains(&channel) {
            Ok(())
        } else {
            Err(TemplateRefusal::ChannelNotAllowed { code: self.code, channel })
        }
    }

    /// The names between the braces, each once, in the order they appear.
    pub fn variables(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        for piece in pieces(self.title).chain(pieces(self.body)) {
            if let Piece::Variable(name) = piece
                && !names.contains(&name)
            {
                names.push(name);
            }
        }
        names
    }

    /// Puts the values in. A value is text and nothing else: braces in it stay as they are.
    pub fn fill(&'static self, values: &BTreeMap<String, String>) -> Result<FilledTemplate, TemplateRefusal> {
        let mut variables = BTreeMap::new();
        for name in self.variables() {
            let value = values
                .get(name)
                .ok_or(TemplateRefusal::MissingVariable { code: self.code, variable: name })?;
            variables.insert(name.to_owned(), value.clone());
        }
        let sent = |name: &str| variables.get(name).map_or("", String::as_str);
        let kept = |name: &str| if self.secret_variables.contains(&name) { STARS } else { sent(name) };
        Ok(FilledTemplate {
            title: filled(self.title, sent),
            body: filled(self.body, sent),
            kept_title: filled(self.title, kept),
            kept_body: filled(self.body, kept),
            template: self,
            variables,
        })
    }
}

impl Receiver {
    /// Where a channel sends to; `None` when nothing is known, or the channel needs no address.
    pub fn address(&self, channel: Channel) -> Option<&str> {
        match channel {
            Channel::Alimtalk | Channel::Sms => self.phone.as_deref(),
            Channel::Email => self.email.as_deref(),
            Channel::Inbox => None,
        }
    }

    /// The other's address where this one has none.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { phone: self.phone.or(other.phone), email: self.email.or(other.email) }
    }
}

/// Joins the three columns of a phone number into its digits; `None` when a column is missing or masked.
pub fn joined_phone(columns: [Option<&str>; 3]) -> Option<String> {
    let mut digits = String::new();
    for column in columns {
        let column = column.filter(|column| column.contains(|c: char| c.is_ascii_digit()))?;
        digits.extend(column.chars().filter(char::is_ascii_digit));
    }
    Some(digits)
}

enum Piece {
    Text(&'static str),
    Variable(&'static str),
}

/// A text in order: what stands between placeholders, and the placeholders.
fn pieces(text: &'static str) -> impl Iterator<Item = Piece> {
    let mut rest = text;
    let mut pending = None;
    std::iter::from_fn(move || {
        if let Some(name) = pending.take() {
            return Some(Piece::Variable(name));
        }
        if rest.is_empty() {
            return None;
        }
        let placeholder = rest.split_once("{{").and_then(|(before, tail)| {
            tail.split_once("}}").map(|(name, after)| (before, name.trim(), after))
        });
        match placeholder {
            Some((before, name, after)) => {
                rest = after;
                pending = Some(name);
                Some(Piece::Text(before))
            }
            None => Some(Piece::Text(std::mem::take(&mut rest))),
        }
    })
}

fn filled<'a>(text: &'static str, value: impl Fn(&str) -> &'a str) -> String {
    pieces(text)
        .map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Variable(name) => value(name),
        })
        .collect()
}
