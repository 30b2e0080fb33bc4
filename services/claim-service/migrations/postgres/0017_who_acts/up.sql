-- 요청자: who asked for a claim of our own, and in which role. Null of claims that another system took, and of those from before;
-- a guest has no name of its own.
ALTER TABLE claim ADD COLUMN req_user_id TEXT;
ALTER TABLE claim ADD COLUMN req_role_cd TEXT
    CHECK (req_role_cd IN ('MEMBER', 'GUEST', 'AGENT', 'ADMIN', 'SERVICE'));

-- 클레임처리이력: what people and programs did about a claim after it was asked for; only ever appended to.
CREATE TABLE claim_hist (
    claim_no   TEXT      NOT NULL REFERENCES claim (claim_no),
    hist_seq   INTEGER   NOT NULL,
    act_dtm    TIMESTAMP NOT NULL,
    -- Null of an operator at the console, and of a guest.
    user_id    TEXT,
    role_cd    TEXT      CHECK (role_cd IN ('MEMBER', 'GUEST', 'AGENT', 'ADMIN', 'SERVICE')),
    act_cd     TEXT      NOT NULL,
    -- 회수교환상태 of a return or an exchange of ours, 클레임상태 of every other claim.
    fr_stat_cd TEXT      NOT NULL,
    to_stat_cd TEXT      NOT NULL,
    PRIMARY KEY (claim_no, hist_seq)
);
