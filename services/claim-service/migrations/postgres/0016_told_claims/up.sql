-- 건수 전달: the status in which member-service, which counts the claims of members, has heard of a claim last; of those that are
-- here it has heard nothing yet.
ALTER TABLE claim ADD COLUMN told_stat_cd TEXT NOT NULL DEFAULT '';

-- What is still to be told. Neither a guest's claim nor an option change ever counts.
CREATE INDEX claim_untold ON claim (claim_no)
    WHERE told_stat_cd <> claim_stat_cd AND mbr_no IS NOT NULL AND claim_business_type <> '11';
