//! What a file is called: as its sender named it, without anything that could mislead.

use commerce::text;

use super::FileKind;

/// Bytes a name may have, as most file systems have it.
const LONGEST: usize = 255;
/// How a file without a usable name is called.
const NAMELESS: &str = "첨부파일";
/// An ending longer than this is not kept when a name is cut.
const LONGEST_ENDING: usize = 16;

/// The base name: no folders, no control characters, nothing that turns the direction of writing, at most 255 bytes.
pub fn file_name(sent: &str, kind: FileKind) -> String {
    let base = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = base.chars().filter(|character| !is_misleading(*character)).collect();
    let clean = clean.trim();
    // Dots alone name a folder.
    if clean.trim_matches('.').is_empty() {
        return format!("{NAMELESS}.{}", kind.usual_ending());
    }
    shortened(clean)
}

/// The name under which a file is handed out: its ending fits its kind, whatever its sender called it, so that a
/// desktop opens it as what it is.
pub fn download_name(name: &str, kind: FileKind) -> String {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    if ending.is_some_and(|ending| kind.endings().contains(&ending.as_str())) {
        name.to_owned()
    } else {
        format!("{name}.{}", kind.usual_ending())
    }
}

fn is_misleading(character: char) -> bool {
    // Marks that turn the direction let `gpj.exe` pass for `exe.jpg`.
    let turns_direction = matches!(character,
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    character.is_control() || turns_direction
}

/// Cuts in the middle, between two characters, so that the ending stays.
fn shortened(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= LONGEST_ENDING => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let short = text::first_bytes(stem, LONGEST.saturating_sub(ending.len()));
    // Cut off at a blank, it would be another name when read again.
    let short = if ending.is_empty() { short.trim_end() } else { short };
    // A single character may be longer than a name.
    format!("{}{ending}", if short.is_empty() { NAMELESS } else { short })
}
