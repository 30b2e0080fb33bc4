-- 선점 클레임: whose return fee a free-return coupon pays. The last release knows no such coupon's use and never writes its row.
ALTER TABLE coupon ADD COLUMN claim_no TEXT CHECK (claim_no IS NULL OR (use_stat_cd = '20' AND ord_no IS NOT NULL));

-- 무료반품쿠폰 선점과 반납: what a claim's step came to. A row never changes; a repeat of the step is answered from here, and a
-- hold that comes after its claim's release finds here that it may no longer have the coupon.
CREATE TABLE coupon_hold (
    evt_key    TEXT      NOT NULL PRIMARY KEY,
    -- HOLD, RELEASE
    act_cd     TEXT      NOT NULL CHECK (act_cd IN ('HOLD', 'RELEASE')),
    cpn_isu_no TEXT      NOT NULL,
    claim_no   TEXT      NOT NULL,
    ord_no     TEXT      NOT NULL,
    -- Null where it was done.
    rsn_cd     TEXT      CHECK (rsn_cd IN ('UNKNOWN', 'NOT_THE_MEMBERS', 'OTHER_TYPE', 'USED', 'EXPIRED', 'NOT_HELD')),
    reg_dtm    TIMESTAMP NOT NULL,
    CHECK (rsn_cd <> 'NOT_HELD' OR act_cd = 'RELEASE'),
    CHECK (rsn_cd NOT IN ('UNKNOWN', 'NOT_THE_MEMBERS', 'OTHER_TYPE', 'USED') OR act_cd = 'HOLD')
);
CREATE INDEX coupon_hold_by_coupon ON coupon_hold (cpn_isu_no, claim_no);
