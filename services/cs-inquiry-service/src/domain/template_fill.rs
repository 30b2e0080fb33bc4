//! 답변 템플릿의 변수: `{{mbrNm}}`, `{{ordNo}}` and `{{goodsNm}}`.
//!
//! An answer keeps them and is filled in whenever it is shown, so that it says no more of the member than is known then.
//! They are the agent's to use, from a template or typed; what a customer has written is never looked at for any.

use super::inquiry::Inquiry;

/// The names a template may use.
pub const VARIABLES: [&str; 3] = ["mbrNm", "ordNo", "goodsNm"];

/// How a member is addressed whose name is not known here.
const CUSTOMER: &str = "고객";
/// What stands where the inquiry names no order or goods.
const NOTHING: &str = "-";

/// Names between braces that nobody would fill in, each once.
pub fn unknown_variables(text: &str) -> Vec<&str> {
    let mut unknown = Vec::new();
    for piece in pieces(text) {
        if let Piece::Variable { name, .. } = piece
            && !VARIABLES.contains(&name)
            && !unknown.contains(&name)
        {
            unknown.push(name);
        }
    }
    unknown
}

/// The answer as it is shown now.
pub fn answer_shown(inquiry: &Inquiry) -> Option<String> {
    let answer = inquiry.answer.as_ref()?;
    Some(if answer.has_variables { fill(&answer.text, inquiry) } else { answer.text.clone() })
}

/// A text for an inquiry, and the variables that it has nothing for, each once.
pub fn filled(text: &str, inquiry: &Inquiry) -> (String, Vec<String>) {
    let mut unfilled = Vec::new();
    for piece in pieces(text) {
        let Piece::Variable { name, .. } = piece else { continue };
        let has_value = match name {
            // Who has no name here is addressed all the same.
            "mbrNm" => true,
            "ordNo" => inquiry.text.order.is_some(),
            "goodsNm" => inquiry.text.goods.is_some(),
            _ => false,
        };
        if !has_value && !unfilled.iter().any(|known| known == name) {
            unfilled.push(name.to_owned());
        }
    }
    (fill(text, inquiry), unfilled)
}

/// Puts the values of an inquiry in. What they hold is text and is not looked at again; other braces stay.
fn fill(text: &str, inquiry: &Inquiry) -> String {
    let goods = inquiry.text.goods.as_ref();
    pieces(text)
        .map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Variable { name: "mbrNm", .. } => inquiry.text.contact.name.as_deref().unwrap_or(CUSTOMER),
            Piece::Variable { name: "ordNo", .. } => {
                inquiry.text.order.as_ref().map_or(NOTHING, |order| order.order_no.as_str())
            }
            Piece::Variable { name: "goodsNm", .. } => goods
                .map_or(NOTHING, |goods| goods.name.as_deref().unwrap_or_else(|| goods.goods_no.as_str())),
            Piece::Variable { whole, .. } => whole,
        })
        .collect()
}

enum Piece<'a> {
    Text(&'a str),
    Variable { name: &'a str, whole: &'a str },
}

/// Cuts a text at its `{{name}}`s; a name is of ASCII letters and digits, with blanks around it at most.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    let mut pending = None;
    std::iter::from_fn(move || {
        if let Some(variable) = pending.take() {
            return Some(variable);
        }
        if rest.is_empty() {
            return None;
        }
        let mut from = 0;
        while let Some(found) = rest.get(from..).and_then(|after| after.find("{{")) {
            let start = from + found;
            if let Some((name, whole)) = rest.get(start..).and_then(variable) {
                let before = rest.get(..start).unwrap_or_default();
                rest = rest.get(start + whole.len()..).unwrap_or_default();
                let variable = Piece::Variable { name, whole };
                if before.is_empty() {
                    return Some(variable);
                }
                pending = Some(variable);
                return Some(Piece::Text(before));
            }
            from = start + 1;
        }
        Some(Piece::Text(std::mem::take(&mut rest)))
    })
}

/// The name and the whole of a variable that the text begins with.
fn variable(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix("{{")?;
    let (name, _) = inner.split_once("}}")?;
    let whole = text.get(..name.len() + 4)?;
    let name = name.trim_matches(' ');
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_name.then_some((name, whole))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use commerce::{GoodsNo, InquiryStatus, MemberNo, OrderNo, SiteNo};

    use super::*;
    use crate::domain::inquiry::{AboutGoods, AboutOrder, Answer, Contact, InquiryId, InquiryText};

    fn inquiry(name: Option<&str>, goods_name: Option<&str>) -> Inquiry {
        let at: DateTime<Utc> = "2026-11-22T03:00:00Z".parse().unwrap();
        Inquiry {
            id: InquiryId(1),
            site_no: SiteNo::parse("1").unwrap(),
            member_no: MemberNo::parse("1").unwrap(),
            text: InquiryText {
                type_id: 1010,
                title: String::new(),
                content: String::new(),
                order: Some(AboutOrder { order_no: OrderNo::parse("20260801O000001").unwrap(), line: None }),
                goods: Some(AboutGoods {
                    goods_no: GoodsNo::parse("10002552").unwrap(),
                    item_no: None,
                    name: goods_name.map(str::to_owned),
                }),
                contact: Contact { name: name.map(str::to_owned), ..Contact::default() },
            },
            status: InquiryStatus::Received,
            agent: None,
            accepted_at: at,
            changed_at: at,
            file_count: 0,
            answer: None,
            is_deleted: false,
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(fill(text, &inquiry(Some("홍{{ordNo}}"), Some("린넨 셔츠"))), expected);
    }

    #[test]
    fn the_values_of_the_inquiry_are_filled_in_once() {
        check("{{mbrNm}}님, {{ ordNo }}의 {{goodsNm}}", "홍{{ordNo}}님, 20260801O000001의 린넨 셔츠");
        check("{{{ordNo}}}", "{20260801O000001}");
        check("{{nobody}} {{}} {{ {{ordNo}} }", "{{nobody}} {{}} {{ 20260801O000001 }");
        check("", "");
        check("{{goodsNm", "{{goodsNm");
    }

    #[test]
    fn an_answer_that_was_filled_in_before_is_shown_as_it_was() {
        let mut inquiry = inquiry(Some("남**동"), None);
        assert_eq!(answer_shown(&inquiry), None);
        for (has_variables, shown) in [(true, "남**동님"), (false, "{{mbrNm}}님")] {
            let (text, at, by) = ("{{mbrNm}}님".to_owned(), inquiry.accepted_at, "agent-1".to_owned());
            inquiry.answer = Some(Answer { text, has_variables, at, by });
            assert_eq!(answer_shown(&inquiry).as_deref(), Some(shown));
        }
    }

    #[test]
    fn what_is_not_known_is_said_politely() {
        let filled = fill("{{mbrNm}}님 {{goodsNm}}", &inquiry(None, None));
        assert_eq!(filled, "고객님 10002552");
    }

    #[test]
    fn what_an_inquiry_has_nothing_for_is_named() {
        let check = |inquiry: &Inquiry, text, expected: &[&str]| {
            let (shown, unfilled) = filled(text, inquiry);
            assert_eq!(shown, fill(text, inquiry));
            assert_eq!(unfilled, expected, "{text}");
        };
        let full = inquiry(None, None);
        check(&full, "{{mbrNm}} {{ordNo}} {{goodsNm}} {x}", &[]);
        check(&full, "{{x}} {{ordNo}} {{x}}", &["x"]);
        let mut bare = inquiry(None, None);
        (bare.text.order, bare.text.goods) = (None, None);
        check(&bare, "{{goodsNm}} {{mbrNm}} {{ordNo}} {{goodsNm}}", &["goodsNm", "ordNo"]);
    }

    #[test]
    fn a_template_with_a_slip_is_found_out() {
        assert_eq!(unknown_variables("{{mbrNm}} {{ordrNo}} {{x}} {{x}}"), ["ordrNo", "x"]);
        assert!(unknown_variables("{{ordNo}} {} {{}} { {a} }").is_empty());
    }
}
