-- 옵션변경: what a claim of type 11 changes. It holds no units, so it has no row in claim_line.
CREATE TABLE claim_opt (
    claim_no  TEXT    NOT NULL PRIMARY KEY REFERENCES claim (claim_no),
    ord_seq   INTEGER NOT NULL,
    goods_no  TEXT    NOT NULL,
    -- The item the line held, whose units come free once the order has confirmed.
    fr_itm_no TEXT    NOT NULL,
    -- The item it is to hold, whose units are taken at acceptance.
    itm_no    TEXT    NOT NULL,
    itm_nm    TEXT    NOT NULL,
    opt_qty   BIGINT  NOT NULL CHECK (opt_qty > 0)
);
