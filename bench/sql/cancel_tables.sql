-- The claim-service's tables once more, for pgbench: what it writes is no claim, and the service's books must not see it.
-- As full as the service's own, and with 100,000 orders, so that few are chosen twice.
CREATE SCHEMA cancel_bench;
SET search_path = cancel_bench;

CREATE TABLE order_copy (LIKE claim.order_copy INCLUDING ALL);
CREATE TABLE claim (LIKE claim.claim INCLUDING ALL);
CREATE TABLE claim_line (LIKE claim.claim_line INCLUDING ALL, FOREIGN KEY (claim_no) REFERENCES claim);
CREATE TABLE claim_task (LIKE claim.claim_task INCLUDING ALL, FOREIGN KEY (claim_no) REFERENCES claim);
CREATE TABLE claim_opt (LIKE claim.claim_opt INCLUDING ALL, FOREIGN KEY (claim_no) REFERENCES claim);
CREATE TABLE claim_policy (LIKE claim.claim_policy INCLUDING ALL);
CREATE TABLE outbox_message (LIKE claim.outbox_message INCLUDING ALL);
CREATE TABLE idempotency_key (LIKE claim.idempotency_key INCLUDING ALL);

INSERT INTO claim SELECT * FROM claim.claim;
INSERT INTO idempotency_key SELECT * FROM claim.idempotency_key;
-- Their numbers are pgbench's: it makes no letters.
INSERT INTO order_copy (ord_no, site_no, mbr_no, ord_doc, pinned_dtm)
SELECT n::text, site_no, mbr_no, ord_doc, pinned_dtm
FROM generate_series(1, 100000) AS n, (SELECT * FROM claim.order_copy ORDER BY ord_no LIMIT 1) AS kept;

VACUUM ANALYZE order_copy, claim, idempotency_key;
