diesel::table! {
    claim (claim_no) {
        claim_no -> Text,
        site_no -> Text,
        ord_no -> Text,
        mbr_no -> Nullable<Text>,
        claim_business_type -> Text,
        claim_stat_cd -> Text,
        req_dtm -> Timestamp,
        cmpl_dtm -> Nullable<Timestamp>,
    }
}

diesel::table! {
    withdrawn_member (mbr_no) {
        mbr_no -> Text,
        wthd_dtm -> Timestamp,
    }
}
