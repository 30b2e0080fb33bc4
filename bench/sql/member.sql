-- The :count orders of member :member, spread evenly over the thousand days before :now.
-- Their numbers begin with a year that no other order's has.
SET search_path = member;
SET session_replication_role = replica;

CREATE TEMPORARY TABLE made AS
SELECT '99' || to_char(dtm, 'YYMMDD') || 'O' || lpad((:first + n)::text, 6, '0') AS ord_no,
    :'member'::text AS mbr_no, dtm, n
FROM (SELECT n, TIMESTAMP :'now' - (:count - n) * INTERVAL '1000 days' / :count AS dtm
      FROM generate_series(1, :count) AS n) AS numbered;

\ir rows.sql
