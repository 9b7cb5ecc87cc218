//! The public pages: situations, programmes, search, quick exit, what a browser may keep.

use crate::common::{Browser, Page, World, pack};
use axum::http::header;
use std::collections::BTreeSet;

/// The header of an answer as text.
fn head(page: &Page, name: header::HeaderName) -> String {
    page.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// Where the first results of a search lead.
async fn found(phone: &mut Browser, words: &str) -> Vec<String> {
    let encoded: String = words.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let page = phone.get(&format!("/find?q={encoded}")).await;
    assert_eq!(page.status, 200);
    let main = page.text();
    let main = main.split("<main").nth(1).unwrap_or_default();
    let links = main.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let result = |link: &&str| ["/help/", "/programmes/", "/sites?"].iter().any(|begin| link.starts_with(begin));
    links.filter(result).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_situation_is_a_tile_with_a_drawing_and_leads_to_programmes_in_every_language() {
    let world = World::new().await;
    let drawings = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/icons.svg")).expect("drawings");
    assert!(pack().situations().len() >= 12);
    for lang in ["en", "ur", "ps"] {
        let mut phone = world.public();
        let home = phone.get(&format!("/?lang={lang}")).await;
        for situation in pack().situations() {
            assert!(drawings.contains(&format!("id=\"{}\"", situation.drawing)), "{} is drawn", situation.id);
            let words = situation.tile.only(lang).expect("words");
            assert!(words.split_whitespace().count() <= 3, "{words}: two words, three at most");
            assert!(home.has(words) && home.links(&format!("/help/{}", situation.id)).len() == 1, "{lang} {words}");
            let page = phone.get(&format!("/help/{}", situation.id)).await;
            assert_eq!(page.status, 200);
            assert!(page.has(situation.title.only(lang).expect("a title")));
            for programme in &situation.programmes {
                assert!(!page.links(&format!("/programmes/{programme}")).is_empty(), "{} {programme}", situation.id);
            }
        }
    }
}

#[tokio::test]
async fn every_programme_has_a_page_that_says_what_how_long_and_how_it_is_known() {
    let world = World::new().await;
    for lang in ["en", "ur", "ps"] {
        let mut phone = world.public();
        let catalogue = phone.get(&format!("/programmes?lang={lang}")).await;
        let listed: BTreeSet<String> = catalogue.links("/programmes/").into_iter().collect();
        assert_eq!(listed.len(), pack().programmes().len());
        for programme in pack().programmes() {
            let page = phone.get(&format!("/programmes/{}", programme.id)).await;
            assert_eq!(page.status, 200, "{}", programme.id);
            assert!(page.has(&programme.name.words.get(lang).replace('\'', "&#39;")), "{lang} {}", programme.id);
            for id in ["whom", "papers", "where", "known"] {
                assert!(page.has(&format!("id=\"{id}\"")), "{} has no {id}", programme.id);
            }
            assert!(!page.has(">portal-") && !page.has(">programme-"), "a message is missing on {}", programme.id);
        }
    }
    assert_eq!(world.public().get("/programmes/nothing").await.status, 404);
    assert_eq!(world.public().get("/help/nothing").await.status, 404);
}

#[tokio::test]
async fn amounts_are_dated_and_earlier_ones_stay_readable() {
    let world = World::new().await;
    let page = world.public().get("/programmes/kpz-guzara?lang=en").await;
    for text in
        ["Rs 24,000 to Rs 25,000 a year", "since 1 Jan 2025", "Earlier amounts", "Rs 12,000 a year", "22 Nov 2026"]
    {
        assert!(page.text().replace('\u{a0}', " ").contains(text), "{text}");
    }
}

#[tokio::test]
async fn search_forgives_spelling_in_three_languages_and_roman_urdu() {
    let world = World::new().await;
    let mut phone = world.public();
    let check = [
        ("widow", "/help/husband-died"),
        ("widdow", "/help/husband-died"),
        ("my husband died", "/help/husband-died"),
        ("bewa", "/help/husband-died"),
        ("bewah ki madad", "/help/husband-died"),
        ("بیوہ", "/help/husband-died"),
        ("کونډه", "/help/husband-died"),
        ("shohar ka inteqal", "/help/husband-died"),
        ("wheelchair", "/help/disability"),
        ("wheel chair", "/help/disability"),
        ("ویل چیئر معذور", "/help/disability"),
        ("mazoor", "/help/disability"),
        ("معیوب", "/help/disability"),
        ("berozgar", "/help/no-work"),
        ("be rozgaar", "/help/no-work"),
        ("nokri", "/help/no-work"),
        ("rashan", "/help/hungry"),
        ("ration", "/help/hungry"),
        ("pregnent", "/help/pregnant"),
        ("حامله", "/help/pregnant"),
        ("kafalat", "/programmes/bisp-kafaalat"),
        ("کفالت", "/programmes/bisp-kafaalat"),
        ("sehat card", "/programmes/kph-sehat-card-plus"),
        ("panahgah", "/help/no-shelter"),
        ("naushera", "/sites?district=nowshera"),
        ("سوات", "/sites?district=swat"),
        ("tashadud", "/help/safety"),
        ("nasha", "/help/drugs"),
    ];
    let mut missed = Vec::new();
    for (words, want) in check {
        let links = found(&mut phone, words).await;
        if !links.iter().take(3).any(|link| link == want) {
            missed.push(format!("{words}: {:?}", links.iter().take(4).collect::<Vec<_>>()));
        }
    }
    assert!(missed.is_empty(), "not among the first three:\n{}", missed.join("\n"));
}

#[tokio::test]
async fn a_search_that_finds_nothing_says_so_and_shows_the_tiles() {
    let world = World::new().await;
    let mut phone = world.public();
    let page = phone.get("/find?q=xyzzyqwfp&lang=en").await;
    assert!(page.has("Nothing fits these words") && page.links("/help/").len() == pack().situations().len());
    let page = phone.get("/find?q=17201-2345678-2").await;
    assert!(page.has("Do not write card or phone numbers here"));
    let page = phone.get("/find?q=%3Cscript%3E").await;
    assert!(!page.has("<script>"), "what is typed is never markup");
}

#[tokio::test]
async fn pages_of_violence_and_addiction_have_a_quick_exit_and_are_kept_by_nobody() {
    let world = World::new().await;
    let mut phone = world.public();
    for path in ["/help/safety", "/help/drugs", "/programmes/kpsw-dar-ul-aman", "/programmes/kpsw-drug-rehabilitation"]
    {
        let page = phone.get(path).await;
        assert!(page.has("data-leave"), "{path}");
        assert_eq!(page.links("/days").len(), 1, "{path} leads away without a script");
        assert_eq!(head(&page, header::CACHE_CONTROL), "no-store", "{path}");
        assert_eq!(head(&page, header::ETAG), "", "{path}");
    }
    let neutral = phone.get("/days").await;
    assert_eq!(neutral.status, 200);
    assert!(!neutral.has("violence") && !neutral.has("drug") && !neutral.has("data-leave"));
    assert!(!phone.get("/help/illness").await.has("data-leave"), "an ordinary page has no alarm on it");
}

#[tokio::test]
async fn what_everybody_gets_alike_is_kept_and_asked_for_again_and_leaves_no_cookie() {
    let world = World::new().await;
    for path in ["/", "/bring", "/help/illness", "/programmes", "/programmes/bisp-kafaalat", "/sites", "/days"] {
        let mut phone = world.public();
        let page = phone.get(path).await;
        let tag = head(&page, header::ETAG);
        assert!(tag.starts_with("W/\""), "{path}: {tag}");
        assert_eq!(head(&page, header::CACHE_CONTROL), "private, no-cache", "{path}");
        assert_eq!(head(&page, header::VARY), "Cookie, Accept-Language", "{path}");
        assert_eq!(head(&page, header::SET_COOKIE), "", "{path} leaves nothing on the phone");
        let again = phone.get_with(path, &[(header::IF_NONE_MATCH, &tag)]).await;
        assert_eq!((again.status, again.bytes.len()), (304, 0), "{path}");
        let urdu = phone.get_with(&format!("{path}?lang=ur"), &[(header::IF_NONE_MATCH, &tag)]).await;
        assert_eq!(urdu.status, 200, "{path}: another language is another page");
        assert_ne!(head(&urdu, header::ETAG), tag, "{path}");
    }
    for path in ["/track", "/find?q=widow"] {
        let page = world.public().get(path).await;
        assert_eq!(head(&page, header::CACHE_CONTROL), "no-store", "{path}");
    }
}

#[tokio::test]
async fn a_change_of_language_keeps_what_was_asked() {
    let world = World::new().await;
    let page = world.public().get("/sites?district=nowshera&service=register&lang=en").await;
    assert!(page.has("/sites?district=nowshera&#38;service=register&#38;lang=ur"), "{}", page.text());
}

#[tokio::test]
async fn openings_are_counted_by_hand_only_rounded_and_without_anybody() {
    let world = World::new().await;
    let mut phone = world.public();
    for _ in 0..7 {
        phone.get("/help/husband-died").await;
    }
    phone.get("/programmes/bisp-kafaalat").await;
    phone.get("/sites?district=nowshera&service=night_shelter").await;
    phone.get("/find?q=secretword").await;
    for fact in ["person.has_disability_certificate", "person.survivor_of_violence", "person.nothing"] {
        phone.post("/check", &[("fact", fact), ("step", "question")]).await;
    }
    let fetched_ahead = [(header::HeaderName::from_static("sec-fetch-mode"), "no-cors")];
    for _ in 0..20 {
        phone.get_with("/help/orphan", &fetched_ahead).await;
    }
    world.app.keep_counts().await.expect("kept");
    let rows = world.app.store.demand(&world.system, world.app.today(), world.app.today()).await.expect("counts");
    let of = |subject: &str| rows.iter().find(|row| row.subject == subject).map(|row| row.opened);
    assert_eq!(
        [of("husband-died"), of("bisp-kafaalat"), of("night_shelter"), of("nothing"), of("orphan")],
        [Some(7), Some(1), Some(1), Some(1), None]
    );
    let met = ["person.has_disability_certificate", "person.survivor_of_violence", "person.nothing"].map(of);
    assert_eq!(met, [Some(1), None, None], "a protected question is not even counted");
    assert!(!format!("{rows:?}").contains("secretword"), "the words of a search go no further");
    crate::routes::appoint_more(&world).await;
    let figures = world.desk("unit").await.get("/insights/demand").await;
    assert!(figures.has("My husband has died") && figures.has(">5</td>"), "{}", figures.text());
    assert!(figures.has("fewer than 5") && !figures.has(">7</td>") && !figures.has(">1</td>"));
    let nobody = world.app.store.demand(&store::Scope::public(), world.app.today(), world.app.today()).await;
    assert_eq!(nobody.expect("an answer"), []);
}
