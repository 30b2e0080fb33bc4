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
        add_pay_othr_ord_no -> Nullable<Text>,
        stl_dtm -> Nullable<Timestamp>,
        told_stat_cd -> Text,
        req_user_id -> Nullable<Text>,
        req_role_cd -> Nullable<Text>,
        told_ord_cd -> Text,
    }
}

diesel::table! {
    claim_hist (claim_no, hist_seq) {
        claim_no -> Text,
        hist_seq -> Integer,
        act_dtm -> Timestamp,
        user_id -> Nullable<Text>,
        role_cd -> Nullable<Text>,
        act_cd -> Text,
        fr_stat_cd -> Text,
        to_stat_cd -> Text,
    }
}

diesel::table! {
    claim_rtn (claim_no) {
        claim_no -> Text,
        deli_grp_no -> Integer,
        entr_no -> Text,
        ord_dtl_stat_cd -> Text,
        end_rsn_cd -> Nullable<Text>,
        impt_div_cd -> Text,
        req_impt_div_cd -> Text,
        wthd_mthd_cd -> Text,
        req_wthd_mthd_cd -> Text,
        rtn_cpn_doc -> Nullable<Text>,
        req_cost_doc -> Text,
        req_cost_hash -> Text,
        chg_doc -> Text,
        org_claim_no -> Nullable<Text>,
        exch_mid_rtn_yn -> Text,
        inspt_yn -> Text,
        gift_doc -> Text,
        hdc_cd -> Nullable<Text>,
        inv_no -> Nullable<Text>,
        exch_hdc_cd -> Nullable<Text>,
        exch_inv_no -> Nullable<Text>,
        wthd_wait_caus -> Nullable<Text>,
        rjt_rsn_cd -> Nullable<Text>,
        rjt_rsn_cntt -> Nullable<Text>,
        wthd_dirc_dtm -> Nullable<Timestamp>,
        wthd_cnf_dtm -> Nullable<Timestamp>,
        wthd_fnsh_dtm -> Nullable<Timestamp>,
        wthd_dfr_dtm -> Nullable<Timestamp>,
        end_dtm -> Nullable<Timestamp>,
        ship_dtm -> Nullable<Timestamp>,
        deli_fnsh_dtm -> Nullable<Timestamp>,
        rfd_due_dt -> Nullable<Date>,
    }
}

diesel::table! {
    claim_rtn_goods (claim_no, ord_seq, itm_no) {
        claim_no -> Text,
        ord_seq -> Integer,
        itm_no -> Text,
        goods_no -> Text,
        entr_no -> Text,
        exch_itm_no -> Nullable<Text>,
        exch_itm_nm -> Nullable<Text>,
        claim_qty -> BigInt,
        acpt_qty -> Nullable<BigInt>,
        rjt_qty -> Nullable<BigInt>,
        resell_qty -> Nullable<BigInt>,
        rjt_rsn_cd -> Nullable<Text>,
        rjt_rsn_cntt -> Nullable<Text>,
        rmn_qty -> Nullable<BigInt>,
    }
}

diesel::table! {
    claim_rtn_dlvp (claim_no, dlvp_gb) {
        claim_no -> Text,
        dlvp_gb -> Text,
        seal_doc -> Text,
        mask_yn -> Text,
    }
}

diesel::table! {
    claim_pay (pay_no) {
        pay_no -> Text,
        claim_no -> Text,
        pay_means_cd -> Text,
        pay_amt -> BigInt,
        pay_key -> Text,
        othr_ord_no -> Nullable<Text>,
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
    goods_search_backlog (after_goods_no) {
        after_goods_no -> Text,
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

diesel::joinable!(claim_rtn -> claim (claim_no));
diesel::joinable!(claim_rtn_goods -> claim (claim_no));
diesel::joinable!(claim_rtn_dlvp -> claim (claim_no));
diesel::joinable!(claim_pay -> claim (claim_no));
diesel::allow_tables_to_appear_in_same_query!(claim, claim_rtn);
diesel::allow_tables_to_appear_in_same_query!(claim_rtn, claim_line);
diesel::allow_columns_to_appear_in_same_group_by_clause!(
    claim::claim_business_type,
    claim::claim_stat_cd,
    claim_rtn::ord_dtl_stat_cd,
);
diesel::allow_tables_to_appear_in_same_query!(claim, claim_rtn_goods);
diesel::allow_tables_to_appear_in_same_query!(claim_rtn, claim_rtn_goods);
diesel::allow_tables_to_appear_in_same_query!(claim, claim_rtn_dlvp);
diesel::allow_tables_to_appear_in_same_query!(claim, claim_pay);

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
        trns_dtm -> Nullable<Timestamp>,
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
        rtn_out_cd -> Text,
    }
}
