-- Lists and counts of the desk: claims of a state by their time. The counts read the index alone.
CREATE INDEX claim_by_state ON claim (claim_stat_cd, req_dtm, claim_no, claim_business_type);

-- What of a claim is still to be asked for.
CREATE INDEX outbox_message_by_payload ON outbox_message (payload);
