-- 협력사 키: what a vendor shows instead of a token. The key itself is kept nowhere, only its SHA-256.
CREATE TABLE vendor_key (
    key_id   TEXT      NOT NULL PRIMARY KEY,
    entr_no  TEXT      NOT NULL,
    key_hash TEXT      NOT NULL UNIQUE,
    iss_dtm  TIMESTAMP NOT NULL,
    -- 폐기일시: from then on the key opens nothing.
    rvk_dtm  TIMESTAMP
);
CREATE INDEX vendor_key_by_vendor ON vendor_key (entr_no, iss_dtm, key_id);
