//! The body: pieces of 64 KiB, each locked and numbered for itself, the last marked as last.

use crate::head::derive;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce, aead::Aead};
use std::io::{self, Read, Write};

/// Plain bytes of a piece.
const PLAIN: usize = 64 * 1024;
/// The same locked.
const LOCKED: usize = PLAIN + 16;

/// The cipher of a file's body.
fn cipher(file_key: &[u8; 16], nonce: &[u8; 16]) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(&derive(nonce, file_key, b"payload").into())
}

/// A piece's nonce: its number in eleven bytes, and whether it is the last.
fn nonce(number: u64, last: bool) -> Nonce {
    let mut nonce = [0; 12];
    nonce[3..11].copy_from_slice(&number.to_be_bytes());
    nonce[11] = u8::from(last);
    nonce.into()
}

/// Locks what is written to it.
pub(crate) struct Lock<W: Write> {
    out: W,
    cipher: ChaCha20Poly1305,
    plain: Vec<u8>,
    number: u64,
}

impl<W: Write> Lock<W> {
    pub(crate) fn new(mut out: W, file_key: &[u8; 16], salt: &[u8; 16]) -> io::Result<Self> {
        out.write_all(salt)?;
        Ok(Lock { out, cipher: cipher(file_key, salt), plain: Vec::with_capacity(PLAIN), number: 0 })
    }

    fn piece(&mut self, last: bool) -> io::Result<()> {
        let locked = self.cipher.encrypt(&nonce(self.number, last), &self.plain[..]);
        self.out.write_all(&locked.map_err(|_| io::Error::other("a piece could not be locked"))?)?;
        self.plain.clear();
        self.number += 1;
        Ok(())
    }

    /// Writes the last piece; what it was written to.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        self.piece(true)?;
        Ok(self.out)
    }
}

impl<W: Write> Write for Lock<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full piece waits for the next byte: only then it is known not to be the last.
        if self.plain.len() == PLAIN {
            self.piece(false)?;
        }
        let taken = bytes.len().min(PLAIN - self.plain.len());
        self.plain.extend(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A stretch of the file that does not hold what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bad {
    pub from: u64,
    pub to: u64,
    /// The piece is sound, but the file goes no further.
    pub cut_off: bool,
}

/// Unlocks; in place of a piece that does not hold it gives zeros and notes where.
pub(crate) struct Unlock<R: Read> {
    from: R,
    cipher: ChaCha20Poly1305,
    plain: Vec<u8>,
    taken: usize,
    /// The piece after the one that is being given out.
    next: Vec<u8>,
    number: u64,
    at: u64,
    ended: bool,
    pub(crate) bad: Vec<Bad>,
}

impl<R: Read> Unlock<R> {
    /// Begins after a head of so many bytes.
    pub(crate) fn new(mut from: R, file_key: &[u8; 16], head: u64) -> io::Result<Self> {
        let mut salt = [0; 16];
        from.read_exact(&mut salt)?;
        let next = read_piece(&mut from)?;
        let cipher = cipher(file_key, &salt);
        let at = head + 16;
        Ok(Unlock { from, cipher, plain: vec![], taken: 0, next, number: 0, at, ended: false, bad: vec![] })
    }

    fn piece(&mut self) -> io::Result<()> {
        let locked = std::mem::take(&mut self.next);
        self.next = if locked.len() == LOCKED { read_piece(&mut self.from)? } else { Vec::new() };
        let last = self.next.is_empty();
        self.ended = last;
        let to = self.at + locked.len() as u64;
        let here = nonce(self.number, last);
        self.plain = match self.cipher.decrypt(&here, &locked[..]) {
            Ok(plain) => plain,
            Err(_) => {
                let whole = last.then(|| self.cipher.decrypt(&nonce(self.number, false), &locked[..]).ok()).flatten();
                self.bad.push(Bad { from: self.at, to, cut_off: whole.is_some() });
                whole.unwrap_or_else(|| vec![0; locked.len().saturating_sub(16)])
            }
        };
        (self.taken, self.at) = (0, to);
        self.number += 1;
        Ok(())
    }
}

fn read_piece(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut piece = Vec::with_capacity(LOCKED);
    from.take(LOCKED as u64).read_to_end(&mut piece)?;
    Ok(piece)
}

impl<R: Read> Read for Unlock<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.plain.len() {
            if self.ended {
                return Ok(0);
            }
            self.piece()?;
        }
        let count = into.len().min(self.plain.len() - self.taken);
        into[..count].copy_from_slice(&self.plain[self.taken..self.taken + count]);
        self.taken += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::{Lock, PLAIN, Unlock};
    use crate::{SecretKey, head};
    use std::io::{Read, Write};

    #[test]
    fn what_the_tool_of_the_format_locked_opens() {
        let key = SecretKey::from_file_text(include_str!("../tests/age-keygen.txt")).expect("a key");
        let mut file = &include_bytes!("../tests/by-age.age")[..];
        let head = head::read(&mut file).expect("a head");
        let file_key = head.open(&key).expect("the file's key");
        let mut text = String::new();
        Unlock::new(file, &file_key, head.length).expect("a body").read_to_string(&mut text).expect("text");
        assert_eq!(text, "Amina Bibi, registered once.\n");
    }

    #[test]
    fn every_length_comes_back_and_only_the_last_piece_may_be_short() {
        for length in [0, 1, PLAIN - 1, PLAIN, PLAIN + 1, 3 * PLAIN] {
            let plain: Vec<u8> = (0..length).map(|at| at as u8).collect();
            let mut lock = Lock::new(Vec::new(), &[7; 16], &[9; 16]).expect("begun");
            lock.write_all(&plain).expect("written");
            let locked = lock.finish().expect("ended");
            assert_eq!(locked.len(), 16 + length + 16 * length.div_ceil(PLAIN).max(1));
            let mut out = Vec::new();
            let mut unlock = Unlock::new(&locked[..], &[7; 16], 0).expect("begun");
            unlock.read_to_end(&mut out).expect("read");
            assert_eq!((out == plain, unlock.bad), (true, vec![]), "{length}");
        }
    }
}
