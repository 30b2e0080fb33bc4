-- Orders number :first to :last of a million, one each 86.4 seconds of the thousand days before :now, of two hundred
-- thousand members in turn.
SET search_path = member;
-- Foreign keys are not checked: that would take longer than everything else, and the rows are made to match.
SET session_replication_role = replica;

CREATE TEMPORARY TABLE made AS
SELECT to_char(dtm, 'YYYYMMDD') || 'O' || lpad((n % 1000000)::text, 6, '0') AS ord_no,
    (200000000 + n::bigint * 7919 % 200000)::text AS mbr_no, dtm, n
FROM (SELECT n, TIMESTAMP :'now' - (1000000 - n) * INTERVAL '86.4 seconds' AS dtm
      FROM generate_series(:first, :last) AS n) AS numbered;

\ir rows.sql
