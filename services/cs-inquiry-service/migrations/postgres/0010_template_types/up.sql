-- The type of inquiries that a template is for, and those below it; null of one that is for all.
ALTER TABLE counsel_template ADD COLUMN cnsl_typ_no BIGINT REFERENCES counsel_type (cnsl_typ_no);
