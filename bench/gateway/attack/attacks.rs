//! The attacks, each from forty addresses unless it says otherwise.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use local_stack::failure::{Context as _, Failure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout_at};

use crate::Target;
use crate::wire::{connect_from, connect_narrow, exchange, read_answer};

const ADDRESSES: usize = 40;
const SCRIPT: &[u8] = b"GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n\r\n";
const NOWHERE: &[u8] = b"GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n";

/// What one attacker does again and again.
#[derive(Clone, Copy)]
enum Attack {
    /// Heads that never end, a byte each half second.
    SlowHeads,
    /// The same with bodies.
    SlowBodies,
    /// Takes nothing of a large answer.
    SlowReaders,
    Idle,
    /// Asks, is answered or sent away, and comes again after the second it was told.
    Parallel,
    /// Bodies over the limit, declared and not.
    Oversized,
    HostileTokens,
    /// Another connection for each malformed head.
    Malformed,
    /// A thousand requests in one go.
    Pipelined,
    /// More connections from one address than it may have.
    OneAddress,
    /// Asks for a service that hangs, resets, answers garbage or half a body.
    IllService,
}

impl Attack {
    const ALL: [(&'static str, Self, usize); 11] = [
        ("slow-heads", Self::SlowHeads, 2_000),
        ("slow-bodies", Self::SlowBodies, 1_000),
        ("slow-readers", Self::SlowReaders, 1_000),
        ("idle", Self::Idle, 2_000),
        ("parallel", Self::Parallel, 10_000),
        ("oversized", Self::Oversized, 50),
        ("hostile-tokens", Self::HostileTokens, 200),
        ("malformed", Self::Malformed, 100),
        ("pipelined", Self::Pipelined, 10),
        ("one-address", Self::OneAddress, 5_000),
        ("ill-service", Self::IllService, 400),
    ];

    fn addresses(self) -> usize {
        if matches!(self, Self::OneAddress) { 1 } else { ADDRESSES }
    }

    /// What keeps an attacker from being limited by its own machine instead of by the gateway.
    fn pause(self) -> Duration {
        Duration::from_millis(match self {
            Self::Parallel | Self::OneAddress => 1_000,
            Self::Oversized => 500,
            Self::HostileTokens => 50,
            Self::Malformed | Self::IllService => 100,
            Self::SlowHeads | Self::SlowBodies | Self::SlowReaders | Self::Idle | Self::Pipelined => 10,
        })
    }
}

/// How attempts ended, by status or kind of failure.
type Outcomes = Arc<Mutex<BTreeMap<String, u64>>>;

/// Prints how often what came of it.
pub(crate) async fn attack(kind: &str, target: Target) -> Result<(), Failure> {
    let found = Attack::ALL.into_iter().find(|(name, ..)| *name == kind);
    let (_, attack, count) = found.ok_or_else(|| Failure::usage(format!("there is no attack `{kind}`")))?;
    let (target, outcomes) = (Arc::new(target), Outcomes::default());
    let until = Instant::now() + target.time;
    let mut attackers = JoinSet::new();
    for number in 0..count {
        let (target, outcomes) = (Arc::clone(&target), Arc::clone(&outcomes));
        attackers.spawn(async move {
            let source = u8::try_from(number % attack.addresses()).unwrap_or_default();
            let attacker =
                Attacker { attack, target: &target, source: Ipv4Addr::new(127, 1, 0, source + 1), number };
            // All begin within a second.
            sleep(Duration::from_millis(u64::try_from(number * 1000 / count).unwrap_or_default())).await;
            let _ = timeout_at(until, attacker.go_on(&outcomes)).await;
        });
    }
    while attackers.join_next().await.is_some() {}
    let outcomes = outcomes.lock().unwrap_or_else(PoisonError::into_inner);
    let told: Vec<String> = outcomes.iter().map(|(what, count)| format!("{count} × {what}")).collect();
    let line =
        format!("{}\n", if told.is_empty() { "nobody got an answer".to_owned() } else { told.join(", ") });
    std::io::stdout().lock().write_all(line.as_bytes()).context("standard output")
}

struct Attacker<'a> {
    attack: Attack,
    target: &'a Target,
    source: Ipv4Addr,
    number: usize,
}

impl Attacker<'_> {
    async fn go_on(&self, outcomes: &Outcomes) {
        loop {
            let outcome = match self.once(outcomes).await {
                Ok(status) => status.to_string(),
                Err(error) => format!("{:?}", error.kind()),
            };
            count(outcomes, outcome);
            sleep(self.attack.pause()).await;
        }
    }

    async fn connect(&self) -> std::io::Result<TcpStream> {
        connect_from(self.source, self.target.address).await
    }

    async fn once(&self, outcomes: &Outcomes) -> std::io::Result<u16> {
        match self.attack {
            Attack::SlowHeads => self.drip(b"GET / HTTP/1.1\r\nHost: x\r\nX: ").await,
            Attack::SlowBodies => {
                self.drip(
                    b"POST /v1/detail/otherItms HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
                      Content-Length: 1000000\r\n\r\n",
                )
                .await
            }
            Attack::SlowReaders => self.read_nothing().await,
            Attack::Idle | Attack::OneAddress => {
                let mut stream = self.connect().await?;
                read_answer(&mut stream, &mut Vec::new()).await.map(|(status, _)| status)
            }
            Attack::Parallel => {
                let request = self.member_request(self.target.token(self.number), "getQuestionDtl?ccnNo=1");
                self.ask_often(outcomes, &request).await
            }
            Attack::HostileTokens => {
                let token = self.target.token(self.number);
                let bad = format!("{}AAAA", token.get(..token.len().saturating_sub(4)).unwrap_or_default());
                self.ask_often(outcomes, &self.member_request(&bad, "getQuestion")).await
            }
            Attack::Oversized => self.send_too_much().await,
            Attack::Malformed => {
                let bad: &[u8] = match self.number % 4 {
                    0 => b"GET / HTTP/1.1\nHost: x\n\n",
                    1 => b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                    2 => b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
                    _ => b"GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
                };
                let mut stream = self.connect().await?;
                exchange(&mut stream, bad, &mut Vec::new()).await.map(|(status, _)| status)
            }
            Attack::Pipelined => self.send_in_one_go(outcomes).await,
            Attack::IllService => {
                let illness = ["hang", "reset", "garbage", "half"].get(self.number % 4).unwrap_or(&"hang");
                let what = format!("getQuestion?illness={illness}");
                self.ask_often(outcomes, &self.member_request(self.target.token(self.number), &what)).await
            }
        }
    }

    fn member_request(&self, token: &str, what: &str) -> String {
        format!(
            "GET /v1/customerservice/{what} HTTP/1.1\r\nHost: shop.example\r\nAuthorization: Bearer {token}\r\n\r\n"
        )
    }

    /// Begins something and goes on with it a byte at a time, until it is answered.
    async fn drip(&self, beginning: &[u8]) -> std::io::Result<u16> {
        let mut stream = self.connect().await?;
        stream.write_all(beginning).await?;
        let (mut reader, mut writer) = stream.split();
        let dripping = async {
            while writer.write_all(b"x").await.is_ok() {
                sleep(Duration::from_millis(500)).await;
            }
            std::future::pending::<()>().await;
        };
        let mut answer = [0; 12];
        tokio::select! {
            read = reader.read_exact(&mut answer) => { read?; }
            () = dripping => {}
        }
        let status = answer.get(9..12).and_then(|digits| std::str::from_utf8(digits).ok());
        Ok(status.and_then(|digits| digits.parse().ok()).unwrap_or_default())
    }

    async fn read_nothing(&self) -> std::io::Result<u16> {
        let mut stream = connect_narrow(self.source, self.target.address).await?;
        let file = self.member_request(self.target.token(self.number), "files/a");
        stream.write_all(if self.number.is_multiple_of(2) { SCRIPT } else { file.as_bytes() }).await?;
        loop {
            sleep(Duration::from_secs(1)).await;
            // As little as keeps the connection.
            let mut some = [0; 1024];
            if stream.read(&mut some).await? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
        }
    }

    /// The same request again and again on one connection; each answer counts.
    async fn ask_often(&self, outcomes: &Outcomes, request: &str) -> std::io::Result<u16> {
        let (mut stream, mut buffer) = (self.connect().await?, Vec::with_capacity(2048));
        loop {
            let (status, stays) = exchange(&mut stream, request.as_bytes(), &mut buffer).await?;
            if !stays {
                return Ok(status);
            }
            count(outcomes, status.to_string());
            sleep(self.attack.pause()).await;
        }
    }

    async fn send_too_much(&self) -> std::io::Result<u16> {
        let framing = if self.number.is_multiple_of(2) {
            "Content-Length: 2000000"
        } else {
            "Transfer-Encoding: chunked"
        };
        let head = format!(
            "POST /v1/detail/otherItms HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{framing}\r\n\r\n"
        );
        let mut stream = self.connect().await?;
        stream.write_all(head.as_bytes()).await?;
        let (mut reader, mut writer) = stream.split();
        let sending = async {
            let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
            for _ in 0..20 {
                if writer.write_all(chunk.as_bytes()).await.is_err() {
                    break;
                }
            }
            std::future::pending::<()>().await;
        };
        let mut answer = [0; 12];
        tokio::select! {
            read = reader.read_exact(&mut answer) => { read?; }
            () = sending => {}
        }
        let status = answer.get(9..12).and_then(|digits| std::str::from_utf8(digits).ok());
        Ok(status.and_then(|digits| digits.parse().ok()).unwrap_or_default())
    }

    async fn send_in_one_go(&self, outcomes: &Outcomes) -> std::io::Result<u16> {
        const AT_ONCE: usize = 1_000;
        let mut stream = self.connect().await?;
        let many = NOWHERE.repeat(AT_ONCE);
        let (mut reader, mut writer) = stream.split();
        let sending = async {
            while writer.write_all(&many).await.is_ok() {
                count(outcomes, format!("{AT_ONCE} requests in one go"));
            }
        };
        let reading = async {
            let mut buffer = vec![0; 65536];
            while matches!(reader.read(&mut buffer).await, Ok(count) if count > 0) {}
        };
        tokio::join!(sending, reading);
        Ok(0)
    }
}

fn count(outcomes: &Outcomes, what: String) {
    *outcomes.lock().unwrap_or_else(PoisonError::into_inner).entry(what).or_default() += 1;
}
