use dto::vendor_inquiry::VendorCost;

use crate::api::vendors::xml::is_xml_char;

/// Stands where a character was that XML has no place for.
const REPLACEMENT: char = '\u{fffd}';

/// A document whose root is `result`.
pub(in crate::api::vendors) fn write(content: impl FnOnce(&mut Document)) -> String {
    let mut document = Document(String::from(r#"<?xml version="1.0" encoding="UTF-8"?>"#));
    document.element("result", content);
    document.0
}

pub(in crate::api::vendors) struct Document(String);

impl Document {
    pub(in crate::api::vendors) fn element(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        self.0.extend(["<", name, ">"]);
        content(self);
        self.0.extend(["</", name, ">"]);
    }

    pub(in crate::api::vendors) fn leaves<'a>(
        &mut self,
        leaves: impl IntoIterator<Item = (&'static str, &'a String)>,
    ) {
        for (name, text) in leaves {
            self.element(name, |document| document.text(text));
        }
    }

    /// 비용정보: `cstInfo`, repeated without a wrapper.
    pub(in crate::api::vendors) fn costs(&mut self, costs: &[VendorCost]) {
        for cost in costs {
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
            self.element("cstInfo", |document| document.leaves(leaves));
        }
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
