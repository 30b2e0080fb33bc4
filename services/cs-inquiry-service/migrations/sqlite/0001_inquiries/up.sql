-- 상담회원: locked by whoever writes something personal of the member, so that a withdrawal misses nothing.
CREATE TABLE counsel_member (
    mbr_no   TEXT NOT NULL PRIMARY KEY,
    -- Null until the member withdraws.
    wthd_dtm TIMESTAMP
);

-- 상담유형: a tree, parents before children.
CREATE TABLE counsel_type (
    cnsl_typ_no       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    cnsl_typ_nm       TEXT    NOT NULL CHECK (length(cnsl_typ_nm) BETWEEN 1 AND 50),
    upr_cnsl_typ_no   BIGINT  REFERENCES counsel_type (cnsl_typ_no),
    sort_seq          INTEGER NOT NULL,
    use_yn            TEXT    NOT NULL CHECK (use_yn IN ('Y', 'N')),
    goods_sel_mdty_yn TEXT    NOT NULL CHECK (goods_sel_mdty_yn IN ('Y', 'N')),
    ord_sel_mdty_yn   TEXT    NOT NULL CHECK (ord_sel_mdty_yn IN ('Y', 'N')),
    mod_dtm           TIMESTAMP NOT NULL,
    CHECK (upr_cnsl_typ_no <> cnsl_typ_no)
);
INSERT INTO sqlite_sequence (name, seq) VALUES ('counsel_type', 10000);

-- 1:1 문의. A deleted one stays as a husk without any text until the retention is over.
CREATE TABLE counsel (
    ccn_no       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    site_no      TEXT      NOT NULL,
    mbr_no       TEXT      NOT NULL,
    cnsl_typ_no  BIGINT    NOT NULL REFERENCES counsel_type (cnsl_typ_no),
    title        TEXT      NOT NULL,
    -- The title in lower case: both databases then search alike.
    title_fold   TEXT      NOT NULL,
    accp_cont    TEXT      NOT NULL CHECK (length(accp_cont) <= 4000),
    ord_no       TEXT,
    ord_seq      INTEGER,
    goods_no     TEXT,
    itm_no       TEXT,
    -- As it was called when the inquiry was written.
    goods_nm     TEXT,
    sms_noti_yn  TEXT      NOT NULL CHECK (sms_noti_yn IN ('Y', 'N')),
    cell_sct_no  TEXT,
    cell_txno_no TEXT,
    cell_end_no  TEXT,
    email_addr   TEXT,
    inqmn_nm     TEXT,
    -- 10 접수완료, 20 처리중, 30 답변완료.
    cnsl_stat_cd TEXT      NOT NULL CHECK (cnsl_stat_cd IN ('10', '20', '30')),
    proc_user_id TEXT,
    accp_dtm     TIMESTAMP NOT NULL,
    -- The Korean day of accp_dtm.
    accp_dt      DATE      NOT NULL,
    -- When the member last changed what it wrote; later than before at every change.
    mod_dtm      TIMESTAMP NOT NULL,
    file_cnt     INTEGER   NOT NULL CHECK (file_cnt BETWEEN 0 AND 5),
    ans_cont     TEXT,
    ans_dtm      TIMESTAMP,
    ans_user_id  TEXT,
    tmpl_no      BIGINT,
    -- The number of a question taken over from the shop's product Q&A.
    quest_no     TEXT,
    del_dtm      TIMESTAMP,
    CHECK (del_dtm IS NOT NULL OR length(title) BETWEEN 1 AND 100),
    CHECK (del_dtm IS NULL OR cnsl_stat_cd = '10'),
    CHECK ((cnsl_stat_cd = '10') = (proc_user_id IS NULL)),
    CHECK ((cnsl_stat_cd = '30') = (ans_dtm IS NOT NULL)),
    CHECK ((cnsl_stat_cd = '30') = (ans_cont IS NOT NULL)),
    CHECK ((cnsl_stat_cd = '30') = (ans_user_id IS NOT NULL)),
    CHECK (accp_dtm <= mod_dtm)
);
INSERT INTO sqlite_sequence (name, seq) VALUES ('counsel', 1000000);

-- A member's list and counts; the counts read the index alone. (SQLite asks an index for the column of its condition.)
CREATE INDEX counsel_by_member ON counsel (mbr_no, site_no, accp_dtm, ccn_no, cnsl_stat_cd, del_dtm)
    WHERE del_dtm IS NULL;
-- The agents' list. What is asked beside the leading column is in the index as well, so that rows that don't fit are
-- passed over without being fetched; a search reads the titles of the asked days from the first index alone.
CREATE INDEX counsel_by_time ON counsel
    (accp_dtm, ccn_no, title_fold, cnsl_stat_cd, cnsl_typ_no, proc_user_id, del_dtm) WHERE del_dtm IS NULL;
CREATE INDEX counsel_by_status ON counsel (cnsl_stat_cd, accp_dtm, ccn_no, cnsl_typ_no, del_dtm)
    WHERE del_dtm IS NULL;
CREATE INDEX counsel_by_type ON counsel (cnsl_typ_no, accp_dtm, ccn_no, cnsl_stat_cd, del_dtm)
    WHERE del_dtm IS NULL;
CREATE INDEX counsel_by_agent ON counsel (proc_user_id, accp_dtm, ccn_no, cnsl_stat_cd, cnsl_typ_no, del_dtm)
    WHERE del_dtm IS NULL;
CREATE INDEX counsel_by_order ON counsel (ord_no, accp_dtm, ccn_no, del_dtm) WHERE del_dtm IS NULL;
CREATE UNIQUE INDEX counsel_by_question ON counsel (site_no, quest_no) WHERE quest_no IS NOT NULL;

-- 상담이력: who did what with an inquiry, without its text.
CREATE TABLE counsel_history (
    ccn_no       BIGINT    NOT NULL REFERENCES counsel (ccn_no) ON DELETE CASCADE,
    seq          INTEGER   NOT NULL CHECK (seq >= 1),
    dtm          TIMESTAMP NOT NULL,
    user_id      TEXT      NOT NULL,
    act_cd       TEXT      NOT NULL,
    from_stat_cd TEXT,
    to_stat_cd   TEXT,
    PRIMARY KEY (ccn_no, seq)
);

-- 첨부파일. Put down before the bytes are stored; without an inquiry it is an upload under way, or one that broke off.
CREATE TABLE attachment (
    file_no    TEXT      NOT NULL PRIMARY KEY,
    ccn_no     BIGINT    REFERENCES counsel (ccn_no),
    -- The file's place among those of its inquiry.
    seq        INTEGER   NOT NULL DEFAULT 0,
    file_nm    TEXT      NOT NULL,
    bytes      BIGINT    NOT NULL CHECK (bytes > 0),
    media_type TEXT      NOT NULL,
    reg_dtm    TIMESTAMP NOT NULL
);
CREATE INDEX attachment_by_inquiry ON attachment (ccn_no, seq) WHERE ccn_no IS NOT NULL;
CREATE INDEX attachment_unclaimed ON attachment (reg_dtm) WHERE ccn_no IS NULL;
