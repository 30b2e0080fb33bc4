-- 클레임: one row per claim, whoever took it.
CREATE TABLE claim (
    claim_no            TEXT NOT NULL PRIMARY KEY,
    site_no             TEXT NOT NULL,
    ord_no              TEXT NOT NULL,
    -- Null for a guest's order.
    mbr_no              TEXT,
    -- 10 cancel, 11 option change, 20 return, 30 exchange.
    claim_business_type TEXT NOT NULL CHECK (claim_business_type IN ('10', '11', '20', '30')),
    -- 10 requested, 20 in progress, 30 complete, 90 rejected.
    claim_stat_cd       TEXT NOT NULL CHECK (claim_stat_cd IN ('10', '20', '30', '90')),
    req_dtm             TIMESTAMP NOT NULL,
    cmpl_dtm            TIMESTAMP,
    CHECK ((claim_stat_cd = '30') = (cmpl_dtm IS NOT NULL))
);

-- The counts of a member read the index alone.
CREATE INDEX claim_by_member ON claim (mbr_no, site_no, claim_business_type, claim_stat_cd, cmpl_dtm);
CREATE INDEX claim_by_order ON claim (ord_no);

-- 탈퇴회원: what arrives later for one of these is stored masked.
CREATE TABLE withdrawn_member (
    mbr_no   TEXT NOT NULL PRIMARY KEY,
    wthd_dtm TIMESTAMP NOT NULL
);
