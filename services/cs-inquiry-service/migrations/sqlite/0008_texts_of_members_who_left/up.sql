-- Y of an answer whose variables are filled in when it is shown; null of one that was filled in when it was saved.
ALTER TABLE counsel ADD COLUMN ans_fill_yn TEXT CHECK (ans_fill_yn IN ('Y', 'N'));

-- 본문 마스킹: what a member who leaves has written, and others to it, is looked through. A trigger asks for it, so that it
-- is asked for whoever hears of the withdrawal, the release before as well.
CREATE TRIGGER counsel_member_left_at_once AFTER INSERT ON counsel_member WHEN NEW.wthd_dtm IS NOT NULL
BEGIN
    INSERT INTO outbox_message (message_key, topic, payload, created_dtm, next_try_dtm)
    VALUES ('withdrawal.texts:' || NEW.mbr_no, 'withdrawal.texts', '"' || NEW.mbr_no || '"', NEW.wthd_dtm, NEW.wthd_dtm)
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER counsel_member_left AFTER UPDATE OF wthd_dtm ON counsel_member
WHEN OLD.wthd_dtm IS NULL AND NEW.wthd_dtm IS NOT NULL
BEGIN
    INSERT INTO outbox_message (message_key, topic, payload, created_dtm, next_try_dtm)
    VALUES ('withdrawal.texts:' || NEW.mbr_no, 'withdrawal.texts', '"' || NEW.mbr_no || '"', NEW.wthd_dtm, NEW.wthd_dtm)
    ON CONFLICT DO NOTHING;
END;
-- And of those who had left before.
INSERT INTO outbox_message (message_key, topic, payload, created_dtm, next_try_dtm)
    SELECT 'withdrawal.texts:' || mbr_no, 'withdrawal.texts', '"' || mbr_no || '"', wthd_dtm, wthd_dtm
    FROM counsel_member WHERE wthd_dtm IS NOT NULL;
