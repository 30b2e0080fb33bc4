-- 탈퇴회원: what arrives later for one of these is stored masked.
CREATE TABLE withdrawn_member (
    mbr_no   TEXT NOT NULL PRIMARY KEY,
    wthd_dtm TIMESTAMP NOT NULL
);
