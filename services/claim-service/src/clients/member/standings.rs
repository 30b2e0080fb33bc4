//! 클레임 현황 전달

use contract::operations::member::INTERNAL_CLAIM_STANDINGS;
use dto::date_time::KstDateTime;
use dto::internal::{self, ClaimStandingGoods, ClaimStandings};
use platform::http_client::{ClientError, post};

use crate::clients::member::MemberService;
use crate::domain::claim_standing::{ClaimStanding, StandingUnits};

impl MemberService {
    /// Where claims stand. A repeat changes nothing, nor does one that comes late.
    pub async fn tell_standings(&self, claims: &[ClaimStanding]) -> Result<(), ClientError> {
        let told = ClaimStandings { claim_list: claims.iter().map(standing).collect() };
        self.0.call(post(&INTERNAL_CLAIM_STANDINGS, &told)).await.map(drop)
    }
}

fn standing(ClaimStanding { claim, moved_at, goods }: &ClaimStanding) -> internal::ClaimStanding {
    internal::ClaimStanding {
        claim_no: claim.number.clone(),
        ord_no: claim.order_no.clone(),
        claim_business_type: claim.claim_type,
        claim_stat_cd: claim.status,
        claim_stg_cd: claim.stage(),
        req_dtm: KstDateTime(claim.requested_at),
        mv_dtm: moved_at.map(KstDateTime),
        goods_list: goods.iter().map(units).collect(),
    }
}

fn units(one: &StandingUnits) -> ClaimStandingGoods {
    let exchanged_for = one.units.exchanged_for.clone();
    let (exch_itm_no, exch_itm_nm) = exchanged_for.unzip();
    ClaimStandingGoods {
        ord_seq: one.units.line_seq,
        itm_no: one.units.item_no.clone(),
        exch_itm_no,
        exch_itm_nm,
        take_qty: one.taken,
        hold_qty: one.held,
        acpt_qty: one.accepted,
    }
}
