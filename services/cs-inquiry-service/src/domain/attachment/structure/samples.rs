//! Files of every kind, whole, around bytes that a test chooses.

use crc_fast::{CrcAlgorithm, checksum};

pub(super) fn jpeg(payload: &[u8]) -> Vec<u8> {
    jpeg_of(&[payload], payload)
}

/// With comments before the scan.
pub(super) fn jpeg_of(comments: &[&[u8]], coded: &[u8]) -> Vec<u8> {
    let mut file = b"\xFF\xD8".to_vec();
    file.extend(segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"));
    for comment in comments.iter().flat_map(|comment| comment.chunks(65_000)) {
        file.extend(segment(0xFE, comment));
    }
    file.extend(segment(0xC0, b"\x08\0\x01\0\x01\x01\x01\x11\0"));
    file.extend(segment(0xDA, b"\x01\x01\0\0\x3F\0"));
    for (place, byte) in coded.iter().enumerate() {
        file.push(*byte);
        if *byte == 0xFF {
            file.push(0);
        }
        if place % 1_000 == 999 {
            file.extend(b"\xFF\xD3");
        }
    }
    file.extend(b"\xFF\xFF\xD9");
    file
}

fn segment(code: u8, content: &[u8]) -> Vec<u8> {
    let size = u16::try_from(content.len() + 2).unwrap();
    [&[0xFF, code], size.to_be_bytes().as_slice(), content].concat()
}

pub(super) fn png(payload: &[u8]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    file.extend(chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"));
    file.extend(chunk(b"tEXt", payload));
    file.extend(chunk(b"IDAT", payload));
    file.extend(chunk(b"IEND", b""));
    file
}

pub(super) fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let named = [name.as_slice(), content].concat();
    let sum = u32::try_from(checksum(CrcAlgorithm::Crc32IsoHdlc, &named)).unwrap();
    [size_of(content, 0).to_be_bytes().as_slice(), &named, &sum.to_be_bytes()].concat()
}

pub(super) fn webp(payload: &[u8]) -> Vec<u8> {
    let mut chunks = b"WEBP".to_vec();
    for (name, content) in [(b"VP8X", payload), (b"VP8 ", payload), (b"EXIF", b"end")] {
        chunks.extend(name);
        chunks.extend(size_of(content, 0).to_le_bytes());
        chunks.extend(content);
        chunks.extend(vec![0; content.len() % 2]);
    }
    [b"RIFF".as_slice(), &size_of(&chunks, 0).to_le_bytes(), &chunks].concat()
}

pub(super) fn heic(payload: &[u8]) -> Vec<u8> {
    heic_of(b"heic", &[b"mif1", b"heic"], payload)
}

pub(super) fn heic_of(brand: &[u8; 4], compatible: &[&[u8; 4]], payload: &[u8]) -> Vec<u8> {
    let brands: Vec<u8> =
        [brand, b"\0\0\0\0"].iter().chain(compatible).flat_map(|brand| brand.iter().copied()).collect();
    let large = u64::try_from(payload.len() + 16).unwrap();
    let media = [b"\0\0\0\x01mdat".as_slice(), &large.to_be_bytes(), payload].concat();
    [boxed(b"ftyp", &brands), boxed(b"meta", payload), media, boxed(b"free", b"end")].concat()
}

pub(super) fn boxed(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [size_of(content, 8).to_be_bytes().as_slice(), name, content].concat()
}

pub(super) fn pdf(payload: &[u8]) -> Vec<u8> {
    let head = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n";
    let stream = format!("2 0 obj\n<< /Length {} >>\nstream\n", payload.len());
    let table = head.len() + stream.len() + payload.len() + 18;
    let tail = format!(
        "\nendstream\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
    );
    [head.as_slice(), stream.as_bytes(), payload, tail.as_bytes()].concat()
}

/// An archive of one stored file.
pub(super) fn zip(content: &[u8], comment: &[u8]) -> Vec<u8> {
    let sum = u32::try_from(checksum(CrcAlgorithm::Crc32IsoHdlc, content)).unwrap().to_le_bytes();
    let size = size_of(content, 0).to_le_bytes();
    let entry = [b"\0\0\0\0\0\0".as_slice(), &sum, &size, &size, b"\x05\0\0\0"].concat();
    let local = [b"PK\x03\x04\x0A\0".as_slice(), &entry, b"a.txt", content].concat();
    let central = [b"PK\x01\x02\x0A\0\x0A\0".as_slice(), &entry, &[0; 14], b"a.txt"].concat();
    let record = [
        b"PK\x05\x06\0\0\0\0\x01\0\x01\0".as_slice(),
        &size_of(&central, 0).to_le_bytes(),
        &size_of(&local, 0).to_le_bytes(),
        &u16::try_from(comment.len()).unwrap().to_le_bytes(),
        comment,
    ]
    .concat();
    [local, central, record].concat()
}

/// What a Galaxy puts behind a photo.
pub(super) fn samsung_trailer(content: &[u8]) -> Vec<u8> {
    let block = [b"\0\0\x30\x0A\x10\0\0\0MotionPhoto_Data".as_slice(), content].concat();
    let (before, size) = (size_of(&block, 0).to_le_bytes(), size_of(&block, 0).to_le_bytes());
    let directory = [b"SEFH\x6A\0\0\0\x01\0\0\0".as_slice(), b"\0\0\x30\x0A", &before, &size].concat();
    [block, directory.clone(), size_of(&directory, 0).to_le_bytes().to_vec(), b"SEFT".to_vec()].concat()
}

fn size_of(content: &[u8], more: u32) -> u32 {
    u32::try_from(content.len()).unwrap() + more
}
