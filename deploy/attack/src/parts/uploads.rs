//! Forms with very many text parts, and files held before their end.

use std::time::Duration;

use bytes::Bytes;
use contract::operations::{MULTIPART_LIMIT, inquiry};
use local_stack::environment::Process;
use local_stack::failure::Failure;
use tokio::time::{Instant, sleep};

use super::{Field, Goals, Row, all_of};
use crate::goals::MB;
use crate::wire::{Answer, Ask, HOME};

const FORMS: usize = 10;
const UPLOADS: usize = 8;
const FILES: usize = 5;
const FILE_BYTES: usize = 10 * 1024 * 1024;
/// Shorter than the gateway waits for the next byte.
const HELD: Duration = Duration::from_secs(9);
const END: &str = "--b--\r\n";

impl Field<'_> {
    pub(super) async fn uploads(&self) -> Result<Vec<Row>, Failure> {
        let goals = Goals { memory: None, refusal: None, answers: true };
        let mut rows = Vec::new();

        let count = self.settings.scaled(FORMS);
        for (what, part) in
            [("empty text parts", text_part("")), ("text parts of 60 KiB", text_part(&"x".repeat(60_000)))]
        {
            let body = repeated(&part);
            let asks = (0..count).map(|number| self.form(number, body.clone())).collect::<Result<_, _>>()?;
            let name = format!("{count} forms full of {what}");
            rows.push(self.against(Process::Inquiry, name, goals, self.all_at_once(asks)).await);
        }

        let count = self.settings.scaled(UPLOADS);
        let body = files();
        let asks: Vec<Ask> =
            (0..count).map(|number| self.form(100 + number, body.clone())).collect::<Result<_, _>>()?;
        let name = format!("{count} uploads of {FILES} files held");
        let mut most = 0;
        let attack = async {
            let holding = self.hold_all(asks);
            tokio::pin!(holding);
            loop {
                tokio::select! {
                    answers = &mut holding => return answers,
                    () = sleep(Duration::from_millis(200)) => most = most.max(self.house.spooled()),
                }
            }
        };
        let goals = Goals { answers: false, ..goals };
        let mut row = self.against(Process::Inquiry, name, goals, attack).await;
        let left = self.spool_in_the_end().await;
        let is_too_much = most > self.limits.spool || left > 0;
        row.aside = Some((format!("spool {} MB, {} left", most / MB, left), is_too_much));
        rows.push(row);
        Ok(rows)
    }

    fn form(&self, number: usize, body: Bytes) -> Result<Ask, Failure> {
        let token = self.callers.another_member(number)?;
        let ask = Ask::post(inquiry::QUESTION_SAVE.path, HOME, body).by(&token);
        Ok(ask.of_type("multipart/form-data; boundary=b".to_owned()))
    }

    async fn hold_all(&self, asks: Vec<Ask>) -> Vec<Answer> {
        let to = self.house.gateway();
        let holding =
            asks.into_iter().map(|ask| tokio::spawn(async move { ask.hold(to, END.len(), HELD).await }));
        all_of(holding.collect()).await
    }

    /// What of a broken upload is still there when it has had time to go.
    async fn spool_in_the_end(&self) -> u64 {
        let since = Instant::now();
        loop {
            let left = self.house.spooled();
            if left == 0 || since.elapsed() > Duration::from_secs(10) {
                return left;
            }
            sleep(Duration::from_millis(200)).await;
        }
    }
}

fn text_part(value: &str) -> String {
    format!("--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n{value}\r\n")
}

fn repeated(part: &str) -> Bytes {
    let count = (MULTIPART_LIMIT - END.len()) / part.len();
    let mut body = part.repeat(count);
    body.push_str(END);
    body.into()
}

/// As many and as large as one inquiry may have.
fn files() -> Bytes {
    let mut body = Vec::with_capacity(FILES * (FILE_BYTES + 200));
    for number in 0..FILES {
        let head = format!(
            "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{number}.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        let end = body.len() + FILE_BYTES;
        body.extend_from_slice(b"\xff\xd8\xff\xe0");
        body.resize(end, b'x');
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(END.as_bytes());
    body.into()
}
