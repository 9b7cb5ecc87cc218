//! One intake as a clerk does it at the pages: token, family, consent, questions, programmes, papers, applying, receipt.

use super::{
    browser::Browser,
    form::{Form, Kind},
};
use crate::{commands::bench_desk::five, demo::Dice};
use chrono::Datelike;
use domain::people::{Birth, ConsentPurpose, PersonDetails};
use web::App;

/// Questions answered before it is enough for today.
const QUESTIONS: usize = 12;
/// Programmes applied for.
const PICKS: usize = 3;

/// A clerk who is signed in.
pub(super) struct Clerk {
    pub app: App,
    pub browser: Browser,
    pub dice: Dice,
    /// The addresses of the visits so far.
    pub visits: Vec<String>,
}

/// Typed or chosen: the name of a field and its value.
type Typed = Vec<(&'static str, String)>;

impl Clerk {
    /// Signs in and comes to the desk.
    pub(super) async fn sign_in(&mut self, login: &str, password: &str) -> Result<(), String> {
        self.browser.open("/sign-in").await?;
        self.browser.press("/sign-in", &[("user", login), ("password", password)]).await?;
        self.browser.open("/desk").await
    }

    /// One family from the token to the end of the visit, which leads back to the desk. Gives back the applications made.
    pub(super) async fn intake(&mut self) -> Result<usize, String> {
        let visit = self.token().await?;
        self.family(&visit).await?;
        self.consent(&visit).await?;
        self.questions(&visit).await?;
        let picks = self.choose(&visit).await?;
        let made = if picks > 0 { self.apply(&visit).await? } else { 0 };
        if made != picks {
            return Err(format!(
                "{picks} programmes were chosen and the receipt has {made}; the measurement stops here."
            ));
        }
        self.browser.press(&format!("{visit}/end"), &[]).await?;
        Ok(made)
    }

    /// Issues a token, finds it in the list, calls it. Gives back the visit's address.
    async fn token(&mut self) -> Result<String, String> {
        self.browser.press("/desk", &[("counter", "women"), ("topic", "help"), ("language", "ur")]).await?;
        let number = self.browser.address.rsplit('=').next().unwrap_or_default();
        let rows = self.browser.page.split("<a href=\"/visits/").skip(1);
        let links = rows.filter_map(|row| row.split("</a>").next()?.split_once("\">"));
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let found = links.filter(|(_, text)| digits(text) == number).map(|(id, _)| format!("/visits/{id}")).next();
        let visit = found.ok_or_else(|| format!("Token {number} was issued and is not in the list of the desk."))?;
        self.browser.open(&visit).await?;
        self.browser.press(&format!("{visit}/call"), &[]).await?;
        self.visits.push(visit.clone());
        Ok(visit)
    }

    /// Searches, finds nobody who is meant, registers the head, adds four members, and says that these are all.
    async fn family(&mut self, visit: &str) -> Result<(), String> {
        // An even number stands for a family of the first centre's district, which is the clerk's own.
        let family = five(&mut self.dice, &self.app, 2);
        let (place, year) = (&family.registered.place, self.app.today().year());
        let village = place.village.clone().unwrap_or_default();
        let head = &family.members[0].details;
        let asked = format!("{}, {}, {village}", head.given, head.father_or_husband.clone().unwrap_or_default());
        self.browser.send_form(&format!("{visit}/search"), &[("q", &asked)]).await?;
        let register = format!("{visit}/register");
        self.browser.open(&register).await?;
        let mut typed = person(head, year);
        typed.push(("province_permanent", place.province_permanent.clone().unwrap_or_default()));
        typed.push(("union_council", place.union_council.clone().unwrap_or_default()));
        typed.push(("village", village));
        typed.extend(family.registered.phones.iter().map(|phone| ("phone", phone.number.clone())));
        let mut registered = self.browser.send_form(&register, &borrowed(&typed)).await?;
        // Similar records are shown first: the clerk looks and says that none of them is meant. Another clerk may
        // register one more in between, so it can be asked again.
        for _ in 0..5 {
            if registered {
                break;
            }
            registered = self.browser.send_form(&register, &[]).await?;
        }
        if !registered {
            return Err(format!("POST {register} shows similar records however often they are looked at."));
        }
        let (member, members) = (format!("{visit}/members/new"), &family.members[1..]);
        self.browser.open(&member).await?;
        for (n, one) in members.iter().enumerate() {
            let mut typed = person(&one.details, year);
            let code = one.details.relationship.map(|r| r.code().to_owned()).unwrap_or_default();
            typed.push(("relationship", code));
            if n + 1 < members.len() {
                typed.push(("then", "another".to_owned()));
            }
            let mut saved = self.browser.send_form(&member, &borrowed(&typed)).await?;
            // A record like this one is shown first; the clerk looks and says that it is somebody else.
            for _ in 0..5 {
                if saved {
                    break;
                }
                saved = self.browser.send_form(&member, &borrowed(&typed)).await?;
            }
            if !saved {
                return Err(format!("POST {member} shows similar records however often they are looked at."));
            }
        }
        self.browser.press(&format!("{visit}/members-complete"), &[]).await
    }

    /// Yes to every purpose, spoken; to messages only where the family has a phone.
    async fn consent(&mut self, visit: &str) -> Result<(), String> {
        let consent = format!("{visit}/consent");
        self.browser.open(&consent).await?;
        let form = Form::of(&self.browser.page, &consent);
        let form = form.ok_or_else(|| format!("The page {consent} asks for no consent."))?;
        let with_phone = form.choices("phone_message_to").any(|field| !field.value.is_empty());
        let seen_by = form.choices("seen_by").next().map(|one| one.value.clone()).unwrap_or_default();
        let names: Vec<(ConsentPurpose, String)> =
            ConsentPurpose::ALL.iter().map(|purpose| (*purpose, format!("consent_{}", purpose.code()))).collect();
        let answer = |purpose| if purpose == ConsentPurpose::Message && !with_phone { "no" } else { "yes" };
        let mut fields: Vec<(&str, &str)> =
            names.iter().map(|(purpose, name)| (name.as_str(), answer(*purpose))).collect();
        fields.push(("how", "spoken"));
        if with_phone {
            fields.extend([("phone_whose_message_to", "her own"), ("seen_by", &seen_by)]);
        }
        self.browser.press(&consent, &fields).await
    }

    /// Answers questions until it is enough for today, which leads to the programmes.
    async fn questions(&mut self, visit: &str) -> Result<(), String> {
        let questions = format!("{visit}/questions");
        self.browser.open(&questions).await?;
        for _ in 0..QUESTIONS {
            let Some(answer) = Form::of(&self.browser.page, &questions).and_then(|card| answer(&self.app, &card))
            else {
                break;
            };
            self.browser.press(&questions, &[("answer", &answer), ("then", "next")]).await?;
        }
        self.browser.press(&questions, &[("then", "stop")]).await
    }

    /// Ticks the first programmes offered, one box each, which leads to the package. Gives back how many.
    async fn choose(&mut self, visit: &str) -> Result<usize, String> {
        let programmes = format!("{visit}/programmes");
        let form = Form::of(&self.browser.page, &programmes);
        let form = form.ok_or_else(|| format!("The page {} offers no choice of programmes.", self.browser.address))?;
        let mut boxes: Vec<String> = form.choices("pick").map(|one| one.value.clone()).collect();
        boxes.dedup_by(|next, before| next.split('@').next() == before.split('@').next());
        boxes.truncate(PICKS);
        if boxes.is_empty() {
            return Ok(0);
        }
        let fields: Vec<(&str, &str)> = boxes.iter().map(|value| ("pick", value.as_str())).collect();
        self.browser.press(&programmes, &fields).await?;
        Ok(boxes.len())
    }

    /// Looks at the papers, checks the answers, submits, reads the receipt, goes back. Gives back the receipt's lines.
    async fn apply(&mut self, visit: &str) -> Result<usize, String> {
        let apply = format!("{visit}/apply");
        self.browser.open(&format!("{visit}/papers")).await?;
        self.browser.open(&apply).await?;
        self.browser.press(&apply, &[]).await?;
        let lines = self.browser.page.matches("class=\"receipt-programme\"").count();
        self.browser.open(&apply).await?;
        Ok(lines)
    }
}

fn borrowed(typed: &Typed) -> Vec<(&str, &str)> {
    typed.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// A person as the form takes them.
fn person(details: &PersonDetails, year: i32) -> Typed {
    let mut typed: Typed = vec![("given", details.given.clone())];
    typed.extend(details.father_or_husband.iter().map(|name| ("father", name.clone())));
    typed.extend(details.sex.map(|sex| ("sex", sex.code().to_owned())));
    typed.extend(details.marital_status.map(|status| ("marital_status", status.code().to_owned())));
    let number = |name: &'static str, n: u32| (name, n.to_string());
    match details.birth {
        Some(Birth::Day(day)) => {
            typed.extend([number("birth_day", day.day()), number("birth_month", day.month())]);
            typed.push(("birth_year", day.year().to_string()));
        }
        Some(Birth::Month(of, month)) => typed.extend([number("birth_month", month), ("birth_year", of.to_string())]),
        Some(Birth::Year(of)) => typed.push(("birth_year", of.to_string())),
        Some(Birth::About(of)) => typed.push(("about", (year - of).to_string())),
        None => {}
    }
    if let Some(identity) = details.identities.first() {
        typed.push(("number_kind", identity.number.kind.code().to_owned()));
        typed.push(("number", identity.number.digits.clone()));
        typed.push(("number_check", identity.check.code().to_owned()));
    }
    typed
}

/// Facts a family that comes for help usually says yes to; everything else is answered with no.
const YES: [&str; 3] = ["household.registered_in_nser", "person.cnic_valid", "person.school_enrolled"];

/// The answer a clerk notes on a question card; nothing when the page asks nothing.
fn answer(app: &App, card: &Form) -> Option<String> {
    let id = card.choices("fact").next()?.value.as_str();
    let values: Vec<&str> = card.choices("answer").map(|one| one.value.as_str()).collect();
    let first = values.iter().find(|value| !value.is_empty());
    match card.choices("answer").next()?.kind {
        Kind::Text => Some(number(app, id)),
        Kind::Checkbox => Some("-none".to_owned()),
        _ if YES.contains(&id) && values.contains(&"yes") => Some("yes".to_owned()),
        _ if values.contains(&"no") => Some("no".to_owned()),
        _ => first.map(|value| (*value).to_owned()),
    }
}

/// Two of whatever is counted, a poor family's rupees, or the nearest number that the fact can be.
fn number(app: &App, id: &str) -> String {
    let Some(fact) = app.pack.fact(id) else { return "2".to_owned() };
    let scale = match fact.kind_of_value {
        rules::pack::fact::FactType::Decimal { scale } => 10_i64.pow(u32::from(scale)),
        _ => 1,
    };
    let wanted = if fact.unit.starts_with("PKR") { 12_000 } else { 2 };
    let whole = (fact.bounds.low + scale - 1).div_euclid(scale).max(wanted);
    whole.min(fact.bounds.high.div_euclid(scale)).to_string()
}
