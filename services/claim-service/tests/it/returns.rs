//! 반품·교환: asked for, approved, refused, withdrawn and collected.

mod asking;
mod desk;
mod fields;
mod leaving;
mod moving;
mod parcels;
mod races;
mod replicas;
mod undecided;
mod whose;
