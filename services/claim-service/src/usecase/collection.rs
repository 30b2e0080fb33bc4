//! 회수클레임: what returns and exchanges have in common.

pub mod accept;
pub mod account;
pub mod approve;
pub mod collect;
pub mod coupon;
pub mod end;
pub mod find_target;
pub mod hold;
pub mod inspect;
pub mod invoice;
pub mod item;
pub mod look;
pub mod notice;
pub mod open_cost;
pub mod pay;
pub mod preview;
pub mod quote;
pub mod reject;
pub mod seal;
pub mod under_way;
pub mod withdraw;
