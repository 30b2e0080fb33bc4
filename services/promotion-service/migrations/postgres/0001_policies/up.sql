-- 적립정책 현재버전: which version counts, per site. Writers of a site follow one another on this row.
CREATE TABLE accm_policy_site (
    site_no    TEXT   NOT NULL PRIMARY KEY,
    policy_ver BIGINT NOT NULL CHECK (policy_ver >= 0)
);

-- 적립정책: every version ever put. A row never changes.
CREATE TABLE accm_policy (
    site_no    TEXT      NOT NULL REFERENCES accm_policy_site (site_no),
    policy_ver BIGINT    NOT NULL CHECK (policy_ver > 0),
    policy_doc TEXT      NOT NULL,
    reg_user   TEXT      NOT NULL,
    reg_dtm    TIMESTAMP NOT NULL,
    PRIMARY KEY (site_no, policy_ver)
);

-- 종료된 상품마일리지: caps of those that only earlier versions had. Claims of their orders still ask for them.
CREATE TABLE accm_promo_retired (
    site_no      TEXT   NOT NULL REFERENCES accm_policy_site (site_no),
    promo_no     TEXT   NOT NULL,
    max_accm_amt BIGINT NOT NULL CHECK (max_accm_amt > 0),
    PRIMARY KEY (site_no, promo_no)
);
