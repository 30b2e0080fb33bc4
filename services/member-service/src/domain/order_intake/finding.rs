//! What is wrong with an order, and where.

/// One field of a request that keeps it from being taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The JSON path.
    pub field: String,
    pub reason: Reason,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    Required,
    OwnerMissing,
    PasswordLength,
    Repeated,
    Unresolved,
    OutOfRange,
    WrongPromotionType,
    StatusNotOfIntake,
    PaymentMixed,
    MinimumDiffers,
    DiscountsExceedPrice,
    CouponExceedsFee,
    SharesDiffer,
    PaymentsDiffer,
}

impl Reason {
    /// Whether it is known without looking at other fields.
    pub const fn is_of_one_field(self) -> bool {
        match self {
            Self::Required
            | Self::PasswordLength
            | Self::OutOfRange
            | Self::WrongPromotionType
            | Self::StatusNotOfIntake => true,
            Self::OwnerMissing
            | Self::Repeated
            | Self::Unresolved
            | Self::PaymentMixed
            | Self::MinimumDiffers
            | Self::DiscountsExceedPrice
            | Self::CouponExceedsFee
            | Self::SharesDiffer
            | Self::PaymentsDiffer => false,
        }
    }

    /// What the person who sent it should know.
    pub const fn hint_ko(self) -> &'static str {
        match self {
            Self::Required => commerce::text::REQUIRED,
            Self::OwnerMissing => "회원번호 또는 비회원 주문 비밀번호가 필요합니다.",
            Self::PasswordLength => "비밀번호는 4자 이상 64자 이하여야 합니다.",
            Self::Repeated => "중복된 번호입니다.",
            Self::Unresolved => "주문 안에 없는 번호를 참조하고 있습니다.",
            Self::OutOfRange => "허용 범위를 벗어난 값입니다.",
            Self::WrongPromotionType => "이 항목에 사용할 수 없는 프로모션 유형입니다.",
            Self::StatusNotOfIntake => "주문상세상태는 10, 11, 12 중 하나여야 합니다.",
            Self::PaymentMixed => "입금대기 상품과 입금된 상품을 한 주문에 함께 등록할 수 없습니다.",
            Self::MinimumDiffers => "같은 할인의 최소구매금액이 서로 다릅니다.",
            Self::DiscountsExceedPrice => "할인금액의 합이 상품금액을 초과합니다.",
            Self::CouponExceedsFee => "배송비쿠폰 할인금액은 0원 이상, 부과된 배송비 이하여야 합니다.",
            Self::SharesDiffer => "상품별 할인금액의 합이 할인금액과 일치하지 않습니다.",
            Self::PaymentsDiffer => "결제금액의 합이 주문금액과 일치하지 않습니다.",
        }
    }
}

/// Collects findings below one place of the request.
#[derive(Default)]
pub(super) struct Findings<'a> {
    prefix: String,
    list: List<'a>,
}

enum List<'a> {
    Own(Vec<Finding>),
    Of(&'a mut Vec<Finding>),
}

impl Default for List<'_> {
    fn default() -> Self {
        Self::Own(Vec::new())
    }
}

impl<'a> Findings<'a> {
    /// Findings below a place, which is named only when there are any.
    pub(super) fn under(&mut self, prefix: String) -> Findings<'_> {
        let prefix = if self.prefix.is_empty() { prefix } else { format!("{}.{prefix}", self.prefix) };
        Findings { prefix, list: List::Of(self.list_mut()) }
    }

    pub(super) fn add(&mut self, field: &str, reason: Reason) {
        let field =
            if self.prefix.is_empty() { field.to_owned() } else { format!("{}.{field}", self.prefix) };
        self.list_mut().push(Finding { field, reason });
    }

    pub(super) fn into_list(self) -> Vec<Finding> {
        match self.list {
            List::Own(list) => list,
            List::Of(list) => std::mem::take(list),
        }
    }

    fn list_mut(&mut self) -> &mut Vec<Finding> {
        match &mut self.list {
            List::Own(list) => list,
            List::Of(list) => list,
        }
    }
}
