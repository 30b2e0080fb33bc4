//! 1:1문의: what customers have written, some of it with pictures, and how far agents have come with it. They are written, taken on
//! and answered by the operations customers and agents have.

use serde_json::{Value, json};

use super::picture;

/// 상담원 who work on some of them.
pub const AGENTS: [&str; 2] = ["A001", "A002"];
/// Of the common templates.
pub const ADMIN: &str = "demo-admin";

const INQUIRIES: usize = 60;
/// Every third one comes with a picture.
const PICTURED: usize = 3;
const BOUNDARY: &str = "demo-inquiry-5f1c9a";

/// 문의 한 건: how it is written, and what becomes of it.
pub struct Inquiry {
    pub mbr_no: String,
    /// Type and bytes of the request to `questionSave`.
    pub request: (String, Vec<u8>),
    pub fate: Fate,
}

/// What becomes of an inquiry; the agents by their place in [`AGENTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Waits,
    Deleted,
    InProcess(usize),
    Answered(usize),
}

/// 템플릿: whose it is, and what is asked for.
pub struct Template {
    /// None of a common one.
    pub agent: Option<&'static str>,
    pub body: Value,
}

/// Title, text and whether it is about an order. Some titles look as if they wanted something else than an answer: whatever
/// shows them has to show them as they are.
const QUESTIONS: [(&str, &str, Option<&str>, &str); 20] = [
    ("배송이 언제 되나요", "3일 전에 주문했는데 아직 출고 전이라고 나옵니다.", Some("2010"), "9090"),
    ("<b>할인</b> 쿠폰이 적용되지 않아요", "장바구니에서 쿠폰을 골라도 금액이 그대로입니다.", None, "5010"),
    ("사이즈 교환하고 싶어요", "M을 샀는데 작습니다. L로 바꿀 수 있을까요?", Some("3020"), "9090"),
    ("적립금이 안 들어왔습니다", "구매확정한 지 이틀이 지났습니다.", None, "5020"),
    ("\"><img src=x onerror=alert(1)> 사진이 안 보여요", "상품 상세 사진이 깨져 보입니다.", None, "9090"),
    ("환불은 언제 되나요?", "취소했는데 카드 승인이 아직 남아 있습니다.", Some("3040"), "9090"),
    (
        "'; DROP TABLE counsel; -- 라는 이벤트 코드",
        "이벤트 페이지에 나온 코드가 입력되지 않습니다.",
        None,
        "5030",
    ),
    ("주문 내역 확인 부탁드려요", "문자에는 두 번 결제되었다고 왔습니다.", Some("1010"), "9090"),
    ("{{mbrNm}} 님께 라고 온 문자", "문자에 제 이름 대신 이상한 글자가 왔어요.", None, "9090"),
    ("로그인이 안 됩니다", "비밀번호를 바꿨는데도 들어갈 수 없습니다.", None, "6010"),
    ("javascript:alert('hi') 링크는 뭔가요", "알림톡에 이런 링크가 있었습니다.", None, "9090"),
    ("현금영수증 발급", "사업자 지출증빙으로 바꿔 주세요.", Some("1030"), "9090"),
    ("👨‍👩‍👧‍👦 가족 선물 포장 되나요? 🎁", "네 개를 따로 포장해 주실 수 있나요?", None, "9090"),
    ("반품 택배가 오지 않아요", "회수 접수한 지 나흘째입니다.", Some("3030"), "9090"),
    ("\u{202e}요까할 능가 품반", "글자가 거꾸로 보이는 휴대폰에서 썼습니다.", None, "9090"),
    ("${7*7} 원이라고 표시돼요", "결제 화면 금액이 이상합니다.", None, "9090"),
    ("배송지를 바꾸고 싶어요", "이사를 했습니다. 새 주소로 보내 주세요.", Some("2020"), "9090"),
    ("친절한 상담 감사합니다", "지난번에 빨리 처리해 주셔서 고맙습니다.", None, "9010"),
    (
        "띄어쓰기없이아주길게쓴제목이어떻게보이는지궁금해서이렇게끝까지이어서써보았습니다정말로한번도띄어쓰지않고요",
        "제목 그대로입니다.",
        None,
        "9090",
    ),
    ("쿠폰\u{200b}이 사라\u{200b}졌어요", "어제까지 있던 쿠폰이 없습니다.", None, "5010"),
];

const TEMPLATES: [(&str, &str, Option<usize>); 8] = [
    ("출고 안내", "{{mbrNm}}님, 주문번호 {{ordNo}}는 내일까지 출고됩니다.", None),
    ("교환 안내", "{{mbrNm}}님, 받으신 상품을 보내 주시면 확인 후 교환해 드립니다.", None),
    ("반품 회수 지연", "{{mbrNm}}님, 회수가 늦어져 죄송합니다. 택배사에 다시 요청했습니다.", None),
    ("환불 시점", "{{mbrNm}}님, 카드 승인 취소는 영업일 기준 3~5일이 걸립니다.", None),
    ("쿠폰 재발급", "{{mbrNm}}님, 쿠폰을 다시 넣어 드렸습니다. 쿠폰함에서 확인해 주세요.", None),
    ("상품 문의", "{{mbrNm}}님, {{goodsNm}} 담당자에게 확인하고 다시 안내드리겠습니다.", None),
    ("마무리 인사", "더 궁금하신 점은 언제든 남겨 주세요. 고맙습니다.", Some(0)),
    ("확인 중", "확인하는 데 시간이 조금 걸립니다. 오늘 안으로 답변드리겠습니다.", Some(1)),
];

/// `orders` are numbers of orders with their members'.
pub(super) fn inquiries(orders: &[(String, String)]) -> Vec<Inquiry> {
    (0..INQUIRIES).filter_map(|number| inquiry(number, orders)).collect()
}

fn inquiry(number: usize, orders: &[(String, String)]) -> Option<Inquiry> {
    let (title, text, of_order, of_none) = QUESTIONS.get(number % QUESTIONS.len())?;
    let (ord_no, mbr_no) = orders.get(number * 5 % orders.len().max(1))?;
    let mut fields = vec![
        ("cnslTypNo", of_order.unwrap_or(of_none)),
        ("title", *title),
        ("accpCont", *text),
        ("smsNotiYn", "N"),
    ];
    if of_order.is_some() {
        fields.push(("ordNo", ord_no));
    }
    let request = if number.is_multiple_of(PICTURED) {
        (format!("multipart/form-data; boundary={BOUNDARY}"), multipart(&fields, number))
    } else {
        let fields: serde_json::Map<String, Value> =
            fields.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
        ("application/json".to_owned(), Value::Object(fields).to_string().into_bytes())
    };
    Some(Inquiry { mbr_no: mbr_no.clone(), request, fate: fate(number) })
}

/// The same bytes each time, so that a repeat is one.
fn multipart(fields: &[(&str, &str)], number: usize) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend([head.as_bytes(), value.as_bytes(), b"\r\n"].concat());
    }
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"IMG_{number:04}.png\"\r\n\
         Content-Type: image/png\r\n\r\n"
    );
    body.extend(
        [head.as_bytes(), &picture::png(number), format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat(),
    );
    body
}

/// Of ten: four wait, one is in process, and five are answered; two of all are deleted.
fn fate(number: usize) -> Fate {
    let agent = number / 10 % AGENTS.len();
    match number % 10 {
        _ if [13, 43].contains(&number) => Fate::Deleted,
        0 | 3 | 6 | 9 => Fate::Waits,
        5 => Fate::InProcess(agent),
        _ => Fate::Answered(agent),
    }
}

pub(super) fn templates() -> Vec<Template> {
    TEMPLATES
        .into_iter()
        .map(|(name, text, agent)| Template {
            agent: agent.and_then(|place| AGENTS.get(place).copied()),
            body: json!({"tmplNm": name, "tmplCont": text, "cmnYn": if agent.is_some() { "N" } else { "Y" }}),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixty_in_all_states_twenty_with_a_picture_and_two_agents_at_work() {
        let orders = [("20260801O000001".to_owned(), "100001311".to_owned())];
        let all = inquiries(&orders);
        let of = |fates: &[Fate]| all.iter().filter(|one| fates.contains(&one.fate)).count();
        let pictures = all.iter().filter(|one| one.request.0.starts_with("multipart/")).count();
        assert_eq!((all.len(), pictures), (60, 20));
        assert_eq!(of(&[Fate::InProcess(0)]), 3);
        assert_eq!(of(&[Fate::InProcess(1)]), 3);
        assert_eq!(of(&[Fate::Deleted]), 2);
        assert_eq!(of(&[Fate::Waits]), 22);
        assert_eq!(of(&[Fate::Answered(0), Fate::Answered(1)]), 30);
        assert_eq!(templates().len(), 8);
    }
}
