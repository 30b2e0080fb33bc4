-- 답변 템플릿
CREATE TABLE counsel_template (
    tmpl_no     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    tmpl_nm     TEXT      NOT NULL CHECK (length(tmpl_nm) BETWEEN 1 AND 100),
    tmpl_cont   TEXT      NOT NULL CHECK (length(tmpl_cont) BETWEEN 1 AND 4000),
    cmn_yn      TEXT      NOT NULL CHECK (cmn_yn IN ('Y', 'N')),
    reg_user_id TEXT      NOT NULL,
    mod_dtm     TIMESTAMP NOT NULL
);
CREATE INDEX counsel_template_by_user ON counsel_template (reg_user_id);

-- 개인정보 접속기록: rows are only ever added, and removed by the purge.
CREATE TABLE access_record (
    acs_no  INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    acs_dtm TIMESTAMP NOT NULL,
    user_id TEXT      NOT NULL,
    mbr_no  TEXT      NOT NULL,
    oper_nm TEXT      NOT NULL,
    ccn_no  BIGINT,
    file_no TEXT
);
CREATE INDEX access_record_by_time ON access_record (acs_dtm, acs_no);
CREATE INDEX access_record_by_member ON access_record (mbr_no, acs_dtm, acs_no);
CREATE INDEX access_record_by_user ON access_record (user_id, acs_dtm, acs_no);

-- Where an agent's pages ended, so that the next page goes on from there while inquiries arrive and move.
CREATE TABLE list_cursor (
    user_id     TEXT      NOT NULL,
    list_digest TEXT      NOT NULL,
    page_no     BIGINT    NOT NULL,
    last_dtm    TIMESTAMP NOT NULL,
    last_ccn_no BIGINT    NOT NULL,
    seen_dtm    TIMESTAMP NOT NULL,
    PRIMARY KEY (user_id, list_digest, page_no)
);
CREATE INDEX list_cursor_seen ON list_cursor (seen_dtm);

-- How many inquiries there are per Korean day, of a status and a type: what a list's total is made of. An empty status
-- stands for all of them and type 0 for all types, so that every list sums up one short range.
-- Changes are put down row by row, so that no two writers wait for one counter, and folded together later.
CREATE TABLE counsel_count (
    cnsl_stat_cd TEXT   NOT NULL,
    cnsl_typ_no  BIGINT NOT NULL,
    accp_dt      DATE   NOT NULL,
    cnt          BIGINT NOT NULL,
    PRIMARY KEY (cnsl_stat_cd, cnsl_typ_no, accp_dt)
);
CREATE TABLE counsel_count_change (
    seq          INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    accp_dt      DATE   NOT NULL,
    cnsl_stat_cd TEXT   NOT NULL,
    cnsl_typ_no  BIGINT NOT NULL,
    diff         BIGINT NOT NULL
);

CREATE TRIGGER counsel_counted_in AFTER INSERT ON counsel WHEN NEW.del_dtm IS NULL
BEGIN
    INSERT INTO counsel_count_change (accp_dt, cnsl_stat_cd, cnsl_typ_no, diff)
    VALUES (NEW.accp_dt, NEW.cnsl_stat_cd, NEW.cnsl_typ_no, 1);
END;
CREATE TRIGGER counsel_counted_out AFTER DELETE ON counsel WHEN OLD.del_dtm IS NULL
BEGIN
    INSERT INTO counsel_count_change (accp_dt, cnsl_stat_cd, cnsl_typ_no, diff)
    VALUES (OLD.accp_dt, OLD.cnsl_stat_cd, OLD.cnsl_typ_no, -1);
END;
CREATE TRIGGER counsel_counted_over AFTER UPDATE OF accp_dt, cnsl_stat_cd, cnsl_typ_no, del_dtm ON counsel
WHEN (OLD.accp_dt, OLD.cnsl_stat_cd, OLD.cnsl_typ_no, OLD.del_dtm IS NULL)
    IS NOT (NEW.accp_dt, NEW.cnsl_stat_cd, NEW.cnsl_typ_no, NEW.del_dtm IS NULL)
BEGIN
    INSERT INTO counsel_count_change (accp_dt, cnsl_stat_cd, cnsl_typ_no, diff)
    SELECT OLD.accp_dt, OLD.cnsl_stat_cd, OLD.cnsl_typ_no, -1 WHERE OLD.del_dtm IS NULL;
    INSERT INTO counsel_count_change (accp_dt, cnsl_stat_cd, cnsl_typ_no, diff)
    SELECT NEW.accp_dt, NEW.cnsl_stat_cd, NEW.cnsl_typ_no, 1 WHERE NEW.del_dtm IS NULL;
END;
