//! Match cards: who may be meant, why, and the two ways on. Nothing is ever merged without a person's word.

use super::words;
use crate::{
    App,
    request::{Fields, PageError, Visitor},
    text::T,
};
use domain::{
    Date,
    ids::{HouseholdId, ListingId, VisitId},
    people::{Household, PersonDetails},
};
use linkage::{Evidence, PersonForKeys, Strength};
use store::people::{Hit, lists::ListedHit};

/// One family found, by the member that matches best.
#[derive(Debug, Clone)]
pub(super) struct Card {
    pub household: HouseholdId,
    /// The member's name.
    pub name: String,
    /// Why it matches, and what speaks against it.
    pub why: String,
    /// What speaks for one person, as sentences.
    pub favours: Vec<String>,
    /// What speaks against.
    pub against: Vec<String>,
    /// How strongly it matches, in words.
    pub strength: String,
    /// Stands in the very household that a member is added to.
    pub here: bool,
    /// Label and value of what may be shown.
    pub rows: Vec<(String, String)>,
    /// The masked number.
    pub number: String,
    /// Other members of the family that match.
    pub others: String,
    /// Only the family matches, not the person.
    pub family_only: bool,
    /// Lies within one's own district or centre; opens without a reason.
    pub yours: bool,
}

/// Somebody on a list of a department or organisation, whom no centre registered yet.
#[derive(Debug, Clone)]
pub(super) struct ListedCard {
    pub listing: ListingId,
    pub name: String,
    pub why: String,
    pub title: String,
    pub source: String,
    pub stated_on: Date,
    pub number: String,
    pub rows: Vec<(String, String)>,
    /// Where the family is registered from the list; only in a visit, and in one's own district.
    pub register: Option<String>,
}

/// What a search brought.
#[derive(Debug, Clone, Default)]
pub(super) struct Results {
    pub cards: Vec<Card>,
    /// Who stands on lists only.
    pub listed: Vec<ListedCard>,
    /// A name alone finds too many.
    pub needs_more: bool,
    /// Digits that were not understood.
    pub unused: String,
    /// What every form of a card sends along, so that opening can search again.
    pub carry: Vec<(String, String)>,
}

impl Results {
    /// Whether a family is among them.
    pub fn card(&self, household: HouseholdId) -> Option<&Card> {
        self.cards.iter().find(|card| card.household == household)
    }

    /// The families found, in a form that a page can hand back: a person has looked at exactly these.
    pub fn looked_at(&self) -> String {
        let mut ids: Vec<String> = self.cards.iter().map(|card| card.household.to_string()).collect();
        ids.sort();
        ids.join(" ")
    }

    /// The same results for a visit, where whoever stands on a list can be registered from it.
    pub fn in_visit(mut self, visit: VisitId) -> Self {
        for card in &mut self.listed {
            if card.register.is_some() {
                card.register = Some(format!("/visits/{visit}/register?listing={}", card.listing));
            }
        }
        self
    }

    /// The same results outside a visit, where nobody is registered.
    pub fn outside(mut self) -> Self {
        self.listed.iter_mut().for_each(|card| card.register = None);
        self
    }
}

/// Searches as one line of the search box says.
pub(super) async fn search(app: &App, visitor: &Visitor, typed: &str) -> Result<Results, PageError> {
    let mut query = linkage::query::parse(typed);
    if query.district.is_none() {
        query.district = visitor.scope.officer().and_then(|officer| officer.district()).map(|d| d.0.clone());
    }
    let hits = app.store.people(&visitor.scope).search(&query).await?;
    let listed = app.store.lists(&visitor.scope).search(&query).await?;
    Ok(Results {
        cards: cards(app, visitor.t(), hits),
        listed: listed.into_iter().map(|hit| listed_card(app, visitor.t(), hit)).collect(),
        needs_more: query.needs_more(),
        unused: query.unused.join(", "),
        carry: vec![("q".to_owned(), typed.to_owned())],
    })
}

/// The fields of a person and a place by which similar records are sought.
const SOUGHT_BY: [&str; 11] = [
    "given",
    "father",
    "birth_year",
    "birth_month",
    "birth_day",
    "about",
    "number_kind",
    "number",
    "district",
    "village",
    "phone",
];

/// Records like the one about to be registered.
pub(super) async fn similar(
    app: &App,
    visitor: &Visitor,
    details: &PersonDetails,
    fields: &Fields,
) -> Result<Results, PageError> {
    let numbers: Vec<&str> = details.identities.iter().map(|identity| identity.number.digits.as_str()).collect();
    let phone = domain::identity::Phone::parse(fields.text("phone")).ok();
    let phones: Vec<&str> = phone.iter().map(|phone| phone.e164()).collect();
    let village = fields.opt("village");
    let person = PersonForKeys {
        given: &details.given,
        father_or_husband: details.father_or_husband.as_deref(),
        village: village.as_deref(),
        district: Some(fields.text("district")).filter(|code| !code.is_empty()),
        birth_year: details.birth.map(|birth| birth.year()),
        numbers: &numbers,
        phones: &phones,
    };
    let hits = app.store.people(&visitor.scope).similar(&person).await?;
    let carry = SOUGHT_BY.iter().map(|name| ((*name).to_owned(), fields.text(name).to_owned()));
    Ok(Results { cards: cards(app, visitor.t(), hits), carry: carry.collect(), ..Results::default() })
}

/// Records like a member about to be added to a household: its place and phones are the member's.
pub(super) async fn like_member(
    app: &App,
    visitor: &Visitor,
    details: &PersonDetails,
    household: &Household,
) -> Result<Results, PageError> {
    let numbers: Vec<&str> = details.identities.iter().map(|identity| identity.number.digits.as_str()).collect();
    let phones: Vec<&str> = household.phones.iter().map(|phone| phone.number.as_str()).collect();
    let person = PersonForKeys {
        given: &details.given,
        father_or_husband: details.father_or_husband.as_deref(),
        village: household.place.village.as_deref(),
        district: Some(&household.place.district.0),
        birth_year: details.birth.map(|birth| birth.year()),
        numbers: &numbers,
        phones: &phones,
    };
    let mut hits = app.store.people(&visitor.scope).similar(&person).await?;
    // Brothers and sisters in the same kitchen are called alike; the same name or number there is a second entry.
    hits.retain(|hit| hit.household != household.id || hit.found.is_more_than_a_similar_name());
    let mut cards = cards(app, visitor.t(), hits);
    cards.iter_mut().for_each(|card| card.here = card.household == household.id);
    Ok(Results { cards, ..Results::default() })
}

/// One card per family: the best hit leads it, the others are named.
fn cards(app: &App, t: T, hits: Vec<Hit>) -> Vec<Card> {
    let mut cards: Vec<Card> = Vec::new();
    for hit in hits {
        match cards.iter_mut().find(|card| card.household == hit.household) {
            Some(card) => {
                let comma = if card.others.is_empty() { "" } else { " · " };
                card.others.push_str(&format!("{comma}{}", hit.card.given));
            }
            None => cards.push(card(app, t, hit)),
        }
    }
    cards
}

fn card(app: &App, t: T, hit: Hit) -> Card {
    let mut rows = Vec::new();
    let mut row = |label: &str, value: Option<String>| rows.extend(value.map(|value| (t.m(label), value)));
    row("people-father", hit.card.father_or_husband.clone());
    row("people-birth-year", hit.card.birth_year.map(|year| year.to_string()));
    row("people-village", hit.card.village.clone());
    row("people-district", Some(words::district(app, t, &hit.card.district.0)));
    row("people-state", hit.card.left.then(|| t.m("people-card-left")));
    let sentences = |against: bool| {
        let these = hit.found.why.iter().filter(|evidence| evidence.is_against() == against);
        these.map(|evidence| t.code("review-why", evidence.code())).collect::<Vec<_>>()
    };
    let (favours, against) = (sentences(false), sentences(true));
    let why: Vec<String> = hit.found.why.iter().map(|evidence| evidence_words(t, *evidence)).collect();
    Card {
        household: hit.household,
        name: hit.card.given,
        why: why.join(" · "),
        favours,
        against,
        strength: super::pair_view::strength(t, hit.found.strength),
        here: false,
        rows,
        number: hit.card.number.unwrap_or_default(),
        others: String::new(),
        family_only: hit.found.strength == Strength::FamilyOnly,
        yours: hit.yours,
    }
}

fn listed_card(app: &App, t: T, hit: ListedHit) -> ListedCard {
    let mut rows = Vec::new();
    let mut row = |label: &str, value: Option<String>| rows.extend(value.map(|value| (t.m(label), value)));
    row("people-father", hit.card.father_or_husband.clone());
    row("people-birth-year", hit.card.birth_year.map(|year| year.to_string()));
    row("people-village", hit.card.village.clone());
    let district = Some(hit.card.district.0.clone()).filter(|code| !code.is_empty());
    row("people-district", district.map(|code| words::district(app, t, &code)));
    let why: Vec<String> = hit.found.why.iter().map(|evidence| evidence_words(t, *evidence)).collect();
    ListedCard {
        listing: hit.listing,
        name: hit.card.given,
        why: why.join(" · "),
        title: hit.title,
        source: hit.source,
        stated_on: hit.stated_on,
        number: hit.card.number.unwrap_or_default(),
        rows,
        register: hit.yours.then(String::new),
    }
}

fn evidence_words(t: T, evidence: Evidence) -> String {
    t.code("evidence", evidence.code())
}
