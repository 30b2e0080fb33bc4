-- One row per event and channel: what was told to whom, and whether it has left.
-- Secrets are starred out of title and body. What is really sent travels sealed in the outbox.
-- chnl_cd: 10 알림톡, 20 SMS, 30 e-mail, 40 알림함, which is the row itself. send_stat_cd: 10 waiting, 20 sent, 30 failed.
CREATE TABLE notification (
    noti_no      TEXT      NOT NULL PRIMARY KEY,
    noti_key     TEXT      NOT NULL CHECK (length(noti_key) BETWEEN 1 AND 200),
    chnl_cd      TEXT      NOT NULL CHECK (chnl_cd IN ('10', '20', '30', '40')),
    tmpl_cd      TEXT      NOT NULL,
    site_no      TEXT      NOT NULL,
    mbr_no       TEXT,
    ord_no       TEXT,
    title        TEXT      NOT NULL,
    body         TEXT      NOT NULL,
    receiver     TEXT,
    send_stat_cd TEXT      NOT NULL CHECK (send_stat_cd IN ('10', '20', '30')),
    send_dtm     TIMESTAMP,
    try_cnt      INTEGER   NOT NULL DEFAULT 0 CHECK (try_cnt >= 0),
    fail_rsn     TEXT,
    reg_dtm      TIMESTAMP NOT NULL,
    CHECK ((send_stat_cd = '20') = (send_dtm IS NOT NULL)),
    CHECK (chnl_cd <> '40' OR (mbr_no IS NOT NULL AND send_stat_cd = '20'))
);
-- An event is told once per channel, however often it is reported.
CREATE UNIQUE INDEX notification_event ON notification (noti_key, chnl_cd);
-- The member's 알림함, newest first; the withdrawal finds a member's rows by it too.
CREATE INDEX notification_member ON notification (mbr_no, site_no, chnl_cd, reg_dtm, noti_no);
