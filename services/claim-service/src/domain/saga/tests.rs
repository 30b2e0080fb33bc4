//! Steps by hand, every interleaving of small claims, and random walks of larger ones: of cancels, and of what returns and exchanges
//! come to.

mod collections;
mod every_interleaving;
mod random_walks;
mod steps;
mod world;
