//! A service site as it stands, and what may be decided about it.

use super::{Hours, Point, Season, Service, SiteKind, Spoken};
use crate::{
    Date, Version,
    ids::SiteId,
    language::Lang,
    programmes::{CentreId, DistrictId},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What the public is told of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteDetails {
    /// What it is.
    pub kind: SiteKind,
    /// What can be had there.
    pub services: BTreeSet<Service>,
    /// Its name per language; English is shown where one is missing.
    pub name: BTreeMap<Lang, String>,
    /// Where it is and how to find it, per language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub address: BTreeMap<Lang, String>,
    /// What else to know, per language: "women's counter on the ground floor".
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub note: BTreeMap<Lang, String>,
    /// Its district.
    pub district: DistrictId,
    /// Where it stands on the map; absent when nobody measured it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<Point>,
    /// Its phone as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Opening hours; absent when nobody stated them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// Other hours for a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub season: Option<Season>,
    /// Languages spoken; empty when nobody stated them.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub spoken: BTreeSet<Spoken>,
    /// Beds, seats or families a day, by its kind; absent when not stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// The centre of this installation that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub centre: Option<CentreId>,
    /// An invented site of a demo, marked so wherever it is shown.
    #[serde(default)]
    pub demo: bool,
}

/// A site as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its key.
    pub id: SiteId,
    /// How many events it has seen.
    pub version: Version,
    /// What the public is told.
    pub details: SiteDetails,
    /// Since when it is closed for good, and why.
    pub closed: Option<(Date, String)>,
}

/// Why a change of a site is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SiteRefused {
    /// No name in English.
    #[error("A site needs a name in English. Write one.")]
    NameMissing,
    /// Nothing can be had there.
    #[error("Say at least one thing that can be had there.")]
    ServiceMissing,
    /// Other hours end before they begin.
    #[error("The last day of the other hours is not before their first.")]
    Backwards,
    /// A change needs a reason.
    #[error("Write why this is changed: it stays in the history.")]
    ReasonMissing,
    /// Nothing is different.
    #[error("Nothing was changed.")]
    Nothing,
    /// It is closed.
    #[error("This site is closed. Open it again first.")]
    Closed,
    /// It is open.
    #[error("This site is open.")]
    Open,
    /// A day that has not come.
    #[error("The day of closing has not come yet.")]
    Future,
}

/// A site was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteAdded {
    /// What the public is told.
    pub details: SiteDetails,
}

/// What is told of a site was corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteCorrected {
    /// All of it, as it is from now on.
    pub details: SiteDetails,
    /// Why.
    pub reason: String,
}

/// A site closed for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteClosed {
    /// Since when.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// A closed site is open again, or was never closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteReopened {
    /// Why.
    pub reason: String,
}

impl SiteDetails {
    /// A text in a language, else in English, else empty.
    pub fn text(texts: &BTreeMap<Lang, String>, lang: Lang) -> &str {
        texts.get(&lang).or_else(|| texts.get(&Lang::En)).map_or("", String::as_str)
    }

    /// The hours of the week a day falls into; absent when nobody stated them.
    pub fn hours_on(&self, day: Date) -> Option<&Hours> {
        let other = self.season.as_ref().filter(|season| season.holds(day));
        other.map(|season| &season.hours).or(self.hours.as_ref())
    }

    fn check(&self) -> Result<(), SiteRefused> {
        if self.season.as_ref().is_some_and(|season| season.until < season.from) {
            return Err(SiteRefused::Backwards);
        }
        if self.name.get(&Lang::En).is_none_or(|name| name.trim().is_empty()) {
            return Err(SiteRefused::NameMissing);
        }
        if self.services.is_empty() { Err(SiteRefused::ServiceMissing) } else { Ok(()) }
    }
}

fn reason(typed: &str) -> Result<String, SiteRefused> {
    let typed = typed.trim();
    if typed.is_empty() { Err(SiteRefused::ReasonMissing) } else { Ok(typed.to_owned()) }
}

impl SiteAdded {
    /// Adds a site.
    ///
    /// # Errors
    /// [`SiteRefused`] when a name or every service is missing.
    pub fn decide(details: SiteDetails) -> Result<Self, SiteRefused> {
        details.check()?;
        Ok(SiteAdded { details })
    }
}

impl SiteCorrected {
    /// Corrects what is told of a site.
    ///
    /// # Errors
    /// [`SiteRefused`] when it is closed, nothing differs, or the reason, a name or every service is missing.
    pub fn decide(site: &Site, details: SiteDetails, why: &str) -> Result<Self, SiteRefused> {
        details.check()?;
        if site.closed.is_some() {
            return Err(SiteRefused::Closed);
        }
        if details == site.details {
            return Err(SiteRefused::Nothing);
        }
        Ok(SiteCorrected { details, reason: reason(why)? })
    }
}

impl SiteClosed {
    /// Closes a site for good.
    ///
    /// # Errors
    /// [`SiteRefused`] when it is closed already, the day is in the future, or there is no reason.
    pub fn decide(site: &Site, on: Date, today: Date, why: &str) -> Result<Self, SiteRefused> {
        match site.closed {
            Some(_) => Err(SiteRefused::Closed),
            None if on > today => Err(SiteRefused::Future),
            None => Ok(SiteClosed { on, reason: reason(why)? }),
        }
    }
}

impl SiteReopened {
    /// Opens a closed site again.
    ///
    /// # Errors
    /// [`SiteRefused`] when it is open, or there is no reason.
    pub fn decide(site: &Site, why: &str) -> Result<Self, SiteRefused> {
        if site.closed.is_none() { Err(SiteRefused::Open) } else { Ok(SiteReopened { reason: reason(why)? }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details(name: &str, services: &[Service]) -> SiteDetails {
        SiteDetails {
            kind: SiteKind::Shelter,
            services: services.iter().copied().collect(),
            name: BTreeMap::from([(Lang::En, name.to_owned())]),
            address: BTreeMap::new(),
            note: BTreeMap::new(),
            district: "nowshera".into(),
            point: None,
            phone: None,
            hours: None,
            season: None,
            spoken: BTreeSet::new(),
            capacity: None,
            centre: None,
            demo: true,
        }
    }

    #[test]
    fn other_hours_hold_from_their_first_day_to_their_last() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let week = |text: &str| {
            let spans = Hours::read_day(text).unwrap();
            Hours { days: std::array::from_fn(|_| spans.clone()) }
        };
        let mut site = details("Panahgah", &[Service::Meals]);
        assert_eq!(site.hours_on(day("2027-02-08")), None, "nobody stated any");
        let (from, until) = (day("2027-02-08"), day("2027-03-09"));
        site.hours = Some(week("9-17"));
        site.season = Some(Season { from, until, hours: week("9-14") });
        let on = |text: &str| site.hours_on(day(text)).map(|hours| Hours::write_day(&hours.days[0]));
        let days = ["2027-02-07", "2027-02-08", "2027-03-09", "2027-03-10"].map(on);
        let [usual, other] = ["09:00-17:00", "09:00-14:00"].map(|text| Some(text.to_owned()));
        assert_eq!(days, [usual.clone(), other.clone(), other, usual]);
        site.season = Some(Season { from: until, until: from, hours: Hours::default() });
        assert_eq!(SiteAdded::decide(site), Err(SiteRefused::Backwards));
    }

    #[test]
    fn a_site_is_added_corrected_closed_and_opened_again_only_with_reasons() {
        assert_eq!(SiteAdded::decide(details(" ", &[Service::Meals])), Err(SiteRefused::NameMissing));
        assert_eq!(SiteAdded::decide(details("Panahgah", &[])), Err(SiteRefused::ServiceMissing));
        let added = SiteAdded::decide(details("Panahgah", &[Service::Meals])).unwrap();
        let mut site = Site { id: SiteId(uuid::Uuid::nil()), version: 1, details: added.details, closed: None };
        let other = details("Panahgah Nowshera", &[Service::Meals]);
        assert_eq!(SiteCorrected::decide(&site, site.details.clone(), "x"), Err(SiteRefused::Nothing));
        assert_eq!(SiteCorrected::decide(&site, other.clone(), " "), Err(SiteRefused::ReasonMissing));
        assert!(SiteCorrected::decide(&site, other.clone(), "its full name").is_ok());
        let day = |text: &str| text.parse::<Date>().unwrap();
        let (on, today) = (day("2026-11-23"), day("2026-11-22"));
        assert_eq!(SiteClosed::decide(&site, on, today, "moved"), Err(SiteRefused::Future));
        assert_eq!(SiteReopened::decide(&site, "x"), Err(SiteRefused::Open));
        let closed = SiteClosed::decide(&site, today, today, "moved").unwrap();
        site.closed = Some((closed.on, closed.reason));
        assert_eq!(SiteCorrected::decide(&site, other, "x"), Err(SiteRefused::Closed));
        assert_eq!(SiteClosed::decide(&site, today, today, "x"), Err(SiteRefused::Closed));
        assert!(SiteReopened::decide(&site, "it was the other one").is_ok());
    }
}
