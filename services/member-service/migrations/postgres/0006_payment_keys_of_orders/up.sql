-- The keys of the orders that are here. The trigger of the step before keeps those that come meanwhile, so this one locks
-- nobody out; in the order of the keys, as intake takes them.
INSERT INTO payment_key (pg_pay_key, use_cd, ord_no)
    SELECT pg_pay_key, 'ORDER', min(ord_no) FROM ord_pay WHERE length(pg_pay_key) BETWEEN 1 AND 200
    GROUP BY pg_pay_key ORDER BY pg_pay_key
    ON CONFLICT (pg_pay_key) DO NOTHING;
