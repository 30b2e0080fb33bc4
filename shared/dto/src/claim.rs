//! 클레임: cancels, returns and exchanges, and their cost as customers see them, claims a shop moves in with, and what sisters ask
//! (contract, section 5).

mod collection;
mod collection_details;
mod collection_target;
mod cost;
mod count;
mod desk;
mod details;
mod exchange;
mod inspection;
mod intake;
mod list;
mod order_change;
mod request;
mod settlement;
mod target;
#[cfg(test)]
mod tests;

pub use collection::{
    ClaimAccountRequest, ClaimApprovalRequest, ClaimRejectionRequest, ClaimWithdrawalRequest,
    CollectionInvoiceRequest, CollectionStatusAnswer, CollectionStatusRequest, CollectionStatusRow,
    ExchangeWithdrawalRequest,
};
pub use collection_details::{ClaimAddress, CollectedGoods, CollectionDetails, CollectionInfo, ExchangeInfo};
pub use collection_target::{
    CollectionGroup, CollectionTarget, CollectionTargetGoods, ExchangeTargetRequest, FreeReturnCoupon,
    ItemPortion,
};
pub use cost::{
    AdditionalCost, BenefitInfo, CalcRow, CancelledGift, ClaimCost, ClaimedGoods, CostRow, PayInfo,
    PlannedRefund, RestoredCoupon, RevokedDiscount, SentBackCost,
};
pub use count::{ClaimCountAnswer, ClaimCountQuery};
pub use desk::{
    ClaimAttentionCount, ClaimHistoryRow, ClaimPosting, ClaimRetryAnswer, ClaimRetryRequest,
    ClaimStandingCount, ClaimTask, ManagedClaimCount, ManagedClaimCountQuery, ManagedClaimDetails,
    ManagedClaimQuery,
};
pub use details::{ClaimCoupon, ClaimDetails, ClaimDetailsRequest, ClaimRefund, ClaimStep, ClaimStock};
pub use exchange::{ClaimStanding, ConversionRequest, ExchangeDeliveryRequest, ExchangeItemRequest};
pub use inspection::{InspectedGiftRequest, InspectedGoodsRequest, InspectionAnswer, InspectionRequest};
pub use intake::{ClaimIntakeAnswer, ClaimIntakeRequest, ImportedClaim, ImportedClaimGoods};
pub use list::{
    ClaimList, ClaimListQuery, ClaimListRequest, ClaimRow, ManagedClaimListQuery, ManagedClaimRow,
};
pub use order_change::{CustomsCodeRequest, OptionChangeAnswer, OptionChangeRequest};
pub use request::{
    AdditionalPaymentRequest, CancelGoodsRequest, CancelOrderRequest, ClaimAddressRequest, ClaimGoodsRequest,
    ClaimOrderAnswer, ClaimRequest, ExchangeGoodsRequest, ExchangeOrderRequest, RefundAccountRequest,
    ReturnOrderRequest,
};
pub use settlement::{SettledReturn, SettlementAnswer, SettlementRequest, SettlementRequests};
pub use target::{ClaimReasonChoice, ClaimTarget, ClaimTargetGoods, ClaimTargetPayment, ClaimTargetRequest};
