-- 클레임 현황: claims of orders as claim-service tells of them, for whoever looks at an order. Nothing in it is personal.
CREATE TABLE ord_claim_stat (
    claim_no            TEXT      NOT NULL PRIMARY KEY,
    ord_no              TEXT      NOT NULL,
    claim_business_type TEXT      NOT NULL CHECK (claim_business_type IN ('10', '11', '20', '30')),
    claim_stat_cd       TEXT      NOT NULL CHECK (claim_stat_cd IN ('10', '20', '30', '90')),
    -- A claim never goes back behind it: what comes late finds it further on.
    claim_stg_cd        TEXT      NOT NULL CHECK (claim_stg_cd IN ('10', '20', '30')),
    req_dtm             TIMESTAMP NOT NULL,
    -- 이동일시: when its units became others. Null while they have not.
    mv_dtm              TIMESTAMP,
    -- Of which lines it takes or holds units.
    goods_doc           TEXT      NOT NULL
);
CREATE INDEX ord_claim_stat_by_order ON ord_claim_stat (ord_no, req_dtm, claim_no);
-- What an order has said to claims that it was not told of yet.
CREATE INDEX ord_claim_by_order ON ord_claim (ord_no);
