-- 쿠폰. `isu_use_stat_cd` and `isu_ord_no` are as it was first sent, so that sending it again can be told from sending
-- another one under its number.
CREATE TABLE coupon (
    cpn_isu_no      TEXT      NOT NULL PRIMARY KEY,
    promo_no        TEXT      NOT NULL,
    promo_nm        TEXT      NOT NULL,
    promo_typ_cd    TEXT      NOT NULL,
    mbr_no          TEXT      NOT NULL,
    valid_end_dtm   TIMESTAMP NOT NULL,
    use_stat_cd     TEXT      NOT NULL CHECK (use_stat_cd IN ('10', '20', '30')),
    ord_no          TEXT,
    isu_use_stat_cd TEXT      NOT NULL CHECK (isu_use_stat_cd IN ('10', '20', '30')),
    isu_ord_no      TEXT,
    reg_dtm         TIMESTAMP NOT NULL,
    mod_dtm         TIMESTAMP NOT NULL,
    -- Only a used coupon belongs to an order.
    CHECK (ord_no IS NULL OR use_stat_cd = '20')
);
CREATE INDEX coupon_by_member ON coupon (mbr_no, valid_end_dtm, cpn_isu_no);

-- 쿠폰 복원 결과: what a claim's step came to. A row never changes; a repeat of the step is answered from here, and an
-- order whose message comes after its claim's finds here that it may no longer use the coupon.
CREATE TABLE coupon_restore (
    evt_key     TEXT      NOT NULL,
    cpn_isu_no  TEXT      NOT NULL,
    claim_no    TEXT      NOT NULL,
    ord_no      TEXT      NOT NULL,
    restored_yn TEXT      NOT NULL CHECK (restored_yn IN ('Y', 'N')),
    rsn_cd      TEXT      CHECK (rsn_cd IN ('EXPIRED', 'UNKNOWN', 'USED_ELSEWHERE')),
    reg_dtm     TIMESTAMP NOT NULL,
    PRIMARY KEY (evt_key, cpn_isu_no),
    CHECK ((restored_yn = 'N') = (rsn_cd IS NOT NULL))
);
CREATE INDEX coupon_restore_by_order ON coupon_restore (ord_no, cpn_isu_no);
