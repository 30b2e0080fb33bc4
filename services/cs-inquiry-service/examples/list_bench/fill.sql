-- :size inquiries of the three years before :now, of 200,000 members and 100 agents. The newest hundredth waits or is in
-- progress; of the older ones a few were left in progress, all others are answered.
TRUNCATE counsel, counsel_history, attachment, counsel_count, counsel_count_change, list_cursor, access_record,
    counsel_title_tail RESTART IDENTITY;
-- No triggers row by row: the daily counts are counted and the titles cut at the end.
SET LOCAL session_replication_role = replica;

INSERT INTO counsel (site_no, mbr_no, cnsl_typ_no, title, title_fold, accp_cont, ord_no, sms_noti_yn, cnsl_stat_cd,
    proc_user_id, accp_dtm, accp_dt, mod_dtm, file_cnt, ans_cont, ans_dtm, ans_user_id)
SELECT '1', (200000000 + n::bigint * 7919 % 200000)::text, typ, title, title, repeat('언제 오나요? ', 40),
    to_char(at, 'YYYYMMDD') || 'O' || lpad((n % 1000000)::text, 6, '0'), 'N', stat,
    CASE WHEN stat <> '10' THEN agent END, at, (at + interval '9 hours')::date, at, 0,
    CASE WHEN stat = '30' THEN repeat('내일 도착합니다. ', 20) END, CASE WHEN stat = '30' THEN at END,
    CASE WHEN stat = '30' THEN agent END
FROM (SELECT n, timestamp ':now' - (:size - n) * (interval '1095 days' / :size) AS at, 'agent-' || n % 100 AS agent,
        CASE WHEN n > :size * 0.99 AND n % 3 < 2 THEN '10' WHEN n > :size * 0.99 OR n % 1009 = 0 THEN '20' ELSE '30' END
            AS stat,
        (ARRAY[1010, 1020, 1030, 2010, 2020, 2030, 2040, 3010, 3020, 3030, 3040, 4010, 4020, 4030, 5010, 5020, 5030,
            6010, 6020, 6030, 9010, 9090])[1 + n::bigint * 104729 % 22] AS typ,
        (ARRAY['배송', '환불', '교환', '반품', '쿠폰', '상품', '결제', '회원', '사은품', '재입고'])[1 + n % 10] || ' 문의 ' || n
            || CASE WHEN n % 20 = 0 THEN ' as order' WHEN n % 5000 = 1 THEN ' 색상이 사진과 달라요' ELSE '' END AS title
    FROM generate_series(1, :size) AS n) AS made;

INSERT INTO counsel_count (cnsl_stat_cd, cnsl_typ_no, accp_dt, cnt)
SELECT coalesce(cnsl_stat_cd, ''), coalesce(cnsl_typ_no, 0), accp_dt, count(*)
FROM counsel GROUP BY accp_dt, CUBE (cnsl_stat_cd, cnsl_typ_no);

INSERT INTO counsel_title_tail (tail, ccn_no, shortest, accp_dtm, cnsl_stat_cd, cnsl_typ_no, proc_user_id)
SELECT tail, ccn_no, shortest, accp_dtm, cnsl_stat_cd, cnsl_typ_no, proc_user_id FROM counsel_title_tails;

-- What was kept of other inquiries is worth nothing any more.
UPDATE counsel_day_version SET changes = changes + 1;
INSERT INTO counsel_day_version AS known (accp_dt, changes) SELECT DISTINCT accp_dt, 1 FROM counsel
ON CONFLICT (accp_dt) DO UPDATE SET changes = known.changes + 1;
