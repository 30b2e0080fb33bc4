//! One of something for each service.

use std::ops::Index;

use contract::operations::Upstream;

#[derive(Clone, Debug, Default)]
pub(crate) struct PerService<T> {
    member: T,
    inquiry: T,
    promotion: T,
    claim: T,
}

impl<T> PerService<T> {
    pub(crate) fn try_new<E>(mut make: impl FnMut(Upstream) -> Result<T, E>) -> Result<Self, E> {
        Ok(Self {
            member: make(Upstream::Member)?,
            inquiry: make(Upstream::Inquiry)?,
            promotion: make(Upstream::Promotion)?,
            claim: make(Upstream::Claim)?,
        })
    }

    pub(crate) fn new(mut make: impl FnMut(Upstream) -> T) -> Self {
        let Ok(all) = Self::try_new(|upstream| Ok::<_, std::convert::Infallible>(make(upstream)));
        all
    }
}

impl<T> Index<Upstream> for PerService<T> {
    type Output = T;

    fn index(&self, upstream: Upstream) -> &T {
        match upstream {
            Upstream::Member => &self.member,
            Upstream::Inquiry => &self.inquiry,
            Upstream::Promotion => &self.promotion,
            Upstream::Claim => &self.claim,
        }
    }
}
