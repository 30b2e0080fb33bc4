//! 사진: a small picture, drawn here so that none has to be brought along.

const WIDTH: u32 = 120;
const HEIGHT: u32 = 90;
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Eight bits a channel, red, green and blue, not interlaced.
const FORM: [u8; 5] = [8, 2, 0, 0, 0];
/// What a stored deflate block holds at most.
const BLOCK: usize = 0xffff;

/// A PNG of a coloured gradient, another one for each number.
pub(super) fn png(number: usize) -> Vec<u8> {
    let mut rows = Vec::new();
    for y in 0..HEIGHT {
        rows.push(0);
        for x in 0..WIDTH {
            rows.extend([shade(x * 2, number), shade(y * 2, number * 7), shade(x + y, number * 13)]);
        }
    }
    let mut picture = SIGNATURE.to_vec();
    let mut head = Vec::new();
    head.extend(WIDTH.to_be_bytes());
    head.extend(HEIGHT.to_be_bytes());
    head.extend(FORM);
    chunk(&mut picture, b"IHDR", &head);
    chunk(&mut picture, b"IDAT", &stored(&rows));
    chunk(&mut picture, b"IEND", &[]);
    picture
}

fn shade(at: u32, number: usize) -> u8 {
    let [low, ..] = at.wrapping_add(u32::try_from(number).unwrap_or(0).wrapping_mul(31)).to_le_bytes();
    low
}

fn chunk(picture: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) {
    picture.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes());
    let named = [name.as_slice(), content].concat();
    picture.extend(&named);
    picture.extend(crc32(&named).to_be_bytes());
}

/// A zlib stream that compresses nothing.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let blocks = bytes.chunks(BLOCK).count();
    for (place, block) in bytes.chunks(BLOCK).enumerate() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        stream.push(u8::from(place + 1 == blocks));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    stream.extend(adler32(bytes).to_be_bytes());
    stream
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 * (sum & 1)))
    })
}

fn adler32(bytes: &[u8]) -> u32 {
    let (low, high) = bytes.iter().fold((1, 0), |(low, high): (u32, u32), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    (high << 16) | low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_are_those_of_their_standards() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11e6_0398);
        assert_ne!(png(1), png(2));
    }
}
