-- 주문회원: one row per member who has ordered or withdrawn. Taking an order and withdrawing both lock it,
-- so that no order slips in readable while its member is being masked.
CREATE TABLE ord_mbr (
    mbr_no   TEXT NOT NULL PRIMARY KEY,
    wthd_dtm TIMESTAMP
);

-- 주문기본. What the order agreed on (groups, lines, discounts, accumulation, gifts) never changes and is kept
-- as one document in `ord_terms`, without anything personal in it. `pur_amt`, `open_yn` and `live_dlvd_dtm`
-- follow from the lines and are written in the same transaction as these.
CREATE TABLE ord_base (
    ord_no        TEXT      NOT NULL PRIMARY KEY,
    site_no       TEXT      NOT NULL,
    mbr_no        TEXT,
    mbr_grade_cd  TEXT,
    ord_man_nm    TEXT      NOT NULL,
    cell_sct_no   TEXT      NOT NULL,
    cell_txno_no  TEXT      NOT NULL,
    cell_end_no   TEXT      NOT NULL,
    email_addr    TEXT,
    ord_pwd_hash  TEXT,
    ord_media_cd  TEXT      NOT NULL,
    ord_dtm       TIMESTAMP NOT NULL,
    ord_terms     TEXT      NOT NULL,
    ord_dgst      TEXT      NOT NULL,
    mask_yn       TEXT      NOT NULL CHECK (mask_yn IN ('Y', 'N')),
    pur_amt       BIGINT    NOT NULL CHECK (pur_amt >= 0),
    open_yn       TEXT      NOT NULL CHECK (open_yn IN ('Y', 'N')),
    live_dlvd_dtm TIMESTAMP,
    reg_dtm       TIMESTAMP NOT NULL,
    -- A guest proves itself by a password, a member has none here.
    CHECK ((mbr_no IS NULL) = (ord_pwd_hash IS NOT NULL)),
    CHECK (mask_yn = 'N' OR mbr_no IS NOT NULL)
);
-- Both answer their aggregate from the index alone.
CREATE INDEX ord_base_purchase ON ord_base (mbr_no, site_no, ord_dtm, ord_no, pur_amt);
CREATE INDEX ord_base_live ON ord_base (mbr_no, site_no, open_yn, live_dlvd_dtm);

-- 주문상세: what has become of each line. `dc_amt` is what still stands of its discounts as ordered.
CREATE TABLE ord_line (
    ord_no          TEXT    NOT NULL REFERENCES ord_base (ord_no),
    ord_seq         INTEGER NOT NULL,
    goods_no        TEXT    NOT NULL,
    goods_nm        TEXT    NOT NULL,
    goods_img       TEXT,
    itm_no          TEXT    NOT NULL,
    itm_nm          TEXT    NOT NULL,
    entr_no         TEXT    NOT NULL,
    deli_grp_no     INTEGER NOT NULL,
    sale_prc        BIGINT  NOT NULL CHECK (sale_prc >= 0),
    ord_qty         BIGINT  NOT NULL CHECK (ord_qty > 0),
    cncl_qty        BIGINT  NOT NULL DEFAULT 0 CHECK (cncl_qty >= 0),
    rtn_qty         BIGINT  NOT NULL DEFAULT 0 CHECK (rtn_qty >= 0),
    dc_amt          BIGINT  NOT NULL CHECK (dc_amt >= 0),
    ord_dtl_stat_cd TEXT    NOT NULL,
    dlvd_dtm        TIMESTAMP,
    PRIMARY KEY (ord_no, ord_seq),
    CHECK (cncl_qty + rtn_qty <= ord_qty),
    CHECK (dc_amt <= sale_prc * ord_qty),
    CHECK (ord_dtl_stat_cd IN ('10', '11', '12', '13', '15', '16', '19', '36', '37')),
    -- Delivered lines know when.
    CHECK (ord_dtl_stat_cd NOT IN ('15', '16') OR dlvd_dtm IS NOT NULL)
);

-- 주문배송지
CREATE TABLE ord_dlvp (
    ord_no       TEXT    NOT NULL REFERENCES ord_base (ord_no),
    dlvp_seq     INTEGER NOT NULL,
    rcvmn_nm     TEXT    NOT NULL,
    cell_sct_no  TEXT    NOT NULL,
    cell_txno_no TEXT    NOT NULL,
    cell_end_no  TEXT    NOT NULL,
    zip_no       TEXT    NOT NULL,
    zip_addr     TEXT    NOT NULL,
    dtl_addr     TEXT    NOT NULL,
    deli_msg     TEXT,
    pers_cstm_cd TEXT,
    PRIMARY KEY (ord_no, dlvp_seq)
);

-- 주문결제
CREATE TABLE ord_pay (
    ord_no           TEXT   NOT NULL REFERENCES ord_base (ord_no),
    pay_no           TEXT   NOT NULL,
    pay_means_cd     TEXT   NOT NULL,
    pay_amt          BIGINT NOT NULL CHECK (pay_amt >= 0),
    sctn_cncl_psb_yn TEXT   NOT NULL CHECK (sctn_cncl_psb_yn IN ('Y', 'N')),
    pg_pay_key       TEXT,
    card_no          TEXT,
    PRIMARY KEY (ord_no, pay_no)
);

-- 기타사은품배송정보
CREATE TABLE ord_etc_gft_dlvp (
    ord_no          TEXT NOT NULL REFERENCES ord_base (ord_no),
    etc_gft_dlvp_no TEXT NOT NULL,
    etc_gft_nm      TEXT NOT NULL,
    rcvmn_nm        TEXT NOT NULL,
    zip_no          TEXT NOT NULL,
    zip_addr        TEXT NOT NULL,
    dtl_addr        TEXT NOT NULL,
    cell_sct_no     TEXT NOT NULL,
    cell_txno_no    TEXT NOT NULL,
    cell_end_no     TEXT NOT NULL,
    deli_msg        TEXT,
    PRIMARY KEY (ord_no, etc_gft_dlvp_no)
);

-- 개인정보 분리보관: ciphertext, and no more beside it than finding and purging need.
CREATE TABLE personal_archive (
    ord_no     TEXT      NOT NULL PRIMARY KEY,
    keep_until TIMESTAMP NOT NULL,
    sealed_doc TEXT      NOT NULL,
    reg_dtm    TIMESTAMP NOT NULL
);
CREATE INDEX personal_archive_keep_until ON personal_archive (keep_until);

-- 코드 참조값: values of code tables that operators change.
CREATE TABLE cd_ref (
    cd_grp TEXT NOT NULL,
    cd     TEXT NOT NULL,
    ref1   TEXT NOT NULL,
    PRIMARY KEY (cd_grp, cd)
);
-- 클레임가능일수, 반품: days after delivery.
INSERT INTO cd_ref (cd_grp, cd, ref1) VALUES ('ST006', '10', '14');
