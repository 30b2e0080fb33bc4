//! Codes of members and their mileage (ME).

code_table! {
    /// 회원등급코드: the member's grade.
    "ME008" pub enum MemberGrade {
        /// GREEN
        Green = "10",
        /// FAMILY
        Family = "20",
        /// GOLD
        Gold = "30",
        /// VIP
        Vip = "40",
        /// VVIP
        Vvip = "50",
    }
}

code_table! {
    /// 자산적립사용사유코드: why mileage was earned or used.
    "ME020" pub enum MileageReason {
        /// 주문적립
        Order = "21",
        /// 회원등급적립
        Grade = "22",
        /// 예약상품적립
        ReservedGoods = "23",
        /// 프로모션적립
        Promotion = "24",
        /// 환불적립
        Refund = "29",
        /// 주문사용
        UsedInOrder = "50",
        /// 배송비사용
        UsedForDelivery = "58",
    }
}

impl MileageReason {
    /// Whether an order earns under this reason; the others give back what was used, or use it.
    pub const fn is_accrual(self) -> bool {
        match self {
            Self::Order | Self::Grade | Self::ReservedGoods | Self::Promotion => true,
            Self::Refund | Self::UsedInOrder | Self::UsedForDelivery => false,
        }
    }
}
