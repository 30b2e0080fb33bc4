//! Codes of goods and their delivery (PR).

code_table! {
    /// 배송처리유형코드: who delivers. The one table that travels under names instead of codes.
    "PR008" pub enum DeliveryProcess {
        /// 센터배송
        Centre = "10" as "CNTR_DLV",
        /// 업체배송
        Vendor = "20" as "CORP_DLV",
        /// e-쿠폰배송
        ECoupon = "30" as "E_COUPON_DLV",
    }
}

code_table! {
    /// 판매상태코드: whether goods or an item can be bought. The values are ours.
    "PR005" pub enum SaleStatus {
        /// 판매중
        OnSale = "10",
        /// 품절
        SoldOut = "20",
        /// 판매중지
        Suspended = "30",
        /// 판매종료
        Ended = "40",
    }
}

impl SaleStatus {
    pub const fn is_on_sale(self) -> bool {
        match self {
            Self::OnSale => true,
            Self::SoldOut | Self::Suspended | Self::Ended => false,
        }
    }
}
