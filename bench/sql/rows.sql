-- Everything that follows from the orders in the temporary table `made` (ord_no, mbr_no, dtm, n): one line each, on its
-- way for three days and arrived after two.
INSERT INTO ord_mbr (mbr_no) SELECT DISTINCT mbr_no FROM made ON CONFLICT DO NOTHING;

INSERT INTO ord_base (ord_no, site_no, mbr_no, mbr_grade_cd, ord_man_nm, cell_sct_no, cell_txno_no, cell_end_no,
    email_addr, ord_media_cd, ord_dtm, ord_terms, ord_dgst, mask_yn, pur_amt, open_yn, live_dlvd_dtm, reg_dtm)
SELECT ord_no, '1', mbr_no, '30', '홍길동', '010', '1234', '5678', 'gildong@example.com', '20', dtm,
    -- As long as the terms of an order of two lines.
    repeat('{"ordSeq":1,"dcAmt":6000} ', 40), repeat('0', 64), 'N', 10000 + n % 90000,
    CASE WHEN dtm > TIMESTAMP :'now' - INTERVAL '3 days' THEN 'Y' ELSE 'N' END,
    CASE WHEN dtm > TIMESTAMP :'now' - INTERVAL '3 days' THEN NULL ELSE dtm + INTERVAL '2 days' END, dtm
FROM made;

INSERT INTO ord_line (ord_no, ord_seq, goods_no, goods_nm, itm_no, itm_nm, entr_no, deli_grp_no, sale_prc, ord_qty,
    dc_amt, ord_dtl_stat_cd, dlvd_dtm)
SELECT ord_no, 1, '10002552', '린넨 셔츠', '001', '화이트/M', 'E0001', 1, 10000 + n % 90000, 1, 0,
    CASE WHEN dtm > TIMESTAMP :'now' - INTERVAL '3 days' THEN '13' ELSE '15' END,
    CASE WHEN dtm > TIMESTAMP :'now' - INTERVAL '3 days' THEN NULL ELSE dtm + INTERVAL '2 days' END
FROM made;

-- One order in twenty has come back, says the system that took its return, and the member-service has heard of it.
INSERT INTO claim.claim (claim_no, site_no, ord_no, mbr_no, claim_business_type, claim_stat_cd, req_dtm, cmpl_dtm, rcv_yn, told_stat_cd)
SELECT replace(ord_no, 'O', 'C'), '1', ord_no, mbr_no, '20', '30', dtm + INTERVAL '4 days', dtm + INTERVAL '6 days', 'Y', '30'
FROM made WHERE n % 20 = 0 AND dtm < TIMESTAMP :'now' - INTERVAL '6 days';

INSERT INTO mbr_claim (claim_no, mbr_no, site_no, open_yn, cmpl_dtm)
SELECT replace(ord_no, 'O', 'C'), mbr_no, '1', 'N', dtm + INTERVAL '6 days'
FROM made WHERE n % 20 = 0 AND dtm < TIMESTAMP :'now' - INTERVAL '6 days';

DROP TABLE made;
-- Index-only scans need to know which pages everybody may see.
VACUUM ANALYZE ord_mbr, ord_base, ord_line, mbr_claim, claim.claim;
