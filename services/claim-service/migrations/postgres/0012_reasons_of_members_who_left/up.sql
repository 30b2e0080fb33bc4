-- 클레임사유 분리보관: what members who have left gave as a reason, as they wrote it, sealed, until its date.
CREATE TABLE reason_archive (
    claim_no   TEXT      NOT NULL PRIMARY KEY,
    keep_until TIMESTAMP NOT NULL,
    sealed_doc TEXT      NOT NULL,
    reg_dtm    TIMESTAMP NOT NULL
);
CREATE INDEX reason_archive_keep_until ON reason_archive (keep_until);

-- 본문 마스킹: what a member who leaves has written is looked through. A trigger asks for it, so that it is asked for
-- whoever hears of the withdrawal, the release before as well.
CREATE FUNCTION withdrawn_member_left() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outbox_message (message_key, topic, payload, created_dtm, next_try_dtm)
    VALUES ('withdrawal.texts:' || NEW.mbr_no, 'withdrawal.texts', NEW.mbr_no, NEW.wthd_dtm, NEW.wthd_dtm)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER withdrawn_member_left AFTER INSERT ON withdrawn_member
    FOR EACH ROW EXECUTE FUNCTION withdrawn_member_left();
-- And of those who had left before.
INSERT INTO outbox_message (message_key, topic, payload, created_dtm, next_try_dtm)
    SELECT 'withdrawal.texts:' || mbr_no, 'withdrawal.texts', mbr_no, wthd_dtm, wthd_dtm
    FROM withdrawn_member;
