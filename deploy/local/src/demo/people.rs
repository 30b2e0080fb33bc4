//! Who buys: members of every grade, and guests. All of them are invented.

/// 회원 or 비회원: with what an order tells about them.
#[derive(Clone)]
pub(super) struct Buyer {
    /// `None`: a guest.
    pub mbr_no: Option<String>,
    pub mbr_grade_cd: Option<&'static str>,
    pub is_staff: bool,
    pub name: &'static str,
    pub phone_middle: String,
    pub phone_end: String,
    pub email_addr: Option<String>,
    pub zip_no: &'static str,
    pub zip_addr: &'static str,
    pub dtl_addr: String,
}

const MEMBER_NAMES: [(&str, &str); 30] = [
    ("홍길동", "gildong"),
    ("김서연", "seoyeon"),
    ("이도윤", "doyun"),
    ("박지우", "jiwoo"),
    ("최하준", "hajun"),
    ("정서아", "seoa"),
    ("강은우", "eunwoo"),
    ("조하은", "haeun"),
    ("윤시우", "siwoo"),
    ("장지유", "jiyu"),
    ("임주원", "juwon"),
    ("한수아", "sua"),
    ("오지호", "jiho"),
    ("서다은", "daeun"),
    ("신예준", "yejun"),
    ("권나은", "naeun"),
    ("황선우", "sunwoo"),
    ("안유진", "yujin"),
    ("송민재", "minjae"),
    ("전소율", "soyul"),
    ("남궁현", "hyun"),
    ("선우진", "jin"),
    ("허준", "jun"),
    ("유별", "byeol"),
    ("제갈민", "min"),
    ("문채원", "chaewon"),
    ("양태오", "taeo"),
    ("배로운", "roun"),
    ("백아인", "ain"),
    ("독고영재", "yeongjae"),
];
const GUEST_NAMES: [&str; 12] = [
    "김비회",
    "이손님",
    "박방문",
    "최하루",
    "정가람",
    "강나루",
    "조아라",
    "윤슬",
    "장미르",
    "임보라",
    "한빛",
    "오늘",
];
const ADDRESSES: [(&str, &str); 10] = [
    ("06236", "서울특별시 강남구 테헤란로 152"),
    ("04524", "서울특별시 중구 세종대로 110"),
    ("48058", "부산광역시 해운대구 센텀중앙로 79"),
    ("41911", "대구광역시 중구 공평로 88"),
    ("21554", "인천광역시 남동구 정각로 29"),
    ("61945", "광주광역시 서구 내방로 111"),
    ("35242", "대전광역시 서구 둔산로 100"),
    ("16444", "경기도 수원시 팔달구 효원로 1"),
    ("24266", "강원특별자치도 춘천시 중앙로 1"),
    ("63122", "제주특별자치도 제주시 문연로 6"),
];
const GRADES: [&str; 5] = ["10", "20", "30", "40", "50"];

/// The member of the contract's order comes first.
pub(super) fn members() -> Vec<Buyer> {
    MEMBER_NAMES
        .iter()
        .enumerate()
        .map(|(place, (name, mailbox))| {
            let (zip_no, zip_addr) = at(&ADDRESSES, place);
            let is_first = place == 0;
            Buyer {
                mbr_no: Some((100_001_311 + place).to_string()),
                mbr_grade_cd: Some(if is_first { "30" } else { at(&GRADES, place) }),
                is_staff: place % 10 == 9,
                name,
                phone_middle: if is_first { "1234".to_owned() } else { format!("{:04}", 5_550 + place) },
                phone_end: if is_first { "5678".to_owned() } else { format!("{:04}", 1_000 + place * 37) },
                email_addr: Some(format!("{mailbox}@example.com")),
                zip_no,
                zip_addr,
                dtl_addr: if is_first {
                    "10층".to_owned()
                } else {
                    format!("{}동 {}호", 101 + place, 301 + place * 7)
                },
            }
        })
        .collect()
}

pub(super) fn guest(number: usize) -> Buyer {
    let (zip_no, zip_addr) = at(&ADDRESSES, number * 3 + 1);
    Buyer {
        mbr_no: None,
        mbr_grade_cd: None,
        is_staff: false,
        name: at(&GUEST_NAMES, number),
        phone_middle: format!("{:04}", 5_600 + number),
        phone_end: format!("{:04}", 2_000 + number * 41),
        email_addr: number.is_multiple_of(2).then(|| format!("guest{number}@example.com")),
        zip_no,
        zip_addr,
        dtl_addr: format!("{}층", number % 9 + 1),
    }
}

fn at<T: Copy, const N: usize>(list: &[T; N], place: usize) -> T {
    *list.get(place % N).expect("the place is taken modulo the length")
}
