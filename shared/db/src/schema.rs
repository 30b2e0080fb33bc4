//! The tables that every service has.

diesel::table! {
    outbox_message (message_key) {
        message_key -> Text,
        topic -> Text,
        payload -> Text,
        created_dtm -> Timestamp,
        next_try_dtm -> Timestamp,
        try_cnt -> Integer,
        lease_owner -> Nullable<Text>,
        lease_until -> Nullable<Timestamp>,
        needs_attention -> Bool,
        last_reason -> Nullable<Text>,
    }
}

diesel::table! {
    inbox_message (message_key) {
        message_key -> Text,
        received_dtm -> Timestamp,
    }
}

diesel::table! {
    idempotency_key (caller, operation, idem_key) {
        caller -> Text,
        operation -> Text,
        idem_key -> Text,
        subject -> Text,
        body_digest -> Text,
        state_cd -> Text,
        ticket -> Text,
        lease_until -> Timestamp,
        created_dtm -> Timestamp,
        keep_answer -> Bool,
        answered_dtm -> Nullable<Timestamp>,
        answer_status -> Nullable<Integer>,
        answer_content_type -> Nullable<Text>,
        answer_body -> Nullable<Text>,
    }
}
