//! Codes of payments.

code_table! {
    /// 결제수단코드: how an order was paid. (ours)
    "payMeansCd" pub enum PayMeans {
        /// 신용카드
        Card = "10",
        /// 계좌이체
        AccountTransfer = "20",
        /// 가상계좌
        VirtualAccount = "30",
        /// 휴대폰결제
        MobilePhone = "40",
        /// 마일리지
        Mileage = "50",
        /// 예치금
        Deposit = "60",
        /// 간편결제
        EasyPay = "70",
    }
}

impl PayMeans {
    /// Whether our own books hold it, so that no payment provider is asked for it.
    pub const fn is_held_by_us(self) -> bool {
        match self {
            Self::Mileage | Self::Deposit => true,
            Self::Card | Self::AccountTransfer | Self::VirtualAccount | Self::MobilePhone | Self::EasyPay => {
                false
            }
        }
    }
}
