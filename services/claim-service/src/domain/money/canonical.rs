//! What `costHash` is taken of: one text for one cost, whatever order its lines were asked for in.

use std::fmt::Write as _;

use commerce::CouponIssueNo;

use crate::domain::money::ClaimCost;

impl ClaimCost {
    /// Everything that bears on money, goods or coupons, without the words that explain it.
    ///
    /// Texts other people chose are preceded by their length, so no two costs share a text.
    pub fn canonical_text(&self) -> String {
        let mut text = Text::default();
        text.record("cost/1", &[&self.order_no]);
        let mut goods: Vec<_> = self.goods.iter().collect();
        goods.sort_by_key(|goods| (goods.line_seq, &goods.item_no));
        for goods in goods {
            text.record(
                "goods",
                &[
                    &goods.line_seq,
                    &goods.goods_no,
                    &goods.item_no,
                    &goods.quantity,
                    &goods.goods_amount,
                    &goods.discount_amount,
                    &goods.net_amount,
                ],
            );
        }
        for (cost, row) in self.additional_costs.iter().zip(&self.cost_rows) {
            let vendor = free(cost.vendor_no.as_deref().unwrap_or(""));
            let discount = row.discount.as_ref();
            text.record(
                "cost",
                &[
                    &row.kind,
                    &optional(row.group_no),
                    &optional(row.line_seq),
                    &vendor,
                    &optional(discount.map(|id| &id.promotion_no)),
                    &optional(discount.and_then(|id| id.coupon_no.as_ref())),
                    &row.amount,
                    &row.bearer,
                ],
            );
        }
        for coupon in &self.restored_coupons {
            text.record("coupon", &[&coupon.coupon_no, &coupon.promotion_no, &coupon.promotion_type]);
        }
        for taken_back in &self.taken_back {
            let coupon_no = taken_back.id.coupon_no.as_ref().map(CouponIssueNo::as_str);
            text.record("revoke", &[&taken_back.id.promotion_no, &optional(coupon_no), &taken_back.amount]);
        }
        for gift in &self.cancelled_gifts {
            let names = [free(&gift.event_no), free(&gift.goods_no), free(&gift.item_no)];
            let [event_no, goods_no, item_no] = &names;
            text.record("gift", &[&gift.place, event_no, goods_no, item_no, &gift.quantity]);
        }
        for row in &self.accrual_rows {
            text.record("accrual", &[&row.reason, &row.promotion_no, &row.line_seq, &row.amount]);
        }
        for restore in &self.mileage_restores {
            text.record("mileage", &[&restore.payment_no, &restore.amount]);
        }
        for refund in &self.refunds {
            text.record("refund", &[&refund.payment_no, &refund.means, &refund.amount]);
            if refund.by_transfer {
                text.record("transfer", &[&refund.payment_no]);
            }
        }
        // What was paid in advance is no part of the cost.
        if let Some(sent_back) = &self.sent_back {
            let coupon_no = sent_back.free_return_coupon.as_ref();
            text.record("back", &[&sent_back.blame, &sent_back.method, &optional(coupon_no)]);
        }
        let needs_account = if self.needs_refund_account { "Y" } else { "N" };
        text.record(
            "total",
            &[
                &self.refund,
                &self.additional_payment,
                &self.accrual_taken_back,
                &self.mileage_restored,
                &needs_account,
            ],
        );
        text.0
    }

    /// `costHash`. The hash function is handed in: SHA-256 in hexadecimal digits.
    pub fn hash_with(&self, sha256_hex: impl FnOnce(&[u8]) -> String) -> String {
        sha256_hex(self.canonical_text().as_bytes())
    }
}

#[derive(Default)]
struct Text(String);

impl Text {
    fn record(&mut self, name: &str, fields: &[&dyn std::fmt::Display]) {
        self.0.push_str(name);
        for field in fields {
            write!(self.0, "|{field}").expect("a String takes every text");
        }
        self.0.push('\n');
    }
}

fn free(text: &str) -> String {
    format!("{}:{text}", text.len())
}

fn optional<T: std::fmt::Display>(value: Option<T>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("+{value}"))
}
