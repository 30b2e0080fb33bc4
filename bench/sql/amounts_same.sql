SELECT ord_no, ord_dtm, pur_amt FROM ord_base WHERE mbr_no = :member AND site_no = '1' AND ord_dtm >= :from AND ord_dtm <= :to AND pur_amt > 0 ORDER BY ord_dtm DESC, ord_no DESC;
