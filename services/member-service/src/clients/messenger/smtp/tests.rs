use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use commerce::Channel;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use super::super::tests::letter;
use super::*;

/// A mail as a server got it.
struct Mail {
    sender: String,
    recipient: String,
    headers: String,
    body: String,
}

/// Speaks just enough SMTP to take a mail, or to refuse its recipient with `refusal`.
async fn serve(refusal: Option<&'static str>) -> (u16, mpsc::UnboundedReceiver<Mail>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let (mails, received) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            tokio::spawn(converse(connection, refusal, mails.clone()));
        }
    });
    (port, received)
}

async fn converse(connection: TcpStream, refusal: Option<&'static str>, mails: mpsc::UnboundedSender<Mail>) {
    let mut connection = BufReader::new(connection);
    let (mut sender, mut recipient) = (String::new(), String::new());
    let mut reply = "220 stub ready".to_owned();
    loop {
        connection.write_all(format!("{reply}\r\n").as_bytes()).await.expect("the client listens");
        let Some(line) = next_line(&mut connection).await else { return };
        let verb = line.split([' ', ':']).next().unwrap_or("").to_ascii_uppercase();
        reply = match verb.as_str() {
            "EHLO" => "250-stub\r\n250-8BITMIME\r\n250 SMTPUTF8".to_owned(),
            "MAIL" => {
                sender = line;
                "250 ok".to_owned()
            }
            "RCPT" => match refusal {
                Some(refusal) => refusal.to_owned(),
                None => {
                    recipient = line;
                    "250 ok".to_owned()
                }
            },
            "DATA" => {
                connection.write_all(b"354 go on\r\n").await.expect("the client listens");
                let mut text = String::new();
                while let Some(line) = next_line(&mut connection).await.filter(|line| line != ".") {
                    text.push_str(&line);
                    text.push_str("\r\n");
                }
                let (headers, body) = text.split_once("\r\n\r\n").expect("headers end");
                let mail = Mail {
                    sender: std::mem::take(&mut sender),
                    recipient: std::mem::take(&mut recipient),
                    headers: headers.to_owned(),
                    body: body.to_owned(),
                };
                // The test may have seen enough.
                let _ = mails.send(mail);
                "250 taken".to_owned()
            }
            "QUIT" => {
                let _ = connection.write_all(b"221 bye\r\n").await;
                return;
            }
            _ => "250 ok".to_owned(),
        };
    }
}

async fn next_line(connection: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let length = connection.read_line(&mut line).await.ok()?;
    (length > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
}

fn provider(port: u16) -> Smtp {
    secured(port, SmtpSecurity::None)
}

fn secured(port: u16, security: SmtpSecurity) -> Smtp {
    Smtp::new(&SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        security,
        from: "상점 <no-reply@shop.example>".to_owned(),
        timeout_ms: 2_000,
        ..SmtpSettings::default()
    })
    .expect("these settings are whole")
}

/// Undoes the transfer encodings a mail writer may choose for Korean text.
fn decoded(mail: &Mail) -> String {
    let encoding = mail.headers.lines().find_map(|line| line.strip_prefix("Content-Transfer-Encoding: "));
    match encoding {
        Some("base64") => {
            let joined: String = mail.body.split_whitespace().collect();
            String::from_utf8(STANDARD.decode(joined).expect("base64")).expect("UTF-8")
        }
        Some("quoted-printable") => {
            let joined = mail.body.replace("=\r\n", "");
            let mut bytes = Vec::new();
            let mut rest = joined.as_bytes();
            while let Some((first, tail)) = rest.split_first() {
                if *first == b'=' {
                    bytes.extend(hex::decode(&tail[..2]).expect("hexadecimal"));
                    rest = &tail[2..];
                } else {
                    bytes.push(*first);
                    rest = tail;
                }
            }
            String::from_utf8(bytes).expect("UTF-8")
        }
        _ => mail.body.clone(),
    }
}

#[tokio::test]
async fn a_mail_arrives_with_its_korean_subject_and_body() {
    let (port, mut received) = serve(None).await;
    let letter = letter(Channel::Email, "gildong@example.com");
    provider(port).send(&letter, Attempt::First).await.expect("it is taken");

    let mail = received.recv().await.expect("a mail");
    assert!(mail.sender.contains("<no-reply@shop.example>"), "{}", mail.sender);
    assert!(mail.recipient.contains("<gildong@example.com>"), "{}", mail.recipient);
    assert_eq!(decoded(&mail).replace("\r\n", "\n").trim_end(), letter.body);
    assert!(
        mail.headers.contains("Message-ID: <018f3a5c00007000800000000000aaaa@shop.example>"),
        "{}",
        mail.headers
    );
    assert!(mail.headers.contains("charset=utf-8"), "{}", mail.headers);
    let subject: String = mail
        .headers
        .lines()
        .skip_while(|line| !line.starts_with("Subject: "))
        .take_while(|line| line.starts_with("Subject: ") || line.starts_with(' '))
        .flat_map(|line| {
            line.split("=?utf-8?b?").skip(1).map(|word| word.split("?=").next().unwrap_or("").to_owned())
        })
        .map(|word| String::from_utf8(STANDARD.decode(word).expect("base64")).expect("UTF-8"))
        .collect();
    assert_eq!(subject, letter.title);
}

#[tokio::test]
async fn several_mails_go_over_one_provider() {
    let (port, mut received) = serve(None).await;
    let provider = provider(port);
    for _ in 0..3 {
        provider
            .send(&letter(Channel::Email, "gildong@example.com"), Attempt::First)
            .await
            .expect("it is taken");
        received.recv().await.expect("a mail");
    }
}

#[tokio::test]
async fn a_mailbox_that_does_not_exist_is_refused_for_good() {
    let (port, _received) = serve(Some("550 no such user gildong@example.com")).await;
    let result = provider(port).send(&letter(Channel::Email, "gildong@example.com"), Attempt::First).await;
    assert_eq!(result, Err(SendFailure::Refused("550".to_owned())));
    let result = provider(port).send(&letter(Channel::Email, "no address"), Attempt::First).await;
    assert_eq!(result, Err(SendFailure::Refused("no e-mail address".to_owned())));
}

#[tokio::test]
async fn a_full_mailbox_and_an_absent_server_are_tried_again() {
    let (port, _received) = serve(Some("452 full")).await;
    let result = provider(port).send(&letter(Channel::Email, "gildong@example.com"), Attempt::First).await;
    assert_eq!(result, Err(SendFailure::TryAgain("452".to_owned())));
    let result = provider(1).send(&letter(Channel::Email, "gildong@example.com"), Attempt::First).await;
    assert_eq!(result, Err(SendFailure::TryAgain("the connection failed".to_owned())));
}

#[tokio::test]
async fn a_login_that_is_refused_is_ours_to_mend() {
    let (port, _received) = serve(Some("530 login first")).await;
    let result = provider(port).send(&letter(Channel::Email, "gildong@example.com"), Attempt::First).await;
    assert_eq!(result, Err(SendFailure::NeedsAttention("530".to_owned())));
}

#[tokio::test]
async fn nothing_is_said_in_the_open_where_tls_is_asked_for() {
    for security in [SmtpSecurity::Starttls, SmtpSecurity::Tls] {
        let (port, mut received) = serve(None).await;
        let result = secured(port, security)
            .send(&letter(Channel::Email, "gildong@example.com"), Attempt::First)
            .await;
        assert!(
            matches!(result, Err(SendFailure::TryAgain(_) | SendFailure::NeedsAttention(_))),
            "{security:?}: {result:?}"
        );
        assert!(received.try_recv().is_err());
    }
}

#[test]
fn missing_settings_are_named() {
    let error = Smtp::new(&SmtpSettings::default()).err().expect("nothing is set");
    assert_eq!(error.to_string(), "`notification.smtp.host` is missing");
}
