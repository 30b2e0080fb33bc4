//! The provider of a developer's machine: every message becomes one line of a file.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use dto::date_time::KstDateTime;
use platform::owner_only;
use serde::Serialize;

use super::{Attempt, Letter, Messenger, SendFailure};

/// Appends `{chnlCd, to, tmplCd, title, body, dtm}` per message.
pub struct LocalSink {
    file: PathBuf,
}

/// The order of the fields is the order in the file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    chnl_cd: commerce::Channel,
    to: &'a str,
    tmpl_cd: &'a str,
    title: &'a str,
    body: &'a str,
    dtm: KstDateTime,
}

impl LocalSink {
    /// The messages hold guests' temporary passwords: a file of before is closed to others.
    pub fn new(file: &Path) -> Self {
        owner_only::close_to_others(file);
        Self { file: file.to_owned() }
    }
}

#[async_trait]
impl Messenger for LocalSink {
    async fn send(&self, letter: &Letter, attempt: Attempt) -> Result<(), SendFailure> {
        let line = line(letter).map_err(|error| SendFailure::NeedsAttention(error.to_string()))?;
        let file = self.file.clone();
        tokio::task::spawn_blocking(move || {
            // The same message is the same line to the microsecond, so a repeat can be told by it.
            if attempt == Attempt::Repeat && contains(&file, &line)? {
                return Ok(());
            }
            append(&file, &line)
        })
        .await
        .map_err(|_| SendFailure::TryAgain("writing to the sink panicked".to_owned()))?
        .map_err(|error: io::Error| {
            SendFailure::TryAgain(format!("the sink can't be written: {}", error.kind()))
        })
    }
}

fn line(letter: &Letter) -> serde_json::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(&Line {
        chnl_cd: letter.channel,
        to: &letter.to,
        tmpl_cd: &letter.template_code,
        title: &letter.title,
        body: &letter.body,
        dtm: KstDateTime(letter.written_at),
    })?;
    line.push(b'\n');
    Ok(line)
}

/// One write in append mode, so that several processes can share the file without mixing their lines.
fn append(path: &Path, line: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().create(true).append(true).mode(owner_only::FILE).open(path)?;
    let written = file.write(line)?;
    if written == line.len() { Ok(()) } else { Err(io::ErrorKind::WriteZero.into()) }
}

fn contains(path: &Path, line: &[u8]) -> io::Result<bool> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let mut reader = BufReader::new(file);
    let mut read = Vec::new();
    while reader.read_until(b'\n', &mut read)? > 0 {
        if read == line {
            return Ok(true);
        }
        read.clear();
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;

    use commerce::Channel;
    use serde_json::{Value, json};

    use super::super::tests::letter;
    use super::*;

    fn lines(path: &Path) -> Vec<Value> {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).expect("every line is JSON")).collect()
    }

    #[tokio::test]
    async fn a_message_is_one_line_and_a_repeat_adds_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("sink.jsonl");
        let sink = LocalSink::new(&file);
        let letter = letter(Channel::Alimtalk, "01012345678");

        sink.send(&letter, Attempt::Repeat).await.expect("there is no file yet, so it is sent");
        sink.send(&letter, Attempt::Repeat).await.expect("it is there already");
        assert_eq!(
            lines(&file),
            [
                json!({"chnlCd": "10", "to": "01012345678", "tmplCd": "GUEST_TEMP_PASSWORD", "title": "임시 비밀번호 안내",
                "body": "임시 비밀번호는 Abcd234567 입니다.\n두 번째 줄", "dtm": "2026-09-21T23:13:20.123456+09:00"})
            ]
        );

        let other = Letter { written_at: letter.written_at + chrono::TimeDelta::microseconds(1), ..letter };
        sink.send(&other, Attempt::First).await.expect("another message");
        assert_eq!(lines(&file).len(), 2);
    }

    #[tokio::test]
    async fn messages_are_the_owners_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let mode = |file: &Path| std::fs::metadata(file).expect("it is there").permissions().mode() & 0o777;
        let fresh = folder.path().join("fresh.jsonl");
        let sink = LocalSink::new(&fresh);
        sink.send(&letter(Channel::Sms, "01012345678"), Attempt::First).await.expect("it is written");
        assert_eq!(mode(&fresh), 0o600);

        let open = folder.path().join("open.jsonl");
        std::fs::write(&open, "").expect("written");
        std::fs::set_permissions(&open, Permissions::from_mode(0o644)).expect("changed");
        LocalSink::new(&open);
        assert_eq!(mode(&open), 0o600);
    }

    #[tokio::test]
    async fn lines_written_at_once_do_not_mix() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("sink.jsonl");
        let tasks: Vec<_> = (0..50)
            .map(|_| {
                let sink = LocalSink::new(&file);
                tokio::spawn(
                    async move { sink.send(&letter(Channel::Sms, "01012345678"), Attempt::First).await },
                )
            })
            .collect();
        for task in tasks {
            task.await.expect("no panic").expect("it is written");
        }
        assert_eq!(lines(&file).len(), 50);
    }

    #[tokio::test]
    async fn a_sink_that_can_not_be_written_is_tried_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let sink = LocalSink::new(&folder.path().join("missing/sink.jsonl"));
        let result = sink.send(&letter(Channel::Sms, "01012345678"), Attempt::First).await;
        assert!(matches!(result, Err(SendFailure::TryAgain(_))), "{result:?}");
    }
}
