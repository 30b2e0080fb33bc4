diesel::table! {
    counsel_type (cnsl_typ_no) {
        cnsl_typ_no -> BigInt,
        cnsl_typ_nm -> Text,
        upr_cnsl_typ_no -> Nullable<BigInt>,
        sort_seq -> Integer,
        use_yn -> Text,
        goods_sel_mdty_yn -> Text,
        ord_sel_mdty_yn -> Text,
        mod_dtm -> Timestamp,
    }
}

diesel::table! {
    counsel (ccn_no) {
        ccn_no -> BigInt,
        site_no -> Text,
        mbr_no -> Text,
        cnsl_typ_no -> BigInt,
        title -> Text,
        title_fold -> Text,
        accp_cont -> Text,
        ord_no -> Nullable<Text>,
        ord_seq -> Nullable<Integer>,
        goods_no -> Nullable<Text>,
        itm_no -> Nullable<Text>,
        goods_nm -> Nullable<Text>,
        sms_noti_yn -> Text,
        cell_sct_no -> Nullable<Text>,
        cell_txno_no -> Nullable<Text>,
        cell_end_no -> Nullable<Text>,
        email_addr -> Nullable<Text>,
        inqmn_nm -> Nullable<Text>,
        cnsl_stat_cd -> Text,
        proc_user_id -> Nullable<Text>,
        accp_dtm -> Timestamp,
        accp_dt -> Date,
        mod_dtm -> Timestamp,
        file_cnt -> Integer,
        ans_cont -> Nullable<Text>,
        ans_dtm -> Nullable<Timestamp>,
        ans_user_id -> Nullable<Text>,
        ans_fill_yn -> Nullable<Text>,
        tmpl_no -> Nullable<BigInt>,
        quest_no -> Nullable<Text>,
        del_dtm -> Nullable<Timestamp>,
    }
}

diesel::table! {
    counsel_history (ccn_no, seq) {
        ccn_no -> BigInt,
        seq -> Integer,
        dtm -> Timestamp,
        user_id -> Text,
        act_cd -> Text,
        from_stat_cd -> Nullable<Text>,
        to_stat_cd -> Nullable<Text>,
    }
}

diesel::table! {
    attachment (file_no) {
        file_no -> Text,
        ccn_no -> Nullable<BigInt>,
        seq -> Integer,
        file_nm -> Text,
        bytes -> BigInt,
        media_type -> Text,
        reg_dtm -> Timestamp,
    }
}

diesel::table! {
    counsel_answer_draft (user_id, ccn_no) {
        user_id -> Text,
        ccn_no -> BigInt,
        ans_cont -> Text,
        tmpl_no -> Nullable<BigInt>,
        draft_ver -> BigInt,
        mod_dtm -> Timestamp,
    }
}

diesel::table! {
    counsel_memo (ccn_no, seq) {
        ccn_no -> BigInt,
        seq -> Integer,
        dtm -> Timestamp,
        user_id -> Text,
        memo_cont -> Text,
    }
}

diesel::table! {
    counsel_template (tmpl_no) {
        tmpl_no -> BigInt,
        tmpl_nm -> Text,
        tmpl_cont -> Text,
        cmn_yn -> Text,
        reg_user_id -> Text,
        mod_dtm -> Timestamp,
        cnsl_typ_no -> Nullable<BigInt>,
    }
}

diesel::table! {
    access_record (acs_no) {
        acs_no -> BigInt,
        acs_dtm -> Timestamp,
        user_id -> Text,
        mbr_no -> Text,
        oper_nm -> Text,
        ccn_no -> Nullable<BigInt>,
        file_no -> Nullable<Text>,
        svc_nm -> Text,
        ord_no -> Nullable<Text>,
        claim_no -> Nullable<Text>,
        acs_ip -> Nullable<Text>,
    }
}

diesel::table! {
    counsel_title_tail (tail, ccn_no) {
        tail -> Text,
        ccn_no -> BigInt,
        shortest -> Integer,
        accp_dtm -> Timestamp,
        cnsl_stat_cd -> Text,
        cnsl_typ_no -> BigInt,
        proc_user_id -> Nullable<Text>,
    }
}

diesel::table! {
    counsel_title_backlog (next_ccn_no) {
        next_ccn_no -> BigInt,
        last_ccn_no -> BigInt,
    }
}

diesel::table! {
    counsel_fold_backlog (next_ccn_no) {
        next_ccn_no -> BigInt,
        last_ccn_no -> BigInt,
    }
}

diesel::joinable!(counsel_answer_draft -> counsel (ccn_no));
diesel::allow_tables_to_appear_in_same_query!(counsel, counsel_answer_draft);
diesel::allow_tables_to_appear_in_same_query!(counsel, counsel_history);
diesel::joinable!(counsel -> counsel_type (cnsl_typ_no));
diesel::allow_tables_to_appear_in_same_query!(counsel, counsel_type);
diesel::allow_tables_to_appear_in_same_query!(counsel, counsel_title_tail);
