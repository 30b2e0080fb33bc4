//! What writes, edits or deletes an inquiry. The same fields come as JSON, as a form, as multipart or in the query.

use std::fmt;

use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::nullable::text_or_number;

/// 1:1문의 등록·수정 요청
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct QuestionRequest {
    /// Of an edit only.
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub ccn_no: Option<String>,
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub cnsl_typ_no: Option<String>,
    pub title: Option<String>,
    pub accp_cont: Option<String>,
    pub ord_no: Option<String>,
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub ord_seq: Option<String>,
    pub goods_no: Option<String>,
    pub itm_no: Option<String>,
    pub sms_noti_yn: Option<String>,
    pub cell_sct_no: Option<String>,
    pub cell_txno_no: Option<String>,
    pub cell_end_no: Option<String>,
    pub email_addr: Option<String>,
    /// Of an edit only: files to take away.
    #[serde(deserialize_with = "list_or_text")]
    #[cfg_attr(feature = "openapi", schemars(length(max = QuestionRequest::MOST_DEL_FILE_NOS)))]
    pub del_file_nos: Vec<String>,
}

debug_only!(QuestionRequest { ccn_no, cnsl_typ_no });

/// The one field that may come several times.
pub const DEL_FILE_NOS: &str = "delFileNos";

impl QuestionRequest {
    /// Files an edit may take away: as many as an inquiry can have.
    pub const MOST_DEL_FILE_NOS: usize = 5;
    /// One more says that there are too many. Any more are read over, so that a body is not kept as a list of many.
    const KEPT_DEL_FILE_NOS: usize = Self::MOST_DEL_FILE_NOS + 1;

    /// Sets a field of a form by its name; another name is nobody's and is ignored.
    ///
    /// `delFileNos` may come several times, with an index in brackets, or once with commas.
    pub fn set(&mut self, name: &str, value: String) {
        if base_name(name) == DEL_FILE_NOS {
            let room = Self::KEPT_DEL_FILE_NOS.saturating_sub(self.del_file_nos.len());
            self.del_file_nos.extend(numbers_of(&value).take(room));
        } else if let Some(field) = self.field(name) {
            *field = Some(value);
        }
    }

    /// Whether [`Self::set`] does something with this name.
    pub fn knows(name: &str) -> bool {
        base_name(name) == DEL_FILE_NOS || Self::default().field(name).is_some()
    }

    fn field(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "ccnNo" => &mut self.ccn_no,
            "cnslTypNo" => &mut self.cnsl_typ_no,
            "title" => &mut self.title,
            "accpCont" => &mut self.accp_cont,
            "ordNo" => &mut self.ord_no,
            "ordSeq" => &mut self.ord_seq,
            "goodsNo" => &mut self.goods_no,
            "itmNo" => &mut self.itm_no,
            "smsNotiYn" => &mut self.sms_noti_yn,
            "cellSctNo" => &mut self.cell_sct_no,
            "cellTxnoNo" => &mut self.cell_txno_no,
            "cellEndNo" => &mut self.cell_end_no,
            "emailAddr" => &mut self.email_addr,
            _ => return None,
        })
    }

    /// Fills in from another request what this one does not say.
    #[must_use]
    pub fn or(self, weaker: Self) -> Self {
        Self {
            ccn_no: self.ccn_no.or(weaker.ccn_no),
            cnsl_typ_no: self.cnsl_typ_no.or(weaker.cnsl_typ_no),
            title: self.title.or(weaker.title),
            accp_cont: self.accp_cont.or(weaker.accp_cont),
            ord_no: self.ord_no.or(weaker.ord_no),
            ord_seq: self.ord_seq.or(weaker.ord_seq),
            goods_no: self.goods_no.or(weaker.goods_no),
            itm_no: self.itm_no.or(weaker.itm_no),
            sms_noti_yn: self.sms_noti_yn.or(weaker.sms_noti_yn),
            cell_sct_no: self.cell_sct_no.or(weaker.cell_sct_no),
            cell_txno_no: self.cell_txno_no.or(weaker.cell_txno_no),
            cell_end_no: self.cell_end_no.or(weaker.cell_end_no),
            email_addr: self.email_addr.or(weaker.email_addr),
            del_file_nos: if self.del_file_nos.is_empty() { weaker.del_file_nos } else { self.del_file_nos },
        }
    }
}

/// A field's name without the index that some clients add: `files[0]`, `files[]`.
pub fn base_name(name: &str) -> &str {
    match name.split_once('[') {
        Some((base, rest)) if rest.ends_with(']') => base,
        _ => name,
    }
}

fn numbers_of(text: &str) -> impl Iterator<Item = String> {
    text.split(',').map(str::trim).filter(|number| !number.is_empty()).map(str::to_owned)
}

fn list_or_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    struct ListOrText;
    impl<'de> Visitor<'de> for ListOrText {
        type Value = Vec<String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of texts, or one text with commas")
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(Vec::new())
        }

        fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
            Ok(numbers_of(text).take(QuestionRequest::KEPT_DEL_FILE_NOS).collect())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut kept = Vec::new();
            while kept.len() < QuestionRequest::KEPT_DEL_FILE_NOS {
                let Some(number) = list.next_element()? else { return Ok(kept) };
                kept.push(number);
            }
            while list.next_element::<IgnoredAny>()?.is_some() {}
            Ok(kept)
        }
    }
    deserializer.deserialize_any(ListOrText)
}

/// 상담번호 하나: of a delete.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct CcnNoRequest {
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub ccn_no: Option<String>,
}

/// 상품 Q&A 이관 요청
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct QnaInfo {
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub mbr_no: Option<String>,
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub goods_no: Option<String>,
    /// The question's number in the shop's Q&A: the same one is taken once.
    #[serde(deserialize_with = "text_or_number")]
    #[cfg_attr(feature = "openapi", schemars(schema_with = "crate::nullable::text_or_number_schema"))]
    pub quest_no: Option<String>,
    pub inqmn_nm: Option<String>,
    /// Whether the phone may be told of the answer.
    pub cell_no_yn: Option<String>,
    pub cell_sct_no: Option<String>,
    pub cell_txno_no: Option<String>,
    pub cell_end_no: Option<String>,
    pub email_addr: Option<String>,
    pub accp_cont: Option<String>,
}

debug_only!(QnaInfo { quest_no, goods_no });
