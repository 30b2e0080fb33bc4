//! Codes of claims: what is asked, why, what it costs and how far its execution has come.

code_table! {
    /// 클레임상태코드: how far a claim has come. (ours)
    "claimStatCd" pub enum ClaimStatus {
        /// 접수
        Requested = "10",
        /// 처리중
        InProgress = "20",
        /// 완료
        Complete = "30",
        /// 거부
        Rejected = "90",
    }
}

impl ClaimStatus {
    /// Whether nothing follows any more.
    pub const fn is_final(self) -> bool {
        match self {
            Self::Complete | Self::Rejected => true,
            Self::Requested | Self::InProgress => false,
        }
    }
}

code_table! {
    /// 클레임업무유형: what a claim asks for. 22 is documented, the rest is ours.
    "claimBusinessType" pub enum ClaimType {
        /// 취소
        Cancel = "10",
        /// 옵션변경
        OptionChange = "11",
        /// 반품
        Return = "20",
        /// 반품완료
        ReturnComplete = "22",
        /// 교환
        Exchange = "30",
    }
}

impl ClaimType {
    /// Whether a claim of this type, unless rejected, leaves fewer units to claim.
    pub const fn takes_quantity(self) -> bool {
        match self {
            Self::Cancel | Self::Return | Self::ReturnComplete => true,
            Self::OptionChange | Self::Exchange => false,
        }
    }
}

code_table! {
    /// 귀책구분코드: whose fault a claim is.
    "imptDivCd" pub enum Blame {
        /// 고객귀책
        Customer = "10",
        /// 업체귀책
        Vendor = "20",
    }
}

code_table! {
    /// 클레임사유코드: why a claim is made. The vendor's reasons are ours, the customer's are SSG's.
    "claimRsnCd" pub enum ClaimReason {
        /// 단순변심
        ChangeOfMind = "251",
        /// 사이즈/색상 변경
        SizeOrColourChange = "252",
        /// 재주문
        Reorder = "253",
        /// 주소지 변경
        AddressChange = "258",
        /// 최저가 아님
        NotTheLowestPrice = "259",
        /// 배송시간 변경
        DeliveryTimeChange = "260",
        /// 품절
        OutOfStock = "270",
        /// 상품정보 오류
        WrongProductInformation = "271",
    }
}

impl ClaimReason {
    /// 귀책: who answers for a claim with this reason.
    pub const fn blame(self) -> Blame {
        match self {
            Self::ChangeOfMind
            | Self::SizeOrColourChange
            | Self::Reorder
            | Self::AddressChange
            | Self::NotTheLowestPrice
            | Self::DeliveryTimeChange => Blame::Customer,
            Self::OutOfStock | Self::WrongProductInformation => Blame::Vendor,
        }
    }
}

code_table! {
    /// 주문비용구분코드: what a row of a claim's cost is for. (ours)
    "ordCostGbCd" pub enum CostKind {
        /// 배송비
        DeliveryFee = "10",
        /// 반품비
        ReturnFee = "20",
        /// 교환비
        ExchangeFee = "30",
        /// 할인회수
        DiscountTakenBack = "40",
    }
}

code_table! {
    /// 부담주체코드: who bears a cost. (ours)
    "chrgSubCd" pub enum CostBearer {
        /// 고객
        Customer = "10",
        /// 협력사
        Vendor = "20",
        /// 자사
        OurSide = "30",
    }
}

code_table! {
    /// 환불상태코드: how far one refund of a payment has come. (ours)
    "rfdStatCd" pub enum RefundStatus {
        /// 환불요청
        Requested = "10",
        /// 환불완료
        Done = "20",
        /// 확인필요
        NeedsAttention = "30",
    }
}

code_table! {
    /// 클레임처리단계코드: one effect of an accepted claim. (ours)
    "stepCd" pub enum SagaStep {
        /// 주문반영
        Order = "ORDER",
        /// 환불
        Refund = "REFUND",
        /// 재고복원
        Stock = "STOCK",
        /// 쿠폰복원
        Coupon = "COUPON",
        /// 적립회수
        Accrual = "ACCM",
        /// 마일리지복원
        Mileage = "MILEAGE",
        /// 알림
        Notification = "NOTI",
    }
}

code_table! {
    /// 클레임처리단계상태코드: how far one effect of a claim has come. (ours)
    "stepStatCd" pub enum SagaStepStatus {
        /// 대기
        Waiting = "10",
        /// 완료
        Done = "20",
        /// 확인필요
        NeedsAttention = "30",
    }
}
