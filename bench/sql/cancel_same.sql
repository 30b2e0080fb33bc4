BEGIN;
SELECT order_copy.ord_no, order_copy.site_no, order_copy.mbr_no, order_copy.ord_doc FROM order_copy WHERE (order_copy.ord_no = :order) LIMIT 1 FOR UPDATE;
SELECT c.claim_no, c.claim_business_type, c.claim_stat_cd, c.dcsn_cd, c.cost_doc, c.add_pay_means_cd, o.ord_seq, o.itm_no FROM claim c LEFT JOIN claim_opt o ON o.claim_no = c.claim_no WHERE c.ord_no = :order ORDER BY c.req_dtm, c.claim_no;
SELECT plcy_ver, str_dtm, cust_dc_jdg_yn, cust_gift_jdg_yn, cust_chrg_sub_cd, entr_dc_jdg_yn, entr_gift_jdg_yn, entr_chrg_sub_cd, rfd_ord, reg_dtm FROM claim_policy ORDER BY str_dtm, plcy_ver;
INSERT INTO claim (claim_no, site_no, ord_no, mbr_no, claim_business_type, claim_stat_cd, req_dtm, claim_rsn_cd, rcv_yn, claim_rsn_cntt, acpt_key, dcsn_cd, plcy_ver, cost_doc, cost_hash, add_pay_means_cd, add_pay_key) VALUES (:claim, '1', :order, '300000000', '10', '20', :now, '251', 'N', NULL, NULL, 'U', 1, :cost, :hash, NULL, NULL) ON CONFLICT (claim_no) DO NOTHING;
INSERT INTO claim_line (claim_no, ord_seq, claim_qty, entr_no, rmn_qty) VALUES (:claim, 1, 1, 'E0001', 4);
INSERT INTO claim_task (claim_no, task_seq, eff_key, step_cd, eff_doc) VALUES (:claim, 0, :claim || '-ORDER', 'ORDER', '"ConfirmOrder"'), (:claim, 1, :claim || '-REFUND', 'REFUND', '{"Refund": {"payment_no": "PAY1", "means": "10", "amount": 20000}}'), (:claim, 2, :claim || '-STOCK', 'STOCK', '{"ReturnStock": {"goods_no": "10002552", "item_no": "001", "quantity": 1}}'), (:claim, 3, :claim || '-NOTI', 'NOTI', '"Notify"');
INSERT INTO outbox_message (message_key, topic, payload, traceparent, created_dtm, next_try_dtm, try_cnt, lease_owner, lease_until) VALUES (:claim || '-ORDER', 'claim.effect', :claim, NULL, :now, :now, 1, '0197b1e4-0000-7000-8000-000000000000', :now) ON CONFLICT (message_key) DO NOTHING;
COMMIT;
