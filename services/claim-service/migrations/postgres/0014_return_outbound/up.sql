-- 반품 출고배송비: 10 who returns for a reason of its own has used the delivery, 20 a return never costs the way out.
-- Versions from before returns judge as the first one does.
ALTER TABLE claim_policy ADD COLUMN rtn_out_cd TEXT NOT NULL DEFAULT '10' CHECK (rtn_out_cd IN ('10', '20'));
