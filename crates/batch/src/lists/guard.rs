//! A workbook is measured before it is opened: a few kilobytes can unpack to more than a machine holds.

use super::FileFault;
use std::{
    fs::File,
    io::{BufReader, Read},
    path::Path,
};

/// What a workbook may unpack to in all; a list of a million rows comes to some 600 MB.
const MOST: u64 = 1 << 30;
/// What is held in memory when it is opened: texts, styles, names of sheets.
const MOST_HELD: u64 = 256 << 20;
/// A list is packed to a tenth or a twentieth; beyond this, and beyond a size that matters, it is a bomb.
const RATIO: u64 = 200;
const MATTERS: u64 = 64 << 20;
/// Files in a workbook.
const ENTRIES: usize = 2_000;

/// What is odd about a workbook.
#[derive(Debug, Default)]
pub(super) struct Odd {
    pub merged: u64,
    pub formulas: u64,
}

/// Unpacks everything once without keeping it.
pub(super) fn measure(path: &Path) -> Result<Odd, FileFault> {
    let file = File::open(path).map_err(|error| FileFault::Unreadable(error.to_string()))?;
    let packed = file.metadata().map_or(0, |about| about.len());
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(|_| FileFault::NotATable)?;
    if archive.len() > ENTRIES {
        return Err(FileFault::Bomb);
    }
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(FileFault::NotATable);
    }
    let (mut all, mut odd, mut buffer) = (0_u64, Odd::default(), vec![0; 64 * 1024]);
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).map_err(|error| FileFault::Unreadable(error.to_string()))?;
        let sheet = entry.name().is_ok_and(|name| name.starts_with("xl/worksheets/"));
        let mut own = 0_u64;
        let mut last = [0_u8; 12];
        loop {
            let read = entry.read(&mut buffer).map_err(|error| FileFault::Unreadable(error.to_string()))?;
            if read == 0 {
                break;
            }
            own += read as u64;
            if sheet {
                odd.see(&mut last, &buffer[..read]);
            }
            let bomb = all + own > MATTERS && (all + own) / packed.max(1) > RATIO;
            if bomb || all + own > MOST || (!sheet && own > MOST_HELD) {
                return Err(FileFault::Bomb);
            }
        }
        all += own;
    }
    Ok(odd)
}

impl Odd {
    /// Counts `<f>` and `<mergeCell `, also across two pieces.
    fn see(&mut self, last: &mut [u8; 12], piece: &[u8]) {
        for byte in piece {
            last.rotate_left(1);
            last[11] = *byte;
            match byte {
                b'>' | b' ' if last[9] == b'<' && last[10] == b'f' => self.formulas += 1,
                b' ' if &last[1..11] == b"<mergeCell" => self.merged += 1,
                _ => {}
            }
        }
    }
}
