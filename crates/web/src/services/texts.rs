//! The provincial unit's forms for the words of public pages: situations and programmes, in each language. A criterion,
//! an amount or a paper is never written here; those change only when a pack is published.

use super::history::{self, Line};
use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Shell, form_page, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    Version,
    event::{Change, Event},
    language::Lang,
    services::{PageText, PageTextCorrected, PageTextRefused, PageTextWithdrawn, TextPart, TextSubject, page_text_id},
};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "services/texts.html")]
struct TextsPage {
    shell: Shell,
    groups: Vec<(String, Vec<Row>)>,
}

/// A page whose words may be written: where its form is, its name, and whether something is written.
type Row = (String, String, bool);

#[derive(Template)]
#[template(path = "services/text.html")]
struct TextPage {
    shell: Shell,
    errors: Errors,
    title: String,
    action: String,
    version: Version,
    parts: Vec<PartForm>,
    reason: String,
    preview: bool,
    history: Vec<Line>,
}

/// One text in every language.
struct PartForm {
    title: String,
    longest: usize,
    words: Vec<Word>,
}

/// One text in one language: what the pack says, and what is written in its place.
struct Word {
    field: String,
    lang: &'static str,
    dir: &'static str,
    own_name: &'static str,
    pack: String,
    value: String,
}

impl Word {
    /// What the public would read.
    fn shown(&self) -> &str {
        if self.value.is_empty() { &self.pack } else { &self.value }
    }
}

/// What a form is about, and what is written for it.
struct Subject {
    kind: TextSubject,
    name: String,
    title: String,
    on_file: Vec<PageText>,
}

impl Subject {
    async fn load(app: &App, visitor: &Visitor, kind: &str, name: &str) -> Result<Subject, PageError> {
        let kind: TextSubject = kind.parse().map_err(|_| PageError::NotFound)?;
        let t = visitor.t();
        let title = match kind {
            TextSubject::Situation => app.pack.situation(name).map(|situation| t.pack(&situation.title)),
            TextSubject::Programme => app.pack.programme(name).map(|programme| t.pack(&programme.name.words)),
        };
        let title = title.ok_or(PageError::NotFound)?.to_owned();
        let mut on_file = app.store.services(&visitor.scope).page_texts().await?;
        on_file.retain(|text| text.subject == kind && text.name == name);
        Ok(Subject { kind, name: name.to_owned(), title, on_file })
    }

    fn text(&self, part: TextPart) -> Option<&PageText> {
        self.on_file.iter().find(|text| text.part == part)
    }

    /// The versions of all its texts together: it grows with every change of any of them.
    fn version(&self) -> Version {
        self.on_file.iter().map(|text| text.version).sum()
    }

    fn address(&self) -> String {
        format!("/texts/{}/{}", self.kind, self.name)
    }

    /// The pack's own words; empty for a notice.
    fn pack<'a>(&self, app: &'a App, part: TextPart, lang: Lang) -> &'a str {
        let words = match self.kind {
            TextSubject::Situation => app.pack.situation(&self.name).and_then(|s| match part {
                TextPart::Tile => Some(&s.tile),
                TextPart::Title => Some(&s.title),
                TextPart::Line => Some(&s.line),
                TextPart::Notice => None,
            }),
            TextSubject::Programme => {
                app.pack.programme(&self.name).map(|p| &p.line.words).filter(|_| part == TextPart::Line)
            }
        };
        words.and_then(|words| words.only(lang.code())).unwrap_or_default()
    }

    /// What is written, as the fields of the form.
    fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        for text in &self.on_file {
            text.words.iter().for_each(|(lang, words)| fields.add(&field(text.part, *lang), words));
        }
        fields
    }
}

fn field(part: TextPart, lang: Lang) -> String {
    format!("{part}_{lang}")
}

/// `GET /texts`
pub async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let t = visitor.t();
    let texts = app.store.services(&visitor.scope).page_texts().await?;
    let row = |kind: TextSubject, name: &str, title: &str| {
        let written = texts.iter().any(|text| text.subject == kind && text.name == name && !text.words.is_empty());
        (format!("/texts/{kind}/{name}"), title.to_owned(), written)
    };
    let situation =
        |s: &rules::pack::situation::Situation| row(TextSubject::Situation, s.id.as_str(), t.pack(&s.title));
    let programme =
        |p: &rules::pack::programme::Programme| row(TextSubject::Programme, p.id.as_str(), t.pack(&p.name.words));
    let groups = vec![
        (t.m("find-situations"), app.pack.situations().iter().map(situation).collect()),
        (t.m("find-programmes"), app.pack.programmes().iter().map(programme).collect()),
    ];
    page(&TextsPage { shell: visitor.shell(&app), groups })
}

/// `GET /texts/{topic}/{subject}`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((kind, name)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let subject = Subject::load(&app, &visitor, &kind, &name).await?;
    form(&app, &visitor, &subject, &subject.fields(), Errors::default(), false).await
}

/// `POST /texts/{topic}/{subject}`: `do` is `preview` or `save`.
pub async fn update(
    State(app): State<App>,
    visitor: Visitor,
    Path((kind, name)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let subject = Subject::load(&app, &visitor, &kind, &name).await?;
    if sent.fields.is("do", "preview") {
        return form(&app, &visitor, &subject, &sent.fields, Errors::default(), true).await;
    }
    if sent.version() != Some(subject.version()) {
        let rows = differing(t, &subject, &sent.fields);
        return Err(PageError::stale(&sent.fields, &visitor.address, rows, Some(subject.version())));
    }
    let mut errors = Errors::default();
    let changes: Vec<Change> = TextPart::of(subject.kind)
        .iter()
        .filter_map(|part| change(&app, t, &subject, *part, &sent.fields, &mut errors))
        .collect();
    if errors.is_empty() && changes.is_empty() {
        errors.add("reason", t.m("site-nothing"));
    }
    if !errors.is_empty() {
        return form(&app, &visitor, &subject, &sent.fields, errors, false).await;
    }
    let answer = sent.carry_out(&app, &visitor, changes, subject.address()).await?;
    app.content_changed();
    Ok(answer)
}

/// The change of one text, if its words are others now.
fn change(app: &App, t: T, subject: &Subject, part: TextPart, fields: &Fields, errors: &mut Errors) -> Option<Change> {
    let typed = |lang: &Lang| Some((*lang, fields.opt(&field(part, *lang))?));
    let words: BTreeMap<Lang, String> = Lang::ALL.iter().filter_map(typed).collect();
    let on_file = subject.text(part);
    if on_file.map_or(words.is_empty(), |text| text.words == words) {
        return None;
    }
    let empty = words.is_empty();
    let decided = PageTextCorrected::decide(subject.kind, &subject.name, part, words, fields.text("reason"));
    let event: Event = match decided {
        Ok(decided) if empty => PageTextWithdrawn { reason: decided.reason }.into(),
        Ok(decided) => decided.into(),
        Err(refused) => {
            let (name, sentence) = match refused {
                PageTextRefused::ReasonMissing => ("reason".to_owned(), t.m("site-reason-missing")),
                PageTextRefused::TooLong(most) => (field(part, Lang::En), t.a("text-too-long", "count", most)),
                PageTextRefused::Part => ("reason".to_owned(), t.m("site-nothing")),
            };
            if errors.of(&name).is_none() {
                errors.add(&name, sentence);
            }
            return None;
        }
    };
    let id = page_text_id(subject.kind, &subject.name, part);
    Some(Change::after(id, on_file.map_or(0, |text| text.version), event, app.today()))
}

async fn form(
    app: &App,
    visitor: &Visitor,
    subject: &Subject,
    fields: &Fields,
    errors: Errors,
    preview: bool,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let part = |part: &TextPart| PartForm {
        title: t.code("text-part", part.code()),
        longest: part.longest(),
        words: Lang::ALL.iter().map(|lang| word(app, subject, *part, *lang, fields)).collect(),
    };
    let mut history = Vec::new();
    for text in &subject.on_file {
        history.extend(app.store.services(&visitor.scope).history_of_text(text.id).await?);
    }
    history.sort_by_key(|changed| std::cmp::Reverse(changed.at));
    let shown = TextPage {
        shell: visitor.shell(app),
        title: subject.title.clone(),
        action: subject.address(),
        version: subject.version(),
        parts: TextPart::of(subject.kind).iter().map(part).collect(),
        reason: fields.text("reason").to_owned(),
        preview,
        history: history.iter().map(|changed| history::line(t, changed)).collect(),
        errors,
    };
    form_page(&shown, &shown.errors)
}

fn word(app: &App, subject: &Subject, part: TextPart, lang: Lang, fields: &Fields) -> Word {
    Word {
        field: field(part, lang),
        lang: lang.code(),
        dir: lang.dir(),
        own_name: lang.own_name(),
        pack: subject.pack(app, part, lang).to_owned(),
        value: fields.text(&field(part, lang)).to_owned(),
    }
}

fn differing(t: T, subject: &Subject, typed: &Fields) -> Vec<(String, String, String)> {
    let now = subject.fields();
    let mut rows = Vec::new();
    for part in TextPart::of(subject.kind) {
        for lang in Lang::ALL {
            let name = field(*part, *lang);
            if now.text(&name) != typed.text(&name) {
                let label = format!("{} ({})", t.code("text-part", part.code()), lang.own_name());
                rows.push((label, now.text(&name).to_owned(), typed.text(&name).to_owned()));
            }
        }
    }
    rows
}
