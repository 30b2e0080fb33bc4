mod mask_withdrawn_member;

pub use mask_withdrawn_member::mask_withdrawn_member;
