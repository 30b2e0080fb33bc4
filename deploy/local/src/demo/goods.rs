//! What the shop sells.

use serde_json::{Value, json};

/// 협력사: who sells and how it delivers.
pub(super) struct Vendor {
    pub entr_no: &'static str,
    pub deli_polc_no: &'static str,
    pub deli_proc_typ_cd: &'static str,
    pub base_deli_amt: i64,
    /// Above it delivery is free; `None`: never.
    pub free_std_amt: Option<i64>,
    pub is_overseas: bool,
}

const HOUSE: Vendor = Vendor {
    entr_no: "E0001",
    deli_polc_no: "D001",
    deli_proc_typ_cd: "CNTR_DLV",
    base_deli_amt: 3_000,
    free_std_amt: Some(50_000),
    is_overseas: false,
};
const LIVING: Vendor = Vendor { entr_no: "E0002", deli_polc_no: "D002", base_deli_amt: 2_500, ..CORPORATE };
const FURNITURE: Vendor =
    Vendor { entr_no: "E0003", deli_polc_no: "D003", base_deli_amt: 4_000, free_std_amt: None, ..CORPORATE };
const OVERSEAS: Vendor = Vendor {
    entr_no: "E0004",
    deli_polc_no: "D004",
    base_deli_amt: 10_000,
    free_std_amt: Some(150_000),
    is_overseas: true,
    ..CORPORATE
};
const VOUCHERS: Vendor = Vendor {
    entr_no: "E0005",
    deli_polc_no: "D005",
    deli_proc_typ_cd: "E_COUPON_DLV",
    base_deli_amt: 0,
    free_std_amt: None,
    ..CORPORATE
};
const CORPORATE: Vendor = Vendor {
    entr_no: "",
    deli_polc_no: "",
    deli_proc_typ_cd: "CORP_DLV",
    base_deli_amt: 0,
    free_std_amt: Some(30_000),
    is_overseas: false,
};

/// 단품: one option of goods.
pub(super) struct Item {
    pub itm_no: &'static str,
    pub itm_nm: &'static str,
    pub add_prc: i64,
}

/// 상품
pub(super) struct Goods {
    pub goods_no: &'static str,
    pub goods_nm: &'static str,
    pub brand_no: &'static str,
    pub std_ctg_no: &'static str,
    pub disp_ctg_no: &'static str,
    pub sale_prc: i64,
    pub vendor: &'static Vendor,
    pub items: &'static [Item],
}

impl Goods {
    pub(super) fn image(&self) -> String {
        format!("https://img.example.com/goods/{}.jpg", self.goods_no)
    }
}

const fn item(itm_no: &'static str, itm_nm: &'static str, add_prc: i64) -> Item {
    Item { itm_no, itm_nm, add_prc }
}

const SIZES: &[Item] = &[item("001", "화이트/M", 0), item("002", "화이트/L", 0), item("003", "네이비/M", 0)];
const COLOURS: &[Item] =
    &[item("001", "블랙", 0), item("002", "베이지", 0), item("003", "카키", 0), item("004", "레드", 0)];
const SHOES: &[Item] =
    &[item("001", "240", 0), item("002", "250", 0), item("003", "260", 0), item("004", "270", 0)];
const PACKS: &[Item] =
    &[item("001", "1개", 0), item("002", "2개 묶음", 4_900), item("003", "5개 묶음", 17_900)];
const WIDTHS: &[Item] = &[item("001", "싱글", 0), item("002", "퀸", 30_000), item("003", "킹", 55_000)];
const SINGLE: &[Item] = &[item("001", "단일", 0)];

const fn goods(
    (goods_no, goods_nm): (&'static str, &'static str),
    [brand_no, std_ctg_no, disp_ctg_no]: [&'static str; 3],
    sale_prc: i64,
    vendor: &'static Vendor,
    items: &'static [Item],
) -> Goods {
    Goods { goods_no, goods_nm, brand_no, std_ctg_no, disp_ctg_no, sale_prc, vendor, items }
}

const TOPS: [&str; 3] = ["B01", "S0101", "C0101"];
const BOTTOMS: [&str; 3] = ["B01", "S0102", "C0102"];
const BAGS: [&str; 3] = ["B02", "S0103", "C0103"];
const FEET: [&str; 3] = ["B02", "S0104", "C0104"];
const KITCHEN: [&str; 3] = ["B03", "S0201", "C0201"];
const BATH: [&str; 3] = ["B03", "S0202", "C0202"];
const ROOMS: [&str; 3] = ["B04", "S0301", "C0301"];
const FOOD: [&str; 3] = ["B05", "S0401", "C0401"];
const BEAUTY: [&str; 3] = ["B06", "S0501", "C0501"];
const GADGETS: [&str; 3] = ["B07", "S0601", "C0601"];
const VOUCHER: [&str; 3] = ["B08", "S0701", "C0701"];

pub(super) const CATALOGUE: &[Goods] = &[
    goods(("10002552", "린넨 셔츠"), TOPS, 20_000, &HOUSE, SIZES),
    goods(("10002553", "옥스퍼드 셔츠"), TOPS, 34_900, &HOUSE, SIZES),
    goods(("10002554", "스트라이프 티셔츠"), TOPS, 17_900, &HOUSE, SIZES),
    goods(("10002555", "울 니트"), TOPS, 59_000, &HOUSE, SIZES),
    goods(("10002556", "캐시미어 가디건"), TOPS, 129_000, &HOUSE, COLOURS),
    goods(("10002557", "경량 패딩"), TOPS, 89_000, &HOUSE, SIZES),
    goods(("10002558", "치노 팬츠"), BOTTOMS, 39_900, &HOUSE, SIZES),
    goods(("10002559", "와이드 데님"), BOTTOMS, 49_900, &HOUSE, SIZES),
    goods(("10002560", "플리츠 스커트"), BOTTOMS, 42_000, &HOUSE, COLOURS),
    goods(("10002561", "조거 팬츠"), BOTTOMS, 29_900, &HOUSE, SIZES),
    goods(("10002562", "캔버스 토트백"), BAGS, 24_900, &HOUSE, COLOURS),
    goods(("10002563", "가죽 크로스백"), BAGS, 98_000, &HOUSE, COLOURS),
    goods(("10002564", "노트북 백팩"), BAGS, 69_000, &HOUSE, COLOURS),
    goods(("10002565", "카드 지갑"), BAGS, 32_000, &HOUSE, COLOURS),
    goods(("10002566", "러닝화"), FEET, 79_000, &HOUSE, SHOES),
    goods(("10002567", "가죽 로퍼"), FEET, 119_000, &HOUSE, SHOES),
    goods(("10002568", "슬리퍼"), FEET, 12_900, &HOUSE, SHOES),
    goods(("10002569", "무쇠 프라이팬"), KITCHEN, 45_000, &LIVING, SINGLE),
    goods(("10002570", "스테인리스 냄비"), KITCHEN, 52_000, &LIVING, SINGLE),
    goods(("10002571", "도자기 머그"), KITCHEN, 9_900, &LIVING, COLOURS),
    goods(("10002572", "원목 도마"), KITCHEN, 27_500, &LIVING, SINGLE),
    goods(("10002573", "핸드드립 세트"), KITCHEN, 38_000, &LIVING, SINGLE),
    goods(("10002574", "호텔 수건"), BATH, 8_900, &LIVING, PACKS),
    goods(("10002575", "규조토 발매트"), BATH, 19_900, &LIVING, SINGLE),
    goods(("10002576", "극세사 이불"), ROOMS, 64_000, &FURNITURE, WIDTHS),
    goods(("10002577", "메모리폼 베개"), ROOMS, 35_000, &FURNITURE, SINGLE),
    goods(("10002578", "접이식 책상"), ROOMS, 74_900, &FURNITURE, COLOURS),
    goods(("10002579", "LED 스탠드"), ROOMS, 31_900, &FURNITURE, COLOURS),
    goods(("10002580", "유기농 그래놀라"), FOOD, 11_900, &LIVING, PACKS),
    goods(("10002581", "제주 감귤 3kg"), FOOD, 18_900, &LIVING, SINGLE),
    goods(("10002582", "콜드브루 원액"), FOOD, 14_500, &LIVING, PACKS),
    goods(("10002583", "들기름"), FOOD, 16_900, &LIVING, SINGLE),
    goods(("10002584", "수분 크림"), BEAUTY, 28_000, &HOUSE, SINGLE),
    goods(("10002585", "선크림"), BEAUTY, 15_900, &HOUSE, PACKS),
    goods(("10002586", "핸드크림 세트"), BEAUTY, 21_000, &HOUSE, SINGLE),
    goods(("10002587", "무선 이어폰"), GADGETS, 149_000, &OVERSEAS, COLOURS),
    goods(("10002588", "보조 배터리"), GADGETS, 39_000, &OVERSEAS, COLOURS),
    goods(("10002589", "기계식 키보드"), GADGETS, 109_000, &OVERSEAS, COLOURS),
    goods(("10002590", "커피 교환권"), VOUCHER, 4_500, &VOUCHERS, SINGLE),
    goods(("10002591", "외식 상품권"), VOUCHER, 30_000, &VOUCHERS, SINGLE),
    TUMBLER,
];

/// 사은품: given with an order, never sold.
const TUMBLER: Goods = goods(("90000001", "텀블러"), ["B09", "S0901", "C0901"], 0, &HOUSE, SINGLE);

/// What can be ordered: all but the gift.
pub(super) fn on_sale() -> &'static [Goods] {
    CATALOGUE.split_last().map_or(&[], |(_gift, sold)| sold)
}

/// The goods part of the document.
pub(super) fn rows() -> Vec<Value> {
    CATALOGUE.iter().map(row).collect()
}

fn row(goods: &Goods) -> Value {
    let sale_stat_cd = match goods.goods_no {
        "10002581" => "20",
        "10002557" => "30",
        _ => "10",
    };
    let items: Vec<Value> = goods
        .items
        .iter()
        .enumerate()
        .map(|(place, item)| {
            // One option in the shop is sold out, so that an exchange can meet it.
            let is_sold_out = goods.goods_no == "10002555" && place == 2;
            json!({
                "itmNo": item.itm_no, "itmNm": item.itm_nm, "addPrc": item.add_prc,
                "itmSaleStatCd": if is_sold_out { "20" } else { "10" },
                "stkQty": if is_sold_out { 0 } else { 500 },
            })
        })
        .collect();
    json!({
        "goodsNo": goods.goods_no, "goodsNm": goods.goods_nm, "salePrc": goods.sale_prc,
        "saleStatCd": sale_stat_cd, "rsvGoodsYn": "N", "goodsImg": goods.image(), "itms": items,
    })
}
