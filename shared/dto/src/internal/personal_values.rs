//! 개인정보 값 조회: what member-service knows of one who has left, so that a sister can find it in what was written.

use commerce::OrderNo;
use commerce::masking::free_text::KnownValues;
use serde::{Deserialize, Serialize};

/// 개인정보 값 조회 요청: the query of `GET /internal/members/{mbrNo}/personalValues`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonalValuesQuery {
    /// Orders behind this one; from the first one on without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_ord_no: Option<OrderNo>,
}

/// 개인정보 값 조회 응답: each value of some of the member's orders once. Bare; it is used and never written down.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonalValues {
    pub nm_list: Vec<String>,
    pub cell_list: Vec<PersonalCell>,
    pub email_list: Vec<String>,
    pub addr_list: Vec<PersonalAddress>,
    /// The last order that was looked at; null behind the last of all.
    pub last_ord_no: Option<OrderNo>,
}

/// The columns behind the first one, which stays readable.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonalCell {
    pub cell_txno_no: String,
    pub cell_end_no: String,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonalAddress {
    pub zip_addr: String,
    pub dtl_addr: String,
}

debug_only!(PersonalValues { last_ord_no });
debug_only!(PersonalCell {});
debug_only!(PersonalAddress {});

impl PersonalValues {
    /// Adds what a text is to be searched for.
    pub fn add_to(&self, known: &mut KnownValues) {
        for name in &self.nm_list {
            known.add_name(name);
        }
        for cell in &self.cell_list {
            known.add_phone(&cell.cell_txno_no, &cell.cell_end_no);
        }
        for email in &self.email_list {
            known.add_email(email);
        }
        for address in &self.addr_list {
            known.add_address(&address.zip_addr, &address.dtl_addr);
        }
    }
}
