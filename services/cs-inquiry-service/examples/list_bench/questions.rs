//! What an agent asks of the list, in the words of the API and in those of the service.

use chrono::NaiveDate;
use commerce::period::Period;
use commerce::{InquiryStatus, MemberNo, OrderNo};
use cs_inquiry_service::domain::counsel_list::ListFilter;

pub(crate) struct Question {
    pub(crate) name: &'static str,
    /// Without the page.
    pub(crate) query: String,
    pub(crate) filter: ListFilter,
}

/// All filters, alone and as they are used together. The last month ends today.
pub(crate) fn questions(today: NaiveDate) -> Vec<Question> {
    let all = ListFilter::default;
    let month_ago = today - chrono::Days::new(30);
    let month = Period { first_day: Some(month_ago), last_day: Some(today) };
    let in_month = format!("strDt={month_ago}&endDt={today}");
    let search = |part: &str| ListFilter { title_part: Some(part.to_owned()), ..all() };
    let agent = || ListFilter { agent: Some("agent-7".to_owned()), ..all() };
    let question = |name, query: &str, filter| Question { name, query: query.to_owned(), filter };
    vec![
        question("everything", "", all()),
        question("last month", &in_month, ListFilter { period: month, ..all() }),
        question(
            "waiting (10)",
            "cnslStatCd=10",
            ListFilter { statuses: vec![InquiryStatus::Received], ..all() },
        ),
        question(
            "answered (30)",
            "cnslStatCd=30",
            ListFilter { statuses: vec![InquiryStatus::Answered], ..all() },
        ),
        question("a type", "cnslTypNo=4030", ListFilter { type_ids: vec![4030], ..all() }),
        question(
            "a type and those below",
            "cnslTypNo=4000",
            ListFilter { type_ids: vec![4000, 4010, 4020, 4030], ..all() },
        ),
        question(
            "in progress of a type",
            "cnslStatCd=20&cnslTypNo=4030",
            ListFilter { statuses: vec![InquiryStatus::InProgress], type_ids: vec![4030], ..all() },
        ),
        question(
            "a member",
            "mbrNo=200000042",
            ListFilter { member_no: MemberNo::parse("200000042").ok(), ..all() },
        ),
        question(
            "an order",
            "ordNo=20260801O000042",
            ListFilter { order_no: OrderNo::parse("20260801O000042").ok(), ..all() },
        ),
        question("an agent", "procUserId=agent-7", agent()),
        question(
            "an agent's open ones",
            "procUserId=agent-7&cnslStatCd=20",
            ListFilter { statuses: vec![InquiryStatus::InProgress], ..agent() },
        ),
        question(
            "an agent's of a type",
            "procUserId=agent-7&cnslTypNo=4030",
            ListFilter { type_ids: vec![4030], ..agent() },
        ),
        question(
            "a title in the last month",
            &format!("{in_month}&searchNm=%ED%99%98%EB%B6%88"),
            ListFilter { period: month, ..search("환불") },
        ),
        question("a title that many have", "searchNm=%ED%99%98%EB%B6%88", search("환불")),
        question("a title that all have", "searchNm=%EB%AC%B8%EC%9D%98", search("문의")),
        question("one character that many have", "searchNm=%ED%99%98", search("환")),
        question("a word of Latin letters", "searchNm=Order", search("order")),
        question(
            "a title that all have, in the last month",
            &format!("{in_month}&searchNm=%EB%AC%B8%EC%9D%98"),
            ListFilter { period: month, ..search("문의") },
        ),
        question(
            "a title among those that wait",
            "searchNm=%ED%99%98%EB%B6%88&cnslStatCd=10",
            ListFilter { statuses: vec![InquiryStatus::Received], ..search("환불") },
        ),
        question(
            "a title of a type and those below",
            "searchNm=%ED%99%98%EB%B6%88&cnslTypNo=4000",
            ListFilter { type_ids: vec![4000, 4010, 4020, 4030], ..search("환불") },
        ),
        question(
            "a title of an agent",
            "searchNm=%ED%99%98%EB%B6%88&procUserId=agent-1",
            ListFilter { agent: Some("agent-1".to_owned()), ..search("환불") },
        ),
        question(
            "a title longer than a tail",
            "searchNm=%EC%83%89%EC%83%81%EC%9D%B4%20%EC%82%AC%EC%A7%84%EA%B3%BC%20%EB%8B%AC%EB%9D%BC%EC%9A%94",
            search("색상이 사진과 달라요"),
        ),
        question("a title that few have", "searchNm=%EB%AC%B8%EC%9D%98%204242", search("문의 4242")),
        question(
            "a title among the answered",
            "searchNm=%ED%99%98%EB%B6%88&cnslStatCd=30",
            ListFilter { statuses: vec![InquiryStatus::Answered], ..search("환불") },
        ),
    ]
}
