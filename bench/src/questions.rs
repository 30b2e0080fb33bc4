//! What is asked, in three languages: of pgbench naively, of pgbench as the service does, and of the service.

use std::net::SocketAddr;

use chrono::{DateTime, Days, Utc};
use commerce::calendar::{kst_date_of, kst_day_start};
use contract::operations::member;
use local_stack::environment::Process;
use local_stack::failure::{Context as _, Failure};
use serde_json::{Value, json};

use crate::callers::Callers;
use crate::http::{Requests, post};
use crate::settings::Settings;
use crate::stack::Stack;

/// Members who ask, spread over all two hundred thousand; the same ones for everybody who is measured.
const ASKING: u32 = 20_000;
pub(crate) const CHOOSE_MEMBER: &str = "\\set member 200000000 + 10 * random(0, 19999)";
/// Fewer, because the signature of each one's token takes a millisecond.
const ASKING_THROUGH_GATEWAY: u32 = 1_000;

#[derive(Clone, Copy, Debug)]
pub(crate) enum Question {
    /// 기간별구매금액조회
    Amounts,
    /// 주문/배송 클레임 건수 조회, as the member's page asks it.
    Counts,
}

impl Question {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Amounts => "getOrdTotAmt",
            Self::Counts => "getOrdClaimCnt",
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Amounts => member::GET_ORD_TOT_AMT.path,
            Self::Counts => member::GET_ORD_CLAIM_CNT.path,
        }
    }

    /// As one would write it down first: a point read and a sum; a statement for each count.
    pub(crate) fn naive_sql(self) -> &'static str {
        match self {
            Self::Amounts => include_str!("../sql/amounts_naive.sql"),
            Self::Counts => include_str!("../sql/counts_naive.sql"),
        }
    }

    /// The statement of the member-service, as the server's log shows it.
    pub(crate) fn same_sql(self) -> &'static str {
        match self {
            Self::Amounts => include_str!("../sql/amounts_same.sql"),
            Self::Counts => include_str!("../sql/counts_same.sql"),
        }
    }
}

pub(crate) struct Questions<'a> {
    member_service: SocketAddr,
    gateway: SocketAddr,
    callers: &'a Callers,
    period: (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
}

impl<'a> Questions<'a> {
    pub(crate) fn new(settings: &Settings, stack: &Stack, callers: &'a Callers) -> Self {
        Self {
            member_service: stack.address(Process::Member),
            gateway: stack.address(Process::Gateway),
            callers,
            period: settings.period(),
            now: settings.now,
        }
    }

    /// The values that statements name.
    pub(crate) fn variables(&self) -> Vec<(&'static str, String)> {
        let (from, to) = self.period;
        // Ten calendar days, as in the service's settings.
        let ten_days_ago = kst_day_start(kst_date_of(self.now) - Days::new(10));
        vec![
            ("from", from.naive_utc().to_string()),
            ("to", to.naive_utc().to_string()),
            ("delivered", ten_days_ago.naive_utc().to_string()),
            ("completed", ten_days_ago.naive_utc().to_string()),
        ]
    }

    /// Of many members, straight to the service with the identities that the gateway would sign.
    pub(crate) fn of_everybody(&self, question: Question) -> Requests {
        // By a prime, so that neighbours in time are no neighbours in the table.
        let members = (0..ASKING).map(|number| member_no(number * 7_919 % ASKING));
        let texts = members.map(|member_no| self.internal(question, &member_no)).collect();
        Requests::repeated(self.member_service, texts)
    }

    /// Of one member, straight to the service.
    pub(crate) fn of_one(&self, question: Question, member_no: &str) -> Requests {
        let texts = vec![self.internal(question, member_no)];
        Requests::repeated(self.member_service, texts)
    }

    /// Of many members through the gateway, with the tokens that a storefront would send.
    pub(crate) fn through_gateway(&self, question: Question) -> Result<Requests, Failure> {
        let step = ASKING / ASKING_THROUGH_GATEWAY;
        let members = (0..ASKING_THROUGH_GATEWAY).map(|number| member_no(number * step));
        let texts = members.map(|member_no| self.public(question, &member_no)).collect::<Result<_, _>>()?;
        Ok(Requests::repeated(self.gateway, texts))
    }

    /// What is measured has to be right: a member's answers against the database's own.
    pub(crate) async fn check_answers(&self, settings: &Settings, member_no: &str) -> Result<(), Failure> {
        let amount = "SELECT sum(pur_amt) FROM ord_base WHERE mbr_no = :member";
        let counts = Question::Counts.same_sql().trim_end().trim_end_matches(';');
        let count = |column| format!("SELECT {column} FROM ({counts}) AS page (orders, claims, backlog)");
        for (question, field, sql) in [
            (Question::Amounts, "totOrdAmt", amount.to_owned()),
            (Question::Counts, "ordCnt", count("orders")),
            (Question::Counts, "claimCnt", count("claims")),
        ] {
            let mut sql = sql.replace(":member", &format!("'{member_no}'"));
            for (name, value) in self.variables() {
                sql = sql.replace(&format!(":{name}"), &format!("'{value}'"));
            }
            let expected = settings.query(&sql)?;
            let body = self.of_one(question, member_no).first_answer().await?;
            let answer: Value = serde_json::from_str(&body).context(question.name())?;
            let found = answer.get(field).map(Value::to_string).unwrap_or_default();
            if found != expected {
                return Err(Failure::new(format!("{field} is {found} and should be {expected}")));
            }
        }
        Ok(())
    }

    fn internal(&self, question: Question, member_no: &str) -> String {
        let body = self.body(question, member_no);
        self.callers.internal(Process::Member, question.path(), member_no, &body)
    }

    fn public(&self, question: Question, member_no: &str) -> Result<String, Failure> {
        let bearer = self.callers.bearer(member_no)?;
        let body = self.body(question, member_no).to_string();
        Ok(post(question.path(), &[("authorization", &bearer)], &body))
    }

    fn body(&self, question: Question, member_no: &str) -> Value {
        let (from, to) = self.period;
        match question {
            Question::Amounts => {
                json!({"mbrNo": member_no, "buyStrDtm": from.to_rfc3339(), "buyEndDtm": to.to_rfc3339()})
            }
            Question::Counts => json!({"reqGubun": "myPage"}),
        }
    }
}

fn member_no(number: u32) -> String {
    (200_000_000 + 10 * number).to_string()
}
