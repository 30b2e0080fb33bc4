-- Looks at what other services show, what they were about, and where from (접속지). Of a guest mbr_no is empty.
ALTER TABLE access_record ADD COLUMN svc_nm TEXT NOT NULL DEFAULT 'cs-inquiry-service';
ALTER TABLE access_record ADD COLUMN ord_no TEXT;
ALTER TABLE access_record ADD COLUMN claim_no TEXT;
ALTER TABLE access_record ADD COLUMN acs_ip TEXT;
CREATE INDEX access_record_by_order ON access_record (ord_no, acs_dtm, acs_no) WHERE ord_no IS NOT NULL;
CREATE INDEX access_record_by_claim ON access_record (claim_no, acs_dtm, acs_no) WHERE claim_no IS NOT NULL;
CREATE INDEX access_record_by_operation ON access_record (oper_nm, acs_dtm, acs_no);
