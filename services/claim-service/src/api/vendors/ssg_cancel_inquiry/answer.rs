//! From rows and faults to the `result` a vendor reads; every value is a text.

use chrono::{DateTime, Utc};
use commerce::calendar::KST;
use dto::vendor_inquiry::{
    VendorCancel, VendorCost, VendorInquiryAnswer, VendorInquiryResult, VendorResultCode,
};
use platform::answer::Answer;
use platform::error::Problem;

use crate::api::vendors::ssg_cancel_inquiry::fault::Fault;
use crate::api::vendors::ssg_cancel_inquiry::format::Format;
use crate::api::vendors::ssg_cancel_inquiry::xml;
use crate::usecase::vendors::list_cancels::ListedCancel;

/// 취소완료: the vendors' own code of a line whose cancel is complete.
const CANCELLED: (&str, &str) = ("180", "취소완료");
const NOTHING: &str = "0";
const XML: &str = "application/xml";

pub(super) fn answer(rows: Result<Vec<ListedCancel>, Fault>, format: Format) -> Result<Answer, Problem> {
    let (code, reason, data) = match rows {
        Ok(rows) => (VendorResultCode::Success, String::new(), rows.into_iter().map(row).collect()),
        Err(fault) => {
            note(&fault);
            (fault.code, fault.reason, Vec::new())
        }
    };
    let status = if code == VendorResultCode::Unauthorized { 401 } else { 200 };
    let result = VendorInquiryResult {
        result_code: code.code().to_owned(),
        result_message: code.message().to_owned(),
        result_desc: reason,
        data,
    };
    let answer = match format {
        Format::Json => Answer::bare(&VendorInquiryAnswer { result })?,
        Format::Xml => {
            Answer { status: 200, content_type: Some(XML.to_owned()), body: xml::write(&result).into() }
        }
    };
    Ok(Answer { status, ..answer })
}

/// Faults are answered with 200, so the request's own log line says nothing of them.
fn note(fault: &Fault) {
    let (code, cause) = (fault.code.code(), fault.cause.as_deref().and_then(Problem::chain));
    if fault.code == VendorResultCode::InternalError {
        tracing::error!(code, cause, "a vendor's inquiry failed");
    } else {
        tracing::info!(code, cause, "a vendor's inquiry is refused");
    }
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
