//! What is read of returns and exchanges.

use super::*;

const GOODS: &str = concat!(
    r#"{"ordSeq":1,"goodsNo":"10002552","itmNo":"001","goodsNm":"린넨 셔츠","itmNm":"화이트/M","goodsImg":null,"#,
    r#""entrNo":"E0001","ordQty":3,"cnclQty":2,"claimPsbQty":1,"salePrc":20000,"dcAmt":11000,"ordDtlStatCd":"15","#,
    r#""ordDtlStatNm":"배송완료","claimPsbYn":"Y","claimImpsbRsn":null,"optChgPsbYn":"N","deliGrpNo":1,"rtnQty":1,"#,
    r#""clmIngQty":1,"itmPtnList":[{"itmNo":"001","itmNm":"화이트/M","qty":2,"claimPsbQty":1,"#,
    r#""claimLmtDt":"2026-08-19","entrClaimLmtDt":null}],"deliFnshDtm":null,"rtnPsbYn":"Y","exchPsbYn":"N","wthdYn":"Y"}"#,
);

const COST: &str = concat!(
    r#"{"ordNo":"20260801O000001","claimGoodsList":[],"addtnCostList":[],"bnfInfo":{"restoreCpnList":[],"#,
    r#""revokeDcList":[],"cnclGiftList":[],"accmRtrvAmt":0,"mlgRestoreAmt":0},"payInfo":{"rfdPrarAmt":0,"#,
    r#""addPayPrarAmt":0,"rfdAcctReqYn":"N","rfdList":[],"prepayAmt":0,"prepayRfdAmt":0},"costRowList":[],"#,
    r#""calcList":[],"costHash":"00","claimNo":"20260810C000001","estmYn":"Y","imptDivCd":"10","wthdMthdCd":"10","#,
    r#""rtnCpnIsuNo":null}"#,
);

const ADDRESS: &str = concat!(
    r#"{"rcvmnNm":"홍길동","cellSctNo":"010","cellTxnoNo":"1234","cellEndNo":"5678","zipNo":"06236","#,
    r#""zipAddr":"서울특별시 강남구 테헤란로 152","dtlAddr":"10층","deliMsg":null}"#,
);

const ROW: &str = concat!(
    r#"{"claimNo":"20260810C000001","ordNo":"20260801O000001","claimBusinessType":"20","#,
    r#""claimBusinessTypeNm":"반품","claimStatCd":"20","claimStatNm":"처리중","endRsnCd":null,"ordDtlStatCd":"36","reqDtm":"2026-08-10T12:00:00+09:00","cmplDtm":null,"rfdPrarAmt":7000,"#,
    r#""goodsNm":"린넨 셔츠","goodsCnt":1"#,
);

#[test]
fn a_target_of_a_return_begins_as_a_cancels_and_goes_on() {
    let target = |more: &str| {
        format!(
            concat!(
                r#"{{"ordNo":"20260801O000001","mbrNo":null,"ordManNm":"홍길동","ordMediaCd":"20","#,
                r#""ordDtm":"2026-08-01T10:00:00+09:00","sctnCnclPsbYn":"Y","ordGoodsList":[{}],"claimRsnList":[],"#,
                r#""payList":[],"rfdAcctReqYn":"N","deliGrpList":[{{"deliGrpNo":1,"entrNo":"E0001","#,
                r#""rtnDeliAmt":3000,"exchDeliAmt":6000}}],"dlvpList":[]{}}}"#,
            ),
            GOODS, more
        )
    };
    survives::<CollectionTarget>(&target(
        r#","rtnCpnList":[{"cpnIsuNo":"CI0015","promoNm":"무료반품","validEndDtm":"2026-12-31T23:59:59+09:00"}]"#,
    ));
    // An exchange has no fee that a coupon pays.
    survives::<CollectionTarget>(&target(""));
}

#[test]
fn details_of_a_return_go_on_where_others_end() {
    let details = format!(
        concat!(
            r#"{{"claimNo":"20260810C000001","ordNo":"20260801O000001","claimBusinessType":"30","#,
            r#""claimBusinessTypeNm":"교환","claimStatCd":"20","claimStatNm":"처리중","claimRsnCd":"252","#,
            r#""claimRsnNm":"사이즈/색상 변경","claimRsnCntt":null,"imptDivCd":"10","reqRoleCd":null,"reqDtm":"2026-08-10T12:00:00+09:00","#,
            r#""cmplDtm":null,"cost":{cost},"rfdList":[{{"payNo":"PAY1","payMeansCd":"10","payMeansNm":"신용카드","#,
            r#""rfdAmt":1000,"rfdStatCd":"10","rfdDtm":null,"rfdMethCd":"20"}}],"restoreCpnList":[],"stkList":[],"#,
            r#""cnclGiftList":[],"dlvpList":[],"stepList":[],"reqImptDivCd":"20","endRsnCd":"40","exchMidRtnYn":"N","#,
            r#""orgClaimNo":null,"reqCost":{cost},"chgRsnList":["FAULT","PART"],"claimGoodsList":[{{"ordSeq":1,"#,
            r#""itmNo":"001","exchItmNo":"002","claimQty":2,"acptQty":1,"rjtQty":0,"rjtRsnCd":null,"#,
            r#""ordDtlStatCd":"22"}}],"wthdInfo":{{"wthdMthdCd":"10","hdcCd":"CJ","invNo":"1234","wthdDircDtm":null,"#,
            r#""wthdFnshDtm":null,"wthdDlvp":{address}}},"exchInfo":{{"hdcCd":null,"invNo":null,"#,
            r#""dlvpInfo":{address},"shipDtm":null,"deliFnshDtm":null}},"rfdDueDt":"2026-08-13"}}"#,
        ),
        cost = COST,
        address = ADDRESS,
    );
    survives::<ClaimDetails>(&details);
    let details: ClaimDetails = serde_json::from_str(&details).unwrap();
    let collection = details.collection.as_ref().expect("an exchange of ours");
    let shown = format!("{details:?} {collection:?} {:?} {:?}", collection.wthd_info, collection.exch_info);
    for personal in ["홍길동", "테헤란로", "5678", "1234"] {
        assert!(!shown.contains(personal), "{shown}");
    }
}

#[test]
fn a_row_of_a_list_is_the_same_for_customers_and_agents_who_see_more() {
    survives::<ClaimList>(&format!(r#"{{"totalCount":1,"list":[{ROW}}}]}}"#));
    survives::<ManagedClaimRow>(&format!(
        concat!(
            r#"{},"mbrNo":"100001311","entrNo":"E0001","imptDivCd":"10","wthdFnshDtm":null,"rfdDueDt":"2026-08-13","#,
            r#""lateYn":"N","claimRsnCd":"251","claimRsnNm":"단순변심","addPayPrarAmt":0,"stepCd":"COUPON","#,
            r#""stepNm":"쿠폰복원","stepStatCd":"30","tryCnt":5,"nextTryDtm":"2026-08-10T13:00:00+09:00","#,
            r#""lastRsn":"promotion-service did not answer in time"}}"#,
        ),
        ROW
    ));
}
