//! Codes of promotions, gifts and coupons (MK).

code_table! {
    /// 프로모션 유형 코드: what kind of promotion gives a benefit.
    "MK002" pub enum PromotionType {
        /// 상품할인쿠폰
        GoodsCoupon = "11",
        /// 장바구니쿠폰
        CartCoupon = "12",
        /// 중복할인쿠폰
        DuplicateCoupon = "13",
        /// 무료배송쿠폰
        FreeDeliveryCoupon = "14",
        /// 무료반품쿠폰
        FreeReturnCoupon = "15",
        /// 임직원할인
        StaffDiscount = "20",
        /// 상품즉시할인
        ImmediateDiscount = "21",
        /// 상품마일리지
        GoodsMileage = "40",
    }
}

impl PromotionType {
    /// Whether it discounts one order line by itself, as 11, 13, 20 and 21 do.
    pub const fn is_line_discount(self) -> bool {
        match self {
            Self::GoodsCoupon | Self::DuplicateCoupon | Self::StaffDiscount | Self::ImmediateDiscount => true,
            Self::CartCoupon | Self::FreeDeliveryCoupon | Self::FreeReturnCoupon | Self::GoodsMileage => {
                false
            }
        }
    }

    /// Whether it discounts the order and is shared out over lines, as 12 is.
    pub const fn is_order_promotion(self) -> bool {
        match self {
            Self::CartCoupon => true,
            Self::GoodsCoupon
            | Self::DuplicateCoupon
            | Self::FreeDeliveryCoupon
            | Self::FreeReturnCoupon
            | Self::StaffDiscount
            | Self::ImmediateDiscount
            | Self::GoodsMileage => false,
        }
    }
}

code_table! {
    /// 사은행사 유형 코드: what earns a gift.
    "MK012" pub enum GiftEventType {
        /// 구매금액사은품
        PurchaseAmount = "10",
        /// 상품사은품
        Goods = "20",
    }
}

code_table! {
    /// 정액정률구분코드: whether a benefit is an amount or a rate. The meaning of the two is ours.
    "fixamtFxrtGbCd" pub enum DiscountKind {
        /// 정액
        FixedAmount = "01",
        /// 정률
        Rate = "02",
    }
}

code_table! {
    /// 쿠폰사용상태코드: what may still be done with an issued coupon. (ours)
    "useStatCd" pub enum CouponStatus {
        /// 사용가능
        Usable = "10",
        /// 사용완료
        Used = "20",
        /// 기간만료
        Expired = "30",
    }
}

code_table! {
    /// 적립대상유형코드: what a goods mileage is given for. (ours)
    "targetTypCd" pub enum AccrualTargetType {
        /// 상품
        Goods = "GOODS",
        /// 브랜드
        Brand = "BRAND",
        /// 표준카테고리
        StandardCategory = "STD_CTG",
        /// 전시카테고리
        DisplayCategory = "DISP_CTG",
        /// 협력사
        Vendor = "ENTR",
        /// 채널
        SalesChannel = "CHL",
        /// 전체
        All = "ALL",
    }
}
