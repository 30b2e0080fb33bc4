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
    pub(crate) fn file(self, name: &str, content_type: &str, content: &[u8]) -> Self {
        self.file_as("files", name, content_type, content)
    }

    /// The same in a field of another name.
    pub(crate) fn file_as(mut self, field: &str, name: &str, content_type: &str, content: &[u8]) -> Self {
        let head = format!(
            "--{}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
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

/// A photo of so many bytes.
pub(crate) fn jpeg(length: usize) -> Vec<u8> {
    let mut photo =
        b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xFF\xC0\0\x0B\x08\0\x01\0\x01\x01\x01\x11\0\
        \xFF\xDA\0\x08\x01\x01\0\0\x3F\0"
            .to_vec();
    let noise = (0_u32..).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]);
    // In a scan 0xFF would begin a marker.
    photo.extend(noise.map(|byte| byte.min(0xFD)).take(length - photo.len() - 2));
    photo.extend(b"\xFF\xD9");
    photo
}

/// A picture of one point.
pub(crate) fn png() -> Vec<u8> {
    b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9BU\0\0\0\nIDATx\x9Cch\0\0\0\x82\0\x81w\xCDr\xB6\0\0\0\0IEND\xAEB`\x82".to_vec()
}

pub(crate) fn pdf() -> Vec<u8> {
    b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\nxref\n0 1\n0000000000 65535 f \n\
        trailer\n<< /Size 2 /Root 1 0 R >>\nstartxref\n45\n%%EOF\n"
        .to_vec()
}
