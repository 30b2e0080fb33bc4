//! claim-service: the goods catalogue.

use commerce::GoodsNo;
use contract::operations::claim;
use dto::internal::GoodsSearchAnswer;
use platform::http_client::{ClientError, ServiceClient, get};

use crate::domain::catalogue::CatalogueItem;

#[derive(Clone, Debug)]
pub struct ClaimService(pub ServiceClient);

impl ClaimService {
    /// The number of all items whose goods name holds a text, and a page of them.
    pub async fn search_goods(
        &self,
        text: &str,
        page_no: i64,
        page_size: i64,
    ) -> Result<(i64, Vec<CatalogueItem>), ClientError> {
        let (page_no, page_size) = (page_no.to_string(), page_size.to_string());
        let query = [("searchNm", text), ("pageNo", &page_no), ("pageSize", &page_size)];
        let answer: GoodsSearchAnswer =
            self.0.call(get(&claim::INTERNAL_GOODS_SEARCH, &query)).await?.bare()?;
        let items = answer
            .list
            .into_iter()
            .map(|row| CatalogueItem {
                goods_no: row.goods_no,
                goods_name: row.goods_nm,
                item_no: row.itm_no,
                item_name: row.itm_nm,
                price: row.sale_prc,
                image: row.goods_img,
            })
            .collect();
        Ok((answer.total_count, items))
    }

    /// What the goods are called, if the catalogue has them.
    pub async fn find_goods_name(&self, goods_no: &GoodsNo) -> Result<Option<String>, ClientError> {
        let query = [("goodsNo", goods_no.as_str()), ("pageNo", "1"), ("pageSize", "1")];
        let answer: GoodsSearchAnswer =
            self.0.call(get(&claim::INTERNAL_GOODS_SEARCH, &query)).await?.bare()?;
        Ok(answer.list.into_iter().find(|row| row.goods_no == *goods_no).map(|row| row.goods_nm))
    }
}
