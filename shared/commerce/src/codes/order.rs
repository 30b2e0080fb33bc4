//! Codes of orders and their lines (OM).

code_table! {
    /// 주문매체코드: where the order was placed.
    "OM007" pub enum OrderMedia {
        /// 전화상담(CC)
        CallCentre = "10",
        /// PC
        Pc = "20",
        /// 모바일웹
        MobileWeb = "30",
        /// 안드로이드앱
        AndroidApp = "40",
        /// IOS앱
        IosApp = "50",
        /// 정기주문
        RegularOrder = "60",
    }
}

code_table! {
    /// 주문상세상태코드: how far one order line has come. 11, 36 and 37 are documented, the rest is ours.
    "OM005" pub enum LineStatus {
        /// 입금대기
        AwaitingPayment = "10",
        /// 주문완료
        OrderComplete = "11",
        /// 상품준비중
        Preparing = "12",
        /// 배송중
        Shipped = "13",
        /// 배송완료
        Delivered = "15",
        /// 구매확정
        PurchaseConfirmed = "16",
        /// 취소완료
        Cancelled = "19",
        /// 회수완료
        Collected = "36",
        /// 반품완료
        ReturnComplete = "37",
    }
}

impl LineStatus {
    pub const fn awaits_payment(self) -> bool {
        match self {
            Self::AwaitingPayment => true,
            Self::OrderComplete
            | Self::Preparing
            | Self::Shipped
            | Self::Delivered
            | Self::PurchaseConfirmed
            | Self::Cancelled
            | Self::Collected
            | Self::ReturnComplete => false,
        }
    }

    /// Whether the line stands in 10, 11 or 12: the states an order arrives in and a cancel may start from.
    pub const fn is_before_shipping(self) -> bool {
        match self {
            Self::AwaitingPayment | Self::OrderComplete | Self::Preparing => true,
            Self::Shipped
            | Self::Delivered
            | Self::PurchaseConfirmed
            | Self::Cancelled
            | Self::Collected
            | Self::ReturnComplete => false,
        }
    }

    /// Whether the customer has the goods: delivered, or delivered and confirmed since.
    pub const fn is_delivered(self) -> bool {
        match self {
            Self::Delivered | Self::PurchaseConfirmed => true,
            Self::AwaitingPayment
            | Self::OrderComplete
            | Self::Preparing
            | Self::Shipped
            | Self::Cancelled
            | Self::Collected
            | Self::ReturnComplete => false,
        }
    }

    /// The line's place on the way from payment to confirmation, or `None` once it has left that way.
    pub const fn delivery_step(self) -> Option<u8> {
        match self {
            Self::AwaitingPayment => Some(0),
            Self::OrderComplete => Some(1),
            Self::Preparing => Some(2),
            Self::Shipped => Some(3),
            Self::Delivered => Some(4),
            Self::PurchaseConfirmed => Some(5),
            Self::Cancelled | Self::Collected | Self::ReturnComplete => None,
        }
    }

    /// Whether a status call may move a line from here to `next`: forward, skipping allowed, or not at all.
    pub fn may_move_to(self, next: Self) -> bool {
        match (self.delivery_step(), next.delivery_step()) {
            (Some(here), Some(there)) => here <= there,
            (None, _) | (_, None) => false,
        }
    }
}
