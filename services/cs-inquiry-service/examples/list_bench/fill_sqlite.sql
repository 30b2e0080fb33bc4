-- The same inquiries as fill.sql makes on PostgreSQL.
DELETE FROM counsel_title_tail;
DELETE FROM attachment;
DELETE FROM counsel_history;
-- No triggers row by row: the daily counts are counted and the titles cut at the end. Nothing is written afterwards.
DROP TRIGGER IF EXISTS counsel_title_cut_in;
DROP TRIGGER IF EXISTS counsel_title_cut_out;
DROP TRIGGER IF EXISTS counsel_title_cut_over;
DROP TRIGGER IF EXISTS counsel_counted_in;
DROP TRIGGER IF EXISTS counsel_counted_out;
DROP TRIGGER IF EXISTS counsel_counted_over;
DROP TRIGGER IF EXISTS counsel_day_changed_in;
DROP TRIGGER IF EXISTS counsel_day_changed_out;
DROP TRIGGER IF EXISTS counsel_day_changed_over;
DELETE FROM counsel;
DELETE FROM counsel_count;
DELETE FROM counsel_count_change;
DELETE FROM list_cursor;
DELETE FROM access_record;
UPDATE sqlite_sequence SET seq = 1000000 WHERE name = 'counsel';

WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :size),
made AS (
    SELECT n, strftime('%Y-%m-%d %H:%M:%f', ':now', printf('-%d seconds', (:size - n) * (1095 * 86400.0 / :size))) AS at,
        'agent-' || (n % 100) AS agent,
        CASE WHEN n > :size * 0.99 AND n % 3 < 2 THEN '10' WHEN n > :size * 0.99 OR n % 1009 = 0 THEN '20' ELSE '30' END
            AS stat,
        CAST(substr('1010102010302010202020302040301030203030304040104020403050105020503060106020603090109090',
            n * 104729 % 22 * 4 + 1, 4) AS INTEGER) AS typ,
        CASE n % 10 WHEN 0 THEN '배송' WHEN 1 THEN '환불' WHEN 2 THEN '교환' WHEN 3 THEN '반품' WHEN 4 THEN '쿠폰'
            WHEN 5 THEN '상품' WHEN 6 THEN '결제' WHEN 7 THEN '회원' WHEN 8 THEN '사은품' ELSE '재입고' END || ' 문의 ' || n
            || CASE WHEN n % 20 = 0 THEN ' as order' WHEN n % 5000 = 1 THEN ' 색상이 사진과 달라요' ELSE '' END AS title
    FROM number
)
INSERT INTO counsel (site_no, mbr_no, cnsl_typ_no, title, title_fold, accp_cont, ord_no, sms_noti_yn, cnsl_stat_cd,
    proc_user_id, accp_dtm, accp_dt, mod_dtm, file_cnt, ans_cont, ans_dtm, ans_user_id)
SELECT '1', CAST(200000000 + n * 7919 % 200000 AS TEXT), typ, title, title, printf('%.*c', 120, '나'),
    strftime('%Y%m%d', at) || 'O' || printf('%06d', n % 1000000), 'N', stat,
    CASE WHEN stat <> '10' THEN agent END, at, date(at, '+9 hours'), at, 0,
    CASE WHEN stat = '30' THEN printf('%.*c', 60, '다') END, CASE WHEN stat = '30' THEN at END,
    CASE WHEN stat = '30' THEN agent END
FROM made;

INSERT INTO counsel_count (cnsl_stat_cd, cnsl_typ_no, accp_dt, cnt)
SELECT cnsl_stat_cd, cnsl_typ_no, accp_dt, count(*) FROM counsel GROUP BY 1, 2, 3
UNION ALL SELECT cnsl_stat_cd, 0, accp_dt, count(*) FROM counsel GROUP BY 1, 3
UNION ALL SELECT '', cnsl_typ_no, accp_dt, count(*) FROM counsel GROUP BY 2, 3
UNION ALL SELECT '', 0, accp_dt, count(*) FROM counsel GROUP BY 3;

INSERT INTO counsel_title_tail (tail, ccn_no, shortest, accp_dtm, cnsl_stat_cd, cnsl_typ_no, proc_user_id)
SELECT tail, ccn_no, shortest, accp_dtm, cnsl_stat_cd, cnsl_typ_no, proc_user_id FROM counsel_title_tails ORDER BY 1, 2;

-- What was kept of other inquiries is worth nothing any more.
UPDATE counsel_day_version SET changes = changes + 1;
INSERT INTO counsel_day_version AS known (accp_dt, changes) SELECT DISTINCT accp_dt, 1 FROM counsel WHERE true
ON CONFLICT (accp_dt) DO UPDATE SET changes = known.changes + 1;
