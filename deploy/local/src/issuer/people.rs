//! Who can be picked. All of them are invented; the members are the demo shop's.

/// One of them, with what a token says of it.
#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) sub: &'static str,
    pub(crate) name: &'static str,
    pub(crate) role: &'static str,
    pub(crate) mbr_grade_cd: Option<&'static str>,
    /// What the page says beside the name.
    pub(super) what: &'static str,
}

pub(crate) const PEOPLE: [Person; 7] = [
    worker("A001", "김상담", "agent", "상담원"),
    worker("A002", "이상담", "agent", "상담원"),
    worker("ADM1", "박관리", "admin", "관리자"),
    member("100001311", "홍길동", "30"),
    member("100001312", "김서연", "20"),
    member("100001314", "박지우", "40"),
    member("100001315", "최하준", "50"),
];

const fn worker(sub: &'static str, name: &'static str, role: &'static str, what: &'static str) -> Person {
    Person { sub, name, role, mbr_grade_cd: None, what }
}

const fn member(sub: &'static str, name: &'static str, grade: &'static str) -> Person {
    Person { sub, name, role: "member", mbr_grade_cd: Some(grade), what: "회원" }
}

pub(super) fn find(sub: &str) -> Option<&'static Person> {
    PEOPLE.iter().find(|person| person.sub == sub)
}
