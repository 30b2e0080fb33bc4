-- 환불장부: every refund that was begun, one row per key, whoever carries it out. Whose account it went to is not kept.
CREATE TABLE rfd_book (
    -- claim, step and target: the same key is the same refund.
    eff_key      TEXT      NOT NULL PRIMARY KEY,
    -- Who was to carry it out. A refund that was begun with one provider is never begun again with another.
    prvd_cd      TEXT      NOT NULL,
    ord_no       TEXT      NOT NULL,
    claim_no     TEXT      NOT NULL,
    pay_no       TEXT      NOT NULL,
    pay_means_cd TEXT      NOT NULL,
    rfd_amt      BIGINT    NOT NULL CHECK (rfd_amt > 0),
    -- When it was asked for the first time; how long the provider remembers the key counts from here.
    rqst_dtm     TIMESTAMP NOT NULL,
    -- Null while it is not known to have happened.
    cmpl_dtm     TIMESTAMP,
    -- The provider's own name for the refund.
    trns_key     TEXT,
    CHECK (trns_key IS NULL OR cmpl_dtm IS NOT NULL)
);
