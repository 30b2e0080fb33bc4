//! 회수클레임 상세 on the wire: what the details of a return or an exchange hold beside those of every claim.

use dto::claim;
use dto::date_time::{KstDate, KstDateTime};

use crate::api::claim::cost;
use crate::domain::collection::{CollectedGoods, CollectionClaim, CollectionKind, Invoice};
use crate::secrets::ClaimAddress;
use crate::usecase::acceptance::quote::Quote;
use crate::usecase::claim::find_details::FoundCollection;

pub(in crate::api) fn wire(found: FoundCollection) -> claim::CollectionDetails {
    let FoundCollection { claim, changes, collected_from, delivered_to, .. } = found;
    let times = &claim.times;
    let (hdc_cd, inv_no) = invoice(claim.way_back.as_ref());
    let wthd_info = claim::CollectionInfo {
        wthd_mthd_cd: claim.method,
        hdc_cd,
        inv_no,
        wthd_dirc_dtm: times.instructed.map(KstDateTime),
        wthd_fnsh_dtm: times.collected.map(KstDateTime),
        wthd_dlvp: collected_from.map(address),
    };
    let exch_info = match claim.kind {
        CollectionKind::Return => None,
        CollectionKind::Exchange => {
            let (hdc_cd, inv_no) = invoice(claim.way_out.as_ref());
            Some(claim::ExchangeInfo {
                hdc_cd,
                inv_no,
                dlvp_info: delivered_to.map(address),
                ship_dtm: times.shipped.map(KstDateTime),
                deli_fnsh_dtm: times.delivered.map(KstDateTime),
            })
        }
    };
    claim::CollectionDetails {
        req_impt_div_cd: claim.requested_blame,
        end_rsn_cd: claim.standing.end_reason,
        exch_mid_rtn_yn: claim.has_moved_stock.into(),
        org_claim_no: claim.converted_from.clone(),
        req_cost: shown_cost(&claim),
        chg_rsn_list: changes,
        claim_goods_list: claim.goods.iter().map(|goods| goods_row(&claim, goods)).collect(),
        wthd_info,
        exch_info,
        rfd_due_dt: claim.refund_due.map(KstDate),
    }
}

/// The cost as it was shown, under the number the claim has since.
pub(in crate::api) fn shown_cost(claim: &CollectionClaim) -> claim::ClaimCost {
    let shown = Quote { cost: claim.requested_cost.clone(), hash: claim.requested_hash.clone() };
    cost::wire_of(shown, Some(claim.claim_no.clone()))
}

/// What was not inspected is accepted whole once it is settled. A claim that was refused whole has one reason for all its goods.
fn goods_row(claim: &CollectionClaim, goods: &CollectedGoods) -> claim::CollectedGoods {
    let is_final = claim.standing.final_at.is_some();
    let inspected = goods.inspected.as_ref();
    let refused = inspected.map(|inspected| inspected.refused);
    let refusal = inspected.and_then(|inspected| inspected.refusal.as_ref()).or(claim.rejection.as_ref());
    claim::CollectedGoods {
        ord_seq: goods.line_seq,
        itm_no: goods.item_no.clone(),
        exch_itm_no: goods.exchanged_for.as_ref().map(|(item_no, _)| item_no.clone()),
        claim_qty: goods.quantity,
        acpt_qty: (is_final || inspected.is_some()).then(|| goods.accepted()),
        rjt_qty: refused.or(is_final.then_some(0)),
        rjt_rsn_cd: refusal.map(|refusal| refusal.reason),
        ord_dtl_stat_cd: claim.standing.progress,
    }
}

fn invoice(invoice: Option<&Invoice>) -> (Option<String>, Option<String>) {
    invoice.map(|invoice| (invoice.carrier.clone(), invoice.number.clone())).unzip()
}

fn address(address: ClaimAddress) -> claim::ClaimAddress {
    claim::ClaimAddress {
        rcvmn_nm: address.rcvmn_nm,
        cell_sct_no: address.cell_sct_no,
        cell_txno_no: address.cell_txno_no,
        cell_end_no: address.cell_end_no,
        zip_no: address.zip_no,
        zip_addr: address.zip_addr,
        dtl_addr: address.dtl_addr,
        deli_msg: address.deli_msg,
    }
}
