CREATE TABLE stock (
    item_no  TEXT   NOT NULL PRIMARY KEY,
    quantity BIGINT NOT NULL CHECK (quantity >= 0),
    note     TEXT,
    seen_dtm TIMESTAMP
);

CREATE TABLE stock_place (
    place_no TEXT NOT NULL PRIMARY KEY,
    item_no  TEXT NOT NULL REFERENCES stock (item_no) DEFERRABLE INITIALLY DEFERRED
);
