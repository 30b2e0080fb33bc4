-- 마일리지 계정: a member's mileage on a site. `balance` is the sum of the account's rows in `mlg_ledger` and is written
-- with them; whoever books on an account locks its row first. It may be below 0.
CREATE TABLE mlg_acct (
    mbr_no  TEXT   NOT NULL,
    site_no TEXT   NOT NULL,
    balance BIGINT NOT NULL,
    PRIMARY KEY (mbr_no, site_no)
);

-- 주문 반영여부: whoever tells of an order, its own message or a claim's, locks its row first. `rec_dtm` is null until
-- the order itself was recorded; what claims said before that waits in `mlg_waiting`. Guests have no member here.
CREATE TABLE mlg_ord (
    ord_no  TEXT      NOT NULL PRIMARY KEY,
    rec_dtm TIMESTAMP,
    mbr_no  TEXT,
    site_no TEXT,
    CHECK (rec_dtm IS NOT NULL OR (mbr_no IS NULL AND site_no IS NULL))
);

-- 적립 로트: earned at once, with its own expiry and burden. `left_amt` is the sum of the lot's rows in `mlg_ledger`; it
-- may be below 0 where more was taken back than was left. A lot is named after the ledger row that made it; one that
-- never expires has the year 9999.
CREATE TABLE mlg_lot (
    lot_no         TEXT      NOT NULL PRIMARY KEY,
    mbr_no         TEXT      NOT NULL,
    site_no        TEXT      NOT NULL,
    rsn_cd         TEXT      NOT NULL CHECK (rsn_cd IN ('21', '22', '23', '24', '29')),
    promo_no       TEXT,
    ord_no         TEXT      NOT NULL,
    our_chrg_rate  INTEGER   NOT NULL CHECK (our_chrg_rate >= 0),
    entr_chrg_rate INTEGER   NOT NULL CHECK (entr_chrg_rate >= 0),
    earn_amt       BIGINT    NOT NULL CHECK (earn_amt > 0),
    left_amt       BIGINT    NOT NULL,
    earn_dtm       TIMESTAMP NOT NULL,
    expire_dtm     TIMESTAMP NOT NULL,
    FOREIGN KEY (mbr_no, site_no) REFERENCES mlg_acct (mbr_no, site_no),
    CHECK (left_amt <= earn_amt),
    CHECK (our_chrg_rate + entr_chrg_rate = 100)
);
-- What an account can spend, the first to expire first.
CREATE INDEX mlg_lot_spendable ON mlg_lot (mbr_no, site_no, expire_dtm, earn_dtm, lot_no) WHERE left_amt > 0;
CREATE INDEX mlg_lot_due ON mlg_lot (expire_dtm) WHERE left_amt > 0;
-- An entry of an order has one lot. Lots made for mileage that was used beyond every lot have no promotion.
CREATE UNIQUE INDEX mlg_lot_by_entry ON mlg_lot (ord_no, rsn_cd, promo_no);

-- 마일리지 원장: positive in, negative out. Earned under 21 to 24, taken back and lapsed under the same; used under 50 and
-- 58, given back under 29. A row never changes, and both sides' parts of it are the whole.
CREATE TABLE mlg_ledger (
    mlg_no         TEXT      NOT NULL PRIMARY KEY,
    mbr_no         TEXT      NOT NULL,
    site_no        TEXT      NOT NULL,
    -- Null for what was used, or taken back, beyond every lot.
    lot_no         TEXT      REFERENCES mlg_lot (lot_no),
    rsn_cd         TEXT      NOT NULL CHECK (rsn_cd IN ('21', '22', '23', '24', '29', '50', '58')),
    amt            BIGINT    NOT NULL CHECK (amt <> 0),
    our_chrg_rate  INTEGER   NOT NULL CHECK (our_chrg_rate >= 0),
    entr_chrg_rate INTEGER   NOT NULL CHECK (entr_chrg_rate >= 0),
    our_amt        BIGINT    NOT NULL,
    entr_amt       BIGINT    NOT NULL,
    ord_no         TEXT      NOT NULL,
    claim_no       TEXT,
    -- The row it gives back or takes back.
    org_mlg_no     TEXT      REFERENCES mlg_ledger (mlg_no),
    evt_key        TEXT      NOT NULL,
    dtm            TIMESTAMP NOT NULL,
    FOREIGN KEY (mbr_no, site_no) REFERENCES mlg_acct (mbr_no, site_no),
    CHECK (our_chrg_rate + entr_chrg_rate = 100),
    CHECK (our_amt + entr_amt = amt),
    CHECK (rsn_cd NOT IN ('50', '58') OR amt < 0)
);
CREATE INDEX mlg_ledger_by_member ON mlg_ledger (mbr_no, dtm, mlg_no);
CREATE INDEX mlg_ledger_by_order ON mlg_ledger (ord_no, rsn_cd, mlg_no);

-- 대기 클레임: what claims did to an order before its own message came.
CREATE TABLE mlg_waiting (
    evt_key  TEXT      NOT NULL,
    seq      BIGINT    NOT NULL,
    ord_no   TEXT      NOT NULL REFERENCES mlg_ord (ord_no),
    claim_no TEXT      NOT NULL,
    -- Null for used mileage that is given back, else what is taken back of which entry.
    rsn_cd   TEXT,
    promo_no TEXT,
    amt      BIGINT    NOT NULL CHECK (amt > 0),
    PRIMARY KEY (evt_key, seq),
    CHECK ((rsn_cd IS NULL) = (promo_no IS NULL))
);
CREATE INDEX mlg_waiting_by_order ON mlg_waiting (ord_no);

CREATE TRIGGER mlg_ledger_is_not_changed BEFORE UPDATE ON mlg_ledger
BEGIN
    SELECT RAISE(ABORT, 'a ledger row never changes');
END;
CREATE TRIGGER mlg_ledger_is_not_deleted BEFORE DELETE ON mlg_ledger
BEGIN
    SELECT RAISE(ABORT, 'a ledger row never goes');
END;
