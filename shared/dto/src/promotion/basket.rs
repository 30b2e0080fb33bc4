use commerce::{DeliveryProcess, GoodsNo, ItemNo, Won};
use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::benefit::{AeEvtInfo, GoodsBenefitResponse};
use crate::bounded::{MOST_ROWS, none_or_at_most};
use crate::date_time::{KstDate, KstDateTime};

/// 주문상품: one goods of the basket with what applies to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrdGoodsInfo {
    pub basket_goods: BasketGoods,
    pub aply_goods_bnf_info: Option<GoodsBenefitResponse>,
    /// The seed lets a row be null as well as the list.
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_ROWS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_ROWS)))]
    pub ae_evt_list: Vec<Option<AeEvtInfo>>,
}

/// 장바구니 상품: the storefront's own row, carried along as it is.
///
/// The seed requires none of its fields, and lists values for the delivery process only: the other codes and
/// flags are free texts here.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BasketGoods {
    /// 상품번호
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goods_no: Option<GoodsNo>,
    /// 배송처리유형코드(PR008)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deli_proc_typ_cd: Option<DeliveryProcess>,
    /// 배송정책번호
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deli_polc_no: Option<String>,
    /// 배송번호
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deli_no: Option<String>,
    /// 협력사번호
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entr_no: Option<String>,
    /// 주문수량
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ord_qty: Option<i32>,
    /// 판매가
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sale_prc: Option<Won>,
    /// 할인가
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dc_amt: Option<Won>,
    /// 시스템수정시간
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sys_mod_dtm: Option<KstDateTime>,
    /// 단품번호
    #[serde(skip_serializing_if = "Option::is_none")]
    pub itm_no: Option<ItemNo>,
    /// 장바구니번호
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bsket_no: Option<i64>,
    /// 채널번호
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chl_no: Option<String>,
    /// 채널상세번호
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chl_dtl_no: Option<String>,
    /// 유입전시카테고리번호구분코드(OM041)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inf_disp_ctg_no_gb_cd: Option<String>,
    /// 유입전시카테고리번호
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inf_disp_ctg_no: Option<String>,
    /// 대표전시카테고리번호
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rep_disp_ctg_no: Option<String>,
    /// 코너번호
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conr_no: Option<String>,
    /// 장바구니 수량
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bsket_qty: Option<i32>,
    /// 상품명
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goods_nm: Option<String>,
    /// 표준카테고리번호
    #[serde(skip_serializing_if = "Option::is_none")]
    pub std_ctg_no: Option<String>,
    /// 상품구성코드(PR001)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goods_comp_cd: Option<String>,
    /// 상품유형코드(PR002)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goods_typ_cd: Option<String>,
    /// 판매방식코드(PR003)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sale_meth_cd: Option<String>,
    /// 브랜드번호
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand_no: Option<String>,
    /// 브랜드명
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand_nm: Option<String>,
    /// 구매연령제한코드
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyr_age_lmt_cd: Option<String>,
    /// 전시여부
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disp_yn: Option<String>,
    /// 판매상태코드(PR005)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sale_stat_cd: Option<String>,
    /// 판매시작일시
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sale_str_dtm: Option<KstDateTime>,
    /// 판매종료일시
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sale_end_dtm: Option<KstDateTime>,
    /// 매입유형코드(PR006)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buy_typ_cd: Option<String>,
    /// 과면세구분코드(PR007)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_gb_cd: Option<String>,
    /// 재고관리여부
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stk_mgr_yn: Option<String>,
    /// 구매수량제한여부
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buy_qty_lmt_yn: Option<String>,
    /// 최소제한수량
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_lmt_qty: Option<i32>,
    /// 최대제한수량
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_lmt_qty: Option<i32>,
    /// 안전재고알림여부
    #[serde(skip_serializing_if = "Option::is_none")]
    pub safe_stk_noti_yn: Option<String>,
    /// 배송상품구분코드(PR010)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deli_goods_gb_cd: Option<String>,
    /// 배송수단코드(PR009)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deli_way_cd: Option<String>,
    /// 배송가능지역코드(PR030)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deli_psb_rgn_cd: Option<String>,
    /// 배송기일
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deli_dday: Option<i64>,
    /// 합포장가능여부
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bpck_psb_yn: Option<String>,
    /// 반품가능여부
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rtn_psb_yn: Option<String>,
    /// 교환가능여부
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exch_psb_yn: Option<String>,
    /// 공급원가
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sup_pcost: Option<Won>,
    /// 정상가
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nor_prc: Option<Won>,
    /// 종전판매가
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pre_sale_prc: Option<Won>,
    /// 마진율
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mrgn_rate: Option<Number>,
    /// 결제수단
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pay_mean_info: Option<String>,
    /// 단품명
    #[serde(skip_serializing_if = "Option::is_none")]
    pub itm_nm: Option<String>,
    /// 단품수량
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stk_qty: Option<i64>,
    /// 증정품명
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prest_nm: Option<String>,
    /// 예약시작일시
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rsv_strt_dtm: Option<KstDateTime>,
    /// 예약종료일시
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rsv_end_dtm: Option<KstDateTime>,
    /// 출고지시예정일자
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fwdidc_prar_dy: Option<KstDate>,
    /// 품목분류코드
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hs_cd: Option<String>,
    /// 위시리스트 여부
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wish_yn: Option<String>,
    /// 최대혜택금액
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_dc_amt: Option<Won>,
    /// 상품이미지
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goods_img: Option<String>,
    /// 단품판매상태코드(PR005)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub itm_sale_stat_cd: Option<String>,
    /// 선물하기가능여부
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gvgf_psb_yn: Option<String>,
    /// 정기배송상품여부
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rglr_deli_goods_yn: Option<String>,
    /// 단일상품여부
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sng_goods_yn: Option<String>,
    /// 기획전번호
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marketing_display_no: Option<String>,
    /// 협력사상품번호
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entr_goods_no: Option<String>,
    /// 협력사단품번호
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entr_itm_no: Option<String>,
    /// 주문취소가능여부
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ord_cncl_psb_yn: Option<String>,
    /// 회수여부
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wthd_yn: Option<String>,
    /// 해외직구상품여부
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frgn_dir_pur_goods_yn: Option<String>,
}
