-- 회원 클레임: claims of members as claim-service tells of them, for the counts of their page.
CREATE TABLE mbr_claim (
    claim_no TEXT NOT NULL PRIMARY KEY,
    mbr_no   TEXT NOT NULL,
    site_no  TEXT NOT NULL,
    -- N once it has ended, and it ends once.
    open_yn  TEXT NOT NULL CHECK (open_yn IN ('Y', 'N')),
    -- Null while it is open, and of one that was rejected.
    cmpl_dtm TIMESTAMP,
    CHECK (open_yn = 'N' OR cmpl_dtm IS NULL)
);
-- The counts of a member read the index alone.
CREATE INDEX mbr_claim_live ON mbr_claim (mbr_no, site_no, open_yn, cmpl_dtm);

-- Names who has not told of all its claims yet; until then it is asked for the counts.
CREATE TABLE mbr_claim_backlog (
    sndr_nm TEXT NOT NULL PRIMARY KEY
);
INSERT INTO mbr_claim_backlog (sndr_nm) VALUES ('claim-service');
