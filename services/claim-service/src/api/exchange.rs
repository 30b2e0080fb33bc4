//! 교환

mod convert_exchange_to_return;
mod exchange_fo;
mod get_exchage_target_info_fo;
mod is_exists_exchange_goods_itm;
mod save_exchange_deli_stat;
mod withdrawal_exchange;
mod withdrawal_exchange_fo;

pub use convert_exchange_to_return::convert_exchange_to_return;
pub use exchange_fo::exchange_fo;
pub use get_exchage_target_info_fo::get_exchage_target_info_fo;
pub use is_exists_exchange_goods_itm::is_exists_exchange_goods_itm;
pub use save_exchange_deli_stat::save_exchange_deli_stat;
pub use withdrawal_exchange::withdrawal_exchange;
pub use withdrawal_exchange_fo::withdrawal_exchange_fo;
