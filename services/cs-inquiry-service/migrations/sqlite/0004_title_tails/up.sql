-- 제목 검색: the tail of a title from each of its characters on, eight characters at most, so that a part of a title is
-- found by its beginning. `shortest` is the length from which a tail's beginning has not stood earlier in the same title:
-- a word of m characters is in exactly those titles that have one tail with this beginning and `shortest` <= m.
-- What a list is narrowed by beside the title stands here too, so that a count reads the key alone.
CREATE TABLE counsel_title_tail (
    tail         TEXT      NOT NULL,
    ccn_no       BIGINT    NOT NULL,
    shortest     INTEGER   NOT NULL CHECK (shortest BETWEEN 1 AND 8),
    accp_dtm     TIMESTAMP NOT NULL,
    cnsl_stat_cd TEXT      NOT NULL,
    cnsl_typ_no  BIGINT    NOT NULL,
    proc_user_id TEXT,
    PRIMARY KEY (tail, ccn_no)
) WITHOUT ROWID;

-- Places in a title: 100 characters, of which one may become two in lower case.
CREATE TABLE counsel_title_place (n INTEGER NOT NULL PRIMARY KEY);
INSERT INTO counsel_title_place (n)
    WITH RECURSIVE place (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM place WHERE n < 200) SELECT n FROM place;

-- The tails that each inquiry's title has. A tail that stands earlier in the title as a whole adds nothing.
CREATE VIEW counsel_title_tails AS
    SELECT substr(title_fold, place.n, 8) AS tail, ccn_no,
    CASE WHEN instr(title_fold, substr(title_fold, place.n, 1)) = place.n THEN 1
        ELSE 1 + (SELECT count(*) FROM counsel_title_place AS m
            WHERE m.n <= 7 AND instr(title_fold, substr(title_fold, place.n, m.n)) < place.n)
    END AS shortest,
    accp_dtm, cnsl_stat_cd, cnsl_typ_no, proc_user_id
    FROM counsel JOIN counsel_title_place AS place ON place.n <= length(title_fold)
    WHERE del_dtm IS NULL AND instr(title_fold, substr(title_fold, place.n, 8)) = place.n;

-- Triggers keep them, so that they fit whatever writes inquiries, the release before this one too.
CREATE TRIGGER counsel_title_cut_in AFTER INSERT ON counsel
BEGIN
    INSERT INTO counsel_title_tail (tail, ccn_no, shortest, accp_dtm, cnsl_stat_cd, cnsl_typ_no, proc_user_id)
    SELECT tail, ccn_no, shortest, accp_dtm, cnsl_stat_cd, cnsl_typ_no, proc_user_id
    FROM counsel_title_tails WHERE ccn_no = NEW.ccn_no;
END;
CREATE TRIGGER counsel_title_cut_out AFTER DELETE ON counsel
BEGIN
    DELETE FROM counsel_title_tail WHERE ccn_no = OLD.ccn_no AND tail IN (
        SELECT substr(OLD.title_fold, n, 8) FROM counsel_title_place WHERE n <= length(OLD.title_fold));
END;
CREATE TRIGGER counsel_title_cut_over
    AFTER UPDATE OF title_fold, accp_dtm, cnsl_stat_cd, cnsl_typ_no, proc_user_id, del_dtm ON counsel
WHEN (OLD.title_fold, OLD.accp_dtm, OLD.cnsl_stat_cd, OLD.cnsl_typ_no, OLD.proc_user_id, OLD.del_dtm IS NULL)
    IS NOT (NEW.title_fold, NEW.accp_dtm, NEW.cnsl_stat_cd, NEW.cnsl_typ_no, NEW.proc_user_id, NEW.del_dtm IS NULL)
BEGIN
    DELETE FROM counsel_title_tail WHERE ccn_no = OLD.ccn_no AND tail IN (
        SELECT substr(OLD.title_fold, n, 8) FROM counsel_title_place WHERE n <= length(OLD.title_fold));
    INSERT INTO counsel_title_tail (tail, ccn_no, shortest, accp_dtm, cnsl_stat_cd, cnsl_typ_no, proc_user_id)
    SELECT tail, ccn_no, shortest, accp_dtm, cnsl_stat_cd, cnsl_typ_no, proc_user_id
    FROM counsel_title_tails WHERE ccn_no = NEW.ccn_no;
END;

-- Which inquiries are older than the triggers and wait for a worker to cut their titles; without a row none does.
CREATE TABLE counsel_title_backlog (
    next_ccn_no BIGINT NOT NULL PRIMARY KEY,
    last_ccn_no BIGINT NOT NULL
);
INSERT INTO counsel_title_backlog (next_ccn_no, last_ccn_no)
    SELECT min(ccn_no), max(ccn_no) FROM counsel HAVING count(*) > 0;
