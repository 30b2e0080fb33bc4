-- 클레임 현황 전달: the status of which member-service, which shows the claims of orders, has heard last, and an S behind it if the
-- cost was final; of those that are here it has heard nothing yet.
ALTER TABLE claim ADD COLUMN told_ord_cd TEXT NOT NULL DEFAULT '';

-- What is still to be told.
CREATE INDEX claim_untold_ord ON claim (claim_no)
    WHERE told_ord_cd <> claim_stat_cd || CASE WHEN stl_dtm IS NULL THEN '' ELSE 'S' END;
