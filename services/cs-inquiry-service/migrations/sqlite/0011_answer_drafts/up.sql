-- 답변 초안: what an agent has written of an answer that is not sent. It is this agent's, whoever owns the inquiry meanwhile.
CREATE TABLE counsel_answer_draft (
    user_id   TEXT      NOT NULL,
    ccn_no    BIGINT    NOT NULL REFERENCES counsel (ccn_no) ON DELETE CASCADE,
    ans_cont  TEXT      NOT NULL CHECK (length(ans_cont) BETWEEN 1 AND 64000),
    tmpl_no   BIGINT,
    -- Grows with every change.
    draft_ver BIGINT    NOT NULL,
    mod_dtm   TIMESTAMP NOT NULL,
    PRIMARY KEY (user_id, ccn_no)
);
CREATE INDEX counsel_answer_draft_by_inquiry ON counsel_answer_draft (ccn_no, user_id);
CREATE INDEX counsel_answer_draft_by_time ON counsel_answer_draft (mod_dtm);

-- A member that deletes its inquiry, or leaves, takes with it what was written about it: by triggers, so that it goes
-- whoever carries that out, the release before as well.
CREATE TRIGGER counsel_draft_goes_with_inquiry AFTER UPDATE OF del_dtm ON counsel WHEN NEW.del_dtm IS NOT NULL
BEGIN
    DELETE FROM counsel_answer_draft WHERE ccn_no = NEW.ccn_no;
END;
CREATE TRIGGER counsel_draft_goes_with_member AFTER UPDATE OF wthd_dtm ON counsel_member
WHEN OLD.wthd_dtm IS NULL AND NEW.wthd_dtm IS NOT NULL
BEGIN
    DELETE FROM counsel_answer_draft WHERE ccn_no IN (SELECT ccn_no FROM counsel WHERE mbr_no = NEW.mbr_no);
END;
CREATE TRIGGER counsel_draft_goes_with_member_at_once AFTER INSERT ON counsel_member WHEN NEW.wthd_dtm IS NOT NULL
BEGIN
    DELETE FROM counsel_answer_draft WHERE ccn_no IN (SELECT ccn_no FROM counsel WHERE mbr_no = NEW.mbr_no);
END;
