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
        claim_rsn_cd -> Nullable<Text>,
        rcv_yn -> Text,
        claim_rsn_cntt -> Nullable<Text>,
        acpt_key -> Nullable<Text>,
        dcsn_cd -> Nullable<Text>,
        plcy_ver -> Nullable<Integer>,
        cost_doc -> Nullable<Text>,
        cost_hash -> Nullable<Text>,
        add_pay_means_cd -> Nullable<Text>,
        add_pay_key -> Nullable<Text>,
    }
}

diesel::table! {
    claim_line (claim_no, ord_seq) {
        claim_no -> Text,
        ord_seq -> Integer,
        claim_qty -> BigInt,
        entr_no -> Nullable<Text>,
        rmn_qty -> Nullable<BigInt>,
        cmpl_dtm -> Nullable<Timestamp>,
    }
}

diesel::table! {
    claim_cost (claim_no, cost_seq) {
        claim_no -> Text,
        cost_seq -> Integer,
        ord_cost_gb_cd -> Text,
        deli_grp_no -> Nullable<Integer>,
        ord_seq -> Nullable<Integer>,
        promo_no -> Nullable<Text>,
        cpn_isu_no -> Nullable<Text>,
        amt -> BigInt,
        chrg_sub_cd -> Text,
    }
}

diesel::table! {
    claim_rfd_acct (claim_no) {
        claim_no -> Text,
        seal_doc -> Nullable<Text>,
        mask_yn -> Text,
    }
}

diesel::table! {
    personal_archive (claim_no) {
        claim_no -> Text,
        keep_until -> Timestamp,
        sealed_doc -> Text,
        reg_dtm -> Timestamp,
    }
}

diesel::table! {
    claim_serial (claim_day) {
        claim_day -> Date,
        last_no -> Integer,
    }
}

diesel::table! {
    claim_task (claim_no, task_seq) {
        claim_no -> Text,
        task_seq -> Integer,
        eff_key -> Text,
        step_cd -> Text,
        eff_doc -> Text,
        rslt_cd -> Nullable<Text>,
        try_cnt -> Integer,
        rfsd_yn -> Text,
        chg_dtm -> Nullable<Timestamp>,
    }
}

diesel::table! {
    claim_ldgr (claim_no, ldgr_seq) {
        claim_no -> Text,
        ldgr_seq -> Integer,
        step_cd -> Text,
        acct -> Text,
        unit -> Text,
        amt -> BigInt,
        reg_dtm -> Timestamp,
    }
}

diesel::table! {
    order_copy (ord_no) {
        ord_no -> Text,
        site_no -> Text,
        mbr_no -> Nullable<Text>,
        ord_doc -> Text,
        pinned_dtm -> Timestamp,
    }
}

diesel::table! {
    withdrawn_member (mbr_no) {
        mbr_no -> Text,
        wthd_dtm -> Timestamp,
    }
}

diesel::table! {
    goods (goods_no) {
        goods_no -> Text,
        goods_nm -> Text,
        search_nm -> Text,
        sale_prc -> BigInt,
        sale_stat_cd -> Text,
        rsv_goods_yn -> Text,
        goods_img -> Nullable<Text>,
        mod_dtm -> Timestamp,
    }
}

diesel::table! {
    goods_itm (goods_no, itm_no) {
        goods_no -> Text,
        itm_no -> Text,
        itm_nm -> Text,
        itm_sale_stat_cd -> Text,
        add_prc -> BigInt,
        stk_qty -> BigInt,
    }
}

diesel::table! {
    claim_opt (claim_no) {
        claim_no -> Text,
        ord_seq -> Integer,
        goods_no -> Text,
        fr_itm_no -> Text,
        itm_no -> Text,
        itm_nm -> Text,
        opt_qty -> BigInt,
    }
}

diesel::table! {
    vendor_key (key_id) {
        key_id -> Text,
        entr_no -> Text,
        key_hash -> Text,
        iss_dtm -> Timestamp,
        rvk_dtm -> Nullable<Timestamp>,
    }
}

diesel::joinable!(goods_itm -> goods (goods_no));
diesel::allow_tables_to_appear_in_same_query!(goods, goods_itm);

diesel::joinable!(claim_line -> claim (claim_no));
diesel::joinable!(claim_rfd_acct -> claim (claim_no));
diesel::allow_tables_to_appear_in_same_query!(claim, claim_line, claim_rfd_acct);

diesel::joinable!(claim_opt -> claim (claim_no));
diesel::allow_tables_to_appear_in_same_query!(claim, claim_opt);

diesel::table! {
    rfd_book (eff_key) {
        eff_key -> Text,
        prvd_cd -> Text,
        ord_no -> Text,
        claim_no -> Text,
        pay_no -> Text,
        pay_means_cd -> Text,
        rfd_amt -> BigInt,
        rqst_dtm -> Timestamp,
        cmpl_dtm -> Nullable<Timestamp>,
        trns_key -> Nullable<Text>,
    }
}

diesel::table! {
    claim_policy (plcy_ver) {
        plcy_ver -> Integer,
        str_dtm -> Timestamp,
        cust_dc_jdg_yn -> Text,
        cust_gift_jdg_yn -> Text,
        cust_chrg_sub_cd -> Text,
        entr_dc_jdg_yn -> Text,
        entr_gift_jdg_yn -> Text,
        entr_chrg_sub_cd -> Text,
        rfd_ord -> Text,
        reg_dtm -> Timestamp,
    }
}
