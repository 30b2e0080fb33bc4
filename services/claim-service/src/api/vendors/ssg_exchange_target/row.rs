//! 회수대상 on the wire

use chrono::{DateTime, Utc};
use commerce::Yn;
use commerce::calendar::kst_date_of;
use dto::vendor_inquiry::{
    VendorCost, VendorExchangeAnswer, VendorExchangeResult, VendorExchangeTarget, VendorExchangeTargets,
};

use crate::api::vendors::answer::{Head, VendorAnswer};
use crate::api::vendors::xml::Document;
use crate::domain::vendors::exchange_target as words;
use crate::usecase::vendors::list_exchange_targets::ListedTarget;

/// In XML `exchangeTarget` repeats in the one `exchangeTargets`, and `cstInfo` in it without a wrapper.
impl VendorAnswer for VendorExchangeAnswer {
    type Row = ListedTarget;

    fn of(head: Head, rows: Vec<ListedTarget>) -> Self {
        let Head { result_code, result_message, result_desc } = head;
        let exchange_target: Vec<VendorExchangeTarget> = rows.into_iter().map(row).collect();
        let is_empty = exchange_target.is_empty();
        let all = VendorExchangeTargets { exchange_target };
        let exchange_targets = if is_empty { Vec::new() } else { vec![all] };
        let result = VendorExchangeResult { result_code, result_message, result_desc, exchange_targets };
        Self { result }
    }

    fn write(&self, result: &mut Document) {
        result.leaves([
            ("resultCode", &self.result.result_code),
            ("resultMessage", &self.result.result_message),
            ("resultDesc", &self.result.result_desc),
        ]);
        for targets in &self.result.exchange_targets {
            result.element("exchangeTargets", |list| {
                for row in &targets.exchange_target {
                    list.element("exchangeTarget", |element| target(element, row));
                }
            });
        }
    }
}

fn target(element: &mut Document, row: &VendorExchangeTarget) {
    element.leaves([
        ("shppDivDtlCd", &row.shpp_div_dtl_cd),
        ("shppDivDtlNm", &row.shpp_div_dtl_nm),
        ("orordNo", &row.orord_no),
        ("orordItemSeq", &row.orord_item_seq),
        ("ordNo", &row.ord_no),
        ("ordItemSeq", &row.ord_item_seq),
        ("shppNo", &row.shpp_no),
        ("shppSeq", &row.shpp_seq),
        ("itemId", &row.item_id),
        ("itemNm", &row.item_nm),
        ("uitemId", &row.uitem_id),
        ("uitemNm", &row.uitem_nm),
        ("dircItemQty", &row.dirc_item_qty),
        ("procItemQty", &row.proc_item_qty),
        ("refusRetProcQty", &row.refus_ret_proc_qty),
        ("clmRsnCd", &row.clm_rsn_cd),
        ("clmRsnNm", &row.clm_rsn_nm),
        ("clmRsnCntt", &row.clm_rsn_cntt),
        ("lastShppProgStatDtlCd", &row.last_shpp_prog_stat_dtl_cd),
        ("lastShppProgStatDtlNm", &row.last_shpp_prog_stat_dtl_nm),
        ("shppStatCd", &row.shpp_stat_cd),
        ("shppStatNm", &row.shpp_stat_nm),
        ("retProcStatNm", &row.ret_proc_stat_nm),
        ("retImptMainNm", &row.ret_impt_main_nm),
        ("shppcstBdnMainCd", &row.shppcst_bdn_main_cd),
        ("shppcstBdnMainNm", &row.shppcst_bdn_main_nm),
        ("rcovMthdCd", &row.rcov_mthd_cd),
        ("rcovMthdNm", &row.rcov_mthd_nm),
        ("delicoVenId", &row.delico_ven_id),
        ("delicoVenNm", &row.delico_ven_nm),
        ("wblNo", &row.wbl_no),
        ("resellPsblYn", &row.resell_psbl_yn),
        ("refundYn", &row.refund_yn),
        ("retRefusRsnNm", &row.ret_refus_rsn_nm),
        ("retProcMemoCntt", &row.ret_proc_memo_cntt),
        ("rcovDircDt", &row.rcov_dirc_dt),
        ("rcovCnfDt", &row.rcov_cnf_dt),
        ("rcovCmplDt", &row.rcov_cmpl_dt),
        ("rcovCmplDeferDt", &row.rcov_cmpl_defer_dt),
        ("rcovRvkDt", &row.rcov_rvk_dt),
        ("ordpeNm", &row.ordpe_nm),
        ("rcptpeNm", &row.rcptpe_nm),
    ]);
    element.costs(&row.cst_info);
}

fn row(listed: ListedTarget) -> VendorExchangeTarget {
    let ListedTarget { target, orderer_name, recipient_name } = listed;
    let (claim, goods) = (target.target.claim, target.target.goods);
    let (progress, times) = (claim.standing.progress, claim.times);
    let kind = words::kind(claim.kind);
    let (stage, state) = (words::stage(progress), words::shipping_state(progress));
    let bearer = target.fee_bearer.map(words::fee_bearer);
    let (carrier, invoice_no) = claim.way_back.map(|invoice| (invoice.carrier, invoice.number)).unzip();
    let (refused_for, refusal_text) =
        target.refusal.map(|refusal| (refusal.reason.label(), refusal.text.unwrap_or_default())).unzip();
    let (claim_no, seq) = (claim.claim_no.into_string(), goods.line_seq.to_string());
    let cst_info = vec![VendorCost {
        ord_no: claim_no.clone(),
        ord_item_seq: seq.clone(),
        shpmt_shppcst: target.delivery_cost.amount().to_string(),
        ret_shppcst: target.return_fee.amount().to_string(),
        exch_shppcst: target.exchange_fee.amount().to_string(),
        spl_ven_bdn_dc_amt: target.burden_relief.amount().to_string(),
        spl_ven_id: goods.vendor_no.clone(),
        lrnk_spl_ven_id: goods.vendor_no,
    }];
    VendorExchangeTarget {
        shpp_div_dtl_cd: kind.code.to_owned(),
        shpp_div_dtl_nm: kind.name.to_owned(),
        orord_no: claim.order_no.into_string(),
        orord_item_seq: seq.clone(),
        ord_no: claim_no.clone(),
        ord_item_seq: seq.clone(),
        shpp_no: claim_no.clone(),
        shpp_seq: seq.clone(),
        item_id: goods.goods_no.into_string(),
        item_nm: target.goods_name,
        uitem_id: goods.item_no.into_string(),
        uitem_nm: target.item_name,
        dirc_item_qty: goods.quantity.to_string(),
        proc_item_qty: target.accepted.to_string(),
        refus_ret_proc_qty: target.refused.to_string(),
        clm_rsn_cd: claim.reason.code().to_owned(),
        clm_rsn_nm: claim.reason.label().to_owned(),
        clm_rsn_cntt: claim.reason_text.unwrap_or_default(),
        last_shpp_prog_stat_dtl_cd: stage.code.to_owned(),
        last_shpp_prog_stat_dtl_nm: stage.name.to_owned(),
        shpp_stat_cd: state.code.to_owned(),
        shpp_stat_nm: state.name.to_owned(),
        ret_proc_stat_nm: words::outcome(progress, claim.standing.end_reason).to_owned(),
        ret_impt_main_nm: words::blame_name(claim.blame).to_owned(),
        shppcst_bdn_main_cd: bearer.map(|bearer| bearer.code).unwrap_or_default().to_owned(),
        shppcst_bdn_main_nm: bearer.map(|bearer| bearer.name).unwrap_or_default().to_owned(),
        rcov_mthd_cd: claim.method.code().to_owned(),
        rcov_mthd_nm: claim.method.label().to_owned(),
        delico_ven_id: carrier.unwrap_or_default(),
        delico_ven_nm: String::new(),
        wbl_no: invoice_no.unwrap_or_default(),
        resell_psbl_yn: yn(target.is_resellable),
        refund_yn: yn(target.is_refunded),
        ret_refus_rsn_nm: refused_for.unwrap_or_default().to_owned(),
        ret_proc_memo_cntt: refusal_text.unwrap_or_default(),
        rcov_dirc_dt: day(times.instructed),
        rcov_cnf_dt: day(times.collecting),
        rcov_cmpl_dt: day(times.collected),
        rcov_cmpl_defer_dt: day(times.held),
        rcov_rvk_dt: day(times.ended),
        ordpe_nm: orderer_name,
        rcptpe_nm: recipient_name.unwrap_or_default(),
        cst_info,
    }
}

fn yn(is_so: bool) -> String {
    Yn::from(is_so).code().to_owned()
}

/// `yyyy-MM-dd`, the Korean day.
fn day(at: Option<DateTime<Utc>>) -> String {
    at.map(|at| kst_date_of(at).format("%Y-%m-%d").to_string()).unwrap_or_default()
}
