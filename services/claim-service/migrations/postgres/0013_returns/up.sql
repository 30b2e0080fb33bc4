-- 정산접수일시: from when on the cost of a return or an exchange is final, and counts for the order's other claims.
ALTER TABLE claim ADD COLUMN stl_dtm TIMESTAMP;
-- Lists of claims go by their time.
CREATE INDEX claim_by_request ON claim (req_dtm, claim_no);

-- 회수클레임: what a return or an exchange of ours keeps beside what every claim has.
CREATE TABLE claim_rtn (
    claim_no        TEXT    NOT NULL PRIMARY KEY REFERENCES claim (claim_no),
    -- Its lines are of one delivery group; whoever sells them, the group's vendor is the claim's.
    deli_grp_no     INTEGER NOT NULL,
    entr_no         TEXT    NOT NULL,
    -- All its rows are in one state.
    ord_dtl_stat_cd TEXT    NOT NULL
        CHECK (ord_dtl_stat_cd IN ('13', '15', '22', '31', '33', '34', '36', '37', '38', '39')),
    end_rsn_cd      TEXT    CHECK (end_rsn_cd IN ('10', '20', '30', '40', '50')),
    impt_div_cd     TEXT    NOT NULL CHECK (impt_div_cd IN ('10', '20', '30')),
    req_impt_div_cd TEXT    NOT NULL CHECK (req_impt_div_cd IN ('10', '20', '30')),
    wthd_mthd_cd    TEXT    NOT NULL CHECK (wthd_mthd_cd IN ('10', '20', '30', '40')),
    req_wthd_mthd_cd TEXT   NOT NULL CHECK (req_wthd_mthd_cd IN ('10', '20', '30', '40')),
    -- 무료반품쿠폰: the coupon it holds.
    rtn_cpn_doc     TEXT,
    -- The cost as it was shown when it was asked for.
    req_cost_doc    TEXT    NOT NULL,
    req_cost_hash   TEXT    NOT NULL,
    -- Why the final cost is not what was shown.
    chg_doc         TEXT    NOT NULL DEFAULT '[]',
    -- Of a return that an exchange was converted into: the exchange, and whether its inspection has moved the stock.
    org_claim_no    TEXT,
    exch_mid_rtn_yn TEXT    NOT NULL DEFAULT 'N' CHECK (exch_mid_rtn_yn IN ('Y', 'N')),
    inspt_yn        TEXT    NOT NULL DEFAULT 'N' CHECK (inspt_yn IN ('Y', 'N')),
    -- Gifts that did not come back, by their places in the order.
    gift_doc        TEXT    NOT NULL DEFAULT '[]',
    hdc_cd          TEXT,
    inv_no          TEXT,
    exch_hdc_cd     TEXT,
    exch_inv_no     TEXT,
    wthd_wait_caus  TEXT,
    rjt_rsn_cd      TEXT,
    rjt_rsn_cntt    TEXT,
    wthd_dirc_dtm   TIMESTAMP,
    wthd_cnf_dtm    TIMESTAMP,
    wthd_fnsh_dtm   TIMESTAMP,
    wthd_dfr_dtm    TIMESTAMP,
    end_dtm         TIMESTAMP,
    ship_dtm        TIMESTAMP,
    deli_fnsh_dtm   TIMESTAMP,
    -- The third business day after the goods came back.
    rfd_due_dt      DATE,
    CHECK ((ord_dtl_stat_cd = '39') = (end_rsn_cd IS NOT NULL)),
    CHECK ((end_rsn_cd IS NULL) = (end_dtm IS NULL))
);
CREATE INDEX claim_rtn_by_state ON claim_rtn (ord_dtl_stat_cd, rfd_due_dt);
CREATE INDEX claim_rtn_by_day ON claim_rtn (wthd_dirc_dtm, claim_no);
CREATE UNIQUE INDEX claim_rtn_by_origin ON claim_rtn (org_claim_no);

-- 회수상품: units of a line that hold one item.
CREATE TABLE claim_rtn_goods (
    claim_no     TEXT    NOT NULL REFERENCES claim (claim_no),
    ord_seq      INTEGER NOT NULL,
    itm_no       TEXT    NOT NULL,
    goods_no     TEXT    NOT NULL,
    entr_no      TEXT    NOT NULL,
    -- Of an exchange, the item that goes out for it.
    exch_itm_no  TEXT,
    exch_itm_nm  TEXT,
    claim_qty    BIGINT  NOT NULL CHECK (claim_qty > 0),
    -- Null until it is inspected. What is neither accepted nor refused is missing.
    acpt_qty     BIGINT  CHECK (acpt_qty >= 0),
    rjt_qty      BIGINT  CHECK (rjt_qty >= 0),
    resell_qty   BIGINT  CHECK (resell_qty >= 0 AND resell_qty <= acpt_qty),
    rjt_rsn_cd   TEXT,
    rjt_rsn_cntt TEXT,
    PRIMARY KEY (claim_no, ord_seq, itm_no),
    CHECK (acpt_qty + rjt_qty <= claim_qty)
);
CREATE INDEX claim_rtn_goods_by_vendor ON claim_rtn_goods (entr_no, claim_no, ord_seq, itm_no);

-- 회수지·교환배송지: W where the goods are fetched, E where those in exchange go; none where the order's own address serves.
-- Personal, and never written down readable.
CREATE TABLE claim_rtn_dlvp (
    claim_no TEXT NOT NULL REFERENCES claim (claim_no),
    dlvp_gb  TEXT NOT NULL CHECK (dlvp_gb IN ('W', 'E')),
    seal_doc TEXT NOT NULL,
    -- Y of a member who has withdrawn: what is sealed is masked.
    mask_yn  TEXT NOT NULL DEFAULT 'N' CHECK (mask_yn IN ('Y', 'N')),
    PRIMARY KEY (claim_no, dlvp_gb)
);

-- 회수·교환 배송정보 분리보관: addresses and numbers of parcels of members who have left, sealed, until their date.
CREATE TABLE parcel_archive (
    parcel_key TEXT      NOT NULL PRIMARY KEY,
    keep_until TIMESTAMP NOT NULL,
    sealed_doc TEXT      NOT NULL,
    reg_dtm    TIMESTAMP NOT NULL
);
CREATE INDEX parcel_archive_keep_until ON parcel_archive (keep_until);

-- 이체일시: when money that goes to an account of the customer's (TRANSFER) was sent. Null until somebody says so.
ALTER TABLE rfd_book ADD COLUMN trns_dtm TIMESTAMP;
CREATE INDEX rfd_book_to_transfer ON rfd_book (claim_no, eff_key) WHERE prvd_cd = 'TRANSFER' AND trns_dtm IS NULL;

-- 선결제: what was paid for a return or an exchange, under the claim's number.
CREATE TABLE claim_pay (
    pay_no       TEXT   NOT NULL PRIMARY KEY,
    claim_no     TEXT   NOT NULL REFERENCES claim (claim_no),
    pay_means_cd TEXT   NOT NULL,
    pay_amt      BIGINT NOT NULL CHECK (pay_amt > 0),
    -- The provider's own name; a payment pays for one thing.
    pay_key      TEXT   NOT NULL UNIQUE,
    -- The order that the payment had paid for before, or whose claim it was.
    othr_ord_no  TEXT
);
CREATE INDEX claim_pay_by_claim ON claim_pay (claim_no, pay_no);
