// Made by `make wire` of the declared operations and codes; not to be edited.

export type AccessRecordRow = {
  acsDtm: string;
  acsIp: (string | null);
  acsNo: string;
  ccnNo: (CounselNo | null);
  claimNo: (ClaimNo | null);
  fileNo: (FileNo | null);
  mbrNo: (MemberNo | null);
  operNm: string;
  ordNo: (OrderNo | null);
  svcNm: string;
  userId: string;
};

export type AccmGoodsInfo = {
  brandNo: string;
  chlNo: string;
  dispCtgNo: string;
  entrNo: string;
  goodsNo: GoodsNo;
  itmNo: ItemNo;
  promoNo?: PromotionNo;
  purchaseAmt: Won;
  stdCtgNo: string;
};

export type AccmInfo = {
  accmAmt: Won;
  goodsNo: GoodsNo;
  itmNo: ItemNo;
};

export type AccmPromotionInfo = {
  accmAmt: Won;
  accmGbCd: MileageReason;
  accmRate: RateOrWon;
  entrChrgRate?: number;
  fixamtFxrtGbCd: string;
  goodsAccmList?: Array<AccmInfo>;
  ourChrgRate?: number;
  promoNm: string;
  promoNo: PromotionNo;
  promoTypCd?: ("40" | null);
  rsrvStdAmt?: Won;
};

export type AccmRequest = {
  baseDtm: string;
  benefitOrderPromotionInfo?: BenefitOrderPromotionInfo;
  goodsList: Array<AccmGoodsInfo>;
  mbrGradeCd: MemberGrade;
  mbrNo: MemberNo;
  ordAccmList?: Array<OrderAccmInfo>;
  ordGoodsInfoList?: Array<OrdGoodsInfo>;
  ordMediaCd: OrderMedia;
};

export type AccmResponse = ({
  accmList: Array<AccmPromotionInfo>;
  totalAccmAmt: Won;
} | null);

export type AccrualTargetType = ("GOODS" | "BRAND" | "STD_CTG" | "DISP_CTG" | "ENTR" | "CHL" | "ALL");

export type AccumulationPolicy = {
  base?: BaseAccumulation;
  goodsMileages?: Array<GoodsMileage>;
  grades?: Array<GradeAccumulation>;
  mileageExcludedGoods?: Array<GoodsNo>;
};

export type AccumulationPolicyAnswer = {
  policyVer: number;
  siteNo: SiteNo;
};

export type AccumulationPolicyInAnswer = {
  base: (BaseAccumulation | null);
  goodsMileages: Array<GoodsMileageAnswer>;
  grades: Array<GradeAccumulation>;
  mileageExcludedGoods: Array<GoodsNo>;
};

export type AdditionalCost = {
  amt: Won;
  chrgSubCd: CostBearer;
  deliGrpNo: (number | null);
  entrNo: (string | null);
  ordCostGbCd: CostKind;
  ordCostGbNm: string;
  rsn: string;
};

export type AdditionalPaymentRequest = {
  payMeansCd: string;
  pgPayKey: string;
};

export type AeEvtInfo = ({
  addEvtTypCd: GiftEventType;
  aeDesc: string;
  aeEndDtm: string;
  aeGoodsList: Array<AeFvrInfo>;
  aeNm: string;
  aeNo: string;
  aeStrDtm: string;
  aplyEndTm?: (string | null);
  aplyStrTm?: (string | null);
  goodsNo: GoodsNo;
  itmNo: ItemNo;
  payEndDt?: string;
  payStrDt?: string;
  tmEvtYn: (string | null);
} | null);

export type AeFvrInfo = {
  aeFvrSeq: string;
  aeGoodsImgPath?: string;
  aeGoodsItmNo?: string;
  aeGoodsNm: string;
  aeGoodsNo: string;
  aplyMaxAmt: Won;
  aplyMinAmt: Won;
};

export type AnswerDraft = {
  ansCont: string;
  ccnNo: CounselNo;
  draftVer: number;
  modDtm: string;
  tmplNo: (string | null);
};

export type AnswerDraftRow = {
  ccnNo: CounselNo;
  cnslStatCd: InquiryStatus;
  modDtm: string;
  procUserId: (string | null);
  title: string;
};

export type AssignRequest = {
  ccnNo: (string | number);
  procUserId: string;
};

export type BackOfficeList = {
  payloads: Array<ManagedOrderRow>;
  totalCount: number;
};

export type BackOfficeList2 = {
  payloads: Array<ManagedNotificationRow>;
  totalCount: number;
};

export type BackOfficeList3 = {
  payloads: Array<CounselRow>;
  totalCount: number;
};

export type BackOfficeList4 = {
  payloads: Array<AnswerDraftRow>;
  totalCount: number;
};

export type BackOfficeList5 = {
  payloads: Array<ProcUserRow>;
  totalCount: number;
};

export type BackOfficeList6 = {
  payloads: Array<AccessRecordRow>;
  totalCount: number;
};

export type BackOfficeList7 = {
  payloads: Array<TemplateDetail>;
  totalCount: number;
};

export type BackOfficeList8 = {
  payloads: Array<CounselTypeRow>;
  totalCount: number;
};

export type BackOfficeList9 = {
  payloads: Array<ManagedClaimRow>;
  totalCount: number;
};

export type BaseAccumulation = {
  accmRate: Rate;
  entrChrgRate?: number;
  ourChrgRate?: number;
  promoNm: string;
  promoNo: PromotionNo;
};

export type BasketGoods = {
  bpckPsbYn?: string;
  brandNm?: string;
  brandNo?: string;
  bsketNo?: number;
  bsketQty?: number;
  buyQtyLmtYn?: string;
  buyTypCd?: string;
  buyrAgeLmtCd?: string;
  chlDtlNo?: string;
  chlNo?: string;
  conrNo?: string;
  dcAmt?: Won;
  deliDday?: number;
  deliGoodsGbCd?: string;
  deliNo?: string;
  deliPolcNo?: string;
  deliProcTypCd?: DeliveryProcess;
  deliPsbRgnCd?: string;
  deliWayCd?: string;
  dispYn?: string;
  entrGoodsNo?: string;
  entrItmNo?: string;
  entrNo?: string;
  exchPsbYn?: string;
  frgnDirPurGoodsYn?: string;
  fwdidcPrarDy?: string;
  goodsCompCd?: string;
  goodsImg?: string;
  goodsNm?: string;
  goodsNo?: GoodsNo;
  goodsTypCd?: string;
  gvgfPsbYn?: string;
  hsCd?: string;
  infDispCtgNo?: string;
  infDispCtgNoGbCd?: string;
  itmNm?: string;
  itmNo?: ItemNo;
  itmSaleStatCd?: string;
  marketingDisplayNo?: string;
  maxDcAmt?: Won;
  maxLmtQty?: number;
  minLmtQty?: number;
  mrgnRate?: number;
  norPrc?: Won;
  ordCnclPsbYn?: string;
  ordQty?: number;
  payMeanInfo?: string;
  preSalePrc?: Won;
  prestNm?: string;
  repDispCtgNo?: string;
  rglrDeliGoodsYn?: string;
  rsvEndDtm?: string;
  rsvStrtDtm?: string;
  rtnPsbYn?: string;
  safeStkNotiYn?: string;
  saleEndDtm?: string;
  saleMethCd?: string;
  salePrc?: Won;
  saleStatCd?: string;
  saleStrDtm?: string;
  sngGoodsYn?: string;
  stdCtgNo?: string;
  stkMgrYn?: string;
  stkQty?: number;
  supPcost?: Won;
  sysModDtm?: string;
  taxGbCd?: string;
  wishYn?: string;
  wthdYn?: string;
};

export type BenefitInfo = {
  accmRtrvAmt: Won;
  cnclGiftList: Array<CancelledGift>;
  mlgRestoreAmt: Won;
  restoreCpnList: Array<RestoredCoupon>;
  revokeDcList: Array<RevokedDiscount>;
};

export type BenefitOrderPromotionInfo = {
  cpnIsuNo?: CouponIssueNo;
  dcAmt: Won;
  dcRateAmt?: number;
  entrChrgRate: number;
  fixamtFxrtGbCd: DiscountKind;
  goods: Array<OrderBenefitGoodsInfo>;
  isMaxYn?: string;
  maxDcAmt?: Won;
  minBuyAmt?: Won;
  ourChrgRate: number;
  promoNm: string;
  promoNo: PromotionNo;
  promoTypCd: PromotionType;
};

export type Blame = ("10" | "20" | "30");

export type CalcRow = {
  amt: Won;
  formula: string;
  ruleId: string;
  seq: number;
  title: string;
};

export type CancelGoodsRequest = {
  claimQty: number;
  ordSeq: number;
};

export type CancelOrderRequest = {
  addPay?: AdditionalPaymentRequest;
  claimBusinessType?: string;
  claimGoodsList: Array<CancelGoodsRequest>;
  claimRsnCd: string;
  claimRsnCntt?: string;
  costHash?: string;
  expectRfdAmt?: Won;
  ordNo: string;
  rfdAcct?: RefundAccountRequest;
};

export type CancelledGift = {
  aeGoodsNm: string;
  aeGoodsNo: string;
  aeNo: string;
  wthdYn?: Yn;
};

export type CcnNoRequest = {
  ccnNo?: (string | number);
};

export type Channel = ("10" | "20" | "30" | "40");

export type ClaimAccountRequest = {
  claimNo: string;
  ordNo: string;
  rfdAcct: RefundAccountRequest;
};

export type ClaimAct = ("REQUEST" | "APPROVE" | "REJECT" | "WITHDRAW" | "COLLECT" | "HOLD" | "INVOICE" | "ACCOUNT" | "INSPECT" | "SETTLE" | "SHIP" | "CONVERT" | "RETRY");

export type ClaimAddress = {
  cellEndNo: string;
  cellSctNo: string;
  cellTxnoNo: string;
  deliMsg: (string | null);
  dtlAddr: string;
  rcvmnNm: string;
  zipAddr: string;
  zipNo: string;
};

export type ClaimAddressRequest = {
  cellEndNo: string;
  cellSctNo: string;
  cellTxnoNo: string;
  deliMsg?: string;
  dtlAddr: string;
  rcvmnNm: string;
  zipAddr: string;
  zipNo: string;
};

export type ClaimApprovalRequest = {
  claimNo: string;
  ordNo: string;
  wthdMthdCd?: string;
};

export type ClaimAttentionCount = {
  cnt: number;
  oldestDtm: string;
  stepCd: string;
  stepNm: string;
};

export type ClaimCost = {
  addtnCostList: Array<AdditionalCost>;
  bnfInfo: BenefitInfo;
  calcList: Array<CalcRow>;
  claimGoodsList: Array<ClaimedGoods>;
  claimNo?: ClaimNo;
  costHash: string;
  costRowList: Array<CostRow>;
  estmYn?: Yn;
  imptDivCd?: Blame;
  ordNo: OrderNo;
  payInfo: PayInfo;
  rtnCpnIsuNo?: CouponIssueNo;
  wthdMthdCd?: CollectionMethod;
};

export type ClaimCoupon = {
  cpnIsuNo: CouponIssueNo;
  promoNm: string;
  promoNo: PromotionNo;
  promoTypCd: PromotionType;
  restoredYn: Yn;
  rsn: (string | null);
};

export type ClaimDetails = {
  chgRsnList?: Array<CostChange>;
  claimBusinessType: ClaimType;
  claimBusinessTypeNm: string;
  claimGoodsList?: Array<CollectedGoods>;
  claimNo: ClaimNo;
  claimRsnCd: (ClaimReason | null);
  claimRsnCntt: (string | null);
  claimRsnNm: (string | null);
  claimStatCd: ClaimStatus;
  claimStatNm: string;
  cmplDtm: (string | null);
  cnclGiftList: Array<CancelledGift>;
  cost: (ClaimCost | null);
  dlvpList: Array<DeliveryAddressAnswer>;
  endRsnCd?: EndReason;
  exchInfo?: ExchangeInfo;
  exchMidRtnYn?: Yn;
  imptDivCd: (Blame | null);
  ordNo: OrderNo;
  orgClaimNo?: ClaimNo;
  reqCost?: ClaimCost;
  reqDtm: string;
  reqImptDivCd?: Blame;
  reqRoleCd: (RequesterRole | null);
  restoreCpnList: Array<ClaimCoupon>;
  rfdDueDt?: string;
  rfdList: Array<ClaimRefund>;
  stepList: Array<ClaimStep>;
  stkList: Array<ClaimStock>;
  wthdInfo?: CollectionInfo;
};

export type ClaimDetailsRequest = {
  claimNo: string;
  ordNo: string;
};

export type ClaimGoodsRequest = {
  claimQty: number;
  exchItmNo?: string;
  itmNo?: string;
  ordSeq: number;
};

export type ClaimHistoryRow = {
  actCd: ClaimAct;
  actNm: string;
  dtm: string;
  fromStatCd: (string | null);
  fromStatNm: (string | null);
  roleCd: (RequesterRole | null);
  toStatCd: (string | null);
  toStatNm: (string | null);
  userId: (string | null);
};

export type ClaimIntakeAnswer = {
  created: number;
  unchanged: number;
  updated: number;
};

export type ClaimIntakeRequest = {
  claims: Array<ImportedClaim>;
};

export type ClaimList = {
  list: Array<ClaimRow>;
  totalCount: number;
};

export type ClaimListRequest = {
  claimBusinessType?: string;
  endDt?: string;
  ordNo?: string;
  pageNo?: number;
  pageSize?: number;
  strDt?: string;
};

export type ClaimNo = string;

export type ClaimOrderAnswer = {
  addPayPrarAmt: Won;
  claimNo: ClaimNo;
  claimStatCd: ClaimStatus;
  rfdPrarAmt: Won;
};

export type ClaimPossibility = {
  cnclYn: Yn;
  exchYn: Yn;
  impsbRsn: (string | null);
  optChgYn: Yn;
  rtnYn: Yn;
};

export type ClaimPosting = {
  acct: string;
  amt: number;
  regDtm: string;
  stepCd: SagaStep;
  stepNm: string;
  unit: string;
};

export type ClaimReason = ("251" | "252" | "253" | "258" | "259" | "260" | "270" | "271" | "272" | "273" | "274" | "275" | "276");

export type ClaimReasonChoice = {
  claimRsnCd: ClaimReason;
  claimRsnNm: string;
  imptDivCd: Blame;
};

export type ClaimRefund = {
  payMeansCd: PayMeans;
  payMeansNm: string;
  payNo: PaymentNo;
  rfdAmt: Won;
  rfdDtm: (string | null);
  rfdMethCd?: RefundMethod;
  rfdStatCd: RefundStatus;
};

export type ClaimRejectionRequest = {
  claimNo: string;
  ordNo: string;
  rjtRsnCd: string;
  rjtRsnCntt?: string;
};

export type ClaimRequest = {
  claimBusinessType?: string;
  claimGoodsList: Array<ClaimGoodsRequest>;
  claimNo?: string;
  claimRsnCd: string;
  claimRsnCntt?: string;
  imptDivCd?: string;
  ordNo: string;
  rtnCpnIsuNo?: string;
  wthdDlvp?: ClaimAddressRequest;
  wthdMthdCd?: string;
  wvAmt?: Won;
};

export type ClaimRetryAnswer = {
  claimNo: ClaimNo;
  dueCnt: number;
};

export type ClaimRetryRequest = {
  claimNo: string;
};

export type ClaimRow = {
  claimBusinessType: ClaimType;
  claimBusinessTypeNm: string;
  claimNo: ClaimNo;
  claimStatCd: ClaimStatus;
  claimStatNm: string;
  cmplDtm: (string | null);
  endRsnCd: (EndReason | null);
  goodsCnt: number;
  goodsNm: (string | null);
  ordDtlStatCd: (ReturnProgress | null);
  ordNo: OrderNo;
  reqDtm: string;
  rfdPrarAmt: (Won | null);
};

export type ClaimStanding = {
  claimNo: ClaimNo;
  claimStatCd: ClaimStatus;
};

export type ClaimStandingCount = {
  claimBusinessType: ClaimType;
  claimStatCd: ClaimStatus;
  cnt: number;
  lateCnt: number;
  ordDtlStatCd: (ReturnProgress | null);
};

export type ClaimStatus = ("10" | "20" | "30" | "90");

export type ClaimStep = {
  dtm: (string | null);
  stepCd: SagaStep;
  stepNm: string;
  stepStatCd: SagaStepStatus;
  tryCnt: number;
};

export type ClaimStock = {
  goodsNo: GoodsNo;
  itmNo: ItemNo;
  qty: number;
};

export type ClaimTarget = {
  claimRsnList: Array<ClaimReasonChoice>;
  mbrNo: (MemberNo | null);
  ordDtm: string;
  ordGoodsList: Array<ClaimTargetGoods>;
  ordManNm: string;
  ordMediaCd: OrderMedia;
  ordNo: OrderNo;
  payList: Array<ClaimTargetPayment>;
  rfdAcctReqYn: Yn;
  sctnCnclPsbYn: Yn;
};

export type ClaimTargetGoods = {
  claimImpsbRsn: (string | null);
  claimPsbQty: number;
  claimPsbYn: Yn;
  cnclQty: number;
  dcAmt: Won;
  entrNo: string;
  goodsImg: (string | null);
  goodsNm: string;
  goodsNo: GoodsNo;
  itmNm: string;
  itmNo: ItemNo;
  optChgPsbYn: Yn;
  ordDtlStatCd: LineStatus;
  ordDtlStatNm: string;
  ordQty: number;
  ordSeq: number;
  salePrc: Won;
};

export type ClaimTargetPayment = {
  payAmt: Won;
  payMeansCd: PayMeans;
  payMeansNm: string;
  payNo: PaymentNo;
  rfdPsbAmt: Won;
  sctnCnclPsbYn: Yn;
};

export type ClaimTargetRequest = {
  ordNo: string;
};

export type ClaimTask = {
  lastRsn: (string | null);
  lastTryDtm: (string | null);
  nextTryDtm: (string | null);
  rfsdYn: Yn;
  stepCd: string;
  stepNm: string;
  stepStatCd: SagaStepStatus;
  tgtNo: (string | null);
  tryCnt: number;
};

export type ClaimType = ("10" | "11" | "20" | "22" | "30");

export type ClaimWithdrawalRequest = {
  claimNo: string;
  ordNo: string;
};

export type ClaimedGoods = {
  claimQty: number;
  dcAmt: Won;
  goodsAmt: Won;
  goodsNm?: string;
  goodsNo: GoodsNo;
  itmNm?: string;
  itmNo: ItemNo;
  netAmt: Won;
  ordSeq: number;
};

export type CollectedGoods = {
  acptQty: (number | null);
  claimQty: number;
  exchItmNo: (ItemNo | null);
  itmNo: ItemNo;
  ordDtlStatCd: ReturnProgress;
  ordSeq: number;
  rjtQty: (number | null);
  rjtRsnCd: (RejectReason | null);
};

export type CollectionGroup = {
  deliGrpNo: number;
  entrNo: string;
  exchDeliAmt: Won;
  rtnDeliAmt: Won;
};

export type CollectionInfo = {
  hdcCd: (string | null);
  invNo: (string | null);
  wthdDircDtm: (string | null);
  wthdDlvp: (ClaimAddress | null);
  wthdFnshDtm: (string | null);
  wthdMthdCd: CollectionMethod;
};

export type CollectionInvoiceRequest = {
  claimNo: string;
  hdcCd: string;
  invNo: string;
  ordNo: string;
};

export type CollectionMethod = ("10" | "20" | "30" | "40");

export type CollectionStatusAnswer = {
  updated: number;
};

export type CollectionStatusRequest = {
  ordDtlStatCd: string;
  updateTargetOrdDtlStatCd: string;
  withdrawStatUpdateSaveInfoList: Array<CollectionStatusRow>;
};

export type CollectionStatusRow = {
  claimNo: string;
  dtm?: string;
  hdcCd?: string;
  invNo?: string;
  ordNo: string;
  wthdFnshWaitProcCaus?: string;
};

export type CollectionTarget = {
  claimRsnList: Array<ClaimReasonChoice>;
  deliGrpList: Array<CollectionGroup>;
  dlvpList: Array<DeliveryAddressAnswer>;
  mbrNo: (MemberNo | null);
  ordDtm: string;
  ordGoodsList: Array<CollectionTargetGoods>;
  ordManNm: string;
  ordMediaCd: OrderMedia;
  ordNo: OrderNo;
  payList: Array<ClaimTargetPayment>;
  rfdAcctReqYn: Yn;
  rtnCpnList?: Array<FreeReturnCoupon>;
  sctnCnclPsbYn: Yn;
};

export type CollectionTargetGoods = {
  claimImpsbRsn: (string | null);
  claimPsbQty: number;
  claimPsbYn: Yn;
  clmIngQty: number;
  cnclQty: number;
  dcAmt: Won;
  deliFnshDtm: (string | null);
  deliGrpNo: number;
  entrNo: string;
  exchPsbYn: Yn;
  goodsImg: (string | null);
  goodsNm: string;
  goodsNo: GoodsNo;
  itmNm: string;
  itmNo: ItemNo;
  itmPtnList: Array<ItemPortion>;
  optChgPsbYn: Yn;
  ordDtlStatCd: LineStatus;
  ordDtlStatNm: string;
  ordQty: number;
  ordSeq: number;
  rtnPsbYn: Yn;
  rtnQty: number;
  salePrc: Won;
  wthdYn: Yn;
};

export type ConversionRequest = {
  claimNo: string;
  claimRsnCd?: string;
  imptDivCd?: string;
  ordNo: string;
};

export type CostBearer = ("10" | "20" | "30");

export type CostChange = ("FAULT" | "METHOD" | "PART" | "GIFT" | "ORDER" | "MONTH" | "WAIVED" | "LIMIT");

export type CostKind = ("10" | "20" | "30" | "40" | "50" | "90");

export type CostRow = {
  amt: Won;
  chrgSubCd: CostBearer;
  cpnIsuNo: (CouponIssueNo | null);
  deliGrpNo: (number | null);
  ordCostGbCd: CostKind;
  ordSeq: (number | null);
  promoNo: (PromotionNo | null);
  seq: number;
};

export type CounselCount = {
  myAnsTodayCnt: number;
  myCnt: number;
  myDraftCnt: number;
  oldestAccpDtm: (string | null);
  prcsCnt: number;
  serverDtm: string;
  waitCnt: number;
};

export type CounselDetail = {
  accpCont: string;
  accpDtm: string;
  ansCont: (string | null);
  ansDtm: (string | null);
  ansUserNm: (string | null);
  ccnNo: CounselNo;
  cellEndNo: (string | null);
  cellSctNo: (string | null);
  cellTxnoNo: (string | null);
  cnslStatCd: InquiryStatus;
  cnslStatNm: string;
  cnslTypNm: string;
  cnslTypNo: string;
  emailAddr: (string | null);
  fileCnt: number;
  files: Array<FileInfo>;
  goodsNm: (string | null);
  goodsNo: (GoodsNo | null);
  histList: Array<CounselHistory>;
  mbrNo: MemberNo;
  memoList: Array<CounselMemo>;
  modDtm: string;
  ordNo: (OrderNo | null);
  procUserId: (string | null);
  smsNotiYn: Yn;
  title: string;
};

export type CounselHistory = {
  actCd: string;
  dtm: string;
  fromStatCd: (InquiryStatus | null);
  seq: number;
  toStatCd: (InquiryStatus | null);
  userId: string;
};

export type CounselMemo = {
  dtm: string;
  memoCont: string;
  seq: number;
  userId: string;
};

export type CounselNo = string;

export type CounselRow = {
  accpDtm: string;
  ansDtm: (string | null);
  ccnNo: CounselNo;
  cnslStatCd: InquiryStatus;
  cnslStatNm: string;
  cnslTypNm: string;
  cnslTypNo: string;
  fileCnt: number;
  goodsNm: (string | null);
  goodsNo: (GoodsNo | null);
  mbrNo: MemberNo;
  modDtm: string;
  ordNo: (OrderNo | null);
  procUserId: (string | null);
  title: string;
};

export type CounselState = {
  ccnNo: CounselNo;
  cnslStatCd: InquiryStatus;
};

export type CounselStateList = {
  list: Array<CounselStateRow>;
  serverDtm: string;
};

export type CounselStateRow = {
  ccnNo: CounselNo;
  cnslStatCd: InquiryStatus;
  delYn: Yn;
  modDtm: string;
  procDtm: (string | null);
  procUserId: (string | null);
};

export type CounselTypeRow = {
  cnslTypNm: string;
  cnslTypNo: string;
  goodsSelMdtyYn: Yn;
  level: number;
  ordSelMdtyYn: Yn;
  sortSeq: number;
  uprCnslTypNo: (string | null);
  useYn: Yn;
};

export type Coupon = {
  claimNo?: ClaimNo;
  cpnIsuNo: CouponIssueNo;
  mbrNo: MemberNo;
  ordNo?: OrderNo;
  promoNm: string;
  promoNo: PromotionNo;
  promoTypCd: PromotionType;
  useStatCd?: CouponStatus;
  validEndDtm: string;
};

export type CouponAnswer = {
  claimNo: (ClaimNo | null);
  cpnIsuNo: CouponIssueNo;
  mbrNo: MemberNo;
  ordNo: (OrderNo | null);
  promoNm: string;
  promoNo: PromotionNo;
  promoTypCd: PromotionType;
  useStatCd: (CouponStatus | null);
  validEndDtm: string;
};

export type CouponIssueAnswer = {
  created: number;
  unchanged: number;
};

export type CouponIssueNo = string;

export type CouponIssueRequest = {
  coupons: Array<Coupon>;
};

export type CouponList = {
  list: Array<CouponAnswer>;
};

export type CouponStatus = ("10" | "20" | "30");

export type CustomsCodeRequest = {
  dlvpSeq: number;
  ordNo: string;
  persCstmCd: string;
};

export type DeleteAnswerDraftRequest = {
  ccnNo: (string | number);
};

export type DeleteTemplateRequest = {
  tmplNo: (string | number);
};

export type DeliveryAddress = {
  cellEndNo: string;
  cellSctNo: string;
  cellTxnoNo: string;
  deliMsg?: string;
  dlvpSeq: number;
  dtlAddr: string;
  persCstmCd?: string;
  rcvmnNm: string;
  zipAddr: string;
  zipNo: string;
};

export type DeliveryAddressAnswer = {
  cellEndNo: string;
  cellSctNo: string;
  cellTxnoNo: string;
  deliMsg: (string | null);
  dlvpSeq: number;
  dtlAddr: string;
  persCstmCd: (string | null);
  rcvmnNm: string;
  zipAddr: string;
  zipNo: string;
};

export type DeliveryCoupon = {
  cpnIsuNo?: CouponIssueNo;
  dcAmt: Won;
  entrChrgRate: number;
  ourChrgRate: number;
  promoNm: string;
  promoNo: PromotionNo;
  promoTypCd: PromotionType;
};

export type DeliveryCouponAnswer = {
  cpnIsuNo: (CouponIssueNo | null);
  dcAmt: Won;
  entrChrgRate: number;
  ourChrgRate: number;
  promoNm: string;
  promoNo: PromotionNo;
  promoTypCd: PromotionType;
};

export type DeliveryGroup = {
  baseDeliAmt: Won;
  chrgDeliAmt: Won;
  deliGrpNo: number;
  deliPolcNo: string;
  dlvCpn?: DeliveryCoupon;
  dlvpSeq: number;
  entrNo: string;
  exchDeliAmt?: Won;
  freeStdAmt?: Won;
  frstDeliAmt?: Won;
  rtnDeliAmt?: Won;
};

export type DeliveryGroupAnswer = {
  baseDeliAmt: Won;
  chrgDeliAmt: Won;
  deliGrpNo: number;
  deliPolcNo: string;
  dlvCpn: (DeliveryCouponAnswer | null);
  dlvpSeq: number;
  entrNo: string;
  exchDeliAmt?: Won;
  freeStdAmt: (Won | null);
  frstDeliAmt?: Won;
  rtnDeliAmt?: Won;
};

export type DeliveryProcess = ("CNTR_DLV" | "CORP_DLV" | "E_COUPON_DLV");

export type DiscountKind = ("01" | "02");

export type EndReason = ("10" | "20" | "30" | "40" | "50");

export type EtcGiftDelivery = {
  cellEndNo: string;
  cellSctNo: string;
  cellTxnoNo: string;
  deliMsg?: string;
  dtlAddr: string;
  etcGftDlvpNo: string;
  etcGftNm: string;
  rcvmnNm: string;
  zipAddr: string;
  zipNo: string;
};

export type ExchangeDeliveryRequest = {
  claimNo: string;
  dtm: string;
  hdcCd?: string;
  invNo?: string;
  ordDtlStatCd: string;
  ordNo: string;
};

export type ExchangeGoodsRequest = {
  claimQty: number;
  exchItmNo: string;
  itmNo?: string;
  ordSeq: number;
};

export type ExchangeInfo = {
  deliFnshDtm: (string | null);
  dlvpInfo: (ClaimAddress | null);
  hdcCd: (string | null);
  invNo: (string | null);
  shipDtm: (string | null);
};

export type ExchangeItemRequest = {
  claimQty?: number;
  goodsNo: string;
  itmNo: string;
  salePrc?: Won;
};

export type ExchangeOrderRequest = {
  addPay?: AdditionalPaymentRequest;
  claimBusinessType?: string;
  claimGoodsList: Array<ExchangeGoodsRequest>;
  claimRsnCd: string;
  claimRsnCntt?: string;
  costHash?: string;
  exchDlvp?: ClaimAddressRequest;
  expectRfdAmt?: Won;
  imptDivCd?: string;
  ordNo: string;
  rtnCpnIsuNo?: string;
  wthdDlvp?: ClaimAddressRequest;
  wthdMthdCd?: string;
};

export type ExchangeTargetRequest = {
  claimBusinessType?: string;
  ordNo: string;
  systemType?: string;
};

export type ExchangeWithdrawalRequest = {
  claimBusinessType: string;
  claimNo: string;
  mbrNo?: string;
  ordMediaCd: string;
  ordNo: string;
  systemType: string;
  wthdFnshWaitProcCaus?: string;
};

export type FileInfo = {
  bytes: number;
  fileNm: string;
  fileNo: FileNo;
  type: string;
  url: string;
};

export type FileLimit = {
  maxBytes: number;
  maxCnt: number;
  types: Array<string>;
};

export type FileNo = string;

export type FilledTemplate = {
  cmnYn: Yn;
  cnslTypNo?: string;
  filledCont?: string;
  modDtm: string;
  regUserId: string;
  tmplCont: string;
  tmplNm: string;
  tmplNo: string;
  unfilledList?: Array<string>;
};

export type FreeReturnCoupon = {
  cpnIsuNo: CouponIssueNo;
  promoNm: string;
  validEndDtm: string;
};

export type GiftEventType = ("10" | "20");

export type Goods = {
  goodsImg?: string;
  goodsNm: string;
  goodsNo: GoodsNo;
  itms?: Array<GoodsItem>;
  rsvGoodsYn: Yn;
  salePrc: Won;
  saleStatCd: SaleStatus;
};

export type GoodsAnswer = {
  created: number;
  updated: number;
};

export type GoodsBenefitResponse = ({
  benefitList: Array<OrderPromotionInfo>;
  dcAmt: Won;
  goodsNo: GoodsNo;
  itmNo: ItemNo;
} | null);

export type GoodsChoice = {
  goodsImg: (string | null);
  goodsNm: string;
  goodsNo: GoodsNo;
  itmNm: string;
  itmNo: ItemNo;
  salePrc: Won;
};

export type GoodsChoiceList = {
  list: Array<GoodsChoice>;
  totalCount: number;
};

export type GoodsItem = {
  addPrc: Won;
  itmNm: string;
  itmNo: ItemNo;
  itmSaleStatCd: SaleStatus;
  stkQty: number;
};

export type GoodsMileage = {
  accmRate: RateOrWon;
  endDtm: string;
  entrChrgRate?: number;
  fixamtFxrtGbCd: DiscountKind;
  maxAccmAmt?: Won;
  mbrGradeCds?: Array<MemberGrade>;
  ordMediaCds?: Array<OrderMedia>;
  ourChrgRate?: number;
  promoNm: string;
  promoNo: PromotionNo;
  strDtm: string;
  targets?: Array<MileageTarget>;
};

export type GoodsMileageAnswer = {
  accmRate: RateOrWon;
  endDtm: string;
  entrChrgRate?: number;
  fixamtFxrtGbCd: DiscountKind;
  maxAccmAmt: (Won | null);
  mbrGradeCds: Array<MemberGrade>;
  ordMediaCds: Array<OrderMedia>;
  ourChrgRate?: number;
  promoNm: string;
  promoNo: PromotionNo;
  strDtm: string;
  targets: Array<MileageTarget>;
};

export type GoodsNo = string;

export type GoodsRequest = {
  goods: Array<Goods>;
};

export type GradeAccumulation = {
  accmRate: Rate;
  entrChrgRate?: number;
  mbrGradeCd: MemberGrade;
  ourChrgRate?: number;
  promoNm: string;
  promoNo: PromotionNo;
  rsrvStdAmt: Won;
};

export type ImportedClaim = {
  claimBusinessType: ClaimType;
  claimNo: ClaimNo;
  claimRsnCd: ClaimReason;
  claimStatCd: ClaimStatus;
  cmplDtm?: string;
  goodsList: Array<ImportedClaimGoods>;
  ordNo: OrderNo;
  reqDtm: string;
};

export type ImportedClaimGoods = {
  claimQty: number;
  ordSeq: number;
};

export type InitCounselType = {
  cnslTypNm: string;
  cnslTypNo: string;
  goodsSelMdtyYn: Yn;
  level: number;
  ordSelMdtyYn: Yn;
  sortSeq: number;
  uprCnslTypNo: (string | null);
};

export type InquiryCountResponse = {
  inquiryCnt?: number;
};

export type InquiryStatus = ("10" | "20" | "30");

export type InspectedGiftRequest = {
  aeNo: string;
  rcvYn: ("Y" | "N");
};

export type InspectedGoodsRequest = {
  acptQty: number;
  itmNo?: string;
  ordSeq: number;
  resellQty?: number;
  rjtQty: number;
  rjtRsnCd?: string;
  rjtRsnCntt?: string;
};

export type InspectionAnswer = {
  claimNo: ClaimNo;
  claimStatCd: ClaimStatus;
  cost: (ClaimCost | null);
};

export type InspectionRequest = {
  addPay?: AdditionalPaymentRequest;
  claimNo: string;
  claimRsnCd?: string;
  giftList?: Array<InspectedGiftRequest>;
  imptDivCd?: string;
  insptList: Array<InspectedGoodsRequest>;
  ordNo: string;
  wvAmt?: Won;
};

export type IsNonMemberOrderRequest = {
  ordManNm: string;
  ordNo: string;
  umemCellEndNo: string;
  umemCellSctNo: string;
  umemCellTxnoNo: string;
};

export type ItemNo = string;

export type ItemPortion = {
  claimLmtDt: (string | null);
  claimPsbQty: number;
  entrClaimLmtDt: (string | null);
  itmNm: string;
  itmNo: ItemNo;
  qty: number;
};

export type LineBenefit = {
  cpnIsuNo?: CouponIssueNo;
  dcAmt: Won;
  dcRateAmt: number;
  entrChrgRate: number;
  fixamtFxrtGbCd: DiscountKind;
  maxDcAmt?: Won;
  minBuyAmt?: Won;
  ourChrgRate: number;
  promoNm: string;
  promoNo: PromotionNo;
  promoTypCd: PromotionType;
};

export type LineStatus = ("10" | "11" | "12" | "13" | "15" | "16" | "19" | "36" | "37");

export type LoginInfo = {
  expDtm: string;
  ordNo: (OrderNo | null);
  roles: Array<string>;
  serverDtm: string;
  siteNo: SiteNo;
  sub: string;
};

export type ManagedClaimCount = {
  attnList: Array<ClaimAttentionCount>;
  statList: Array<ClaimStandingCount>;
};

export type ManagedClaimDetails = {
  chgRsnList?: Array<CostChange>;
  claimBusinessType: ClaimType;
  claimBusinessTypeNm: string;
  claimGoodsList?: Array<CollectedGoods>;
  claimNo: ClaimNo;
  claimRsnCd: (ClaimReason | null);
  claimRsnCntt: (string | null);
  claimRsnNm: (string | null);
  claimStatCd: ClaimStatus;
  claimStatNm: string;
  cmplDtm: (string | null);
  cnclGiftList: Array<CancelledGift>;
  cost: (ClaimCost | null);
  dlvpList: Array<DeliveryAddressAnswer>;
  endRsnCd?: EndReason;
  endRsnNm: (string | null);
  exchInfo?: ExchangeInfo;
  exchMidRtnYn?: Yn;
  histList: Array<ClaimHistoryRow>;
  imptDivCd: (Blame | null);
  imptDivNm: (string | null);
  ldgrList: Array<ClaimPosting>;
  ordDtlStatCd: (ReturnProgress | null);
  ordDtlStatNm: (string | null);
  ordNo: OrderNo;
  orgClaimNo?: ClaimNo;
  reqCost?: ClaimCost;
  reqDtm: string;
  reqImptDivCd?: Blame;
  reqRoleCd: (RequesterRole | null);
  reqRoleNm: (string | null);
  reqUserId: (string | null);
  restoreCpnList: Array<ClaimCoupon>;
  rfdDueDt?: string;
  rfdList: Array<ClaimRefund>;
  stepList: Array<ClaimStep>;
  stkList: Array<ClaimStock>;
  taskList: Array<ClaimTask>;
  wthdInfo?: CollectionInfo;
};

export type ManagedClaimRow = {
  addPayPrarAmt: (Won | null);
  claimBusinessType: ClaimType;
  claimBusinessTypeNm: string;
  claimNo: ClaimNo;
  claimRsnCd: (ClaimReason | null);
  claimRsnNm: (string | null);
  claimStatCd: ClaimStatus;
  claimStatNm: string;
  cmplDtm: (string | null);
  endRsnCd: (EndReason | null);
  entrNo: (string | null);
  goodsCnt: number;
  goodsNm: (string | null);
  imptDivCd: (Blame | null);
  lastRsn: (string | null);
  lateYn: Yn;
  mbrNo: (MemberNo | null);
  nextTryDtm: (string | null);
  ordDtlStatCd: (ReturnProgress | null);
  ordNo: OrderNo;
  reqDtm: string;
  rfdDueDt: (string | null);
  rfdPrarAmt: (Won | null);
  stepCd: (string | null);
  stepNm: (string | null);
  stepStatCd: (SagaStepStatus | null);
  tryCnt: (number | null);
  wthdFnshDtm: (string | null);
};

export type ManagedNotificationRow = {
  body: string;
  chnlCd: Channel;
  failRsn: (string | null);
  notiNo: string;
  ordNo: (OrderNo | null);
  receiver: (string | null);
  regDtm: string;
  sendDtm: (string | null);
  sendStatCd: SendStatus;
  title: string;
  tmplCd: string;
  tryCnt: number;
};

export type ManagedOrderListRequest = {
  cellEndNo?: string;
  cellSctNo?: string;
  cellTxnoNo?: string;
  endDt?: string;
  mbrNo?: string;
  ordManNm?: string;
  ordNo?: string;
  pageNo?: number;
  pageSize?: number;
  strDt?: string;
};

export type ManagedOrderRow = {
  cellEndNo: string;
  cellSctNo: string;
  cellTxnoNo: string;
  claimList: Array<OrderClaimRow>;
  goodsList: Array<OrderGoodsRow>;
  maskYn: Yn;
  mbrNo: (MemberNo | null);
  ordAmt: Won;
  ordDtm: string;
  ordManNm: string;
  ordMediaCd: OrderMedia;
  ordNo: OrderNo;
  payAmt: Won;
};

export type MemberGrade = ("10" | "20" | "30" | "40" | "50");

export type MemberNo = string;

export type MemberOrderAmtRequest = {
  buyEndDtm: string;
  buyStrDtm: string;
  mbrNo: string;
};

export type MemoNo = {
  ccnNo: CounselNo;
  seq: number;
};

export type MileageBook = {
  balance: Won;
  list: Array<MileageMovement>;
  mbrNo: MemberNo;
};

export type MileageMovement = {
  amt: Won;
  claimNo: (ClaimNo | null);
  dtm: string;
  mlgNo: string;
  ordNo: (OrderNo | null);
  rsnCd: MileageReason;
};

export type MileageReason = ("21" | "22" | "23" | "24" | "29" | "50" | "58");

export type MileageTarget = {
  targetNo?: string;
  targetTypCd: AccrualTargetType;
};

export type NextCounsel = {
  ccnNo: (CounselNo | null);
  cnslStatCd: (InquiryStatus | null);
};

export type NonMemberLoginRequest = {
  ordNo: string;
  ordPwd: string;
};

export type NonMemberLoginResponse = {
  accessToken: string;
  expiresIn: number;
};

export type NotificationList = {
  list: Array<NotificationRow>;
  totalCount: number;
};

export type NotificationRow = {
  body: string;
  chnlCd: Channel;
  notiNo: string;
  sendDtm: (string | null);
  sendStatCd: SendStatus;
  title: string;
  tmplCd: string;
};

export type OptionChangeAnswer = {
  claimNo: ClaimNo;
};

export type OptionChangeRequest = {
  goodsNo: string;
  itmNo: string;
  ordNo: string;
  ordSeq: number;
};

export type OrdGoodsInfo = {
  aeEvtList?: (Array<AeEvtInfo> | null);
  aplyGoodsBnfInfo?: GoodsBenefitResponse;
  basketGoods: BasketGoods;
};

export type Order = {
  cellEndNo: string;
  cellSctNo: string;
  cellTxnoNo: string;
  deliGrpList: Array<DeliveryGroup>;
  dlvpList: Array<DeliveryAddress>;
  emailAddr?: string;
  etcGftDlvpList?: Array<EtcGiftDelivery>;
  giftList?: Array<OrderGift>;
  goodsList: Array<OrderLine>;
  mbrGradeCd?: MemberGrade;
  mbrNo?: MemberNo;
  ordAccmList?: Array<OrderAccm>;
  ordDtm: string;
  ordManNm: string;
  ordMediaCd: OrderMedia;
  ordNo: OrderNo;
  ordPromotionList?: Array<OrderPromotion>;
  ordPwd?: string;
  payList: Array<OrderPayment>;
  siteNo: SiteNo;
};

export type OrderAccm = {
  accmAmt: Won;
  accmGbCd: MileageReason;
  accmRate: RateOrWon;
  entrChrgRate?: number;
  fixamtFxrtGbCd: DiscountKind;
  goodsAccmList?: Array<OrderAccmGoods>;
  ourChrgRate?: number;
  promoNm: string;
  promoNo: PromotionNo;
  promoTypCd?: PromotionType;
  rsrvStdAmt?: Won;
};

export type OrderAccmGoods = {
  accmAmt: Won;
  goodsNo: GoodsNo;
  itmNo: ItemNo;
  ordSeq: number;
};

export type OrderAccmInfo = {
  accmGbCd: MileageReason;
  accmRate: RateOrWon;
  entrChrgRate: number;
  fixamtFxrtGbCd: string;
  ourChrgRate: number;
  promoNm: string;
  promoNo: PromotionNo;
  rsrvStdAmt: Won;
};

export type OrderAmtInfo = {
  ordAmt?: Won;
  ordDtm?: string;
  ordNo?: OrderNo;
};

export type OrderAmtInfoResponse = {
  orderList?: Array<OrderAmtInfo>;
  totOrdAmt?: Won;
};

export type OrderBenefitGoodsInfo = {
  dcAmt: Won;
  goodsNo: GoodsNo;
  itmNo: ItemNo;
};

export type OrderClaimCountInfo = {
  claimCnt?: number;
  ordCnt?: number;
};

export type OrderClaimCountRequest = {
  reqGubun: string;
};

export type OrderClaimRow = {
  claimBusinessType: ClaimType;
  claimNo: ClaimNo;
  claimStatCd: ClaimStatus;
  claimStatNm: string;
  reqDtm: string;
};

export type OrderDetail = {
  claimList: Array<OrderClaimRow>;
  deliGrpList: Array<DeliveryGroupAnswer>;
  dlvpList: Array<DeliveryAddressAnswer>;
  giftList: Array<OrderGiftAnswer>;
  goodsList: Array<OrderGoodsRow>;
  maskYn: Yn;
  ordAmt: Won;
  ordDtm: string;
  ordMediaCd: OrderMedia;
  ordNo: OrderNo;
  ordPromotionList: Array<OrderPromotionAnswer>;
  payAmt: Won;
  payList: Array<OrderPaymentRow>;
};

export type OrderDetailRequest = {
  ordNo: string;
};

export type OrderGift = {
  addEvtTypCd: GiftEventType;
  aeAmt?: Won;
  aeGoodsItmNo: string;
  aeGoodsNm: string;
  aeGoodsNo: string;
  aeNm: string;
  aeNo: string;
  aplyMinAmt?: Won;
  ordSeq?: number;
  qty: number;
};

export type OrderGiftAnswer = {
  addEvtTypCd: GiftEventType;
  aeAmt?: Won;
  aeGoodsItmNo: string;
  aeGoodsNm: string;
  aeGoodsNo: string;
  aeNm: string;
  aeNo: string;
  aplyMinAmt: (Won | null);
  ordSeq: (number | null);
  qty: number;
};

export type OrderGoodsRow = {
  claimPsb: ClaimPossibility;
  cnclQty: number;
  dcAmt: Won;
  goodsImg: (string | null);
  goodsNm: string;
  goodsNo: GoodsNo;
  itmNm: string;
  itmNo: ItemNo;
  leftQty: number;
  ordDtlStatCd: LineStatus;
  ordDtlStatNm: string;
  ordQty: number;
  ordSeq: number;
  rtnQty: number;
  salePrc: Won;
  statDtm: (string | null);
};

export type OrderIntakeAnswer = {
  created: number;
  unchanged: number;
};

export type OrderIntakeRequest = {
  orders: Array<Order>;
};

export type OrderLine = {
  benefitList?: Array<LineBenefit>;
  brandNo: string;
  chlNo: string;
  deliGrpNo: number;
  deliProcTypCd: DeliveryProcess;
  dispCtgNo: string;
  entrNo: string;
  exchPsbYn?: Yn;
  goodsImg?: string;
  goodsNm: string;
  goodsNo: GoodsNo;
  itmNm: string;
  itmNo: ItemNo;
  ordCnclPsbYn: Yn;
  ordDtlStatCd: LineStatus;
  ordQty: number;
  ordSeq: number;
  rsvGoodsYn: Yn;
  rtnPsbYn?: Yn;
  salePrc: Won;
  stdCtgNo: string;
  wthdYn?: Yn;
};

export type OrderList = {
  list: Array<OrderRow>;
  totalCount: number;
};

export type OrderListRequest = {
  endDt?: string;
  ordStatGubun?: string;
  pageNo?: number;
  pageSize?: number;
  strDt?: string;
};

export type OrderMedia = ("10" | "20" | "30" | "40" | "50" | "60");

export type OrderNo = string;

export type OrderPayment = {
  cardNo?: string;
  payAmt: Won;
  payMeansCd: PayMeans;
  payNo: PaymentNo;
  pgPayKey?: string;
  sctnCnclPsbYn: Yn;
};

export type OrderPaymentRow = {
  cardNo: (string | null);
  payAmt: Won;
  payMeansCd: PayMeans;
  payMeansNm: string;
  payNo: PaymentNo;
  sctnCnclPsbYn: Yn;
};

export type OrderPromotion = {
  cpnIsuNo?: CouponIssueNo;
  dcAmt: Won;
  dcRateAmt: number;
  entrChrgRate: number;
  fixamtFxrtGbCd: DiscountKind;
  goods?: Array<OrderPromotionGoods>;
  maxDcAmt?: Won;
  minBuyAmt?: Won;
  ourChrgRate: number;
  promoNm: string;
  promoNo: PromotionNo;
  promoTypCd: PromotionType;
};

export type OrderPromotionAnswer = {
  cpnIsuNo: (CouponIssueNo | null);
  dcAmt: Won;
  dcRateAmt: number;
  entrChrgRate: number;
  fixamtFxrtGbCd: DiscountKind;
  goods: Array<OrderPromotionGoods>;
  maxDcAmt: (Won | null);
  minBuyAmt: (Won | null);
  ourChrgRate: number;
  promoNm: string;
  promoNo: PromotionNo;
  promoTypCd: PromotionType;
};

export type OrderPromotionGoods = {
  dcAmt: Won;
  goodsNo: GoodsNo;
  itmNo: ItemNo;
  ordSeq: number;
};

export type OrderPromotionInfo = {
  cpnIsuNo?: CouponIssueNo;
  dcAmt: Won;
  dcAmtPerCnt: Won;
  dcRateAmt?: number;
  entrChrgRate: number;
  fixamtFxrtGbCd: DiscountKind;
  isMaxYn?: string;
  maxDcAmt?: Won;
  minBuyAmt?: Won;
  ourChrgRate: number;
  promoNm: string;
  promoNo: PromotionNo;
  promoTypCd: PromotionType;
};

export type OrderRow = {
  claimList: Array<OrderClaimRow>;
  goodsList: Array<OrderGoodsRow>;
  maskYn: Yn;
  ordAmt: Won;
  ordDtm: string;
  ordMediaCd: OrderMedia;
  ordNo: OrderNo;
  payAmt: Won;
};

export type OrderStatusLine = {
  dtm: string;
  ordDtlStatCd: LineStatus;
  ordSeq: number;
};

export type OrderStatusRequest = {
  lines: Array<OrderStatusLine>;
};

export type OrderedGoods = {
  goodsImg: (string | null);
  goodsNm: string;
  goodsNo: GoodsNo;
  itmNm: string;
  itmNo: ItemNo;
  ordDtlStatCd: LineStatus;
  ordDtlStatNm: string;
  ordDtm: string;
  ordNo: OrderNo;
  ordQty: number;
  ordSeq: number;
  salePrc: Won;
};

export type OrderedGoodsList = {
  list: Array<OrderedGoods>;
  totalCount: number;
};

export type OrderedGoodsRequest = {
  endDt?: string;
  pageNo?: number;
  pageSize?: number;
  strDt?: string;
};

export type OtherItem = {
  itmNm: string;
  itmNo: ItemNo;
  itmSaleStatCd: SaleStatus;
  salePrc: Won;
  stkQty: number;
};

export type OtherItems = {
  goodsNm: string;
  goodsNo: GoodsNo;
  itms: Array<OtherItem>;
  rsvGoodsYn: Yn;
  salePrc: Won;
  saleStatCd: SaleStatus;
};

export type OtherItemsRequest = {
  goodsNo: string;
  itmNo?: string;
};

export type PayInfo = {
  addPayPrarAmt: Won;
  prepayAmt?: Won;
  prepayRfdAmt?: Won;
  rfdAcctReqYn: Yn;
  rfdList: Array<PlannedRefund>;
  rfdPrarAmt: Won;
};

export type PayMeans = ("10" | "20" | "30" | "40" | "50" | "60" | "70");

export type PaymentNo = string;

export type PlannedRefund = {
  payMeansCd: PayMeans;
  payMeansNm: string;
  payNo: PaymentNo;
  rfdAmt: Won;
  rfdMethCd?: RefundMethod;
};

export type ProcUserRow = {
  lastDtm: string;
  openCnt: number;
  userId: string;
};

export type PromotionNo = string;

export type PromotionType = ("11" | "12" | "13" | "14" | "15" | "20" | "21" | "40");

export type QnaInfo = {
  accpCont?: string;
  cellEndNo?: string;
  cellNoYn?: string;
  cellSctNo?: string;
  cellTxnoNo?: string;
  emailAddr?: string;
  goodsNo?: (string | number);
  inqmnNm?: string;
  mbrNo: (string | number);
  questNo?: (string | number);
};

export type QuestionDetail = {
  accpCont: string;
  accpDtm: string;
  ansCont: (string | null);
  ansDtm: (string | null);
  ansUserNm: (string | null);
  ccnNo: CounselNo;
  cellEndNo: (string | null);
  cellSctNo: (string | null);
  cellTxnoNo: (string | null);
  cnslStatCd: InquiryStatus;
  cnslStatNm: string;
  cnslTypNm: string;
  cnslTypNo: string;
  emailAddr: (string | null);
  fileCnt: number;
  files: Array<FileInfo>;
  goodsNm: (string | null);
  goodsNo: (GoodsNo | null);
  ordNo: (OrderNo | null);
  smsNotiYn: Yn;
  title: string;
};

export type QuestionInit = {
  cnslTypList: Array<InitCounselType>;
  fileLimit: FileLimit;
};

export type QuestionList = {
  list: Array<QuestionRow>;
  pageNo: number;
  pageSize: number;
  totalCount: number;
};

export type QuestionRequest = {
  accpCont: string;
  ccnNo?: (string | number);
  cellEndNo?: string;
  cellSctNo?: string;
  cellTxnoNo?: string;
  cnslTypNo: (string | number);
  delFileNos?: Array<string>;
  emailAddr?: string;
  goodsNo?: string;
  itmNo?: string;
  ordNo?: string;
  ordSeq?: (string | number);
  smsNotiYn?: string;
  title: string;
};

export type QuestionRow = {
  accpDtm: string;
  ansDtm: (string | null);
  ccnNo: CounselNo;
  cnslStatCd: InquiryStatus;
  cnslStatNm: string;
  cnslTypNm: string;
  cnslTypNo: string;
  fileCnt: number;
  goodsNm: (string | null);
  goodsNo: (GoodsNo | null);
  ordNo: (OrderNo | null);
  title: string;
};

export type Rate = number;

export type RateOrWon = number;

export type RefundAccountRequest = {
  acctNo: string;
  bankCd: string;
  dpstrNm: string;
};

export type RefundMethod = ("10" | "20");

export type RefundStatus = ("10" | "20" | "30");

export type RejectReason = ("01" | "02" | "03" | "04" | "05" | "06" | "07" | "08" | "09" | "10" | "11" | "12");

export type ReleaseProcessRequest = {
  ccnNo: (string | number);
};

export type RequesterRole = ("MEMBER" | "GUEST" | "AGENT" | "ADMIN" | "SERVICE");

export type Response = {
  code?: string;
  error?: boolean;
  errors?: Array<ValidationError>;
  isProcess?: boolean;
  message?: string;
  payload?: (Record<string, unknown> | null);
  timestamp?: string;
};

export type RestoredCoupon = {
  cpnIsuNo: CouponIssueNo;
  promoNm: string;
  promoNo: PromotionNo;
  promoTypCd: PromotionType;
};

export type ReturnOrderRequest = {
  addPay?: AdditionalPaymentRequest;
  claimBusinessType?: string;
  claimGoodsList: Array<ClaimGoodsRequest>;
  claimRsnCd: string;
  claimRsnCntt?: string;
  costHash?: string;
  expectRfdAmt?: Won;
  imptDivCd?: string;
  ordNo: string;
  rfdAcct?: RefundAccountRequest;
  rtnCpnIsuNo?: string;
  wthdDlvp?: ClaimAddressRequest;
  wthdMthdCd?: string;
};

export type ReturnProgress = ("13" | "15" | "22" | "31" | "33" | "34" | "36" | "37" | "38" | "39");

export type RevokedDiscount = {
  cpnIsuNo: (CouponIssueNo | null);
  dcAmt: Won;
  promoNm: string;
  promoNo: PromotionNo;
  rsn: string;
};

export type SagaStep = ("ORDER" | "REFUND" | "STOCK" | "COUPON" | "ACCM" | "MILEAGE" | "NOTI");

export type SagaStepStatus = ("10" | "20" | "30");

export type SaleStatus = ("10" | "20" | "30" | "40");

export type SaveAnswerDraftRequest = {
  ansCont: string;
  ccnNo: (string | number);
  draftVer?: number;
  tmplNo?: (string | number);
};

export type SaveAnswerRequest = {
  ansCont: string;
  ccnNo: (string | number);
  modDtm?: string;
  tmplNo?: (string | number);
};

export type SaveCounselMemoRequest = {
  ccnNo: (string | number);
  memoCont: string;
};

export type SaveCounselTypeRequest = {
  cnslTypNm: string;
  cnslTypNo?: (string | number);
  goodsSelMdtyYn?: string;
  ordSelMdtyYn?: string;
  sortSeq?: number;
  uprCnslTypNo?: (string | number);
  useYn?: string;
};

export type SaveTemplateRequest = {
  cmnYn: string;
  cnslTypNo?: (string | number);
  tmplCont: string;
  tmplNm: string;
  tmplNo?: (string | number);
};

export type SearchGoodsRequest = {
  pageNo?: number;
  pageSize?: number;
  searchNm?: string;
};

export type SendStatus = ("10" | "20" | "30");

export type SettledReturn = {
  claimNo: (string | null);
  claimStatCd: (ClaimStatus | null);
  code: string;
  rfdAmt: (Won | null);
};

export type SettlementAnswer = {
  list: Array<SettledReturn>;
};

export type SettlementRequest = {
  addPay?: AdditionalPaymentRequest;
  amtChgCfrmYn?: Yn;
  claimBusinessType: string;
  claimNo: string;
  costHash?: string;
  ordNo: string;
  rfdAcct?: RefundAccountRequest;
  systemType?: string;
  wvAmt?: Won;
};

export type SettlementRequests = (SettlementRequest | Array<SettlementRequest>);

export type SiteNo = string;

export type StartNextProcessRequest = {
  cnslTypNoList?: Array<string>;
};

export type StartProcessRequest = {
  ccnNo: (string | number);
  modDtm?: string;
};

export type TemplateDetail = {
  cmnYn: Yn;
  cnslTypNo?: string;
  modDtm: string;
  regUserId: string;
  tmplCont: string;
  tmplNm: string;
  tmplNo: string;
};

export type ValidationError = {
  field?: string;
  message?: string;
};

export type VendorCancel = {
  clmRsnCd: string;
  clmRsnCntt: string;
  clmRsnNm: string;
  cnclItemQty: string;
  cstInfo: Array<VendorCost>;
  dircItemQty: string;
  imptDivCd: string;
  itemId: string;
  itemNm: string;
  ordCnclDts: string;
  ordItemSeq: string;
  ordItemStatCd: string;
  ordItemStatNm: string;
  ordNo: string;
  ordRcpDts: string;
  ordRcpMediaCd: string;
  ordRcpMediaNm: string;
  ordpeNm: string;
  orordItemSeq: string;
  orordNo: string;
  uitemId: string;
  uitemNm: string;
};

export type VendorCost = {
  exchShppcst: string;
  lrnkSplVenId: string;
  ordItemSeq: string;
  ordNo: string;
  retShppcst: string;
  shpmtShppcst: string;
  splVenBdnDcAmt: string;
  splVenId: string;
};

export type VendorExchangeAnswer = {
  result: VendorExchangeResult;
};

export type VendorExchangeDocument = {
  requestExchangeTarget: VendorExchangeRequest;
};

export type VendorExchangeRequest = {
  commType?: string;
  commValue?: string;
  perdEndDts?: string;
  perdStrDts?: string;
  perdType?: string;
  shppDivDtlCds?: string;
};

export type VendorExchangeResult = {
  exchangeTargets: Array<VendorExchangeTargets>;
  resultCode: string;
  resultDesc: string;
  resultMessage: string;
};

export type VendorExchangeTarget = {
  clmRsnCd: string;
  clmRsnCntt: string;
  clmRsnNm: string;
  cstInfo: Array<VendorCost>;
  delicoVenId: string;
  delicoVenNm: string;
  dircItemQty: string;
  itemId: string;
  itemNm: string;
  lastShppProgStatDtlCd: string;
  lastShppProgStatDtlNm: string;
  ordItemSeq: string;
  ordNo: string;
  ordpeNm: string;
  orordItemSeq: string;
  orordNo: string;
  procItemQty: string;
  rcovCmplDeferDt: string;
  rcovCmplDt: string;
  rcovCnfDt: string;
  rcovDircDt: string;
  rcovMthdCd: string;
  rcovMthdNm: string;
  rcovRvkDt: string;
  rcptpeNm: string;
  refundYn: string;
  refusRetProcQty: string;
  resellPsblYn: string;
  retImptMainNm: string;
  retProcMemoCntt: string;
  retProcStatNm: string;
  retRefusRsnNm: string;
  shppDivDtlCd: string;
  shppDivDtlNm: string;
  shppNo: string;
  shppSeq: string;
  shppStatCd: string;
  shppStatNm: string;
  shppcstBdnMainCd: string;
  shppcstBdnMainNm: string;
  uitemId: string;
  uitemNm: string;
  wblNo: string;
};

export type VendorExchangeTargets = {
  exchangeTarget: Array<VendorExchangeTarget>;
};

export type VendorInquiryAnswer = {
  result: VendorInquiryResult;
};

export type VendorInquiryDocument = {
  request: VendorInquiryRequest;
};

export type VendorInquiryRequest = {
  orordItemSeqs?: string;
  orordNo?: string;
  perdEndDts?: string;
  perdStrDts?: string;
};

export type VendorInquiryResult = {
  data: Array<VendorCancel>;
  resultCode: string;
  resultDesc: string;
  resultMessage: string;
};

export type WithdrawalMemberRequest = {
  mbrNo: string;
};

export type Won = number;

export type Yn = ("Y" | "N");
