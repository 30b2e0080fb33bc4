use std::io::Cursor;

use proptest::prelude::*;

use super::samples::{boxed, chunk, heic, heic_of, jpeg, jpeg_of, pdf, png, samsung_trailer, webp, zip};
use super::*;

/// A file of a kind around a payload.
type Wrap = fn(&[u8]) -> Vec<u8>;

const KINDS: [(FileKind, Wrap); 5] = [
    (FileKind::Jpeg, jpeg),
    (FileKind::Png, png),
    (FileKind::WebP, webp),
    (FileKind::Heic, heic),
    (FileKind::Pdf, pdf),
];

fn judged(parts: &[&[u8]]) -> Result<FileKind, ContentRefusal> {
    match judge(Cursor::new(parts.concat())) {
        Ok(kind) => Ok(kind),
        Err(JudgeError::Refused(refusal)) => Err(refusal),
        Err(JudgeError::Unreadable(error)) => panic!("memory can be read: {error}"),
    }
}

/// What other programs would take for their own.
fn foreign() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = [
        "<html><body>",
        "<SCRIPT>alert(1)</SCRIPT>",
        "<svg onload=alert(1)>",
        "<!DOCTYPE html>",
        "<?php eval($_GET[1]);",
        "<%@ page import=\"java.io.*\" %>",
        "#!/bin/sh\nrm -r ~\n",
        "just text",
    ]
    .map(|text| text.as_bytes().to_vec())
    .into();
    all.extend([zip(b"text", b""), zip(b"text", b"a comment"), zip(b"text", &[b'x'; 65_535])]);
    all.extend([
        b"GIF89a\x01\0\x01\0".to_vec(),
        b"MZ\x90\0\x03\0\0\0".to_vec(),
        b"\x7FELF\x02\x01\x01\0".to_vec(),
    ]);
    all.extend([
        b"Rar!\x1A\x07\x01\0".to_vec(),
        b"7z\xBC\xAF\x27\x1C\0\x04".to_vec(),
        b"\x1F\x8B\x08\0\0\0\0\0".to_vec(),
    ]);
    all
}

#[test]
fn the_structure_decides_the_kind() {
    for (kind, sample) in KINDS {
        for payload in [b"".as_slice(), b"x", &[0x5A; 70_000]] {
            assert_eq!(judged(&[&sample(payload)]), Ok(kind), "{kind:?}");
        }
    }
    for brand in [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"] {
        assert_eq!(judged(&[&heic_of(brand, &[], b"x")]), Ok(FileKind::Heic), "{brand:?}");
        for container in [b"mif1", b"mif2", b"msf1"] {
            assert_eq!(
                judged(&[&heic_of(container, &[b"miaf", brand], b"x")]),
                Ok(FileKind::Heic),
                "{brand:?}"
            );
        }
    }
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
        b"\0\0\0\x08ftyp",
        b"\xFF\xD8",
        b"hello",
        &heic_of(b"avif", &[b"mif1", b"miaf"], b"x"),
        &heic_of(b"mif1", &[b"avif", b"miaf"], b"heic"),
        &heic_of(b"isom", &[], b"x"),
        &[&[b' '; 1_020], pdf(b"").as_slice()].concat(),
    ] {
        assert_eq!(judged(&[content]), Err(ContentRefusal::UnknownKind), "{content:?}");
    }
    assert_eq!(judged(&[]), Err(ContentRefusal::Empty));
}

#[test]
fn a_beginning_alone_is_no_file() {
    for beginning in [
        b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00".as_slice(),
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"RIFF\x24\x00\x00\x00WEBPVP8 ",
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
        b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n",
    ] {
        assert_eq!(judged(&[beginning]), Err(ContentRefusal::Broken), "{beginning:?}");
        for foreign in foreign() {
            let outcome = judged(&[beginning, &foreign]);
            assert!(outcome.is_err(), "{beginning:?} {foreign:?}");
            assert!(judged(&[beginning, &[b' '; 3_000], &foreign]).is_err(), "{beginning:?} {foreign:?}");
        }
    }
}

#[test]
fn what_follows_the_end_or_precedes_the_beginning_is_foreign() {
    for (kind, sample) in KINDS {
        let whole = sample(b"payload");
        for foreign in foreign() {
            assert!(judged(&[&whole, &foreign]).is_err(), "{kind:?} {foreign:?}");
            assert!(judged(&[&whole, &[0; 100], &foreign]).is_err(), "{kind:?} {foreign:?}");
            assert!(judged(&[&whole, &foreign, &[0; 100]]).is_err(), "{kind:?} {foreign:?}");
            assert!(judged(&[&foreign, &whole]).is_err(), "{kind:?} {foreign:?}");
            assert!(judged(&[&foreign, b"\r\n", &whole]).is_err(), "{kind:?} {foreign:?}");
        }
        for (other, another) in KINDS {
            let belongs = matches!(
                (kind, other),
                (FileKind::Jpeg, FileKind::Jpeg | FileKind::Heic) | (FileKind::Pdf, FileKind::Pdf)
            );
            if !belongs {
                assert!(judged(&[&whole, &another(b"x")]).is_err(), "{kind:?} {other:?}");
            }
        }
    }
}

#[test]
fn a_file_that_was_cut_off_is_not_whole() {
    for (kind, sample) in KINDS {
        let whole = sample(b"a payload of some bytes");
        for kept in (20..whole.len() - 1).step_by(7) {
            let (cut, rest) = whole.split_at(kept);
            // Nothing says how many boxes there were.
            let is_between_boxes =
                kind == FileKind::Heic && matches!(rest.get(4..8), Some(b"mdat" | b"free"));
            assert!(is_between_boxes || judged(&[cut]).is_err(), "{kind:?} {kept}");
        }
    }
}

#[test]
fn what_stands_inside_makes_no_other_file_of_it() {
    let letter = zip(b"<?xml version='1.0'?><document/>", b"");
    for (kind, sample) in KINDS {
        let late = [vec![b' '; 2_600], b"<%@".to_vec(), vec![b' '; 70_000]].concat();
        assert_eq!(judged(&[&sample(&late)]), Ok(kind), "{kind:?}");
        assert_eq!(judged(&[&sample(&letter)]), Ok(kind), "{kind:?}");
        for foreign in foreign() {
            assert_eq!(judged(&[&sample(&foreign)]), Ok(kind), "{kind:?} {foreign:?}");
        }
    }
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>\
        <x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><dc:title/></rdf:RDF></x:xmpmeta>";
    assert_eq!(judged(&[&jpeg_of(&[xmp], b"")]), Ok(FileKind::Jpeg));
}

#[test]
fn a_file_that_ends_as_an_archive_or_a_document_does_is_one_too() {
    for (kind, sample) in KINDS {
        let mut archive = zip(b"text", b"");
        let whole = sample(&archive);
        let at = whole.windows(archive.len()).rposition(|window| window == archive).unwrap();
        // The comment takes in all that the file still needs.
        let comment = u16::try_from(whole.len() - at - archive.len()).unwrap();
        let length_at = archive.len() - 2;
        archive.splice(length_at.., comment.to_le_bytes());
        assert_eq!(judged(&[&sample(&archive)]), Err(ContentRefusal::TwoFaced), "{kind:?}");
    }
    let (mut picture, archive) = (webp(b"x"), zip(b"text", b""));
    picture.extend(
        [b"XMP ".as_slice(), &u32::try_from(archive.len()).unwrap().to_le_bytes(), &archive].concat(),
    );
    let size = u32::try_from(picture.len() - 8).unwrap();
    picture.splice(4..8, size.to_le_bytes());
    assert_eq!(judged(&[&picture]), Err(ContentRefusal::TwoFaced), "an archive behind a picture's header");
    let document = pdf(b"");
    assert_eq!(judged(&[&jpeg_of(&[&document], b"")]), Err(ContentRefusal::TwoFaced));
    assert_eq!(
        judged(&[&jpeg_of(&[b"%PDF-1.4 "], b"x")]),
        Ok(FileKind::Jpeg),
        "no reader opens it without an end"
    );
}

#[test]
fn a_document_may_begin_and_end_with_blanks() {
    let document = pdf(b"x");
    for before in [b"\xEF\xBB\xBF".as_slice(), b"\r\n", b"\n", b"\xEF\xBB\xBF\r\n", &[b' '; 1_019], &[0; 128]]
    {
        assert_eq!(judged(&[before, &document]), Ok(FileKind::Pdf), "{before:?}");
    }
    for behind in [b"\r\n".as_slice(), b"\x1A", &[0; 5_000]] {
        assert_eq!(judged(&[&document, behind]), Ok(FileKind::Pdf), "{behind:?}");
    }
    assert_eq!(judged(&[b"\xEF\xBB\xBFx", &document]), Err(ContentRefusal::TwoFaced));
    assert_eq!(judged(&[b"%PDF-1.7\n%%EOF"]), Err(ContentRefusal::Broken), "nothing leads to its content");
    assert_eq!(judged(&[b"%PDF-1.7\nstartxref\n\n%%EOF"]), Err(ContentRefusal::Broken));
    assert_eq!(judged(&[b"%PDF-1.7\nstartxref\n0\n<html>\n%%EOF"]), Err(ContentRefusal::Broken));
}

#[test]
fn what_cameras_put_behind_a_photo_belongs_to_it() {
    let photo = jpeg(b"photo");
    let film =
        [boxed(b"ftyp", b"mp42\0\0\0\0isom"), boxed(b"moov", b"<%@"), boxed(b"mdat", b"PK\x03\x04")].concat();
    for behind in [
        vec![0; 10_000],
        jpeg(b"preview"),
        [vec![0; 5], jpeg(b"preview"), jpeg(b"map"), vec![0; 5]].concat(),
        film.clone(),
        [jpeg(b"map"), film.clone()].concat(),
        samsung_trailer(&film),
        [jpeg(b"map"), samsung_trailer(&film)].concat(),
    ] {
        assert_eq!(judged(&[&photo, &behind]), Ok(FileKind::Jpeg));
        for foreign in foreign() {
            assert!(judged(&[&photo, &behind, &foreign]).is_err(), "{foreign:?}");
            assert!(judged(&[&photo, &foreign, &behind]).is_err(), "{foreign:?}");
        }
        assert!(judged(&[&png(b"x"), &behind]).is_err());
    }
    let mut far = samsung_trailer(b"x");
    let place = far.len() - 16;
    far.splice(place..place + 4, u32::MAX.to_le_bytes());
    assert_eq!(judged(&[&photo, &far]), Err(ContentRefusal::TwoFaced), "it begins before the file does");
}

#[test]
fn parts_that_lie_about_themselves_are_refused() {
    let mut wrong_sum = png(b"payload");
    wrong_sum[8 + 8 + 3] ^= 1;
    let without_first =
        [b"\x89PNG\r\n\x1a\n".as_slice(), &chunk(b"IDAT", b"x"), &chunk(b"IEND", b"")].concat();
    let mut longer = webp(b"x");
    longer[4] += 2;
    let mut shorter = webp(b"xx");
    shorter[4] -= 2;
    let audio = [b"RIFF\x0C\0\0\0WEBPdata".as_slice(), &[0; 4]].concat();
    let endless = [boxed(b"ftyp", b"heic\0\0\0\0"), b"\0\0\0\0meta".to_vec()].concat();
    let short_segment = b"\xFF\xD8\xFF\xE0\0\x01\xFF\xD9".to_vec();
    let nested = b"\xFF\xD8\xFF\xD8\xFF\xD9".to_vec();
    for content in [wrong_sum, without_first, longer, shorter, audio, endless, short_segment, nested] {
        assert!(judged(&[&content]).is_err(), "{content:?}");
    }
    let open = [boxed(b"ftyp", b"heic\0\0\0\0"), boxed(b"meta", b"x"), b"\0\0\0\0mdatx".to_vec()].concat();
    assert_eq!(judged(&[&open]), Ok(FileKind::Heic), "the last box may reach to the end");
}

/// Random bytes, with pieces in them that look like something.
fn payload() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => proptest::collection::vec(any::<u8>(), 0..3_000),
        1 => proptest::sample::select(foreign()),
        1 => proptest::sample::select(vec![b"PK\x05\x06".to_vec(), b"\xFF\xD9".to_vec(), b"IEND".to_vec(), b"%%EOF".to_vec()]),
    ];
    proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whatever_bytes_stand_inside_a_whole_file_it_is_taken(payload in payload()) {
        for (kind, sample) in KINDS {
            prop_assert_eq!(judged(&[&sample(&payload)]), Ok(kind));
        }
    }

    #[test]
    fn whatever_bytes_stand_inside_what_is_foreign_outside_is_refused(
        payload in payload(),
        foreign in proptest::sample::select(foreign()),
        padding in 0_usize..2_000,
    ) {
        for (kind, sample) in KINDS {
            let whole = sample(&payload);
            prop_assert!(judged(&[&whole, &foreign]).is_err(), "behind {kind:?}");
            prop_assert!(judged(&[&whole, &vec![0; padding], &foreign]).is_err(), "behind {kind:?}");
            prop_assert!(judged(&[&foreign, &whole]).is_err(), "before {kind:?}");
        }
    }

    #[test]
    fn no_bytes_at_all_make_it_fail(
        content in proptest::collection::vec(any::<u8>(), 0..2_000),
        sample in proptest::sample::select(KINDS.to_vec()),
        places in proptest::collection::vec(any::<prop::sample::Index>(), 1..8),
    ) {
        let _ = judged(&[&content]);
        let mut damaged = sample.1(&content);
        for place in places {
            let place = place.index(damaged.len());
            damaged[place] = damaged[place].wrapping_add(1);
        }
        let _ = judged(&[&damaged]);
        let _ = judged(&[damaged.get(..damaged.len() / 2).unwrap()]);
    }
}
