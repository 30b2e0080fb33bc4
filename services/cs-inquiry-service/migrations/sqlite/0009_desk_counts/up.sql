-- What an agent's page counts for itself every half minute: what it works on, which is little of all, and what it has
-- answered since a time.
CREATE INDEX counsel_in_progress ON counsel (proc_user_id) WHERE cnsl_stat_cd = '20';
CREATE INDEX counsel_by_answerer ON counsel (ans_user_id, ans_dtm) WHERE ans_dtm IS NOT NULL;
