//! 진행 안내: what the customer hears of a return or an exchange at each step, once per claim and step.

use std::fmt;

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, ReturnProgress};
use db::DbConnection;
use platform::error::Problem;
use service_kit::error::Error;
use service_kit::outbox::send::send;

use crate::domain::collection::CollectionClaim;
use crate::state::AppState;
use crate::store;
use crate::usecase::messages::NOTICE_TOPIC;

/// 안내 종류
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notice {
    /// 접수
    Received,
    /// 회수지시
    Collecting,
    /// 회수완료
    Collected,
    /// 교환상품 출고
    Shipped,
    /// 교환완료
    Exchanged,
    /// 반려
    Rejected,
    /// 철회
    Withdrawn,
    /// 반품 전환
    Converted,
}

impl Notice {
    pub const ALL: [Self; 8] = [
        Self::Received,
        Self::Collecting,
        Self::Collected,
        Self::Shipped,
        Self::Exchanged,
        Self::Rejected,
        Self::Withdrawn,
        Self::Converted,
    ];

    /// As member-service's templates name it.
    pub const fn template(self) -> &'static str {
        match self {
            Self::Received => "CLAIM_RECEIVED",
            Self::Collecting => "CLAIM_COLLECTING",
            Self::Collected => "CLAIM_COLLECTED",
            Self::Shipped => "CLAIM_SHIPPED",
            Self::Exchanged => "CLAIM_EXCHANGED",
            Self::Rejected => "CLAIM_REJECTED",
            Self::Withdrawn => "CLAIM_WITHDRAWN",
            Self::Converted => "CLAIM_CONVERTED",
        }
    }

    /// Names the message that asks for it, and what member-service sends once.
    pub(crate) fn key(self, claim_no: &ClaimNo) -> String {
        format!("{claim_no}:{self}")
    }

    fn of_key(key: &str) -> Option<Self> {
        let template = key.split(':').nth(1)?;
        Self::ALL.into_iter().find(|notice| notice.template() == template)
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.template())
    }
}

/// Has the customer told; who has left is told nothing.
pub(crate) fn notify(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    claim: &CollectionClaim,
    notice: Notice,
) -> Result<(), Error> {
    Ok(send(conn, now, NOTICE_TOPIC, &notice.key(&claim.claim_no), claim.claim_no.as_str())?)
}

/// What the customer hears of where its goods are now. Off hold they have not come back another time.
pub(crate) fn notify_collection(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    claim: &CollectionClaim,
    stood_at: ReturnProgress,
) -> Result<(), Error> {
    match (stood_at, claim.standing.progress) {
        (ReturnProgress::Requested, ReturnProgress::CollectionInstructed) => {
            notify(conn, now, claim, Notice::Collecting)
        }
        (
            ReturnProgress::Requested | ReturnProgress::CollectionInstructed | ReturnProgress::Collecting,
            ReturnProgress::Collected,
        ) => notify(conn, now, claim, Notice::Collected),
        _ => Ok(()),
    }
}

/// Tells it, as often as it takes: it is sent once per key.
pub async fn tell_notice(state: &AppState, claim_no: &ClaimNo, key: &str) -> Result<(), Error> {
    let notice = Notice::of_key(key).ok_or_else(|| Problem::internal("a message names no notice"))?;
    let no = claim_no.clone();
    let found = state
        .db
        .snapshot(move |conn| {
            let Some(claim) = store::collection::find(conn, &no)? else { return Ok(None) };
            let converted = store::collection::find_converted(conn, &no)?;
            Ok::<_, Error>(Some((claim, converted)))
        })
        .await?;
    let (claim, converted) = found.ok_or_else(|| Problem::internal("a claim to tell of is not there"))?;
    Ok(state.clients.member.tell_progress(key, notice.template(), &claim, converted.as_ref()).await?)
}
