//! The page to print and carry: what may be had, what to bring, where, and the answers as a code that a desk reads.

use super::{Carry, CentreLine, Request, centres, html, results};
use crate::{
    answers::Answers,
    carry,
    qr::{self, Qr},
    shell::Shell,
};
use askama::Template;
use std::collections::BTreeSet;

/// The most letters of a code that a cheap camera reads from a printed page (ISO/IEC 18004, version 20, level M holds
/// 970 letters; beyond half of that the modules become too small on a phone's screen).
const SCANNABLE: usize = 600;

#[derive(Template)]
#[template(path = "pages/paper.html")]
struct PaperPage {
    shell: Shell,
    carry: Carry,
    may: Vec<results::Line>,
    papers: Vec<String>,
    centres: Vec<CentreLine>,
    qr: Option<Qr>,
    code: Vec<String>,
    today: String,
    members: Vec<String>,
    private: bool,
    may_keep: bool,
    said: usize,
}

/// The page. What was asked privately is on no paper and in no code.
pub(super) fn page(request: &Request<'_>, answers: &Answers) -> String {
    let t = request.shell.t;
    let open = answers.for_the_desk(request.pack);
    let may = results::Board::of(request, &open).lines(results::Part::May);
    let papers: BTreeSet<String> = may
        .iter()
        .flat_map(|line| &line.papers)
        .filter(|(_, perhaps)| !perhaps)
        .map(|(name, _)| name.clone())
        .collect();
    let code = carry::write(request.pack, &open);
    let groups = code.as_bytes().chunks(5).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    html(&PaperPage {
        carry: Carry::of(request, answers, "paper"),
        qr: if code.len() <= SCANNABLE { qr::draw(&code) } else { None },
        may,
        papers: papers.into_iter().collect(),
        centres: centres(request, answers),
        code: groups,
        today: t.date(request.today),
        members: answers.names(t),
        private: !answers.gates.is_empty(),
        may_keep: request.may_keep,
        said: open.count(),
        shell: request.shell.clone(),
    })
}
