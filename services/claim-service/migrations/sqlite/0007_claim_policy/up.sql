-- 클레임정책: the versions an operator added, only ever appended to. Version 1 is the contract's and stands in the program.
CREATE TABLE claim_policy (
    plcy_ver          INTEGER   NOT NULL PRIMARY KEY CHECK (plcy_ver > 1),
    -- Orders placed from this instant on are judged by it.
    str_dtm           TIMESTAMP NOT NULL,
    -- 고객귀책: whether discounts and gifts are judged, and who bears a fee that becomes due.
    cust_dc_jdg_yn    TEXT      NOT NULL CHECK (cust_dc_jdg_yn IN ('Y', 'N')),
    cust_gift_jdg_yn  TEXT      NOT NULL CHECK (cust_gift_jdg_yn IN ('Y', 'N')),
    cust_chrg_sub_cd  TEXT      NOT NULL CHECK (cust_chrg_sub_cd IN ('10', '20', '30')),
    -- 업체귀책
    entr_dc_jdg_yn    TEXT      NOT NULL CHECK (entr_dc_jdg_yn IN ('Y', 'N')),
    entr_gift_jdg_yn  TEXT      NOT NULL CHECK (entr_gift_jdg_yn IN ('Y', 'N')),
    entr_chrg_sub_cd  TEXT      NOT NULL CHECK (entr_chrg_sub_cd IN ('10', '20', '30')),
    -- 환불순서: four names with commas between them.
    rfd_ord           TEXT      NOT NULL,
    reg_dtm           TIMESTAMP NOT NULL
);
