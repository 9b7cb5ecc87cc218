//! A letter of decision as PDF. The office hands over the words it composed, as JSON, and takes the bytes: nothing here
//! reads a clock, a network or a font of the machine, so the same letter is the same PDF everywhere
//! (docs/adr/0021-letters.md).

mod world;

use std::path::Path;
use typst::{
    diag::SourceDiagnostic,
    foundations::Smart,
    layout::{Frame, FrameItem},
};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;
use world::Desk;

/// The largest letter that is read, in bytes.
pub const LARGEST: u64 = 256 * 1024;

/// Why there is no PDF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotTypeset {
    /// What came is no letter.
    #[error("What came is no letter: it must be one JSON object as the office writes it.")]
    NoLetter,
    /// A font is not there; its file.
    #[error("The font {0} is missing. `cargo xtask letters` fetches it; name the folder with --fonts.")]
    FontMissing(String),
    /// The typesetter refused it; its own words.
    #[error("The letter could not be typeset: {0}")]
    Refused(String),
}

/// What stands on the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// How many sheets.
    pub pages: usize,
    /// What no font has a shape for, in the order in which it stands: it would print as empty boxes.
    pub without_shape: Vec<String>,
}

/// Typesets a letter (JSON, the fields of `web::letters`) with the fonts of a folder.
///
/// # Errors
/// No letter, a missing font, or a refusal of the typesetter, as a sentence.
pub fn pdf(letter: &str, fonts: &Path) -> Result<Vec<u8>, NotTypeset> {
    let document = typeset(letter, fonts)?;
    // A fixed name instead of a hash of the moment: the same letter is the same file.
    let options = PdfOptions { ident: Smart::Custom("onewindow letter".to_owned()), ..PdfOptions::default() };
    typst_pdf::pdf(&document, &options).map_err(refused)
}

/// Typesets a letter and looks at it, for tests.
///
/// # Errors
/// As [`pdf`].
pub fn look(letter: &str, fonts: &Path) -> Result<Looked, NotTypeset> {
    let document = typeset(letter, fonts)?;
    let mut without_shape = Vec::new();
    document.pages().iter().for_each(|page| collect(&page.frame, &mut without_shape));
    Ok(Looked { pages: document.pages().len(), without_shape })
}

fn collect(frame: &Frame, missing: &mut Vec<String>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect(&group.frame, missing),
            FrameItem::Text(run) => {
                let lacking = run.glyphs.iter().filter(|glyph| glyph.id == 0);
                missing.extend(lacking.map(|glyph| run.text[glyph.range()].to_owned()));
            }
            _ => {}
        }
    }
}

fn typeset(letter: &str, fonts: &Path) -> Result<PagedDocument, NotTypeset> {
    let value: serde_json::Value = serde_json::from_str(letter).map_err(|_| NotTypeset::NoLetter)?;
    if !value.is_object() {
        return Err(NotTypeset::NoLetter);
    }
    let desk = Desk::new(letter, fonts)?;
    typst::compile::<PagedDocument>(&desk).output.map_err(refused)
}

fn refused(errors: impl IntoIterator<Item = SourceDiagnostic>) -> NotTypeset {
    let first = errors.into_iter().next().map(|error| error.message.to_string());
    NotTypeset::Refused(first.unwrap_or_default())
}
