//! The check as a module that a browser calls: text in, text out, over its own memory.
//!
//! The caller asks [`window_room`] for room, writes a request as JSON there, calls [`window_answer`] and reads the
//! answer, JSON again, from [`window_at`]. Nothing is imported: no clock, no network, no randomness. The answers are the
//! server's, because the code is the server's: `rules` and `screener`.

use domain::{Date, language::Lang};
use rules::{Family, Pack};
use screener::{Request, Served, fields::Fields, pages::Centre, shell::Shell, text::T};
use serde::{Deserialize, Serialize};
use std::sync::Mutex;

/// What the module holds between calls.
struct Module {
    /// The bytes last asked for or last answered.
    bytes: Vec<u8>,
    pack: Option<Pack>,
    kept: Kept,
}

static MODULE: Mutex<Module> = Mutex::new(Module { bytes: Vec::new(), pack: None, kept: Kept::new() });

/// What came with the pack.
#[derive(Debug, Clone, Default, Deserialize)]
struct Kept {
    /// The centres of the installation.
    centres: Vec<Centre>,
    /// A demo installation.
    demo: bool,
}

impl Kept {
    const fn new() -> Self {
        Kept { centres: Vec::new(), demo: false }
    }
}

/// What may be asked.
#[derive(Debug, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
enum Ask {
    /// Read the policy: its files as (path, text), with what else the pages show.
    Load {
        files: Vec<(String, String)>,
        #[serde(flatten)]
        kept: Kept,
    },
    /// A page of the check, for the body of a form.
    Page {
        body: String,
        lang: String,
        today: Date,
        /// What the page says of being offline.
        offline: Option<String>,
    },
    /// Every verdict for a family.
    Screen { family: Family, at: Date },
    /// The next question.
    Question { family: Family, at: Date, asking: rules::Asking },
}

/// What is answered.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Answer {
    Loaded { hash: String },
    Page { status: u16, html: String },
    Screened(Box<rules::Screening>),
    Question(Option<rules::Question>),
    Fault { fault: String },
}

impl Module {
    fn answer(&mut self, ask: Ask) -> Result<Answer, String> {
        if let Ask::Load { files, kept } = ask {
            return self.load(&files, kept);
        }
        let pack = self.pack.as_ref().ok_or("No policy was loaded yet.")?;
        Ok(match ask {
            Ask::Load { .. } => return Err("The policy was loaded.".to_owned()),
            Ask::Page { body, lang, today, offline } => {
                let Served { status, html } = page(pack, &self.kept, &body, &lang, today, offline)?;
                Answer::Page { status, html }
            }
            Ask::Screen { family, at } => Answer::Screened(Box::new(rules::screen(pack, &family, at))),
            Ask::Question { family, at, asking } => Answer::Question(rules::next_question(pack, &family, at, &asking)),
        })
    }

    fn load(&mut self, files: &[(String, String)], kept: Kept) -> Result<Answer, String> {
        let borrowed: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let pack = Pack::load(&borrowed).map_err(|errors| format!("The policy has {} mistakes.", errors.len()))?;
        let hash = pack.hash().to_owned();
        (self.pack, self.kept) = (Some(pack), kept);
        Ok(Answer::Loaded { hash })
    }
}

fn page(
    pack: &Pack,
    kept: &Kept,
    body: &str,
    lang: &str,
    today: Date,
    offline: Option<String>,
) -> Result<Served, String> {
    let lang: Lang = lang.parse().map_err(|_| "This language is not served.".to_owned())?;
    let shell = Shell {
        t: T(lang),
        kiosk: None,
        offline,
        fresh: String::new,
        demo: kept.demo,
        path: "/check".to_owned(),
        query: String::new(),
        csrf: String::new(),
        command_id: String::new(),
        officer: None,
        office: false,
        places: Vec::new(),
    };
    let fields = Fields::parse(body);
    Ok(screener::serve(Request { pack, fields: &fields, today, centres: &kept.centres, may_keep: false, shell }))
}

/// Answers a request in JSON with an answer in JSON; a fault is an answer too.
pub fn respond(request: &[u8]) -> Vec<u8> {
    let Ok(mut module) = MODULE.lock() else { return Vec::new() };
    let answer = serde_json::from_slice(request)
        .map_err(|error| format!("The request cannot be read: {error}."))
        .and_then(|ask| module.answer(ask))
        .unwrap_or_else(|fault| Answer::Fault { fault });
    serde_json::to_vec(&answer).unwrap_or_default()
}

/// Makes room for a request of so many bytes, and says where.
#[allow(unsafe_code, reason = "an exported name is an unsafe attribute; the function itself has no unsafe code")]
#[unsafe(no_mangle)]
pub extern "C" fn window_room(length: usize) -> *const u8 {
    let Ok(mut module) = MODULE.lock() else { return std::ptr::null() };
    module.bytes = vec![0; length];
    module.bytes.as_ptr()
}

/// Answers the request written there; how many bytes the answer has.
#[allow(unsafe_code, reason = "an exported name is an unsafe attribute; the function itself has no unsafe code")]
#[unsafe(no_mangle)]
pub extern "C" fn window_answer() -> usize {
    let Ok(request) = MODULE.lock().map(|mut module| std::mem::take(&mut module.bytes)) else { return 0 };
    let answer = respond(&request);
    let Ok(mut module) = MODULE.lock() else { return 0 };
    module.bytes = answer;
    module.bytes.len()
}

/// Where the answer stands.
#[allow(unsafe_code, reason = "an exported name is an unsafe attribute; the function itself has no unsafe code")]
#[unsafe(no_mangle)]
pub extern "C" fn window_at() -> *const u8 {
    MODULE.lock().map_or(std::ptr::null(), |module| module.bytes.as_ptr())
}
