SELECT mbr_no, wthd_dtm FROM ord_mbr WHERE mbr_no = :member;
SELECT sum(pur_amt)::bigint FROM ord_base WHERE mbr_no = :member AND site_no = '1' AND ord_dtm >= :from AND ord_dtm <= :to AND pur_amt > 0;
