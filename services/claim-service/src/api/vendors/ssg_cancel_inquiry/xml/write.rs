use dto::vendor_inquiry::{VendorCancel, VendorCost, VendorInquiryResult};

use crate::api::vendors::ssg_cancel_inquiry::xml::is_xml_char;

/// Stands where a character was that XML has no place for.
const REPLACEMENT: char = '\u{fffd}';

/// 취소조회 결과: `data` repeats in `result` and `cstInfo` in `data`, without wrappers.
pub(in super::super) fn write(result: &VendorInquiryResult) -> String {
    let mut document = Document(String::from(r#"<?xml version="1.0" encoding="UTF-8"?>"#));
    document.element("result", |document| {
        document.leaf("resultCode", &result.result_code);
        document.leaf("resultMessage", &result.result_message);
        document.leaf("resultDesc", &result.result_desc);
        for row in &result.data {
            document.element("data", |document| cancel(document, row));
        }
    });
    document.0
}

fn cancel(document: &mut Document, row: &VendorCancel) {
    let leaves = [
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
    ];
    for (name, value) in leaves {
        document.leaf(name, value);
    }
    for cost in &row.cst_info {
        document.element("cstInfo", |document| self::cost(document, cost));
    }
}

fn cost(document: &mut Document, cost: &VendorCost) {
    let leaves = [
        ("ordNo", &cost.ord_no),
        ("ordItemSeq", &cost.ord_item_seq),
        ("shpmtShppcst", &cost.shpmt_shppcst),
        ("retShppcst", &cost.ret_shppcst),
        ("exchShppcst", &cost.exch_shppcst),
        ("splVenBdnDcAmt", &cost.spl_ven_bdn_dc_amt),
        ("splVenId", &cost.spl_ven_id),
        ("lrnkSplVenId", &cost.lrnk_spl_ven_id),
    ];
    for (name, value) in leaves {
        document.leaf(name, value);
    }
}

struct Document(String);

impl Document {
    fn element(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        self.0.extend(["<", name, ">"]);
        content(self);
        self.0.extend(["</", name, ">"]);
    }

    fn leaf(&mut self, name: &str, text: &str) {
        self.element(name, |document| document.text(text));
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&apos;"),
                // Readers would make a line feed of it.
                '\r' => self.0.push_str("&#13;"),
                c if is_xml_char(c) => self.0.push(c),
                _ => self.0.push(REPLACEMENT),
            }
        }
    }
}
