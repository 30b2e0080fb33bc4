//! 개인정보 접속기록: looks at what this service shows, and those that its sisters hand on.

use chrono::{DateTime, Utc};
use contract::operations::Upstream;
use db::{DbConnection, inbox};
use diesel::QueryResult;
use service_kit::error::Error;
use service_kit::looks::Looked;

use crate::domain::access::Look;
use crate::domain::inquiry::InquiryId;
use crate::state::AppState;
use crate::store::access_record;

/// Puts this service's own down.
pub fn keep_own(conn: &mut DbConnection, _now: DateTime<Utc>, looks: &[Looked]) -> QueryResult<()> {
    access_record::insert(conn, &looks.iter().map(own).collect::<Vec<_>>())
}

fn own(looked: &Looked) -> Look {
    let at_whom = looked.at_whom.clone();
    Look {
        at: looked.at,
        by: looked.by.clone(),
        from: looked.from,
        service: Upstream::Inquiry.service_name().to_owned(),
        operation: looked.operation.to_owned(),
        member_no: at_whom.member_no,
        order_no: at_whom.order_no,
        claim_no: at_whom.claim_no,
        inquiry: at_whom.counsel_no.as_ref().and_then(InquiryId::of),
        file_no: at_whom.file_no,
    }
}

/// Puts a sister's down, once per key.
pub async fn keep_of_sister(state: &AppState, key: String, looks: Vec<Look>) -> Result<(), Error> {
    let now = state.clock.now();
    state
        .db
        .write(move |conn| {
            if inbox::first_time(conn, now, &key)? {
                access_record::insert(conn, &looks)?;
            }
            Ok::<_, Error>(())
        })
        .await
}
