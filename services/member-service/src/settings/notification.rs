//! Who carries which messages.

use std::collections::HashMap;
use std::path::PathBuf;

use secrecy::SecretString;
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NotificationSettings {
    /// Where the local provider writes.
    pub sink_file: PathBuf,
    /// A message that could not be sent for so long has failed.
    pub keep_trying_hours: u32,
    pub alimtalk: PhoneChannelSettings,
    pub sms: PhoneChannelSettings,
    pub email: EmailChannelSettings,
    pub solapi: SolapiSettings,
    pub smtp: SmtpSettings,
}

impl Default for NotificationSettings {
    fn default() -> Self {
        Self {
            sink_file: PathBuf::from(".noti-sink.jsonl"),
            keep_trying_hours: 24,
            alimtalk: PhoneChannelSettings::default(),
            sms: PhoneChannelSettings::default(),
            email: EmailChannelSettings::default(),
            solapi: SolapiSettings::default(),
            smtp: SmtpSettings::default(),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PhoneChannelSettings {
    pub provider: PhoneProvider,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneProvider {
    #[default]
    Local,
    Solapi,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EmailChannelSettings {
    pub provider: EmailProvider,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmailProvider {
    #[default]
    Local,
    Smtp,
}

/// The account at an HTTP provider of 알림톡 and SMS.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SolapiSettings {
    pub base_url: String,
    pub api_key: String,
    pub api_secret: SecretString,
    /// 발신번호: the registered number messages come from.
    pub from: String,
    /// 발신프로필: the channel 알림톡 comes from.
    pub pf_id: String,
    pub timeout_ms: u64,
    /// The provider's template for each of ours; where it is missing the codes are the same.
    pub template_ids: HashMap<String, String>,
}

impl Default for SolapiSettings {
    fn default() -> Self {
        Self {
            base_url: "https://api.solapi.com".to_owned(),
            api_key: String::new(),
            api_secret: SecretString::from(""),
            from: String::new(),
            pf_id: String::new(),
            timeout_ms: 5_000,
            template_ids: HashMap::new(),
        }
    }
}

/// The mail server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SmtpSettings {
    pub host: String,
    pub port: u16,
    pub security: SmtpSecurity,
    /// Without a name there is no login.
    pub username: String,
    pub password: SecretString,
    /// As `상점 <no-reply@shop.example>`.
    pub from: String,
    pub timeout_ms: u64,
}

impl Default for SmtpSettings {
    fn default() -> Self {
        Self {
            host: String::new(),
            port: 587,
            security: SmtpSecurity::Starttls,
            username: String::new(),
            password: SecretString::from(""),
            from: String::new(),
            timeout_ms: 10_000,
        }
    }
}

/// How the way to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmtpSecurity {
    Starttls,
    Tls,
    /// For a server on the same machine only.
    None,
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use platform::config::load_from;
    use secrecy::ExposeSecret as _;

    use super::*;

    #[derive(Deserialize)]
    struct Settings {
        notification: NotificationSettings,
    }

    #[test]
    fn providers_are_named_in_the_environment_and_templates_in_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("member.toml");
        let text = "[notification.solapi.template_ids]\nGUEST_TEMP_PASSWORD = \"KA01TP1\"\n";
        std::fs::write(&file, text).expect("written");
        let environment = [
            ("MEMBER_CONFIG_FILE", file.to_str().expect("a path")),
            ("MEMBER_NOTIFICATION__ALIMTALK__PROVIDER", "solapi"),
            ("MEMBER_NOTIFICATION__EMAIL__PROVIDER", "smtp"),
            ("MEMBER_NOTIFICATION__SOLAPI__API_SECRET", "0123"),
            ("MEMBER_NOTIFICATION__SOLAPI__FROM", "0212345678"),
            ("MEMBER_NOTIFICATION__SMTP__PORT", "25"),
            ("MEMBER_NOTIFICATION__SMTP__SECURITY", "none"),
        ];
        let environment: HashMap<String, String> =
            environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let settings: Settings =
            load_from("MEMBER", crate::settings::DEFAULTS, environment).expect("these settings read well");
        let settings = settings.notification;
        assert_eq!(settings.alimtalk.provider, PhoneProvider::Solapi);
        assert_eq!(settings.sms.provider, PhoneProvider::Local);
        assert_eq!(settings.email.provider, EmailProvider::Smtp);
        assert_eq!(settings.solapi.api_secret.expose_secret(), "0123");
        assert_eq!(settings.solapi.from, "0212345678");
        assert_eq!((settings.smtp.port, settings.smtp.security), (25, SmtpSecurity::None));
        assert_eq!(settings.solapi.template_ids["GUEST_TEMP_PASSWORD"], "KA01TP1");
    }
}
