-- 상담 메모: what agents tell one another about an inquiry. Its member never sees it.
CREATE TABLE counsel_memo (
    ccn_no    BIGINT    NOT NULL REFERENCES counsel (ccn_no) ON DELETE CASCADE,
    seq       INTEGER   NOT NULL CHECK (seq >= 1),
    dtm       TIMESTAMP NOT NULL,
    user_id   TEXT      NOT NULL,
    memo_cont TEXT      NOT NULL CHECK (length(memo_cont) BETWEEN 1 AND 16000),
    PRIMARY KEY (ccn_no, seq)
);

-- A deleted inquiry leaves a husk without any text, whoever deletes it.
CREATE FUNCTION counsel_memo_goes_with_inquiry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM counsel_memo WHERE ccn_no = NEW.ccn_no;
    RETURN NULL;
END
$$;
CREATE TRIGGER counsel_memo_goes_with_inquiry AFTER UPDATE OF del_dtm ON counsel
    FOR EACH ROW WHEN (NEW.del_dtm IS NOT NULL) EXECUTE FUNCTION counsel_memo_goes_with_inquiry();
