//! GET `/v1/claim/claimMgmt/getClaimCount`

use actix_web::web;
use commerce::calendar::kst_date_of;
use commerce::period::Period;
use dto::claim::{ClaimAttentionCount, ClaimStandingCount, ManagedClaimCount, ManagedClaimCountQuery};
use dto::date_time::KstDateTime;
use platform::answer::Answer;
use platform::extract::Query;
use service_kit::error::Error;

use crate::api::claim::listed;
use crate::domain::standing_count::StandingCount;
use crate::state::AppState;
use crate::usecase::claim::standing_counts::count_standing;

/// 클레임 현황 조회: it shows nobody's data.
pub async fn get_claim_count(
    state: web::Data<AppState>,
    query: Query<ManagedClaimCountQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let now = state.clock.now();
    let today = kst_date_of(now);
    let days = (query.str_dt.as_deref(), query.end_dt.as_deref());
    let period = listed::period(&mut form, days, |first, last| Period::or_last_months(first, last, today));
    form.finish()?;
    let counts = count_standing(&state, period, today).await?;
    let attention = counts.stuck.into_iter().map(|(asked, cnt, oldest)| ClaimAttentionCount {
        step_cd: asked.code().to_owned(),
        step_nm: asked.label().to_owned(),
        cnt,
        oldest_dtm: KstDateTime(oldest),
    });
    let counts = ManagedClaimCount {
        stat_list: counts.standing.into_iter().map(row).collect(),
        attn_list: attention.collect(),
    };
    Ok(Answer::envelope(now, counts)?)
}

fn row(count: StandingCount) -> ClaimStandingCount {
    ClaimStandingCount {
        claim_business_type: count.claim_type,
        claim_stat_cd: count.status,
        ord_dtl_stat_cd: count.progress,
        cnt: count.count,
        late_cnt: count.late,
    }
}
