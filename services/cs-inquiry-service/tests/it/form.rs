//! Bodies as browsers send them.

pub(crate) const BOUNDARY: &str = "----boundary7MA4YWxkTrZu0gW";

/// A `multipart/form-data` body.
#[derive(Clone)]
pub(crate) struct Multipart {
    boundary: String,
    body: Vec<u8>,
}

impl Multipart {
    pub(crate) fn new() -> Self {
        Self::with_boundary(BOUNDARY)
    }

    pub(crate) fn with_boundary(boundary: &str) -> Self {
        Self { boundary: boundary.to_owned(), body: Vec::new() }
    }

    /// What every inquiry needs.
    pub(crate) fn inquiry() -> Self {
        Self::new().text("cnslTypNo", "9090").text("title", "배송 문의").text("accpCont", "언제 오나요?")
    }

    pub(crate) fn text(mut self, name: &str, value: &str) -> Self {
        let head = format!("--{}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n", self.boundary);
        self.body.extend_from_slice(head.as_bytes());
        self.body.extend_from_slice(value.as_bytes());
        self.body.extend_from_slice(b"\r\n");
        self
    }

    /// A file under the name and type its sender claims.
    pub(crate) fn file(mut self, name: &str, content_type: &str, content: &[u8]) -> Self {
        let head = format!(
            "--{}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
             Content-Type: {content_type}\r\n\r\n",
            self.boundary
        );
        self.body.extend_from_slice(head.as_bytes());
        self.body.extend_from_slice(content);
        self.body.extend_from_slice(b"\r\n");
        self
    }

    pub(crate) fn jpeg(self, name: &str) -> Self {
        self.file(name, "image/jpeg", &jpeg(1_000))
    }

    pub(crate) fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut body = self.body.clone();
        body.extend_from_slice(format!("--{}--\r\n", self.boundary).as_bytes());
        body
    }
}

/// So many bytes that begin like a photo.
pub(crate) fn jpeg(length: usize) -> Vec<u8> {
    let mut photo = b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01".to_vec();
    let noise = (0_u32..).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]);
    photo.extend(noise.take(length - photo.len()));
    photo
}

pub(crate) fn png() -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR".as_slice(), &[0; 64]].concat()
}

pub(crate) fn pdf() -> Vec<u8> {
    b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF".to_vec()
}
