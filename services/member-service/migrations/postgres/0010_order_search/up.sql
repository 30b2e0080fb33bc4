-- Orders are found by the phone of whoever ordered, of which a search always says the end. People wrote these texts, so it is their
-- beginnings that are indexed. Of members who have left nothing is found by what they were called at.
CREATE INDEX ord_base_by_phone ON ord_base (substr(cell_end_no, 1, 20), substr(cell_txno_no, 1, 20), substr(cell_sct_no, 1, 20))
    WHERE mask_yn = 'N';
