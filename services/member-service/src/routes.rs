//! The whole API of this service on one screen.

use contract::operations::{Upstream, member};
use service_kit::routes::Routes;

use crate::api::get_member_order_claim_cnt::get_member_order_claim_cnt;
use crate::api::get_member_order_total_amt::get_member_order_total_amt;
use crate::api::get_non_mbr_ord_pwd::get_non_mbr_ord_pwd;
use crate::api::get_notification_mgmt_list::get_notification_mgmt_list;
use crate::api::get_order_mgmt_list::get_order_mgmt_list;
use crate::api::internal_additional_payments::internal_additional_payments;
use crate::api::internal_additional_payments_release::internal_additional_payments_release;
use crate::api::internal_claim_standings::internal_claim_standings;
use crate::api::internal_counted_claims::internal_counted_claims;
use crate::api::internal_member_order_lines::internal_member_order_lines;
use crate::api::internal_notifications::internal_notifications;
use crate::api::internal_order::internal_order;
use crate::api::internal_order_claims::internal_order_claims;
use crate::api::internal_order_customs_codes::internal_order_customs_codes;
use crate::api::internal_order_options::internal_order_options;
use crate::api::internal_order_ownership::internal_order_ownership;
use crate::api::internal_orderer_names::internal_orderer_names;
use crate::api::internal_personal_values::internal_personal_values;
use crate::api::move_status::move_status;
use crate::api::non_mbr_login::non_mbr_login;
use crate::api::notifications::notifications;
use crate::api::order_detail_fo::order_detail_fo;
use crate::api::order_list_fo::order_list_fo;
use crate::api::take_in_orders::take_in_orders;
use crate::api::withdrawal_member_order_info::withdrawal_member_order_info;

pub fn routes() -> Routes {
    Routes::new(Upstream::Member)
        .on(&member::WITHDRAWAL_MEMBER_ORDER_INFO, withdrawal_member_order_info)
        .on(&member::NON_MBR_ORD_PWD, get_non_mbr_ord_pwd)
        .on(&member::GET_ORD_TOT_AMT, get_member_order_total_amt)
        .on(&member::GET_ORD_CLAIM_CNT, get_member_order_claim_cnt)
        .on(&member::NON_MBR_LOGIN, non_mbr_login)
        .on(&member::ORDERS, take_in_orders)
        .on(&member::ORDER_STATUS, move_status)
        .on(&member::ORDER_LIST_FO, order_list_fo)
        .on(&member::ORDER_DETAIL_FO, order_detail_fo)
        .on(&member::GET_ORDER_MGMT_LIST, get_order_mgmt_list)
        .on(&member::NOTIFICATIONS, notifications)
        .on(&member::GET_NOTIFICATION_MGMT_LIST, get_notification_mgmt_list)
        .on(&member::INTERNAL_ORDER, internal_order)
        .on(&member::INTERNAL_MEMBER_ORDER_LINES, internal_member_order_lines)
        .on(&member::INTERNAL_ORDER_OWNERSHIP, internal_order_ownership)
        .on(&member::INTERNAL_ORDER_CLAIMS, internal_order_claims)
        .on(&member::INTERNAL_ORDER_OPTIONS, internal_order_options)
        .on(&member::INTERNAL_ORDER_CUSTOMS_CODES, internal_order_customs_codes)
        .on(&member::INTERNAL_COUNTED_CLAIMS, internal_counted_claims)
        .on(&member::INTERNAL_CLAIM_STANDINGS, internal_claim_standings)
        .on(&member::INTERNAL_ORDERER_NAMES, internal_orderer_names)
        .on(&member::INTERNAL_ADDITIONAL_PAYMENTS, internal_additional_payments)
        .on(&member::INTERNAL_ADDITIONAL_PAYMENTS_RELEASE, internal_additional_payments_release)
        .on(&member::INTERNAL_PERSONAL_VALUES, internal_personal_values)
        .on(&member::INTERNAL_NOTIFICATIONS, internal_notifications)
}
