use commerce::{MemberNo, SiteNo};

use super::*;
use crate::domain::inquiry::{Answer, Contact, InquiryId, InquiryText};

fn written_at() -> DateTime<Utc> {
    "2026-11-22T03:00:00Z".parse().unwrap()
}

fn inquiry(status: InquiryStatus) -> Inquiry {
    let is_answered = status == InquiryStatus::Answered;
    Inquiry {
        id: InquiryId(1_000_001),
        site_no: SiteNo::parse("1").unwrap(),
        member_no: MemberNo::parse("100001311").unwrap(),
        text: InquiryText {
            type_id: 1010,
            title: "제목".to_owned(),
            content: "내용".to_owned(),
            order: None,
            goods: None,
            contact: Contact::default(),
        },
        status,
        agent: (status != InquiryStatus::Received).then(|| "owner".to_owned()),
        accepted_at: written_at(),
        changed_at: written_at(),
        file_count: 0,
        answer: is_answered.then(|| Answer {
            has_variables: true,
            text: "답변".to_owned(),
            at: written_at(),
            by: "owner".to_owned(),
        }),
        is_deleted: false,
    }
}

fn agent(id: &str, is_admin: bool) -> Agent {
    Agent { id: id.to_owned(), is_admin }
}

use InquiryStatus::{Answered, InProgress, Received};

#[test]
fn a_member_changes_only_what_nobody_has_begun_with() {
    assert_eq!(member_may_change(&inquiry(Received)), Ok(()));
    assert_eq!(member_may_change(&inquiry(InProgress)), Err(Refusal::NotEditable));
    assert_eq!(member_may_change(&inquiry(Answered)), Err(Refusal::NotEditable));
}

#[test]
fn nothing_can_be_done_with_a_deleted_inquiry() {
    let deleted = Inquiry { is_deleted: true, ..inquiry(Received) };
    let admin = agent("a", true);
    assert_eq!(member_may_change(&deleted), Err(Refusal::NotFound));
    assert_eq!(start(&deleted, None), Err(Refusal::NotFound));
    assert_eq!(release(&deleted, &admin), Err(Refusal::NotFound));
    assert_eq!(answer(&deleted, &admin, None), Err(Refusal::NotFound));
    assert_eq!(assign(&deleted), Err(Refusal::NotFound));
}

#[test]
fn an_agent_starts_on_the_text_that_was_shown() {
    let before = written_at() - TimeDelta::microseconds(1);
    assert_eq!(start(&inquiry(Received), None), Ok(()));
    assert_eq!(start(&inquiry(Received), Some(written_at())), Ok(()));
    assert_eq!(start(&inquiry(Received), Some(before)), Err(Refusal::Changed));
    assert_eq!(start(&inquiry(InProgress), Some(before)), Err(Refusal::StatusConflict));
    assert_eq!(answer(&inquiry(Received), &agent("x", false), Some(before)), Err(Refusal::Changed));
    assert_eq!(answer(&inquiry(InProgress), &agent("owner", false), Some(before)), Ok(()));
}

#[test]
fn only_its_owner_or_an_admin_releases_or_answers_what_is_in_progress() {
    for (who, expected) in [
        (agent("owner", false), Ok(())),
        (agent("other", true), Ok(())),
        (agent("other", false), Err(Refusal::NotOwner)),
    ] {
        assert_eq!(release(&inquiry(InProgress), &who), expected);
        assert_eq!(answer(&inquiry(InProgress), &who, None), expected);
    }
}

#[test]
fn an_answer_is_final() {
    let admin = agent("a", true);
    assert_eq!(start(&inquiry(Answered), None), Err(Refusal::StatusConflict));
    assert_eq!(release(&inquiry(Answered), &admin), Err(Refusal::StatusConflict));
    assert_eq!(answer(&inquiry(Answered), &admin, None), Err(Refusal::StatusConflict));
    assert_eq!(assign(&inquiry(Answered)), Err(Refusal::StatusConflict));
    assert_eq!(release(&inquiry(Received), &admin), Err(Refusal::StatusConflict));
}

#[test]
fn a_change_is_always_later_than_the_one_before() {
    let now = written_at();
    assert_eq!(change_time(now - TimeDelta::seconds(1), now), now);
    assert_eq!(change_time(now, now), now + TimeDelta::microseconds(1));
    assert_eq!(change_time(now + TimeDelta::seconds(5), now), now + TimeDelta::microseconds(5_000_001));
}
