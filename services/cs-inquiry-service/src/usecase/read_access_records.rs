//! 개인정보 접속기록 조회

use service_kit::error::Error;

use crate::domain::access::{LookFilter, RecordedLook};
use crate::state::AppState;
use crate::store::access_record;

/// The number of all that fit and a page of them, newest first.
pub async fn read_access_records(
    state: &AppState,
    filter: LookFilter,
    limit: i64,
    offset: i64,
) -> Result<(i64, Vec<RecordedLook>), Error> {
    state.db.read(move |conn| Ok(access_record::find_page(conn, &filter, limit, offset)?)).await
}
