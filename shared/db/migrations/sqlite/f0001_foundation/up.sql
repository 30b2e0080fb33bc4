-- What a service still has to tell the world: written with the change itself, sent afterwards.
CREATE TABLE outbox_message (
    message_key     TEXT      NOT NULL PRIMARY KEY,
    topic           TEXT      NOT NULL,
    payload         TEXT      NOT NULL,
    traceparent     TEXT,
    created_dtm     TIMESTAMP NOT NULL,
    next_try_dtm    TIMESTAMP NOT NULL,
    try_cnt         INTEGER   NOT NULL DEFAULT 0 CHECK (try_cnt >= 0),
    lease_owner     TEXT,
    lease_until     TIMESTAMP,
    needs_attention BOOLEAN   NOT NULL DEFAULT FALSE,
    last_reason     TEXT,
    CHECK ((lease_owner IS NULL) = (lease_until IS NULL))
);
CREATE INDEX outbox_message_due ON outbox_message (next_try_dtm, message_key);

-- What a service has already taken in: one row a message, in the transaction of its effect.
CREATE TABLE inbox_message (
    message_key  TEXT      NOT NULL PRIMARY KEY,
    received_dtm TIMESTAMP NOT NULL
);
CREATE INDEX inbox_message_received ON inbox_message (received_dtm);

-- state_cd: 10 in flight, 20 answered, 30 answered and the answer forgotten.
CREATE TABLE idempotency_key (
    caller              TEXT      NOT NULL,
    operation           TEXT      NOT NULL,
    idem_key            TEXT      NOT NULL,
    subject             TEXT      NOT NULL,
    body_digest         TEXT      NOT NULL,
    state_cd            TEXT      NOT NULL CHECK (state_cd IN ('10', '20', '30')),
    ticket              TEXT      NOT NULL,
    lease_until         TIMESTAMP NOT NULL,
    created_dtm         TIMESTAMP NOT NULL,
    keep_answer         BOOLEAN   NOT NULL,
    answered_dtm        TIMESTAMP,
    answer_status       INTEGER,
    answer_content_type TEXT,
    answer_body         TEXT,
    PRIMARY KEY (caller, operation, idem_key),
    CHECK ((state_cd = '10') = (answered_dtm IS NULL)),
    CHECK ((state_cd = '20') = (answer_status IS NOT NULL)),
    CHECK ((state_cd = '20') = (answer_content_type IS NOT NULL)),
    CHECK ((state_cd = '20') = (answer_body IS NOT NULL))
);
CREATE INDEX idempotency_key_subject ON idempotency_key (subject);
CREATE INDEX idempotency_key_created ON idempotency_key (created_dtm);
