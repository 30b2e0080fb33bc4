//! Steps by hand, every interleaving of small claims, and random walks of larger ones.

mod every_interleaving;
mod random_walks;
mod steps;
mod world;
