SELECT count(*) FROM ord_base WHERE mbr_no = :member AND site_no = '1' AND open_yn = 'Y';
SELECT count(*) FROM ord_base WHERE mbr_no = :member AND site_no = '1' AND open_yn = 'N' AND live_dlvd_dtm >= :delivered;
SELECT count(*) FROM mbr_claim WHERE mbr_no = :member AND site_no = '1' AND open_yn = 'Y';
SELECT count(*) FROM mbr_claim WHERE mbr_no = :member AND site_no = '1' AND open_yn = 'N' AND cmpl_dtm >= :completed;
