-- 상품: what an option change and a storefront need to know of the goods that were ordered.
CREATE TABLE goods (
    goods_no     TEXT      NOT NULL PRIMARY KEY,
    goods_nm     TEXT      NOT NULL,
    -- The name in small letters, so that both databases search alike.
    search_nm    TEXT      NOT NULL,
    sale_prc     BIGINT    NOT NULL CHECK (sale_prc >= 0),
    sale_stat_cd TEXT      NOT NULL,
    rsv_goods_yn TEXT      NOT NULL CHECK (rsv_goods_yn IN ('Y', 'N')),
    goods_img    TEXT,
    mod_dtm      TIMESTAMP NOT NULL
);

-- 단품: `stk_qty` is what is there now.
CREATE TABLE goods_itm (
    goods_no         TEXT   NOT NULL REFERENCES goods (goods_no),
    itm_no           TEXT   NOT NULL,
    itm_nm           TEXT   NOT NULL,
    itm_sale_stat_cd TEXT   NOT NULL,
    add_prc          BIGINT NOT NULL,
    stk_qty          BIGINT NOT NULL CHECK (stk_qty >= 0),
    PRIMARY KEY (goods_no, itm_no)
);
