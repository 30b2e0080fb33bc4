-- 주문사본: an order as it was placed, pinned when it was first asked for, and what its claims are decided by.
-- Nothing personal: names, phones and addresses are asked of member-service each time. Claims of one order lock
-- its row, so that they are decided one after the other.
CREATE TABLE order_copy (
    ord_no     TEXT      NOT NULL PRIMARY KEY,
    site_no    TEXT      NOT NULL,
    -- Null for a guest's order.
    mbr_no     TEXT,
    -- The agreed terms as JSON.
    ord_doc    TEXT      NOT NULL,
    pinned_dtm TIMESTAMP NOT NULL
);
