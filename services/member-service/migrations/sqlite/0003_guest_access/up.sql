-- What strangers tried on an order number within the last hour. The slots of a kind are as many as its limit, and a
-- slot is taken again only when its try is an hour old, so the limit holds however many try at once.
-- try_gb_cd: 10 asked for a password, 20 failed to log in. The number need not be that of an order.
CREATE TABLE guest_access_try (
    ord_no    TEXT      NOT NULL,
    try_gb_cd TEXT      NOT NULL CHECK (try_gb_cd IN ('10', '20')),
    slot_seq  INTEGER   NOT NULL CHECK (slot_seq BETWEEN 1 AND CASE try_gb_cd WHEN '10' THEN 5 ELSE 10 END),
    try_dtm   TIMESTAMP NOT NULL,
    match_yn  TEXT      NOT NULL CHECK (match_yn IN ('Y', 'N')),
    PRIMARY KEY (ord_no, try_gb_cd, slot_seq)
);
-- For throwing away what is past its hour.
CREATE INDEX guest_access_try_age ON guest_access_try (try_dtm);
