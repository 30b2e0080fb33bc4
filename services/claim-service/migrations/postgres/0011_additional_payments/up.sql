-- 추가결제: the order that the payment of a claim had paid for before, or whose claim it was. Only a claim that was accepted
-- without asking member-service can have one, by code of a release that did not.
ALTER TABLE claim ADD COLUMN add_pay_othr_ord_no TEXT;

-- member-service hears of every additional payment, whoever accepts the claim, the last release's code too.
CREATE FUNCTION claim_paid_in_addition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outbox_message (message_key, topic, payload, created_dtm, next_try_dtm)
        VALUES (NEW.claim_no || ':ADDPAY', 'claim.additional_payment', NEW.claim_no, NEW.req_dtm, NEW.req_dtm)
        ON CONFLICT (message_key) DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER claim_paid_in_addition AFTER INSERT ON claim
    FOR EACH ROW WHEN (NEW.add_pay_key IS NOT NULL) EXECUTE FUNCTION claim_paid_in_addition();

-- And of those that are here.
INSERT INTO outbox_message (message_key, topic, payload, created_dtm, next_try_dtm)
    SELECT claim_no || ':ADDPAY', 'claim.additional_payment', claim_no, req_dtm, req_dtm
    FROM claim WHERE add_pay_key IS NOT NULL
    ON CONFLICT (message_key) DO NOTHING;
