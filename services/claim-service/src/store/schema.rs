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
    }
}

diesel::table! {
    claim_line (claim_no, ord_seq) {
        claim_no -> Text,
        ord_seq -> Integer,
        claim_qty -> BigInt,
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

diesel::joinable!(goods_itm -> goods (goods_no));
diesel::allow_tables_to_appear_in_same_query!(goods, goods_itm);

diesel::joinable!(claim_line -> claim (claim_no));
diesel::allow_tables_to_appear_in_same_query!(claim, claim_line);
