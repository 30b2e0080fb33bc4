diesel::table! {
    withdrawn_member (mbr_no) {
        mbr_no -> Text,
        wthd_dtm -> Timestamp,
    }
}
