//! The tables, in the contract's words.

diesel::table! {
    ord_base (ord_no) {
        ord_no -> Text,
        site_no -> Text,
        mbr_no -> Nullable<Text>,
        mbr_grade_cd -> Nullable<Text>,
        ord_man_nm -> Text,
        cell_sct_no -> Text,
        cell_txno_no -> Text,
        cell_end_no -> Text,
        email_addr -> Nullable<Text>,
        ord_pwd_hash -> Nullable<Text>,
        ord_media_cd -> Text,
        ord_dtm -> Timestamp,
        ord_terms -> Text,
        ord_dgst -> Text,
        mask_yn -> Text,
        pur_amt -> BigInt,
        open_yn -> Text,
        live_dlvd_dtm -> Nullable<Timestamp>,
        reg_dtm -> Timestamp,
    }
}

diesel::table! {
    ord_line (ord_no, ord_seq) {
        ord_no -> Text,
        ord_seq -> Integer,
        goods_no -> Text,
        goods_nm -> Text,
        goods_img -> Nullable<Text>,
        itm_no -> Text,
        itm_nm -> Text,
        entr_no -> Text,
        deli_grp_no -> Integer,
        sale_prc -> BigInt,
        ord_qty -> BigInt,
        cncl_qty -> BigInt,
        rtn_qty -> BigInt,
        dc_amt -> BigInt,
        ord_dtl_stat_cd -> Text,
        dlvd_dtm -> Nullable<Timestamp>,
    }
}

diesel::table! {
    ord_dlvp (ord_no, dlvp_seq) {
        ord_no -> Text,
        dlvp_seq -> Integer,
        rcvmn_nm -> Text,
        cell_sct_no -> Text,
        cell_txno_no -> Text,
        cell_end_no -> Text,
        zip_no -> Text,
        zip_addr -> Text,
        dtl_addr -> Text,
        deli_msg -> Nullable<Text>,
        pers_cstm_cd -> Nullable<Text>,
    }
}

diesel::table! {
    ord_pay (ord_no, pay_no) {
        ord_no -> Text,
        pay_no -> Text,
        pay_means_cd -> Text,
        pay_amt -> BigInt,
        sctn_cncl_psb_yn -> Text,
        pg_pay_key -> Nullable<Text>,
        card_no -> Nullable<Text>,
    }
}

diesel::table! {
    ord_etc_gft_dlvp (ord_no, etc_gft_dlvp_no) {
        ord_no -> Text,
        etc_gft_dlvp_no -> Text,
        etc_gft_nm -> Text,
        rcvmn_nm -> Text,
        zip_no -> Text,
        zip_addr -> Text,
        dtl_addr -> Text,
        cell_sct_no -> Text,
        cell_txno_no -> Text,
        cell_end_no -> Text,
        deli_msg -> Nullable<Text>,
    }
}

diesel::table! {
    ord_claim (claim_no) {
        claim_no -> Text,
        ord_no -> Text,
        claim_business_type -> Text,
        req_dgst -> Text,
        dcsn_cd -> Text,
        reg_dtm -> Timestamp,
    }
}

diesel::table! {
    ord_claim_stat (claim_no) {
        claim_no -> Text,
        ord_no -> Text,
        claim_business_type -> Text,
        claim_stat_cd -> Text,
        claim_stg_cd -> Text,
        req_dtm -> Timestamp,
        mv_dtm -> Nullable<Timestamp>,
        goods_doc -> Text,
    }
}

diesel::table! {
    mbr_claim_backlog (sndr_nm) {
        sndr_nm -> Text,
    }
}

diesel::table! {
    payment_key (pg_pay_key) {
        pg_pay_key -> Text,
        use_cd -> Text,
        ord_no -> Text,
        hold_no -> Nullable<Text>,
    }
}

diesel::table! {
    notification (noti_no) {
        noti_no -> Text,
        noti_key -> Text,
        chnl_cd -> Text,
        tmpl_cd -> Text,
        site_no -> Text,
        mbr_no -> Nullable<Text>,
        ord_no -> Nullable<Text>,
        title -> Text,
        body -> Text,
        receiver -> Nullable<Text>,
        send_stat_cd -> Text,
        send_dtm -> Nullable<Timestamp>,
        try_cnt -> Integer,
        fail_rsn -> Nullable<Text>,
        reg_dtm -> Timestamp,
    }
}

diesel::table! {
    guest_access_try (ord_no, try_gb_cd, slot_seq) {
        ord_no -> Text,
        try_gb_cd -> Text,
        slot_seq -> Integer,
        try_dtm -> Timestamp,
        match_yn -> Text,
    }
}

diesel::joinable!(ord_line -> ord_base (ord_no));
diesel::allow_tables_to_appear_in_same_query!(ord_base, ord_line, ord_claim, ord_claim_stat);

diesel::table! {
    cd_ref (cd_grp, cd) {
        cd_grp -> Text,
        cd -> Text,
        ref1 -> Text,
    }
}
