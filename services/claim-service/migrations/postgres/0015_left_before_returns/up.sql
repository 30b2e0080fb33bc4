-- 잔여수량: what was left of the line before these units; fixed with the cost of a return, for the vendors' view of it.
-- No release has settled a return without it.
ALTER TABLE claim_rtn_goods ADD COLUMN rmn_qty BIGINT;
