-- 클레임 결정: what the order said to a claim. A claim is decided once; asked again it hears the same, whatever has
-- become of the order since. claim_business_type: 10 cancel, 11 option change, 20 return.
CREATE TABLE ord_claim (
    claim_no            TEXT      NOT NULL PRIMARY KEY,
    ord_no              TEXT      NOT NULL REFERENCES ord_base (ord_no),
    claim_business_type TEXT      NOT NULL CHECK (claim_business_type IN ('10', '11', '20')),
    req_dgst            TEXT      NOT NULL,
    dcsn_cd             TEXT      NOT NULL CHECK (dcsn_cd IN ('CONFIRMED', 'REJECTED')),
    reg_dtm             TIMESTAMP NOT NULL
);
