//! The file that a backup is: names and contents, encrypted to a public key, each checked when it is read back.
//!
//! Three published formats inside one another, so that the file opens without this program: `age` (age-encryption.org/v1)
//! around `tar` around the entries. `age -d -i KEY FILE | tar x` lays them out. The last entry is the manifest:
//! every other one with its length and SHA-256.

mod bech32;
mod head;
mod key;
mod manifest;
mod office;
mod reader;
mod stream;
mod tar;
mod writer;

pub use key::{KeyError, PublicKey, SecretKey};
pub use manifest::{Entry, Manifest};
pub use office::OfficeKey;
pub use reader::{Checked, Damage, Reader, check};
pub use writer::{FileKey, Writer, Written};

/// Bytes as hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
