-- What was told about an order, newest first.
CREATE INDEX notification_by_order ON notification (ord_no, reg_dtm, noti_no);
