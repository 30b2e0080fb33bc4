-- 제목 검색: the tail of a title from each of its characters on, eight characters at most, so that a part of a title is
-- found by its beginning. `shortest` is the length from which a tail's beginning has not stood earlier in the same title:
-- a word of m characters is in exactly those titles that have one tail with this beginning and `shortest` <= m.
-- What a list is narrowed by beside the title stands here too, so that a count reads the key alone.
CREATE TABLE counsel_title_tail (
    tail         TEXT COLLATE "C" NOT NULL,
    ccn_no       BIGINT    NOT NULL,
    shortest     INTEGER   NOT NULL CHECK (shortest BETWEEN 1 AND 8),
    accp_dtm     TIMESTAMP NOT NULL,
    cnsl_stat_cd TEXT      NOT NULL,
    cnsl_typ_no  BIGINT    NOT NULL,
    proc_user_id TEXT,
    PRIMARY KEY (tail, ccn_no) INCLUDE (shortest, accp_dtm, cnsl_stat_cd, cnsl_typ_no, proc_user_id)
);

-- The tails that each inquiry's title has. A tail that stands earlier in the title as a whole adds nothing.
CREATE VIEW counsel_title_tails AS
    SELECT tail, ccn_no,
    CASE WHEN strpos(title_fold, left(tail, 1)) = n THEN 1
        ELSE 1 + (SELECT count(*)::integer FROM generate_series(1, 7) AS m
            WHERE strpos(title_fold, left(tail, m)) < n)
    END AS shortest,
    accp_dtm, cnsl_stat_cd, cnsl_typ_no, proc_user_id
    FROM (
    SELECT counsel.*, n, substr(title_fold, n, 8) AS tail
    FROM counsel CROSS JOIN LATERAL generate_series(1, length(title_fold)) AS n
    WHERE del_dtm IS NULL
) AS cut
    WHERE strpos(title_fold, tail) = n;

-- A trigger keeps them, so that they fit whatever writes inquiries, the release before this one too.
CREATE FUNCTION counsel_title_cut() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM counsel_title_tail WHERE ccn_no = OLD.ccn_no AND tail = ANY (ARRAY(
            SELECT substr(OLD.title_fold, n, 8) FROM generate_series(1, length(OLD.title_fold)) AS n));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO counsel_title_tail (tail, ccn_no, shortest, accp_dtm, cnsl_stat_cd, cnsl_typ_no, proc_user_id)
        SELECT tail, ccn_no, shortest, accp_dtm, cnsl_stat_cd, cnsl_typ_no, proc_user_id
        FROM counsel_title_tails WHERE ccn_no = NEW.ccn_no;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER counsel_title_cut_in AFTER INSERT OR DELETE ON counsel
    FOR EACH ROW EXECUTE FUNCTION counsel_title_cut();
CREATE TRIGGER counsel_title_cut_over
    AFTER UPDATE OF title_fold, accp_dtm, cnsl_stat_cd, cnsl_typ_no, proc_user_id, del_dtm ON counsel
    FOR EACH ROW
    WHEN ((OLD.title_fold, OLD.accp_dtm, OLD.cnsl_stat_cd, OLD.cnsl_typ_no, OLD.proc_user_id, OLD.del_dtm IS NULL)
        IS DISTINCT FROM
        (NEW.title_fold, NEW.accp_dtm, NEW.cnsl_stat_cd, NEW.cnsl_typ_no, NEW.proc_user_id, NEW.del_dtm IS NULL))
    EXECUTE FUNCTION counsel_title_cut();

-- Which inquiries are older than the trigger and wait for a worker to cut their titles; without a row none does.
CREATE TABLE counsel_title_backlog (
    next_ccn_no BIGINT NOT NULL PRIMARY KEY,
    last_ccn_no BIGINT NOT NULL
);
-- The trigger's lock has let all writers end who don't know it: nothing above the last number comes without it.
INSERT INTO counsel_title_backlog (next_ccn_no, last_ccn_no)
    SELECT min(ccn_no), max(ccn_no) FROM counsel HAVING count(*) > 0;
