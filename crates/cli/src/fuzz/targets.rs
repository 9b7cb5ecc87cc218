//! The readers, each with what it must never do: panic, hang, or take what it cannot read for something else.

use super::{Target, forms::Forms};
use crate::{commands::sites, packs};
use std::{io::Write, path::Path, sync::Arc};

/// Every target.
pub(super) fn all() -> Result<Vec<Box<dyn Target>>, String> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (_, pack) = packs::load(&home.join("programmes/pk"))?;
    let (small, pack) = (packs::read(&home.join("specimens/target-policy"))?, Arc::new(pack));
    Ok(vec![
        Box::new(Policy::of(&small)),
        Box::new(Lists),
        Box::new(Workbooks),
        Box::new(Codes(pack.clone())),
        Box::new(Pictures::new()?),
        Box::new(Mappings(pack.clone())),
        Box::new(Backups(archive::SecretKey::from_file_text(KEY).map_err(|error| error.to_string())?)),
        Box::new(Outlines),
        Box::new(Forms::new(&pack)?),
    ])
}

/// A word for an error: its beginning, without what it quotes or counts.
fn word(error: impl std::fmt::Display) -> String {
    let text = error.to_string();
    let mut quoted = false;
    let plain = text.chars().filter(|c| {
        quoted ^= matches!(c, '"' | '`');
        !quoted && !c.is_ascii_digit()
    });
    plain.take(60).collect()
}

/// The programme that the input takes the place of.
const REPLACED: &str = "disability/programme.toml";

/// A small pack, one programme of which is the input.
struct Policy {
    common: Vec<(String, String)>,
}

impl Policy {
    fn of(files: &[(String, String)]) -> Self {
        Policy { common: files.iter().filter(|(path, _)| path != REPLACED).cloned().collect() }
    }
}

impl Target for Policy {
    fn name(&self) -> &'static str {
        "policy"
    }

    fn read(&mut self, input: &[u8]) -> Result<String, String> {
        let text = String::from_utf8_lossy(input).into_owned();
        let mut files: Vec<(&str, &str)> =
            self.common.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        files.push((REPLACED, &text));
        Ok(match rules::Pack::load(&files) {
            Ok(_) => "a pack".to_owned(),
            Err(errors) => errors.iter().take(2).map(word).collect::<Vec<_>>().join("; "),
        })
    }
}

/// A list as an office keeps it, as text.
struct Lists;

impl Target for Lists {
    fn name(&self) -> &'static str {
        "lists"
    }

    fn read(&mut self, input: &[u8]) -> Result<String, String> {
        list(input)
    }
}

/// The same as a workbook.
struct Workbooks;

impl Target for Workbooks {
    fn name(&self) -> &'static str {
        "workbooks"
    }

    fn read(&mut self, input: &[u8]) -> Result<String, String> {
        list(input)
    }
}

/// Opens a list, guesses its columns, and reads every row as a person.
fn list(input: &[u8]) -> Result<String, String> {
    let mut file = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
    file.write_all(input).map_err(|error| error.to_string())?;
    let opened = match batch::lists::ListFile::open(file.path()) {
        Ok(opened) => opened,
        Err(fault) => return Ok(format!("not opened: {}", fault.code())),
    };
    let today: domain::Date = "2026-11-22".parse().map_err(|_| "a date".to_owned())?;
    let plan = web::people::imports::new::plan_of(
        "office".to_owned(),
        "0".repeat(64),
        "list".to_owned(),
        &opened,
        None,
        today,
    );
    let districts = batch::lists::Districts::new([("nowshera", "Nowshera")].into_iter());
    let reading = batch::lists::Reading::new(&plan, districts);
    let mut rows = 0_usize;
    let ended = opened.each(|raw| {
        let _ = reading.row(raw);
        rows += 1;
        rows < 2_000
    });
    let size = rows.min(3);
    Ok(match ended {
        Ok(_) => format!("{size} rows, {} columns", opened.head.len().min(12)),
        Err(fault) => format!("{size} rows, then {}", fault.code()),
    })
}

/// What people type and cameras read: receipt codes, codes of answers, identity numbers, telephone numbers, dates.
struct Codes(Arc<rules::Pack>);

impl Target for Codes {
    fn name(&self) -> &'static str {
        "codes"
    }

    fn read(&mut self, input: &[u8]) -> Result<String, String> {
        let text = String::from_utf8_lossy(input);
        let receipt = text.parse::<domain::applications::ReceiptCode>();
        if let Ok(code) = &receipt {
            let again = code.to_string().parse::<domain::applications::ReceiptCode>();
            if again.as_ref().ok() != Some(code) {
                return Err(format!("the code {code} does not read back"));
            }
        }
        let carried = screener::carry::read(&self.0, &text);
        if let Ok(carried) = &carried {
            let again = screener::carry::read(&self.0, &screener::carry::write(&self.0, &carried.answers));
            if again.map(|again| again.answers).ok().as_ref() != Some(&carried.answers) {
                return Err("answers do not read back".to_owned());
            }
        }
        let phone = domain::identity::Phone::parse(&text).is_ok();
        let words = linkage::text::clean_input(&text).chars().count().min(2);
        let said = carried.map_or_else(|not| not.code().to_owned(), |_| "answers".to_owned());
        Ok(format!("{} {said} {phone} {words}", receipt.map_or_else(word, |_| "receipt".to_owned())))
    }
}

/// Uploaded photographs and scans.
struct Pictures(tokio::runtime::Runtime);

impl Pictures {
    fn new() -> Result<Self, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map(Pictures).map_err(|error| error.to_string())
    }
}

impl Target for Pictures {
    fn name(&self) -> &'static str {
        "pictures"
    }

    fn read(&mut self, input: &[u8]) -> Result<String, String> {
        let cleaned = self.0.block_on(web::papers::file::clean(input.to_vec()));
        let Ok(clean) = cleaned else { return Ok(format!("{cleaned:?}").chars().take(40).collect()) };
        // What is kept is a picture that is read again, and no other kind than was said.
        if domain::papers::recognise(&clean.bytes) != Ok(clean.kind) {
            return Err(format!("kept as {:?} and not recognised as that", clean.kind));
        }
        Ok(format!("{:?} of about {}", clean.kind, clean.bytes.len().next_power_of_two()))
    }

    fn more(&self) -> Vec<Vec<u8>> {
        Vec::new()
    }
}

/// Files that say which column gives which fact.
struct Mappings(Arc<rules::Pack>);

impl Target for Mappings {
    fn name(&self) -> &'static str {
        "mappings"
    }

    fn read(&mut self, input: &[u8]) -> Result<String, String> {
        let text = String::from_utf8_lossy(input);
        Ok(match batch::Mapping::read("mapping.toml", &text, &self.0) {
            Ok(_) => "a mapping".to_owned(),
            Err(faults) => word(faults),
        })
    }
}

/// The key of the backups in the corpus; it opens nothing else.
const KEY: &str = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

/// Backup files, read back with the key that they were written to. Bytes that are not sealed with it are refused at once,
/// so an input that begins with `entries` says what is sealed: a name, a line break, its content, up to a line of `---`.
struct Backups(archive::SecretKey);

fn entries(input: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let rest = String::from_utf8_lossy(input.strip_prefix(b"entries\n")?).into_owned();
    let one = |text: &str| text.split_once('\n').map(|(name, content)| (name.to_owned(), content.as_bytes().to_vec()));
    Some(rest.split("\n---\n").filter_map(one).collect())
}

impl Backups {
    /// What goes in comes out: the same names, in order, with the same content, or it is refused while it is written.
    fn round(&self, entries: &[(String, Vec<u8>)]) -> Result<String, String> {
        let write = || -> std::io::Result<Vec<u8>> {
            let mut writer = archive::Writer::new(Vec::new(), &[self.0.public()])?;
            for (name, content) in entries {
                writer.add(name, content)?;
            }
            writer.finish().map(|written| written.out)
        };
        let Ok(whole) = write() else { return Ok("not written".to_owned()) };
        let mut reader = archive::Reader::open(whole.as_slice(), &self.0).map_err(|damage| damage.to_string())?;
        for (name, content) in entries {
            match reader.next().map_err(|damage| damage.to_string())? {
                Some((read, bytes)) if read == *name && bytes == *content => {}
                other => return Err(format!("{name:?} came back as {:?}", other.map(|(name, _)| name))),
            }
        }
        Ok(format!("{} entries", entries.len().min(4)))
    }
}

impl Target for Backups {
    fn name(&self) -> &'static str {
        "backups"
    }

    fn read(&mut self, input: &[u8]) -> Result<String, String> {
        if let Some(entries) = entries(input) {
            return self.round(&entries);
        }
        let reader = match archive::Reader::open(input, &self.0) {
            Ok(reader) => reader,
            Err(damage) => return Ok(word(damage)),
        };
        let checked = archive::check(reader);
        Ok(format!("{checked:?}").chars().filter(|c| !c.is_ascii_digit()).take(80).collect())
    }

    /// A whole one, and one that ends early.
    fn more(&self) -> Vec<Vec<u8>> {
        let whole = || -> std::io::Result<Vec<u8>> {
            let mut writer = archive::Writer::new(Vec::new(), &[self.0.public()])?;
            writer.add("tables/setting", b"{\"name\":\"demo\"}\n")?;
            writer.add("blobs/00", &[7; 3000])?;
            writer.finish().map(|written| written.out)
        };
        whole().map_or_else(|_| Vec::new(), |whole| vec![whole[..whole.len() / 2].to_vec(), whole])
    }
}

/// Outlines of districts.
struct Outlines;

impl Target for Outlines {
    fn name(&self) -> &'static str {
        "outlines"
    }

    fn read(&mut self, input: &[u8]) -> Result<String, String> {
        sites::try_outline(&String::from_utf8_lossy(input))
            .map_or_else(|error| Ok(word(error)), |rings| Ok(format!("{} rings", rings.min(5))))
    }
}
