-- What a member has attached on a Korean day. Rows of days that are over go.
CREATE TABLE attachment_day (
    upl_dt   DATE    NOT NULL,
    site_no  TEXT    NOT NULL,
    mbr_no   TEXT    NOT NULL,
    file_cnt INTEGER NOT NULL CHECK (file_cnt > 0),
    bytes    BIGINT  NOT NULL CHECK (bytes > 0),
    PRIMARY KEY (upl_dt, site_no, mbr_no)
);
