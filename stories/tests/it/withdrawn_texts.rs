//! A member leaves: what it was known by stays readable in nothing that was written, anywhere in the house.

use std::io;
use std::sync::{Mutex, Once, PoisonError};

use local_stack::environment::Process;
use reqwest::Method;
use serde_json::{Value, json};
use stories::{Options, Stack, Storefront, order};
use test_kit::service::{TestAnswer, read};
use tracing_subscriber::fmt::MakeWriter;

use crate::inquiries::house::{Multipart, number, photo};
use crate::on_disk::{files_below, holds};
use crate::wait::until;

/// No other story has this member, so that the log of all of them can be searched.
const MEMBER: &str = "100009311";
const ORDER: &str = "20261102O000001";
const LATE_ORDER: &str = "20261102O000002";

/// Every value the member is known by, numbers in the ways people write them.
const KNOWN: [&str; 17] = [
    "선우빛나래",
    "제갈한울",
    "황보아름",
    "01073918264",
    "010-7391-8264",
    "010 7391 8264",
    "+82 10 7391 8264",
    "73918264",
    "7391-8264",
    "7391 8264",
    "64829137",
    "6482-9137",
    "seonu.bitnarae@example.com",
    "SEONU.BITNARAE",
    "달빛언덕로 7391",
    "달빛언덕로7391",
    "노을동 6482호",
];

const TEXT: &str = "선우빛나래입니다. 01073918264, 010-7391-8264, 010 7391 8264, +82 10 7391 8264로 주세요. \
                    SEONU.BITNARAE@example.com, 부산광역시 해운대구 달빛언덕로 7391 노을동 6482호, 달빛언덕로7391";
const MASKED: &str = "선***래입니다. 010********, 010-****-****, 010 **** ****, +82 10 **** ****로 주세요. \
                      ****, 부산광역시 해운대구 **** ****, ****";
const TITLE: &str = "선우빛나래 010-7391-8264";
const MASKED_TITLE: &str = "선***래 010-****-****";

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static START: Once = Once::new();

#[derive(Clone, Copy)]
struct Keep;

impl io::Write for Keep {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Keep {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        *self
    }
}

/// Keeps what all processes of these stories log, as much of it as an operator may ask for.
fn keep_the_log() {
    START.call_once(|| {
        tracing_subscriber::fmt()
            .with_writer(Keep)
            .with_max_level(tracing_subscriber::filter::LevelFilter::DEBUG)
            .with_ansi(false)
            .init();
    });
}

fn order_of_member(order_no: &str) -> Value {
    let mut order = order(order_no, MEMBER, "2026-11-02T00:00:00", 3, 10_000);
    for (name, value) in [
        ("ordManNm", "선우빛나래"),
        ("cellTxnoNo", "7391"),
        ("cellEndNo", "8264"),
        ("emailAddr", "seonu.bitnarae@example.com"),
    ] {
        order[name] = json!(value);
    }
    for (name, value) in [
        ("rcvmnNm", "제갈한울"),
        ("cellTxnoNo", "6482"),
        ("cellEndNo", "9137"),
        ("zipAddr", "부산광역시 해운대구 달빛언덕로 7391"),
        ("dtlAddr", "노을동 6482호"),
    ] {
        order["dlvpList"][0][name] = json!(value);
    }
    order
}

struct House {
    stack: Stack,
    shop: Storefront,
    member: String,
}

impl House {
    async fn open() -> Self {
        keep_the_log();
        let settings = ["CLAIM", "MEMBER", "CS_INQUIRY"].into_iter().flat_map(|service| {
            let quick = |name: &str, value: &str| {
                let name: &'static str = format!("{service}_{name}").leak();
                (name, value.to_owned())
            };
            [
                quick("OUTBOX__FIRST_RETRY_MS", "100"),
                quick("OUTBOX__MAX_RETRY_MS", "300"),
                quick("CLIENT__BREAKER_OPEN_MS", "200"),
            ]
        });
        let options = Options { settings: settings.collect(), ..Options::default() };
        let stack = Stack::start_with(options).await;
        let shop = stack.storefront();
        shop.take_in(&[order_of_member(ORDER)]).await;
        let member = shop.member(MEMBER);
        Self { stack, shop, member }
    }

    /// An inquiry that tells everything, in its words and in the name of a file.
    async fn written(&self) -> String {
        let form =
            Multipart::inquiry_of(TITLE, TEXT).file("선우빛나래 7391-8264.jpg", "image/jpeg", &photo(3_000));
        let request = self.shop.request(Method::POST, "/v1/customerservice/questionSave", &self.member);
        number(&read(request.header("content-type", form.content_type()).body(form.bytes())).await)
    }

    async fn answer(&self, ccn_no: &str) {
        let answer = json!({"ccnNo": ccn_no, "ansCont": "{{mbrNm}}님, 선우빛나래님. 제갈한울님께 7391-8264로 전화드렸습니다."});
        let path = "/v1/customerservice/integratedCounselMgmt/saveAnswer";
        let answered = self.shop.post(path, &self.shop.agent(), &answer).await;
        assert_eq!(answered.status, 200, "{}", answered.text);
    }

    async fn cancel(&self, token: &str) -> String {
        let request = json!({"ordNo": ORDER, "claimRsnCd": "251", "claimRsnCntt": TEXT,
            "claimGoodsList": [{"ordSeq": 1, "claimQty": 1}]});
        let answer = self.shop.post("/v1/claim/orderCancel/cancelFO", token, &request).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.payload()["claimNo"].as_str().expect("a claim has a number").to_owned()
    }

    async fn leave(&self) {
        let body = json!({"mbrNo": MEMBER});
        let answer = self.shop.post("/v1/member/withdrawalMemberOrderInfo", &self.member, &body).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    async fn shown(&self, ccn_no: &str) -> Value {
        let path = format!("/v1/customerservice/getQuestionDtl?ccnNo={ccn_no}");
        self.shop.get(&path, &self.shop.agent()).await.payload().clone()
    }

    async fn claim(&self, claim_no: &str) -> TestAnswer {
        let asked = json!({"ordNo": ORDER, "claimNo": claim_no});
        self.shop.post("/v1/claim/common/claimDetailsInfoFO", &self.shop.agent(), &asked).await
    }

    /// Waits until everything that follows from a withdrawal has been done.
    async fn at_rest(&self) {
        for service in Process::SERVICES {
            let db = self.stack.database(service).open();
            until("nothing waits in the outbox", async || {
                let rows = test_kit::dump::rows_of(&db, "outbox_message").await;
                rows.iter().all(|row| row.contains("withdrawal.rest"))
            })
            .await;
        }
    }

    async fn assert_no_row_shows(&self) {
        for service in Process::SERVICES {
            for row in test_kit::dump::all_rows(&self.stack.database(service).open()).await {
                let shown = KNOWN.iter().find(|known| row.contains(**known));
                assert_eq!(shown, None, "in a table of {}: {row}", service.name());
            }
        }
    }

    /// Nothing is left anywhere: in tables, in files of databases, in files of the stack but the outside world's, in the log.
    async fn assert_nothing_is_left(mut self) {
        self.assert_no_row_shows().await;
        let sink = self.stack.sink_file();
        self.stack.stop_all().await;
        let databases =
            Process::SERVICES.into_iter().flat_map(|service| self.stack.database(service).files());
        let files =
            databases.chain(files_below(self.stack.place())).filter(|file| file.exists() && *file != sink);
        for file in files {
            let bytes = std::fs::read(&file).expect("a file can be read");
            for known in KNOWN {
                assert!(!holds(&bytes, known), "`{known}` is in {}", file.display());
            }
        }
        let log = LOG.lock().unwrap_or_else(PoisonError::into_inner).clone();
        assert!(!log.is_empty(), "the log is kept");
        for known in KNOWN {
            assert!(!holds(&log, known), "`{known}` was logged");
        }
    }
}

#[actix_web::test]
async fn nothing_it_was_known_by_is_left_in_what_was_written() {
    let house = House::open().await;
    let (answered, open) = (house.written().await, house.written().await);
    house.answer(&answered).await;
    let claim_no = house.cancel(&house.member).await;
    house.leave().await;
    house.at_rest().await;

    for ccn_no in [&answered, &open] {
        let shown = house.shown(ccn_no).await;
        assert_eq!((&shown["title"], &shown["accpCont"]), (&json!(MASKED_TITLE), &json!(MASKED)));
        assert_eq!(shown["files"][0]["fileNm"], "선***래 ****-****.jpg");
    }
    assert_eq!(
        house.shown(&answered).await["ansCont"],
        "고객님, 선***래님. 제**울님께 ****-****로 전화드렸습니다."
    );
    assert_eq!(house.claim(&claim_no).await.json["claimRsnCntt"], MASKED);
    house.assert_nothing_is_left().await;
}

#[actix_web::test]
async fn nor_when_the_sisters_were_down_nor_in_what_comes_later() {
    let mut house = House::open().await;
    let before = house.written().await;
    let claim_before = house.cancel(&house.member).await;
    house.at_rest().await;
    for service in [Process::Inquiry, Process::Claim] {
        house.stack.stop(service).await;
    }
    house.leave().await;
    for row in test_kit::dump::all_rows(&house.stack.database(Process::Member).open()).await {
        assert!(KNOWN.iter().all(|known| !row.contains(known)), "while the sisters are down: {row}");
    }
    for service in [Process::Inquiry, Process::Claim] {
        house.stack.start_service(service).await;
    }
    until("the sisters have masked it", async || {
        house.shown(&before).await["accpCont"] == MASKED
            && house.claim(&claim_before).await.json["claimRsnCntt"] == MASKED
    })
    .await;

    // Its token is good for a while yet, and agents go on.
    let later = house.written().await;
    house.answer(&later).await;
    let claim_later = house.cancel(&house.shop.agent()).await;
    house.at_rest().await;
    assert_eq!(house.shown(&later).await["accpCont"], MASKED);
    assert_eq!(house.claim(&claim_later).await.json["claimRsnCntt"], MASKED);
    // An order that comes late names somebody else.
    let named = json!({"cnslTypNo": "9090", "title": "황보아름", "accpCont": "황보아름입니다."});
    let named = number(&house.shop.post("/v1/customerservice/questionSave", &house.member, &named).await);
    house.at_rest().await;
    assert_eq!(house.shown(&named).await["title"], "황보아름", "nobody knows this name yet");
    let mut late = order_of_member(LATE_ORDER);
    late["dlvpList"][0]["rcvmnNm"] = json!("황보아름");
    house.shop.take_in(&[late]).await;
    house.at_rest().await;
    assert_eq!(house.shown(&named).await["title"], "황**름");
    house.assert_nothing_is_left().await;
}
