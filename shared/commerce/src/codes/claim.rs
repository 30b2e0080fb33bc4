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
    /// 클레임진행단계코드: what a claim has come to and never goes back behind. (ours)
    "claimStgCd" pub enum ClaimStage {
        /// 진행
        Open = "10",
        /// 비용확정
        Final = "20",
        /// 종료
        Ended = "30",
    }
}

impl ClaimStage {
    pub const fn of(status: ClaimStatus, is_cost_final: bool) -> Self {
        match (status, is_cost_final) {
            (ClaimStatus::Complete | ClaimStatus::Rejected, _) => Self::Ended,
            (ClaimStatus::Requested | ClaimStatus::InProgress, true) => Self::Final,
            (ClaimStatus::Requested | ClaimStatus::InProgress, false) => Self::Open,
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
        /// 운송사귀책
        Carrier = "30",
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
        /// 상품 불량
        Defective = "272",
        /// 오배송
        WrongGoods = "273",
        /// 배송 중 파손
        DamagedOnTheWay = "274",
        /// 구성품 누락
        PartMissing = "275",
        /// 배송 지연
        DeliveredTooLate = "276",
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
            Self::OutOfStock
            | Self::WrongProductInformation
            | Self::Defective
            | Self::WrongGoods
            | Self::DamagedOnTheWay
            | Self::PartMissing
            | Self::DeliveredTooLate => Blame::Vendor,
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
        /// 사은품 미반납
        GiftNotReturned = "50",
        /// 감면
        Waived = "90",
    }
}

code_table! {
    /// 회수교환상태코드: how far the goods of a return or an exchange have come; its own rows bear it, never the order's. 36 and 37
    /// are documented, and 22 for goods that go out in exchange; the rest is ours.
    "OM005" pub enum ReturnProgress {
        /// 배송중
        Shipped = "13",
        /// 배송완료
        Delivered = "15",
        /// 출고지시
        ShippingInstructed = "22",
        /// 접수
        Requested = "31",
        /// 회수지시
        CollectionInstructed = "33",
        /// 회수중
        Collecting = "34",
        /// 회수완료
        Collected = "36",
        /// 반품완료
        Returned = "37",
        /// 회수완료보류
        OnHold = "38",
        /// 종료
        Ended = "39",
    }
}

impl ReturnProgress {
    /// 클레임상태: that of the whole claim, whose rows all stand in this one.
    pub const fn claim_status(self) -> ClaimStatus {
        match self {
            Self::Requested => ClaimStatus::Requested,
            Self::CollectionInstructed
            | Self::Collecting
            | Self::Collected
            | Self::OnHold
            | Self::ShippingInstructed
            | Self::Shipped => ClaimStatus::InProgress,
            Self::Returned | Self::Delivered => ClaimStatus::Complete,
            Self::Ended => ClaimStatus::Rejected,
        }
    }
}

code_table! {
    /// 종료사유코드: why a return or an exchange ended without being carried out. (ours)
    "endRsnCd" pub enum EndReason {
        /// 접수 반려
        RefusedAtRequest = "10",
        /// 검수 반려
        RefusedAtInspection = "20",
        /// 고객 철회
        WithdrawnByCustomer = "30",
        /// 상담원 철회
        WithdrawnByAgent = "40",
        /// 반품 전환
        Converted = "50",
    }
}

code_table! {
    /// 회수방법코드: how the goods come back. (ours)
    "wthdMthdCd" pub enum CollectionMethod {
        /// 자동회수
        Collected = "10",
        /// 선불발송
        SentPrepaid = "20",
        /// 착불발송
        SentPayOnArrival = "30",
        /// 회수없음
        NotCollected = "40",
    }
}

code_table! {
    /// 반려사유코드: why goods that came back are refused. SSG's vendor programmes use the same.
    "rjtRsnCd" pub enum RejectReason {
        /// 기간경과
        PeriodExpired = "01",
        /// 사용
        Used = "02",
        /// 불량
        Defective = "03",
        /// 구성품 누락
        PartMissing = "04",
        /// 사은품 누락
        GiftMissing = "05",
        /// 다른 상품
        OtherGoods = "06",
        /// 수량 상이
        OtherQuantity = "07",
        /// 파손
        Broken = "08",
        /// 박스 훼손
        BoxDamaged = "09",
        /// 상담원 실수
        AgentsMistake = "10",
        /// 기타
        Other = "11",
        /// 불량확인서 없음
        NoProofOfDefect = "12",
    }
}

code_table! {
    /// 환불방법코드: which way money goes back. (ours)
    "rfdMethCd" pub enum RefundMethod {
        /// 원결제 취소
        ByPayment = "10",
        /// 계좌이체
        ByTransfer = "20",
    }
}

code_table! {
    /// 금액변동사유코드: why a return costs otherwise than was shown when it was asked for. (ours)
    "chgRsnCd" pub enum CostChange {
        /// 귀책 변경
        Fault = "FAULT",
        /// 회수방법 변경
        Method = "METHOD",
        /// 일부 수량만 인정
        Part = "PART",
        /// 사은품 미반납
        Gift = "GIFT",
        /// 같은 주문의 다른 클레임
        Order = "ORDER",
        /// 결제월 경과
        Month = "MONTH",
        /// 감면
        Waived = "WAIVED",
        /// 환불 한도
        Limit = "LIMIT",
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

code_table! {
    /// 요청자구분코드: in which role somebody asked for a claim, or did something about it. (ours)
    "reqRoleCd" pub enum RequesterRole {
        /// 회원
        Member = "MEMBER",
        /// 비회원
        Guest = "GUEST",
        /// 상담원
        Agent = "AGENT",
        /// 관리자
        Admin = "ADMIN",
        /// 연동시스템
        Service = "SERVICE",
    }
}

code_table! {
    /// 클레임처리이력코드: what somebody did about a claim. (ours)
    "actCd" pub enum ClaimAct {
        /// 접수
        Request = "REQUEST",
        /// 접수승인
        Approve = "APPROVE",
        /// 반려
        Reject = "REJECT",
        /// 철회
        Withdraw = "WITHDRAW",
        /// 회수상태 변경
        Collect = "COLLECT",
        /// 회수완료보류
        Hold = "HOLD",
        /// 회수송장 등록
        Invoice = "INVOICE",
        /// 환불계좌 등록
        Account = "ACCOUNT",
        /// 검수
        Inspect = "INSPECT",
        /// 환불승인
        Settle = "SETTLE",
        /// 교환배송상태 변경
        Ship = "SHIP",
        /// 반품전환
        Convert = "CONVERT",
        /// 재시도
        Retry = "RETRY",
    }
}
