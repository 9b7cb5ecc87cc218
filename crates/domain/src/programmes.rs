//! Programmes as other records name them; what a programme *is* lives in the policy pack.

use serde::{Deserialize, Serialize};

macro_rules! slugs {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(&self.0) }
        }
        impl From<&str> for $name { fn from(text: &str) -> Self { Self(text.to_owned()) } }
        impl AsRef<str> for $name { fn as_ref(&self) -> &str { &self.0 } }
    )+};
}

slugs! {
    /// A programme's id in the pack, such as `bisp-kafaalat`.
    ProgrammeId,
    /// The operator that runs a programme and decides its applications, such as `kp-zakat`.
    OperatorId,
    /// A district's code in the pack, such as `nowshera`.
    DistrictId,
    /// A one-window centre's code, such as `nowshera`.
    CentreId,
    /// The SHA-256 of a published pack, in hex.
    PackHash,
}

/// A pack was published: its files, as one content-addressed bundle, are what verdicts name from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackPublished {
    /// SHA-256 over the pack's files; what verdicts name.
    pub hash: PackHash,
    /// The address of the bundle of its files in the blob folder.
    pub bundle: String,
    /// The pack's title.
    pub title: String,
    /// How many programmes it holds.
    pub programmes: u32,
}
