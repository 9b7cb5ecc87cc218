//! Counting overlaps: rows of the store, purposes, exclusions and cut-offs of the pack.

use crate::{
    App,
    request::{PageError, Visitor},
    text::T,
};
use domain::{
    ids::HouseholdId,
    insights::{self, Overlap, Scheme},
    people::Sex,
    programmes::ProgrammeId,
};
use rules::Pack;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Two or more of one purpose in one hand.
    Same,
    /// Two that exclude each other in one household.
    Excluded,
    /// At or below a cut-off, and receives nothing.
    Nothing,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Same, Kind::Excluded, Kind::Nothing];

    pub fn code(self) -> &'static str {
        match self {
            Kind::Same => "same",
            Kind::Excluded => "excluded",
            Kind::Nothing => "nothing",
        }
    }

    pub fn of(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One number, with what it counts.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub first: Scheme,
    pub second: Scheme,
    /// The purpose, or the score.
    pub about: Option<String>,
    pub district: String,
    pub women: u64,
    pub men: u64,
    /// Everybody, those whose sex is not known included; families where no person is meant.
    pub all: u64,
}

/// A household at or below a cut-off that receives nothing.
struct Without {
    household: HouseholdId,
    district: String,
    score: String,
}

/// Everything counted for a page.
pub(super) struct Counted {
    same: BTreeSet<Overlap>,
    excluded: BTreeSet<Overlap>,
    nothing: Vec<Without>,
}

/// Counts within the visitor's scope.
pub(super) async fn count(app: &App, visitor: &Visitor) -> Result<Counted, PageError> {
    let today = app.today();
    let purposes = app
        .pack
        .programmes()
        .iter()
        .filter(|programme| !programme.protected())
        .filter_map(|programme| Some((ProgrammeId(programme.id.to_string()), programme.purpose?)))
        .collect();
    let insights = app.store.insights(&visitor.scope);
    let mut receiving = insights.receiving(&purposes, today).await?;
    // A list may name a protected programme; it is in no figure either.
    let open = |scheme: &Scheme| match scheme {
        Scheme::Programme(id) => app.pack.programme(&id.0).is_none_or(|programme| !programme.protected()),
        Scheme::List(_) => true,
    };
    receiving.retain(|one| open(&one.scheme));
    let served: HashSet<HouseholdId> = receiving.iter().map(|one| one.household).collect();
    let cuts = cut_offs(&app.pack);
    let below = |scored: &store::insights::Scored| {
        cuts.get(&scored.score).is_some_and(|cut| scored.value <= *cut) && !served.contains(&scored.household)
    };
    let nothing = insights.scored().await?.into_iter().filter(below).map(|scored| Without {
        household: scored.household,
        district: scored.district.0,
        score: scored.score,
    });
    Ok(Counted {
        same: insights::same_purpose(&receiving),
        excluded: insights::broken_exclusions(&receiving, &exclusions(&app.pack)),
        nothing: nothing.collect(),
    })
}

fn exclusions(pack: &Pack) -> BTreeSet<(ProgrammeId, ProgrammeId)> {
    let of = |programme: &rules::pack::programme::Programme| {
        let id = ProgrammeId(programme.id.to_string());
        let others = programme.exclusions.iter().map(|other| ProgrammeId(other.programme.to_string()));
        others.map(|other| (id.clone(), other)).collect::<Vec<_>>()
    };
    pack.programmes().iter().flat_map(of).collect()
}

/// The lowest cut-off that a programme's rules set on each score, at the score's own scale: who is at or below it is poor by
/// every such programme's measure. Read from the conditions `scores.ID <= NUMBER`.
fn cut_offs(pack: &Pack) -> BTreeMap<String, i64> {
    let mut cuts: BTreeMap<String, i64> = BTreeMap::new();
    for programme in pack.programmes().iter().filter(|programme| !programme.protected()) {
        let written = programme.criteria.iter().flat_map(|criterion| {
            let ways = criterion.any_of.iter().map(|way| way.when.as_str());
            std::iter::once(criterion.when.as_str()).chain(ways)
        });
        for when in written {
            for part in when.split("scores.").skip(1) {
                let Some((score, rest)) = part.split_once(" <= ") else { continue };
                let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
                let (Some(known), Ok(number)) = (pack.score(score), number.parse::<i64>()) else { continue };
                let cut = number.saturating_mul(10i64.pow(known.digits.into()));
                cuts.entry(score.to_owned()).and_modify(|have| *have = (*have).min(cut)).or_insert(cut);
            }
        }
    }
    cuts
}

impl Counted {
    /// The districts that any number is about.
    pub fn districts(&self) -> Vec<String> {
        let overlaps = self.same.iter().chain(&self.excluded).map(|one| one.district.0.clone());
        let all: BTreeSet<String> = overlaps.chain(self.nothing.iter().map(|one| one.district.clone())).collect();
        all.into_iter().collect()
    }

    /// The numbers of a kind, the largest first.
    pub fn rows(&self, kind: Kind) -> Vec<Row> {
        let mut rows: BTreeMap<(Scheme, Scheme, Option<String>, String), Row> = BTreeMap::new();
        let mut add = |first: &Scheme, second: &Scheme, about: Option<String>, district: &str, sex: Option<Sex>| {
            let key = (first.clone(), second.clone(), about.clone(), district.to_owned());
            let fresh = || Row {
                first: first.clone(),
                second: second.clone(),
                about,
                district: district.to_owned(),
                women: 0,
                men: 0,
                all: 0,
            };
            let row = rows.entry(key).or_insert_with(fresh);
            row.all += 1;
            row.women += u64::from(sex == Some(Sex::Female));
            row.men += u64::from(sex == Some(Sex::Male));
        };
        match kind {
            Kind::Same | Kind::Excluded => {
                let all = if kind == Kind::Same { &self.same } else { &self.excluded };
                for one in all {
                    let about = one.purpose.map(|purpose| purpose.code().to_owned());
                    add(&one.first, &one.second, about, &one.district.0, one.sex);
                }
            }
            Kind::Nothing => {
                let none = Scheme::List(String::new());
                for one in &self.nothing {
                    add(&none, &none, Some(one.score.clone()), &one.district, None);
                }
            }
        }
        let mut rows: Vec<Row> = rows.into_values().collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.all));
        rows
    }

    /// The households behind a number.
    pub fn households(&self, kind: Kind, first: &str, second: &str, district: &str) -> Vec<HouseholdId> {
        let here = |of: &str| district.is_empty() || district == of;
        let found: BTreeSet<HouseholdId> = match kind {
            Kind::Nothing => self.nothing.iter().filter(|one| here(&one.district)).map(|one| one.household).collect(),
            _ => {
                let all = if kind == Kind::Same { &self.same } else { &self.excluded };
                let meant = |one: &&Overlap| {
                    (scheme_code(&one.first).as_str(), scheme_code(&one.second).as_str()) == (first, second)
                        && here(&one.district.0)
                };
                all.iter().filter(meant).map(|one| one.household).collect()
            }
        };
        found.into_iter().collect()
    }
}

/// A scheme as it stands in an address; a list by a number made from its keeper, because a keeper's words may be anything.
pub(super) fn scheme_code(scheme: &Scheme) -> String {
    match scheme {
        Scheme::Programme(id) => id.0.clone(),
        Scheme::List(source) => {
            // FNV-1a: stable over releases, and nobody attacks the name of a list.
            let hash = source
                .bytes()
                .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
            format!("list:{hash:016x}")
        }
    }
}

/// The programme an address names; a list is named by its number only.
pub(super) fn scheme_of(code: &str) -> Option<Scheme> {
    (!code.is_empty() && !code.starts_with("list:")).then(|| Scheme::Programme(ProgrammeId(code.to_owned())))
}

/// A scheme in words.
pub(super) fn scheme_words(app: &App, t: T, scheme: &Scheme) -> String {
    match scheme {
        Scheme::List(source) => source.clone(),
        Scheme::Programme(id) => {
            app.pack.programme(&id.0).map_or_else(|| id.0.clone(), |p| t.pack(&p.name.words).to_owned())
        }
    }
}

/// A score in words.
pub(super) fn score_words(app: &App, t: T, score: &str) -> String {
    app.pack.score(score).map_or_else(|| score.to_owned(), |score| t.pack(&score.title).to_owned())
}
