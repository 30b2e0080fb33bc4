-- 취소: what a claim of our own keeps beside what every claim has.
ALTER TABLE claim ADD COLUMN claim_rsn_cntt TEXT;
-- Stands for caller, operation and key of the request that was accepted: the same request again finds its claim.
ALTER TABLE claim ADD COLUMN acpt_key TEXT;
-- 주문확정: U undecided, C confirmed, R rejected by the order. Null of imported claims.
ALTER TABLE claim ADD COLUMN dcsn_cd TEXT CHECK (dcsn_cd IN ('U', 'C', 'R'));
-- The version of the policy it was judged by.
ALTER TABLE claim ADD COLUMN plcy_ver INTEGER;
-- The computed cost whole, as it was accepted.
ALTER TABLE claim ADD COLUMN cost_doc TEXT;
ALTER TABLE claim ADD COLUMN cost_hash TEXT;
-- 추가결제
ALTER TABLE claim ADD COLUMN add_pay_means_cd TEXT;
ALTER TABLE claim ADD COLUMN add_pay_key TEXT;
-- Whether an order has a claim it has not decided on.
CREATE INDEX claim_undecided ON claim (ord_no) WHERE dcsn_cd = 'U';
CREATE UNIQUE INDEX claim_by_acpt_key ON claim (acpt_key);
-- A payment settles one claim only.
CREATE UNIQUE INDEX claim_by_add_pay_key ON claim (add_pay_key);

-- What the vendors' view reads: whose line it is, how much was left of it before, and when the claim was complete.
ALTER TABLE claim_line ADD COLUMN entr_no TEXT;
ALTER TABLE claim_line ADD COLUMN rmn_qty BIGINT;
ALTER TABLE claim_line ADD COLUMN cmpl_dtm TIMESTAMP;
CREATE INDEX claim_line_by_vendor ON claim_line (entr_no, cmpl_dtm, claim_no, ord_seq);

-- 클레임비용: the rows of `costRowList`.
CREATE TABLE claim_cost (
    claim_no       TEXT    NOT NULL REFERENCES claim (claim_no),
    cost_seq       INTEGER NOT NULL,
    ord_cost_gb_cd TEXT    NOT NULL,
    deli_grp_no    INTEGER,
    ord_seq        INTEGER,
    promo_no       TEXT,
    cpn_isu_no     TEXT,
    amt            BIGINT  NOT NULL,
    chrg_sub_cd    TEXT    NOT NULL,
    PRIMARY KEY (claim_no, cost_seq)
);

-- 환불계좌: personal, and masked when its member withdraws.
CREATE TABLE claim_rfd_acct (
    claim_no TEXT NOT NULL PRIMARY KEY REFERENCES claim (claim_no),
    bank_cd  TEXT NOT NULL,
    acct_no  TEXT NOT NULL,
    dpstr_nm TEXT NOT NULL,
    mask_yn  TEXT NOT NULL DEFAULT 'N' CHECK (mask_yn IN ('Y', 'N'))
);

-- 클레임번호 채번: the last serial of a Korean day that was given to a process.
CREATE TABLE claim_serial (
    claim_day DATE    NOT NULL PRIMARY KEY,
    last_no   INTEGER NOT NULL CHECK (last_no > 0)
);

-- 처리과제: one effect of a claim at one receiver, by its stable key.
CREATE TABLE claim_task (
    claim_no   TEXT    NOT NULL REFERENCES claim (claim_no),
    task_seq   INTEGER NOT NULL,
    -- claim, step and target.
    eff_key    TEXT    NOT NULL UNIQUE,
    step_cd    TEXT    NOT NULL,
    -- The effect as JSON; nothing personal in it.
    eff_doc    TEXT    NOT NULL,
    -- Null while it waits: 10 done, 20 coupon expired, 30 coupon unknown, 40 coupon used elsewhere.
    rslt_cd    TEXT CHECK (rslt_cd IN ('10', '20', '30', '40')),
    try_cnt    INTEGER NOT NULL DEFAULT 0,
    rfsd_yn    TEXT    NOT NULL DEFAULT 'N' CHECK (rfsd_yn IN ('Y', 'N')),
    chg_dtm    TIMESTAMP,
    PRIMARY KEY (claim_no, task_seq)
);

-- 클레임원장: postings, only ever appended to.
CREATE TABLE claim_ldgr (
    claim_no TEXT      NOT NULL REFERENCES claim (claim_no),
    ldgr_seq INTEGER   NOT NULL,
    step_cd  TEXT      NOT NULL,
    acct     TEXT      NOT NULL,
    unit     TEXT      NOT NULL,
    amt      BIGINT    NOT NULL CHECK (amt <> 0),
    reg_dtm  TIMESTAMP NOT NULL,
    PRIMARY KEY (claim_no, ldgr_seq)
);
