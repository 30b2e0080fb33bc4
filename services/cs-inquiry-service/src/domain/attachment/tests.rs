use proptest::prelude::*;

use super::*;

const JPEG: &[u8] = b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR";
const WEBP: &[u8] = b"RIFF\x24\x00\x00\x00WEBPVP8 ";
const HEIC: &[u8] = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic";
const PDF: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";

fn judge(parts: &[&[u8]]) -> Result<FileKind, ContentRefusal> {
    let mut sniffer = Sniffer::default();
    for part in parts {
        sniffer.see(part);
    }
    sniffer.judge()
}

/// The end of an archive with one entry and a comment.
fn archive_end(comment: &[u8]) -> Vec<u8> {
    let mut record = b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x2E\0\0\0\x40\0\0\0".to_vec();
    record.extend_from_slice(&u16::try_from(comment.len()).unwrap().to_le_bytes());
    record.extend_from_slice(comment);
    record
}

#[test]
fn the_content_decides_the_kind() {
    assert_eq!(judge(&[JPEG]), Ok(FileKind::Jpeg));
    assert_eq!(judge(&[PNG]), Ok(FileKind::Png));
    assert_eq!(judge(&[WEBP]), Ok(FileKind::WebP));
    assert_eq!(judge(&[HEIC]), Ok(FileKind::Heic));
    assert_eq!(judge(&[b"\0\0\0\x1Cftypmif1\0\0\0\0mif1heicmiaf"]), Ok(FileKind::Heic));
    assert_eq!(judge(&[PDF]), Ok(FileKind::Pdf));
}

#[test]
fn what_is_of_no_kind_is_refused() {
    for content in [
        b"<!DOCTYPE html><html></html>".as_slice(),
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\xEF\xBB\xBF<?xml version='1.0'?><svg/>",
        b"PK\x03\x04\x14\0\0\0",
        b"GIF89a\x01\0\x01\0",
        b"MZ\x90\0",
        b"BM\x36\0",
        b" \xFF\xD8\xFF",
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"\0\0\0\x1Cftypavif\0\0\0\0mif1miaf",
        b"\0\0\0\x1Cftypmif1\0\0\0\0avifmiaf",
        b"\0\0\0\x1Cftypisom\0\0\0\0",
        b"\xFF\xD8",
        b"hello",
    ] {
        assert_eq!(judge(&[content]), Err(ContentRefusal::UnknownKind), "{content:?}");
    }
    assert_eq!(judge(&[]), Err(ContentRefusal::Empty));
    assert_eq!(judge(&[b"", b""]), Err(ContentRefusal::Empty));
}

#[test]
fn a_picture_that_is_a_page_too_is_refused() {
    for page in [
        "<html><body>",
        "<SCRIPT>alert(1)</SCRIPT>",
        "<svg onload=alert(1)>",
        "<!DOCTYPE html>",
        "<?php eval(1)",
        "<iframe src=x>",
        "<img src=x onerror=alert(1)>",
        "<Body onload=x>",
        "<?xml-stylesheet href=x?>",
    ] {
        for head in [JPEG, PNG, WEBP, HEIC, PDF] {
            assert_eq!(judge(&[head, page.as_bytes()]), Err(ContentRefusal::TwoFaced), "{page}");
            let late = vec![b' '; 3_000];
            assert_eq!(judge(&[head, &late, page.as_bytes()]), Err(ContentRefusal::TwoFaced), "{page}");
        }
    }
    assert_eq!(
        judge(&[JPEG, b"%PDF-1.4"]),
        Err(ContentRefusal::TwoFaced),
        "a picture that is a document too"
    );
}

#[test]
fn a_picture_with_an_archive_behind_it_is_refused() {
    let photo = vec![0x5A; 200_000];
    for comment in [b"".as_slice(), b"a comment", &[b'x'; 65_535]] {
        let record = archive_end(comment);
        assert_eq!(judge(&[JPEG, &photo, &record]), Err(ContentRefusal::TwoFaced));
        assert_eq!(judge(&[PDF, &record]), Err(ContentRefusal::TwoFaced));
    }
    let followed = [archive_end(b""), vec![0; 100]].concat();
    assert_eq!(judge(&[PNG, &followed]), Err(ContentRefusal::TwoFaced), "tools forgive what comes after it");
    assert_eq!(judge(&[JPEG, b"PK\x05\x06\x11\x22\x33\x44", &photo]), Ok(FileKind::Jpeg), "chance");
}

#[test]
fn the_data_of_cameras_and_editors_are_no_page() {
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>\
        <x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><dc:title/></rdf:RDF></x:xmpmeta>";
    assert_eq!(judge(&[JPEG, xmp]), Ok(FileKind::Jpeg));
    assert_eq!(judge(&[PDF, b"1 0 obj\n<< /Type /Catalog >>\nendobj\n"]), Ok(FileKind::Pdf));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn it_does_not_matter_how_the_bytes_are_cut(
        content in proptest::collection::vec(any::<u8>(), 0..200_000),
        cuts in proptest::collection::vec(1_usize..80_000, 1..20),
        is_archive in any::<bool>(),
    ) {
        let mut whole = JPEG.to_vec();
        whole.extend(content);
        if is_archive {
            whole.extend(archive_end(b"x"));
        }
        let mut pieces = Vec::new();
        let mut rest = whole.as_slice();
        for cut in cuts {
            let (piece, after) = rest.split_at(cut.min(rest.len()));
            pieces.push(piece);
            rest = after;
        }
        pieces.push(rest);
        prop_assert_eq!(judge(&pieces), judge(&[&whole]));
        if is_archive {
            prop_assert_eq!(judge(&[&whole]), Err(ContentRefusal::TwoFaced));
        }
    }

}

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
