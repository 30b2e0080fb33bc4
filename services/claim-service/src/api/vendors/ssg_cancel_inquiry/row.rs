//! 취소내역 on the wire

use chrono::{DateTime, Utc};
use commerce::calendar::KST;
use dto::vendor_inquiry::{VendorCancel, VendorCost, VendorInquiryAnswer, VendorInquiryResult};

use crate::api::vendors::answer::{Head, VendorAnswer};
use crate::api::vendors::xml::Document;
use crate::usecase::vendors::list_cancels::ListedCancel;

/// 취소완료: the vendors' own code of a line whose cancel is complete.
const CANCELLED: (&str, &str) = ("180", "취소완료");
const NOTHING: &str = "0";

/// In XML `data` repeats in `result` and `cstInfo` in `data`, without wrappers.
impl VendorAnswer for VendorInquiryAnswer {
    type Row = ListedCancel;

    fn of(head: Head, rows: Vec<ListedCancel>) -> Self {
        let Head { result_code, result_message, result_desc } = head;
        let data = rows.into_iter().map(row).collect();
        Self { result: VendorInquiryResult { result_code, result_message, result_desc, data } }
    }

    fn write(&self, result: &mut Document) {
        result.leaves([
            ("resultCode", &self.result.result_code),
            ("resultMessage", &self.result.result_message),
            ("resultDesc", &self.result.result_desc),
        ]);
        for row in &self.result.data {
            result.element("data", |data| cancel(data, row));
        }
    }
}

fn cancel(data: &mut Document, row: &VendorCancel) {
    data.leaves([
        ("ordpeNm", &row.ordpe_nm),
        ("ordRcpMediaCd", &row.ord_rcp_media_cd),
        ("ordRcpMediaNm", &row.ord_rcp_media_nm),
        ("orordNo", &row.orord_no),
        ("orordItemSeq", &row.orord_item_seq),
        ("ordNo", &row.ord_no),
        ("ordItemSeq", &row.ord_item_seq),
        ("ordItemStatCd", &row.ord_item_stat_cd),
        ("ordItemStatNm", &row.ord_item_stat_nm),
        ("itemNm", &row.item_nm),
        ("itemId", &row.item_id),
        ("clmRsnCd", &row.clm_rsn_cd),
        ("clmRsnNm", &row.clm_rsn_nm),
        ("clmRsnCntt", &row.clm_rsn_cntt),
        ("imptDivCd", &row.impt_div_cd),
        ("ordCnclDts", &row.ord_cncl_dts),
        ("cnclItemQty", &row.cncl_item_qty),
        ("ordRcpDts", &row.ord_rcp_dts),
        ("dircItemQty", &row.dirc_item_qty),
        ("uitemId", &row.uitem_id),
        ("uitemNm", &row.uitem_nm),
    ]);
    data.costs(&row.cst_info);
}

fn row(listed: ListedCancel) -> VendorCancel {
    let ListedCancel { cancel, orderer_name } = listed;
    let line = cancel.line;
    let seq = line.line_seq.to_string();
    VendorCancel {
        ordpe_nm: orderer_name,
        ord_rcp_media_cd: cancel.media.code.to_owned(),
        ord_rcp_media_nm: cancel.media.name.to_owned(),
        orord_no: line.order_no.as_str().to_owned(),
        orord_item_seq: seq.clone(),
        ord_no: line.claim_no.as_str().to_owned(),
        ord_item_seq: seq.clone(),
        ord_item_stat_cd: CANCELLED.0.to_owned(),
        ord_item_stat_nm: CANCELLED.1.to_owned(),
        item_nm: cancel.goods_name,
        item_id: cancel.goods_no,
        clm_rsn_cd: line.reason.code().to_owned(),
        clm_rsn_nm: line.reason.label().to_owned(),
        clm_rsn_cntt: line.reason_text.unwrap_or_default(),
        impt_div_cd: line.reason.blame().code().to_owned(),
        ord_cncl_dts: moment(line.completed_at),
        cncl_item_qty: line.quantity.to_string(),
        ord_rcp_dts: moment(cancel.ordered_at),
        dirc_item_qty: cancel.quantity_ordered.to_string(),
        uitem_id: cancel.item_no.into_string(),
        uitem_nm: cancel.item_name,
        cst_info: vec![VendorCost {
            ord_no: line.claim_no.into_string(),
            ord_item_seq: seq,
            shpmt_shppcst: cancel.delivery_cost.amount().to_string(),
            ret_shppcst: NOTHING.to_owned(),
            exch_shppcst: NOTHING.to_owned(),
            spl_ven_bdn_dc_amt: cancel.burden_relief.amount().to_string(),
            spl_ven_id: cancel.vendor_no.clone(),
            lrnk_spl_ven_id: cancel.vendor_no,
        }],
    }
}

/// `yyyy-MM-dd HH:mm:ss`, Korean time.
fn moment(at: DateTime<Utc>) -> String {
    at.with_timezone(&KST).format("%Y-%m-%d %H:%M:%S").to_string()
}
