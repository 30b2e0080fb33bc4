-- The program counts what a reader sees, and one such character may be several code points, which is what length() counts:
-- 16 for each character on the whole of a text, and no more. SQLite has no statement that changes a check; rewriting the
-- table's text is the way it documents, since no row is stored otherwise.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'length(cnsl_typ_nm) BETWEEN 1 AND 50)', 'length(cnsl_typ_nm) BETWEEN 1 AND 800)')
    WHERE type = 'table' AND name = 'counsel_type';
UPDATE sqlite_schema SET sql = replace(replace(sql,
        'length(accp_cont) <= 4000)', 'length(accp_cont) <= 64000)'),
        'length(title) BETWEEN 1 AND 100)', 'length(title) BETWEEN 1 AND 1600)')
    WHERE type = 'table' AND name = 'counsel';
UPDATE sqlite_schema SET sql = replace(replace(sql,
        'length(tmpl_nm) BETWEEN 1 AND 100)', 'length(tmpl_nm) BETWEEN 1 AND 1600)'),
        'length(tmpl_cont) BETWEEN 1 AND 4000)', 'length(tmpl_cont) BETWEEN 1 AND 64000)')
    WHERE type = 'table' AND name = 'counsel_template';
PRAGMA writable_schema = RESET;

-- Which inquiries were there before titles were searched composed, and wait for a worker to fold theirs again; without a
-- row none does. Making the table also tells other connections that the schema is another one.
CREATE TABLE counsel_fold_backlog (
    next_ccn_no BIGINT NOT NULL PRIMARY KEY,
    last_ccn_no BIGINT NOT NULL
);
INSERT INTO counsel_fold_backlog (next_ccn_no, last_ccn_no)
    SELECT min(ccn_no), max(ccn_no) FROM counsel HAVING count(*) > 0;

-- A folded title has 2,000 bytes at most, and no more places than that.
INSERT INTO counsel_title_place (n)
    WITH RECURSIVE place (n) AS (SELECT 201 UNION ALL SELECT n + 1 FROM place WHERE n < 2000) SELECT n FROM place;
