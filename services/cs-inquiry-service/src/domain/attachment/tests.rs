use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn a_name_is_a_short_base_name_without_control_characters(sent in any::<String>()) {
        let name = file_name(&sent, FileKind::Jpeg);
        prop_assert!((1..=255).contains(&name.len()));
        prop_assert!(!name.chars().any(|c| c.is_control() || c == '/' || c == '\\'));
        prop_assert!(name != "." && name != "..");
        prop_assert_eq!(file_name(&name, FileKind::Jpeg), name);
    }
}

#[test]
fn a_name_keeps_what_its_sender_called_the_file() {
    let check = |sent: &str, expected: &str| assert_eq!(file_name(sent, FileKind::Jpeg), expected);
    check("영수증 사진.jpg", "영수증 사진.jpg");
    check("../../etc/passwd", "passwd");
    check("C:\\Users\\me\\사진.png", "사진.png");
    check("a\0b\r\nc.jpg", "abc.jpg");
    check("\u{202E}gpj.exe", "gpj.exe");
    for nameless in ["", "..", ".", "/", "  ", "a/.."] {
        check(nameless, "첨부파일.jpg");
    }
    let long = format!("{}.jpeg", "가".repeat(200));
    let cut = file_name(&long, FileKind::Jpeg);
    assert!(cut.len() <= 255 && cut.ends_with("가.jpeg"), "{cut}");
    let decomposed = "\u{1100}\u{1161}\u{11A8}";
    for (stem, ending, most) in [(decomposed, ".jpeg", 27), ("👨‍👩‍👧‍👦", "", 10), ("e\u{301}", ".jpg", 83)]
    {
        check(&format!("{}{ending}", stem.repeat(200)), &format!("{}{ending}", stem.repeat(most)));
    }
    let endless = format!("a{}", "\u{301}".repeat(200));
    check(&endless, "첨부파일");
    check(&format!("{endless}.png"), "첨부파일.png");
}

#[test]
fn a_file_is_handed_out_under_an_ending_of_its_kind() {
    let check = |name: &str, expected: &str| assert_eq!(download_name(name, FileKind::Jpeg), expected);
    check("a.jpg", "a.jpg");
    check("a.JPEG", "a.JPEG");
    check("a.html", "a.html.jpg");
    check("a", "a.jpg");
    check("a.jpg.exe", "a.jpg.exe.jpg");
}
