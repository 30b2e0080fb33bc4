//! The flag every `…Yn` field carries.

code_table! {
    /// 여부: yes or no.
    "Yn" pub enum Yn {
        /// 예
        Yes = "Y",
        /// 아니오
        No = "N",
    }
}

impl Yn {
    pub const fn is_yes(self) -> bool {
        match self {
            Self::Yes => true,
            Self::No => false,
        }
    }
}

impl From<bool> for Yn {
    fn from(is_yes: bool) -> Self {
        if is_yes { Self::Yes } else { Self::No }
    }
}

impl From<Yn> for bool {
    fn from(flag: Yn) -> Self {
        flag.is_yes()
    }
}
