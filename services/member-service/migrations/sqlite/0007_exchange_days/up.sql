-- 교환가능일수: days after delivery, as the row of returns beside it says for those.
INSERT INTO cd_ref (cd_grp, cd, ref1) VALUES ('ST006', '20', '14') ON CONFLICT DO NOTHING;
