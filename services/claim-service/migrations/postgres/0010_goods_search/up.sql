-- Behind which goods are those whose names were put down before they were searched composed, and wait for a worker to put
-- search_nm down again; without a row none does.
CREATE TABLE goods_search_backlog (
    after_goods_no TEXT NOT NULL PRIMARY KEY
);
INSERT INTO goods_search_backlog (after_goods_no)
    SELECT '' WHERE EXISTS (SELECT 1 FROM goods);
