//! Codes of inquiries.

code_table! {
    /// 상담상태코드: how far an inquiry has come. The values are ours.
    "cnslStatCd" pub enum InquiryStatus {
        /// 접수완료
        Received = "10",
        /// 처리중
        InProgress = "20",
        /// 답변완료
        Answered = "30",
    }
}

code_table! {
    /// 정렬코드: in which order inquiries or claims are listed. The values are ours.
    "sortCd" pub enum ListOrder {
        /// 최신순
        NewestFirst = "10",
        /// 오래된순
        OldestFirst = "20",
    }
}

impl InquiryStatus {
    /// Whether the member may still edit or delete it: nobody has started on it.
    pub const fn is_editable(self) -> bool {
        match self {
            Self::Received => true,
            Self::InProgress | Self::Answered => false,
        }
    }
}
