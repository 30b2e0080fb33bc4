use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};

use crate::api::vendors::read::{NOT_UTF8, VendorRequest};
use crate::api::vendors::xml::is_xml_char;

/// Elements in one another; a request has two.
const DEEPEST: usize = 16;

/// Why a document is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(in crate::api::vendors) enum Unreadable {
    #[error("the body is empty")]
    Empty,
    #[error("the body is not UTF-8")]
    NotUtf8,
    #[error("it holds a document type declaration")]
    DocumentType,
    #[error("it holds a processing instruction")]
    ProcessingInstruction,
    #[error("it names an entity other than the five")]
    Entity,
    #[error("its elements are nested too deeply")]
    TooDeep,
    #[error("its root is another")]
    NoRequest,
    #[error("a value is there twice, or holds elements")]
    NotAValue,
    #[error("it is not well-formed")]
    NotWellFormed,
}

impl Unreadable {
    /// `resultDesc`
    pub(in crate::api::vendors) const fn text_ko<R: VendorRequest>(self) -> &'static str {
        match self {
            Self::Empty => "요청 본문이 필요합니다.",
            Self::NotUtf8 => NOT_UTF8,
            Self::DocumentType => "DTD(DOCTYPE)는 사용할 수 없습니다.",
            Self::ProcessingInstruction => "처리 명령(processing instruction)은 사용할 수 없습니다.",
            Self::Entity => "사용할 수 없는 엔티티 참조가 있습니다.",
            Self::TooDeep => "XML 요소가 너무 깊게 중첩되었습니다.",
            Self::NoRequest => R::NO_ROOT,
            Self::NotAValue => "같은 항목이 두 번 있거나 항목 안에 다른 요소가 있습니다.",
            Self::NotWellFormed => "XML 형식이 올바르지 않습니다.",
        }
    }
}

/// 협력사 요청. Elements that are not known are passed over, like unknown fields of JSON.
pub(in crate::api::vendors) fn read<R: VendorRequest>(body: &[u8]) -> Result<R, Unreadable> {
    let text = std::str::from_utf8(body).map_err(|_| Unreadable::NotUtf8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(Unreadable::Empty);
    }
    if !text.chars().all(is_xml_char) {
        return Err(Unreadable::NotWellFormed);
    }
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = true;
    reader.config_mut().expand_empty_elements = true;
    let mut parsing = Parsing::<R>::default();
    loop {
        let is_first = reader.buffer_position() == 0;
        match reader.read_event().map_err(|_| Unreadable::NotWellFormed)? {
            Event::Decl(declaration) if is_first => check_declaration(&declaration)?,
            Event::Decl(_) | Event::PI(_) => return Err(Unreadable::ProcessingInstruction),
            Event::DocType(_) => return Err(Unreadable::DocumentType),
            Event::Start(start) => parsing.open(&start)?,
            Event::End(_) => parsing.close(),
            Event::Text(text) => parsing.text(&decoded(text.decode())?)?,
            Event::CData(text) => parsing.cdata(&decoded(text.decode())?)?,
            Event::GeneralRef(reference) => parsing.reference(&reference)?,
            Event::Comment(_) => {}
            // Elements are expanded, so an empty one never comes.
            Event::Empty(_) => return Err(Unreadable::NotWellFormed),
            Event::Eof => return parsing.finish(),
        }
    }
}

fn decoded<T, E>(text: Result<T, E>) -> Result<T, Unreadable> {
    text.map_err(|_| Unreadable::NotUtf8)
}

/// Version 1.0 in UTF-8; that the text is UTF-8 has been seen already.
fn check_declaration(declaration: &BytesDecl<'_>) -> Result<(), Unreadable> {
    let version = declaration.version().map_err(|_| Unreadable::NotWellFormed)?;
    if version.as_ref() != b"1.0" {
        return Err(Unreadable::NotWellFormed);
    }
    match declaration.encoding() {
        None => {}
        Some(Ok(encoding)) if encoding.eq_ignore_ascii_case(b"utf-8") => {}
        Some(Ok(_)) => return Err(Unreadable::NotUtf8),
        Some(Err(_)) => return Err(Unreadable::NotWellFormed),
    }
    match declaration.standalone() {
        None => Ok(()),
        Some(Ok(value)) if [&b"yes"[..], b"no"].contains(&value.as_ref()) => Ok(()),
        Some(_) => Err(Unreadable::NotWellFormed),
    }
}

#[derive(Default)]
struct Parsing<R> {
    request: R,
    depth: usize,
    has_root: bool,
    /// The name of the value whose element is open.
    field: Option<String>,
}

impl<R: VendorRequest> Parsing<R> {
    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), Unreadable> {
        let name = start.name();
        let name = std::str::from_utf8(name.as_ref()).map_err(|_| Unreadable::NotUtf8)?;
        if !is_name(name) {
            return Err(Unreadable::NotWellFormed);
        }
        check_attributes(start)?;
        match self.depth {
            0 if self.has_root => return Err(Unreadable::NotWellFormed),
            0 if name != R::ROOT => return Err(Unreadable::NoRequest),
            0 => self.has_root = true,
            1 => {
                let value = self.request.value(name);
                self.field = value.is_some().then(|| name.to_owned());
                if value.is_some_and(|value| value.replace(String::new()).is_some()) {
                    return Err(Unreadable::NotAValue);
                }
            }
            _ if self.field.is_some() => return Err(Unreadable::NotAValue),
            DEEPEST.. => return Err(Unreadable::TooDeep),
            _ => {}
        }
        self.depth += 1;
        Ok(())
    }

    /// The reader has compared the names of start and end.
    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 1 {
            self.field = None;
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Unreadable> {
        if text.contains("]]>") {
            return Err(Unreadable::NotWellFormed);
        }
        if self.depth <= 1 {
            let is_space = text.chars().all(|c| matches!(c, ' ' | '\t' | '\r' | '\n'));
            return if is_space { Ok(()) } else { Err(Unreadable::NotWellFormed) };
        }
        self.add(text);
        Ok(())
    }

    fn cdata(&mut self, text: &str) -> Result<(), Unreadable> {
        if self.depth <= 1 {
            return Err(Unreadable::NotWellFormed);
        }
        self.add(text);
        Ok(())
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), Unreadable> {
        let character = reference.resolve_char_ref().map_err(|_| Unreadable::NotWellFormed)?;
        if self.depth <= 1 {
            return Err(Unreadable::NotWellFormed);
        }
        match character {
            Some(c) if is_xml_char(c) => self.add(c.encode_utf8(&mut [0; 4])),
            Some(_) => return Err(Unreadable::NotWellFormed),
            None => {
                let name = decoded(reference.decode())?;
                self.add(resolve_xml_entity(&name).ok_or(Unreadable::Entity)?);
            }
        }
        Ok(())
    }

    fn add(&mut self, text: &str) {
        let value = self.field.as_deref().and_then(|name| self.request.value(name));
        if let Some(value) = value {
            value.get_or_insert_default().push_str(text);
        }
    }

    fn finish(self) -> Result<R, Unreadable> {
        match (self.has_root, self.depth) {
            (true, 0) => Ok(self.request),
            (true, _) => Err(Unreadable::NotWellFormed),
            (false, _) => Err(Unreadable::NoRequest),
        }
    }
}

/// Attributes say nothing to us, but they must be whole: each once, quoted, and without an entity of somebody's own.
fn check_attributes(start: &BytesStart<'_>) -> Result<(), Unreadable> {
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| Unreadable::NotWellFormed)?;
        let name = std::str::from_utf8(attribute.key.as_ref()).map_err(|_| Unreadable::NotUtf8)?;
        let value = std::str::from_utf8(&attribute.value).map_err(|_| Unreadable::NotUtf8)?;
        if !is_name(name) || value.contains('<') {
            return Err(Unreadable::NotWellFormed);
        }
        unescape(value).map_err(|_| Unreadable::Entity)?;
    }
    Ok(())
}

/// Strict among ASCII, lenient beyond it: names we know are ASCII, and the others only have to be told apart.
fn is_name(name: &str) -> bool {
    let is_start = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':') || !c.is_ascii();
    let is_rest = |c: char| is_start(c) || c.is_ascii_digit() || matches!(c, '-' | '.');
    name.chars().next().is_some_and(is_start) && name.chars().all(is_rest)
}
