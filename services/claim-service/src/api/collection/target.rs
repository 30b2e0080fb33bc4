//! 반품·교환대상 on the wire

use commerce::{OrderNo, Yn};
use dto::claim::{CollectionGroup, CollectionTarget, CollectionTargetGoods, FreeReturnCoupon, ItemPortion};
use dto::date_time::{KstDate, KstDateTime};
use platform::answer::Answer;
use platform::error::Problem;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::api::claim::asker::asker;
use crate::api::claim::target::{self, Claimable};
use crate::domain::collection::CollectionKind;
use crate::domain::collection::coupon::SeenCoupon;
use crate::domain::collection::eligibility::{LineEligibility, PortionEligibility};
use crate::domain::order::{DeliveryGroup, OrderLine};
use crate::state::AppState;
use crate::usecase::collection::find_target::{FoundTarget, find_target};
use crate::usecase::open_order::OpenOrder;

/// Both operations, which differ in what is to become of the goods.
pub(in crate::api) async fn answer(
    state: &AppState,
    caller: &Caller,
    looks: &Looks,
    order_no: &OrderNo,
    kind: CollectionKind,
) -> Result<Answer, Error> {
    let found = find_target(state, caller, order_no, (kind, asker(caller))).await?;
    looks.note(Look::at_order(order_no, found.order.member_no.as_ref()));
    let target = wire(found).ok_or_else(|| Problem::internal("discounts of a line do not add up"))?;
    Ok(Answer::bare(&target)?)
}

fn wire(found: FoundTarget) -> Option<CollectionTarget> {
    let FoundTarget { order: opened, kind, asker, lines, refund_means, coupons } = found;
    let order = &opened.pinned.order;
    let goods = order.lines().iter().zip(lines);
    let ord_goods_list = goods
        .map(|(line, eligibility)| goods_row(&opened, kind, line, eligibility))
        .collect::<Option<_>>()?;
    Some(CollectionTarget {
        ord_no: order.number().clone(),
        ord_media_cd: opened.pinned.media,
        ord_dtm: KstDateTime(order.ordered_at()),
        sctn_cncl_psb_yn: refund_means.is_partly_refundable.into(),
        ord_goods_list,
        claim_rsn_list: target::reasons(asker, kind.claim_kind()),
        pay_list: target::payments(refund_means.payments),
        rfd_acct_req_yn: refund_means.needs_refund_account.into(),
        deli_grp_list: order.groups().iter().map(|group| group_row(&group.group)).collect(),
        mbr_no: opened.member_no,
        ord_man_nm: opened.orderer_name,
        dlvp_list: opened.addresses,
        rtn_cpn_list: coupons.map(|coupons| coupons.into_iter().map(coupon_row).collect()),
    })
}

fn goods_row(
    opened: &OpenOrder,
    kind: CollectionKind,
    line: &OrderLine,
    eligibility: LineEligibility,
) -> Option<CollectionTargetGoods> {
    let claimable = Claimable {
        quantity_claimed: eligibility.quantity_claimed,
        quantity_claimable: eligibility.quantity_claimable,
        refusal: eligibility.refusal.map(|refusal| refusal.text_ko(kind)),
        may_change_option: eligibility.may_change_option,
    };
    Some(CollectionTargetGoods {
        goods: target::goods(&opened.pinned, line, &claimable)?,
        deli_grp_no: line.group_no,
        rtn_qty: eligibility.quantity_returned,
        clm_ing_qty: eligibility.quantity_held,
        itm_ptn_list: eligibility.portions.into_iter().map(portion_row).collect(),
        deli_fnsh_dtm: opened.delivered_at.get(&line.seq).copied().map(KstDateTime),
        rtn_psb_yn: Yn::from(line.is_returnable),
        exch_psb_yn: Yn::from(line.is_exchangeable),
        wthd_yn: Yn::from(line.is_collected),
    })
}

fn portion_row(portion: PortionEligibility) -> ItemPortion {
    ItemPortion {
        itm_no: portion.item_no,
        itm_nm: portion.item_name,
        qty: portion.quantity,
        claim_psb_qty: portion.quantity_claimable,
        claim_lmt_dt: portion.window.map(|window| KstDate(window.customers_last)),
        entr_claim_lmt_dt: portion.window.map(|window| KstDate(window.vendors_last)),
    }
}

fn group_row(group: &DeliveryGroup) -> CollectionGroup {
    CollectionGroup {
        deli_grp_no: group.number,
        entr_no: group.vendor_no.clone(),
        rtn_deli_amt: group.return_fee,
        exch_deli_amt: group.exchange_fee,
    }
}

fn coupon_row(coupon: SeenCoupon) -> FreeReturnCoupon {
    FreeReturnCoupon {
        cpn_isu_no: coupon.coupon_no,
        promo_nm: coupon.promotion_name,
        valid_end_dtm: KstDateTime(coupon.valid_until),
    }
}
