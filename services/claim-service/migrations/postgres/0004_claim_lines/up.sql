-- 클레임상품: the units a claim holds. They count as claimed from its acceptance on, unless it is rejected.
CREATE TABLE claim_line (
    claim_no  TEXT    NOT NULL REFERENCES claim (claim_no),
    ord_seq   INTEGER NOT NULL,
    claim_qty BIGINT  NOT NULL CHECK (claim_qty > 0),
    PRIMARY KEY (claim_no, ord_seq)
);

-- 클레임사유
ALTER TABLE claim ADD COLUMN claim_rsn_cd TEXT;
-- 수신여부: Y of a claim that another system took; it moves no money, stock, coupon or mileage here.
ALTER TABLE claim ADD COLUMN rcv_yn TEXT NOT NULL DEFAULT 'N' CHECK (rcv_yn IN ('Y', 'N'));
