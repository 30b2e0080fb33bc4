-- The program counts what a reader sees, and one such character may be several code points, which is what length() counts:
-- 16 for each character on the whole of a text, and no more. What is there keeps the narrower rules, so no row is read.
ALTER TABLE counsel_type DROP CONSTRAINT counsel_type_cnsl_typ_nm_check,
    ADD CONSTRAINT counsel_type_cnsl_typ_nm_check CHECK (length(cnsl_typ_nm) BETWEEN 1 AND 800) NOT VALID;
ALTER TABLE counsel DROP CONSTRAINT counsel_accp_cont_check,
    ADD CONSTRAINT counsel_accp_cont_check CHECK (length(accp_cont) <= 64000) NOT VALID;
ALTER TABLE counsel DROP CONSTRAINT counsel_check,
    ADD CONSTRAINT counsel_check CHECK (del_dtm IS NOT NULL OR length(title) BETWEEN 1 AND 1600) NOT VALID;
ALTER TABLE counsel_template DROP CONSTRAINT counsel_template_tmpl_nm_check,
    ADD CONSTRAINT counsel_template_tmpl_nm_check CHECK (length(tmpl_nm) BETWEEN 1 AND 1600) NOT VALID;
ALTER TABLE counsel_template DROP CONSTRAINT counsel_template_tmpl_cont_check,
    ADD CONSTRAINT counsel_template_tmpl_cont_check CHECK (length(tmpl_cont) BETWEEN 1 AND 64000) NOT VALID;

-- Which inquiries were there before titles were searched composed, and wait for a worker to fold theirs again; without a
-- row none does.
CREATE TABLE counsel_fold_backlog (
    next_ccn_no BIGINT NOT NULL PRIMARY KEY,
    last_ccn_no BIGINT NOT NULL
);
INSERT INTO counsel_fold_backlog (next_ccn_no, last_ccn_no)
    SELECT min(ccn_no), max(ccn_no) FROM counsel HAVING count(*) > 0;
