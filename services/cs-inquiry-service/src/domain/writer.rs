//! Who writes an inquiry.

use commerce::{MemberNo, SiteNo};

/// 문의 회원: whose inquiry it is. Another site's member of the same number is somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    pub member_no: MemberNo,
    pub site_no: SiteNo,
}
