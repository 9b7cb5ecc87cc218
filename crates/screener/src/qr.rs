//! A QR code as one path of an inline drawing.

use fast_qr::{ECL, QRBuilder};

/// Light modules around the code; the standard asks for four (ISO/IEC 18004, quiet zone).
const QUIET: usize = 4;

/// The drawing: its side in modules, and its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// Side of the square, quiet zone included.
    pub side: usize,
    /// Dark modules, each run of a row as one bar.
    pub path: String,
}

/// The code of a text; `None` when it is too long for any.
pub fn draw(text: &str) -> Option<Qr> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let mut path = String::new();
    for y in 0..code.size {
        let row = &code[y];
        let mut x = 0;
        while x < code.size {
            let run = row[x..].iter().take_while(|module| module.value()).count();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    Some(Qr { side: code.size + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_begins_with_its_finder_pattern() {
        let qr = draw("http://onewindow.test/track/7K429MXQ3P").expect("a short address");
        assert!(qr.path.starts_with("M4 4h7v1h-7z"), "{}", &qr.path[..20]);
        assert_eq!((qr.side - 8 - 17) % 4, 0);
    }
}
