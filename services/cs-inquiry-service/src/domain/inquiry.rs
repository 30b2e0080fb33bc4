//! 1:1 문의: what a member wrote, and what became of it.

use chrono::{DateTime, Utc};
use commerce::{CounselNo, GoodsNo, InquiryStatus, ItemNo, MemberNo, OrderNo, SiteNo, masking};

/// 상담번호 as it is counted. Numbers begin at 1,000,001 and are never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InquiryId(pub i64);

impl InquiryId {
    /// `None` for a well-formed number that no inquiry can have: too large, or written with leading zeros.
    pub fn of(counsel_no: &CounselNo) -> Option<Self> {
        let id: i64 = counsel_no.as_str().parse().ok()?;
        (id.to_string() == counsel_no.as_str()).then_some(Self(id))
    }

    pub fn counsel_no(self) -> CounselNo {
        CounselNo::parse(&self.0.to_string()).expect("inquiries are counted upwards from 1,000,001")
    }
}

/// 문의 내용: what the member writes and may edit.
#[derive(Clone, PartialEq, Eq)]
pub struct InquiryText {
    pub type_id: i64,
    pub title: String,
    pub content: String,
    pub order: Option<AboutOrder>,
    pub goods: Option<AboutGoods>,
    pub contact: Contact,
}

/// 문의 주문
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AboutOrder {
    pub order_no: OrderNo,
    pub line: Option<i32>,
}

/// 문의 상품
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AboutGoods {
    pub goods_no: GoodsNo,
    pub item_no: Option<ItemNo>,
    /// As it was called then; unknown while the catalogue could not be asked.
    pub name: Option<String>,
}

/// 연락처: how the member wants to hear of the answer.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Contact {
    pub name: Option<String>,
    pub phone: Phone,
    pub email: Option<String>,
    /// Consent to an SMS.
    pub wants_sms: bool,
}

/// 휴대폰번호 in its three parts.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Phone {
    pub first: Option<String>,
    pub middle: Option<String>,
    pub last: Option<String>,
}

impl Contact {
    /// What stays of a member who has withdrawn.
    #[must_use]
    pub fn masked(&self) -> Self {
        Self {
            name: self.name.as_deref().map(masking::name),
            phone: self.phone.masked(),
            email: self.email.as_deref().map(masking::hidden),
            // Nobody can be told any more.
            wants_sms: self.wants_sms,
        }
    }
}

impl Phone {
    fn masked(&self) -> Self {
        let part = |part: &Option<String>| part.clone().unwrap_or_default();
        let [first, middle, last] =
            masking::phone([&part(&self.first), &part(&self.middle), &part(&self.last)].map(String::as_str));
        let kept = |masked: String| (!masked.is_empty()).then_some(masked);
        Self { first: kept(first), middle: kept(middle), last: kept(last) }
    }

    /// Whether somebody can be reached under it: all parts are there and none is masked.
    pub fn is_dialable(&self) -> bool {
        [&self.first, &self.middle, &self.last]
            .into_iter()
            .all(|part| part.as_deref().is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit())))
    }
}

/// 1:1 문의
#[derive(Clone, PartialEq, Eq)]
pub struct Inquiry {
    pub id: InquiryId,
    pub site_no: SiteNo,
    pub member_no: MemberNo,
    pub text: InquiryText,
    pub status: InquiryStatus,
    /// The agent who works on it, or who did.
    pub agent: Option<String>,
    pub accepted_at: DateTime<Utc>,
    /// When the member last changed the text or its files.
    pub changed_at: DateTime<Utc>,
    pub file_count: i32,
    pub answer: Option<Answer>,
    pub is_deleted: bool,
}

/// 답변
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    pub text: String,
    /// Whether variables in it are still to be filled in; those of older answers were when they were saved.
    pub has_variables: bool,
    pub at: DateTime<Utc>,
    pub by: String,
}

/// What a list shows of an inquiry.
#[derive(Clone, PartialEq, Eq)]
pub struct InquirySummary {
    pub id: InquiryId,
    pub member_no: MemberNo,
    pub type_id: i64,
    pub type_name: String,
    pub title: String,
    pub accepted_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    pub status: InquiryStatus,
    pub agent: Option<String>,
    pub order_no: Option<OrderNo>,
    pub goods_no: Option<GoodsNo>,
    pub goods_name: Option<String>,
    pub file_count: i32,
    pub answered_at: Option<DateTime<Utc>>,
}

impl Inquiry {
    /// Another site's inquiry counts as another's.
    pub fn belongs_to(&self, member_no: &MemberNo, site_no: &SiteNo) -> bool {
        self.member_no == *member_no && self.site_no == *site_no
    }

    pub fn summary(&self, type_name: String) -> InquirySummary {
        InquirySummary {
            id: self.id,
            member_no: self.member_no.clone(),
            type_id: self.text.type_id,
            type_name,
            title: self.text.title.clone(),
            accepted_at: self.accepted_at,
            changed_at: self.changed_at,
            status: self.status,
            agent: self.agent.clone(),
            order_no: self.text.order.as_ref().map(|order| order.order_no.clone()),
            goods_no: self.text.goods.as_ref().map(|goods| goods.goods_no.clone()),
            goods_name: self.text.goods.as_ref().and_then(|goods| goods.name.clone()),
            file_count: self.file_count,
            answered_at: self.answer.as_ref().map(|answer| answer.at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_is_written_another_way_is_another_number() {
        let id = |text: &str| InquiryId::of(&CounselNo::parse(text).unwrap());
        assert_eq!(id("1000001"), Some(InquiryId(1_000_001)));
        assert_eq!(id("01000001"), None);
        assert_eq!(id("99999999999999999999"), None);
        assert_eq!(InquiryId(1_000_001).counsel_no().as_str(), "1000001");
    }

    #[test]
    fn phone_and_email_of_who_has_withdrawn_disappear_and_masking_again_changes_nothing() {
        let some = |text: &str| Some(text.to_owned());
        let original = Contact {
            name: some("남궁길동"),
            phone: Phone { first: some("010"), middle: some("1234"), last: some("5678") },
            email: some("gildong@example.com"),
            wants_sms: true,
        };
        let masked = original.masked();
        assert_eq!(masked.name, some("남**동"));
        assert!(masked.phone == Phone { first: some("010"), middle: some("****"), last: some("****") });
        assert_eq!(masked.email, some("****"));
        assert!(masked.masked() == masked);
        assert!(Contact::default().masked() == Contact::default(), "empty stays empty");
    }
}
