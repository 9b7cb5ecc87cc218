//! What the typesetter may see: the template, the letter, and the fonts of one folder. No other file, no clock, no network.

use crate::NotTypeset;
use std::{fs, path::Path};
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Dict, Duration, IntoValue},
    syntax::{FileId, Source},
    text::{Font, FontBook},
    utils::LazyHash,
};

/// The fonts by the family's name in the template. The files of one family are split by script, so each script is a family
/// of its own and the template says which comes first.
const FONTS: [(&str, &str); 6] = [
    ("letter nastaliq", "noto-nastaliq-urdu-arabic-400-normal.ttf"),
    ("letter nastaliq", "noto-nastaliq-urdu-arabic-700-normal.ttf"),
    ("letter naskh", "noto-naskh-arabic-arabic-400-normal.ttf"),
    ("letter naskh", "noto-naskh-arabic-arabic-700-normal.ttf"),
    ("letter latin", "noto-naskh-arabic-latin-400-normal.ttf"),
    ("letter latin", "noto-naskh-arabic-latin-700-normal.ttf"),
];

/// The typesetter's desk.
pub(crate) struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
}

impl Desk {
    /// A desk with this letter on it.
    pub(crate) fn new(letter: &str, folder: &Path) -> Result<Desk, NotTypeset> {
        let (mut book, mut fonts) = (FontBook::new(), Vec::new());
        for (family, file) in FONTS {
            let missing = || NotTypeset::FontMissing(file.to_owned());
            let bytes = fs::read(folder.join(file)).map_err(|_| missing())?;
            let font = Font::new(Bytes::new(bytes), 0).ok_or_else(missing)?;
            let mut info = font.info().clone();
            info.family = family.to_owned();
            book.push(info);
            fonts.push(font);
        }
        let inputs = Dict::from_iter([("letter".into(), letter.into_value())]);
        Ok(Desk {
            library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
            book: LazyHash::new(book),
            fonts,
            template: Source::detached(include_str!("letter.typ")),
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
