//! Codes of notifications.

code_table! {
    /// 알림채널코드: the way a notification takes. (ours)
    "chnlCd" pub enum Channel {
        /// 알림톡
        Alimtalk = "10",
        /// SMS
        Sms = "20",
        /// 이메일
        Email = "30",
        /// 알림함
        Inbox = "40",
    }
}

code_table! {
    /// 발송상태코드: whether a notification has left. (ours)
    "sendStatCd" pub enum SendStatus {
        /// 발송대기
        Waiting = "10",
        /// 발송완료
        Sent = "20",
        /// 발송실패
        Failed = "30",
    }
}
