-- 결제키: what each key of a payment provider has paid for, over all orders and all additional payments. Orders may share one,
-- as one payment may be for several; that of an additional payment is nobody else's. It is this primary key that decides.
CREATE TABLE payment_key (
    pg_pay_key TEXT NOT NULL PRIMARY KEY,
    -- ORDER an order, or several; CLAIM what a cancel cost in addition.
    use_cd     TEXT NOT NULL CHECK (use_cd IN ('ORDER', 'CLAIM')),
    -- The order, the first of several, or the one the claim is of.
    ord_no     TEXT NOT NULL,
    -- Of a CLAIM: the one request that holds it and may give it back. Null once nobody may.
    hold_no    TEXT,
    CHECK (hold_no IS NULL OR use_cd = 'CLAIM')
);

-- An order's keys are put down whoever writes the order, the last release's code too. No additional payment has a key of more
-- than 200 characters, and an index can't hold just any.
CREATE FUNCTION ord_pay_key_used() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO payment_key (pg_pay_key, use_cd, ord_no) VALUES (NEW.pg_pay_key, 'ORDER', NEW.ord_no)
        ON CONFLICT (pg_pay_key) DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER ord_pay_key_used AFTER INSERT ON ord_pay
    FOR EACH ROW WHEN (length(NEW.pg_pay_key) BETWEEN 1 AND 200) EXECUTE FUNCTION ord_pay_key_used();
