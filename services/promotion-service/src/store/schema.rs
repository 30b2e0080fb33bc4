diesel::table! {
    accm_policy_site (site_no) {
        site_no -> Text,
        policy_ver -> BigInt,
    }
}

diesel::table! {
    accm_policy (site_no, policy_ver) {
        site_no -> Text,
        policy_ver -> BigInt,
        policy_doc -> Text,
        reg_user -> Text,
        reg_dtm -> Timestamp,
    }
}

diesel::table! {
    accm_promo_retired (site_no, promo_no) {
        site_no -> Text,
        promo_no -> Text,
        max_accm_amt -> BigInt,
    }
}

diesel::table! {
    coupon (cpn_isu_no) {
        cpn_isu_no -> Text,
        promo_no -> Text,
        promo_nm -> Text,
        promo_typ_cd -> Text,
        mbr_no -> Text,
        valid_end_dtm -> Timestamp,
        use_stat_cd -> Text,
        ord_no -> Nullable<Text>,
        isu_use_stat_cd -> Text,
        isu_ord_no -> Nullable<Text>,
        reg_dtm -> Timestamp,
        mod_dtm -> Timestamp,
        claim_no -> Nullable<Text>,
    }
}

diesel::table! {
    coupon_restore (evt_key, cpn_isu_no) {
        evt_key -> Text,
        cpn_isu_no -> Text,
        claim_no -> Text,
        ord_no -> Text,
        restored_yn -> Text,
        rsn_cd -> Nullable<Text>,
        reg_dtm -> Timestamp,
    }
}

diesel::table! {
    coupon_hold (evt_key) {
        evt_key -> Text,
        act_cd -> Text,
        cpn_isu_no -> Text,
        claim_no -> Text,
        ord_no -> Text,
        rsn_cd -> Nullable<Text>,
        reg_dtm -> Timestamp,
    }
}

diesel::table! {
    mlg_acct (mbr_no, site_no) {
        mbr_no -> Text,
        site_no -> Text,
        balance -> BigInt,
    }
}

diesel::table! {
    mlg_ord (ord_no) {
        ord_no -> Text,
        rec_dtm -> Nullable<Timestamp>,
        mbr_no -> Nullable<Text>,
        site_no -> Nullable<Text>,
    }
}

diesel::table! {
    mlg_lot (lot_no) {
        lot_no -> Text,
        mbr_no -> Text,
        site_no -> Text,
        rsn_cd -> Text,
        promo_no -> Nullable<Text>,
        ord_no -> Text,
        our_chrg_rate -> Integer,
        entr_chrg_rate -> Integer,
        earn_amt -> BigInt,
        left_amt -> BigInt,
        earn_dtm -> Timestamp,
        expire_dtm -> Timestamp,
    }
}

diesel::table! {
    mlg_ledger (mlg_no) {
        mlg_no -> Text,
        mbr_no -> Text,
        site_no -> Text,
        lot_no -> Nullable<Text>,
        rsn_cd -> Text,
        amt -> BigInt,
        our_chrg_rate -> Integer,
        entr_chrg_rate -> Integer,
        our_amt -> BigInt,
        entr_amt -> BigInt,
        ord_no -> Text,
        claim_no -> Nullable<Text>,
        org_mlg_no -> Nullable<Text>,
        evt_key -> Text,
        dtm -> Timestamp,
    }
}

diesel::table! {
    mlg_waiting (evt_key, seq) {
        evt_key -> Text,
        seq -> BigInt,
        ord_no -> Text,
        claim_no -> Text,
        rsn_cd -> Nullable<Text>,
        promo_no -> Nullable<Text>,
        amt -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(mlg_acct, mlg_lot);
