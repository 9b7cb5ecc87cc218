//! Every reading function of the store, called through one scope. A new one that stands not here fails a test.

use crate::common::{
    cast,
    story::{self, INCOME, Story},
};
use domain::people::ListedState;
use std::collections::BTreeSet;
use store::{
    Scope, Store,
    access::ReadAsked,
    people::{QueueView, lists::RowView},
};

/// Every read that takes a scope, by room and name.
pub const READS: &[&str] = &[
    "People::household",
    "People::household_in_visit",
    "People::household_opened",
    "People::household_of",
    "People::ever_joined",
    "People::merges",
    "People::recent",
    "People::asked_to_forget",
    "People::erasure",
    "People::helpers",
    "People::own_helpers",
    "People::askers",
    "People::search",
    "People::similar",
    "People::districts",
    "People::extract",
    "People::pair",
    "People::pair_to_decide",
    "People::review",
    "People::review_around",
    "People::review_counts",
    "Corrections::get",
    "Corrections::waiting",
    "Corrections::answered",
    "Corrections::count",
    "Corrections::of_household",
    "Corrections::asker",
    "Lists::imports",
    "Lists::import",
    "Lists::counts",
    "Lists::rows",
    "Lists::row",
    "Lists::rows_to_decide",
    "Lists::row_counts",
    "Lists::row_to_decide",
    "Lists::remembered",
    "Lists::of_file",
    "Lists::sources",
    "Lists::search",
    "Lists::similar",
    "Lists::to_register",
    "Lists::received",
    "Lists::ahead",
    "Lists::likely",
    "Lists::taken",
    "Lists::population",
    "Lists::sample",
    "Lists::job",
    "Lists::dry_runs",
    "Visits::get",
    "Visits::waiting",
    "Visits::next_number",
    "Visits::counts",
    "Visits::screening",
    "Visits::being_entered",
    "Visits::day_counts",
    "Visits::closings",
    "Visits::called",
    "Applications::get",
    "Applications::of_household",
    "Applications::of_visit",
    "Applications::using_fact",
    "Applications::inbox",
    "Applications::decided",
    "Applications::by_code",
    "Applications::codes",
    "Applications::counts",
    "Applications::history",
    "Applications::deliveries",
    "Applications::household",
    "Applications::receipt",
    "Applications::receipts_of_visit",
    "Applications::receipts_of_household",
    "Applications::inbox_to_take",
    "Applications::language",
    "Applications::own_printed_again",
    "Applications::printed_again",
    "Applications::waiting_for_money",
    "Applications::waiting_lists",
    "Applications::place",
    "Applications::deliverable",
    "Applications::deliverable_programmes",
    "Applications::without_line",
    "Applications::next_dispatch",
    "Applications::dispatches",
    "Applications::dispatch",
    "Applications::dispatch_rows",
    "Papers::of_household",
    "Papers::of_application",
    "Papers::copy",
    "Papers::tasks",
    "Grievances::get",
    "Grievances::by_code",
    "Grievances::mine",
    "Grievances::inbox",
    "Grievances::ended",
    "Grievances::counts",
    "Grievances::monthly",
    "Grievances::appeals",
    "Grievances::history",
    "Grievances::application",
    "Grievances::application_history",
    "Grievances::candidates",
    "Grievances::department_can",
    "Officers::list",
    "Officers::by_login",
    "Officers::colleagues",
    "Officers::supervised",
    "Officers::deputies",
    "Store::read_log",
    "Store::reads",
    "Store::open_now",
    "Store::openings",
    "Store::opening",
    "Store::journal_page",
    "Store::receipt_of_caller",
    "Store::looks_at_family",
    "Store::looks_by_receipt",
    "Messages::unsent",
    "Messages::totals",
    "Messages::troubled",
    "Services::sites",
    "Services::site",
    "Services::page_texts",
    "Services::history_of_site",
    "Services::history_of_text",
    "Store::demand",
    "Insights::receiving",
    "Insights::scored",
    "Insights::families",
];

/// What takes a scope and is no read: it writes, or answers about the caller's own command or receipt.
const NO_READS: &[&str] = &[
    "Store::commit",
    "Store::seen",
    "Store::log_opening",
    "Store::log_call",
    "Store::log_refusal",
    // Compares what was typed and shows nothing; a test of the pages refuses whoever the complaint is about.
    "Store::complaint_of",
    // Roles and departments without a name, for everybody.
    "Officers::staffed",
    // For the program itself; a test of its own refuses everybody else.
    "Messages::due",
    "Messages::keep",
    "Messages::next",
    "Messages::sent",
    "Messages::failed",
    "Messages::stop",
    "Messages::try_again",
    "Store::kept_answers",
    "Store::kept_forms",
    "Store::drop_kept_form",
    // The same forms, by the page that they belong to.
    "Store::keep_rows",
    "Store::kept_rows",
    "Store::drop_kept_rows",
    // Of the caller's own sign-ins.
    "Store::own_sessions",
    "Store::own_notices",
    "Store::notices_known",
    // Counts what the caller sends.
    "Store::take_upload",
    "Store::end_other_sessions",
    "Store::redact",
    "Store::forget",
    "Store::confirm_erasure",
    "Store::proof_of",
    "Store::renew_display",
    "Store::complaint_pass",
    // The whole registry, for the program itself only; a test of its own refuses everybody else.
    "Backup::write",
    "People::quiet",
    // The journal for an outsider to check: refused to whoever neither audits nor is the program itself.
    "Store::extract",
    "Lists::accept",
    "Lists::note",
    "Lists::ask",
    "Lists::claim_import",
    "Lists::claim_dry_run",
    "Lists::take",
    "Lists::beat",
    "Lists::report",
    "Lists::fail",
    "Lists::let_go",
    "Lists::let_file_go",
    "Lists::sweep",
    "Lists::draft",
];

/// What each read answers about the story's family, as text.
pub async fn all(store: &Store, scope: &Scope, story: &Story<'_>) -> Vec<(&'static str, String)> {
    let mut out = people(store, scope, story).await;
    out.extend(corrections(store, scope, story).await);
    out.extend(lists(store, scope, story).await);
    out.extend(visits(store, scope, story).await);
    out.extend(applications(store, scope, story).await);
    out.extend(papers(store, scope, story).await);
    out.extend(grievances(store, scope, story).await);
    out.extend(officers(store, scope, story).await);
    out.extend(messages(store, scope, story).await);
    out.extend(services(store, scope, story).await);
    out.extend(insights(store, scope, story).await);
    out
}

type Answers = Vec<(&'static str, String)>;

/// Adds what one or more calls answer to the list.
macro_rules! read {
    ($out:ident, $name:literal, $($call:expr),+ $(,)?) => {
        let mut text = String::new();
        $(text.push_str(&format!("{:?}\n", $call.await.expect($name)));)+
        $out.push(($name, text));
    };
}

async fn people(store: &Store, scope: &Scope, s: &Story<'_>) -> Answers {
    let mut out = Answers::new();
    let people = store.people(scope);
    let twin = linkage::PersonForKeys {
        given: "Amina Bibi",
        father_or_husband: Some("Sher Zaman"),
        district: Some("nowshera"),
        ..Default::default()
    };
    read!(out, "People::household", people.household(s.household));
    read!(out, "People::household_in_visit", people.household_in_visit(s.household, s.visit));
    read!(out, "People::household_opened", people.household_opened(s.household, s.teller.at));
    read!(out, "People::household_of", people.household_of(s.amina()));
    read!(out, "People::ever_joined", people.ever_joined(s.household));
    read!(out, "People::merges", people.merges(s.household, s.amina()));
    read!(out, "People::recent", people.recent(50));
    read!(out, "People::asked_to_forget", people.asked_to_forget());
    read!(out, "People::erasure", people.erasure(s.household));
    read!(out, "People::helpers", people.helpers(s.household));
    read!(out, "People::own_helpers", people.own_helpers());
    read!(out, "People::askers", people.askers(crate::common::teller::first_day()));
    read!(out, "People::search", people.search(&linkage::query::parse(cast::AMINA_CNIC)));
    read!(out, "People::similar", people.similar(&twin));
    read!(out, "People::districts", people.districts());
    read!(out, "People::extract", people.extract(&"nowshera".into(), None, &BTreeSet::new()));
    let stake = store::people::Stake::default();
    read!(out, "People::pair", people.pair(s.link, &stake, s.teller.at));
    let decides = people.pair_to_decide(s.link, &stake).await.expect("an answer").is_some();
    out.push(("People::pair_to_decide", marks_of(decides, false)));
    read!(out, "People::review", people.review(QueueView::Open, 0, 50), people.review(QueueView::Decided, 0, 50));
    read!(out, "People::review_around", people.review_around(s.link, s.amina(), s.gulalai));
    let counts = people.review_counts().await.expect("counts");
    out.push(("People::review_counts", counts.iter().map(|(_, count)| count).sum::<i64>().to_string()));
    out
}

async fn corrections(store: &Store, scope: &Scope, s: &Story<'_>) -> Answers {
    let mut out = Answers::new();
    let corrections = store.corrections(scope);
    read!(out, "Corrections::get", corrections.get(s.correction));
    read!(out, "Corrections::waiting", corrections.waiting());
    read!(out, "Corrections::answered", corrections.answered());
    out.push(("Corrections::count", corrections.count().await.expect("a number").to_string()));
    read!(out, "Corrections::of_household", corrections.of_household(s.household));
    read!(out, "Corrections::asker", corrections.asker());
    out
}

async fn lists(store: &Store, scope: &Scope, s: &Story<'_>) -> Answers {
    let mut out = Answers::new();
    let lists = store.lists(scope);
    let noor = linkage::PersonForKeys {
        given: "Noor Rehman",
        father_or_husband: Some("Gul Rehman"),
        numbers: &["1720155555553"],
        ..Default::default()
    };
    read!(out, "Lists::imports", lists.imports(10));
    read!(out, "Lists::import", lists.import(s.import));
    out.push(("Lists::counts", lists.counts(s.import).await.expect("counts").rows().to_string()));
    read!(out, "Lists::rows", lists.rows(s.import, ListedState::Matched, 0, 10));
    read!(out, "Lists::row", lists.row(s.listing));
    read!(
        out,
        "Lists::rows_to_decide",
        lists.rows_to_decide(RowView::Open, None, 0, 10),
        lists.rows_to_decide(RowView::Waiting, Some(s.import), 0, 10),
        lists.rows_to_decide(RowView::NotSure, None, 0, 10),
        lists.rows_to_decide(RowView::Decided, None, 0, 10)
    );
    let counts = lists.row_counts(None).await.expect("counts");
    out.push(("Lists::row_counts", counts.iter().map(|(_, count)| count).sum::<i64>().to_string()));
    read!(out, "Lists::row_to_decide", lists.row_to_decide(s.looked, &store::people::Stake::default(), s.teller.at));
    read!(out, "Lists::remembered", lists.remembered("District Zakat Committee Nowshera"));
    read!(out, "Lists::of_file", lists.of_file(&"a".repeat(64)));
    read!(out, "Lists::sources", lists.sources());
    read!(out, "Lists::search", lists.search(&linkage::query::parse("17201-5555555-3")));
    read!(out, "Lists::similar", lists.similar(&noor));
    read!(out, "Lists::to_register", lists.to_register(s.unregistered));
    read!(out, "Lists::received", lists.received(s.household));
    let ahead = lists.ahead(&[noor]).await.expect("keys are made");
    read!(out, "Lists::ahead", lists.ahead(&[noor]));
    read!(out, "Lists::likely", lists.likely(ahead));
    out.push(("Lists::taken", lists.taken(&["b1".to_owned()]).await.expect("keys").len().to_string()));
    out.push(("Lists::population", lists.population().await.expect("a number").to_string()));
    read!(out, "Lists::sample", lists.sample(100));
    read!(out, "Lists::job", lists.job(s.import));
    read!(out, "Lists::dry_runs", lists.dry_runs(10));
    out
}

async fn visits(store: &Store, scope: &Scope, s: &Story<'_>) -> Answers {
    let mut out = Answers::new();
    let (visits, today) = (store.visits(scope), s.teller.today());
    read!(out, "Visits::get", visits.get(s.visit), visits.get(s.question));
    read!(out, "Visits::waiting", visits.waiting(today));
    let next = visits.next_number(&"nowshera".into(), today).await.expect("a number");
    out.push(("Visits::next_number", (next - 1).to_string()));
    let counts = visits.counts(today).await.expect("counts");
    out.push(("Visits::counts", counts.iter().map(|(_, count)| count).sum::<i64>().to_string()));
    read!(out, "Visits::screening", visits.screening(s.visit));
    let entered = visits.being_entered().await.expect("visits");
    out.push(("Visits::being_entered", entered.len().to_string()));
    let day = visits.day_counts(today, s.teller.at).await.expect("counts");
    out.push(("Visits::day_counts", (i64::from(day.tokens) + i64::from(day.receipts)).to_string()));
    let closings = visits.closings(today).await.expect("closings");
    out.push(("Visits::closings", closings.len().to_string()));
    out.push(("Visits::called", visits.called(today).await.expect("numbers").len().to_string()));
    out
}

async fn applications(store: &Store, scope: &Scope, s: &Story<'_>) -> Answers {
    let mut out = Answers::new();
    let a = store.applications(scope);
    let (one, hidden) = (s.kafaalat, s.shelter);
    read!(out, "Applications::get", a.get(one), a.get(s.zakat), a.get(hidden));
    read!(out, "Applications::of_household", a.of_household(s.household));
    read!(out, "Applications::of_visit", a.of_visit(s.visit));
    read!(out, "Applications::using_fact", a.using_fact(s.household, INCOME));
    read!(out, "Applications::inbox", a.inbox(0, 50));
    read!(out, "Applications::decided", a.decided(0, 50));
    read!(out, "Applications::by_code", a.by_code(&story::code()), a.by_code(&story::protected_code()));
    let (codes, hidden_codes) = (a.codes(one).await.expect("codes"), a.codes(hidden).await.expect("codes"));
    out.push(("Applications::codes", marks_of(!codes.is_empty(), !hidden_codes.is_empty())));
    let counts = a.counts().await.expect("counts");
    out.push(("Applications::counts", counts.iter().map(|(_, count)| count).sum::<i64>().to_string()));
    let (steps, hidden_steps) = (a.history(one).await.expect("steps"), a.history(hidden).await.expect("steps"));
    out.push(("Applications::history", marks_of(!steps.is_empty(), !hidden_steps.is_empty())));
    let deliveries = a.deliveries(one).await.expect("deliveries");
    out.push(("Applications::deliveries", marks_of(!deliveries.is_empty(), false)));
    read!(out, "Applications::household", a.household(one), a.household(hidden));
    read!(out, "Applications::receipt", a.receipt());
    read!(out, "Applications::receipts_of_visit", a.receipts_of_visit(s.visit));
    read!(out, "Applications::receipts_of_household", a.receipts_of_household(s.household));
    read!(out, "Applications::inbox_to_take", a.inbox_to_take(50));
    let (spoken, hidden_spoken) =
        (a.language(one).await.expect("an answer"), a.language(hidden).await.expect("an answer"));
    out.push(("Applications::language", marks_of(spoken.is_some(), hidden_spoken.is_some())));
    read!(out, "Applications::own_printed_again", a.own_printed_again());
    read!(out, "Applications::printed_again", a.printed_again(s.household));
    let (kafaalat, shelter, nowshera) = ("bisp-kafaalat".into(), "kp-shelter".into(), "nowshera".into());
    read!(
        out,
        "Applications::waiting_for_money",
        a.waiting_for_money(&kafaalat, &nowshera),
        a.waiting_for_money(&shelter, &nowshera)
    );
    out.push(("Applications::waiting_lists", a.waiting_lists().await.expect("lists").len().to_string()));
    let (place, hidden_place) = (a.place(one).await.expect("a place"), a.place(hidden).await.expect("a place"));
    out.push(("Applications::place", marks_of(place.is_some(), hidden_place.is_some())));
    read!(out, "Applications::deliverable", a.deliverable(&kafaalat, 0, 50), a.deliverable(&shelter, 0, 50));
    let programmes = a.deliverable_programmes().await.expect("programmes");
    out.push(("Applications::deliverable_programmes", programmes.len().to_string()));
    read!(out, "Applications::without_line", a.without_line());
    let next = a.next_dispatch(&"bisp".into(), &nowshera).await.expect("a number");
    out.push(("Applications::next_dispatch", (next - 1).to_string()));
    read!(out, "Applications::dispatches", a.dispatches(50));
    read!(out, "Applications::dispatch", a.dispatch(s.dispatch));
    let system = store.applications(&s.teller.base.system).dispatch(s.dispatch).await.expect("an answer");
    let rows = match a.dispatch(s.dispatch).await.expect("an answer").or(system) {
        Some(listed) => a.dispatch_rows(&listed).await.expect("rows"),
        None => Vec::new(),
    };
    out.push(("Applications::dispatch_rows", format!("{rows:?}")));
    out
}

/// For answers without keys: an ordinary thing, and a protected one.
fn marks_of(ordinary: bool, protected: bool) -> String {
    format!("{}{}", if ordinary { "SOMETHING " } else { "" }, if protected { "PROTECTED" } else { "" })
}

async fn papers(store: &Store, scope: &Scope, s: &Story<'_>) -> Answers {
    let mut out = Answers::new();
    let papers = store.papers(scope);
    read!(out, "Papers::of_household", papers.of_household(s.household));
    read!(
        out,
        "Papers::of_application",
        papers.of_application(s.kafaalat),
        papers.of_application(s.zakat),
        papers.of_application(s.shelter)
    );
    let (mut card, mut letter) = (false, false);
    for through in [None, Some(s.kafaalat), Some(s.zakat), Some(s.shelter)] {
        card |= papers.copy(s.paper, through).await.expect("an answer").is_some();
        letter |= papers.copy(s.protected_paper, through).await.expect("an answer").is_some();
    }
    out.push(("Papers::copy", marks_of(card, letter)));
    read!(out, "Papers::tasks", papers.tasks(s.household));
    out
}

async fn grievances(store: &Store, scope: &Scope, s: &Story<'_>) -> Answers {
    let mut out = Answers::new();
    let g = store.grievances(scope);
    let (one, hidden, office) = (s.complaint, s.protected_appeal, s.about_office);
    let since = crate::common::teller::first_day();
    read!(out, "Grievances::get", g.get(one), g.get(hidden), g.get(office));
    read!(out, "Grievances::by_code", g.by_code(&story::complaint_code()));
    read!(out, "Grievances::mine", g.mine());
    read!(out, "Grievances::inbox", g.inbox(0, 50));
    read!(out, "Grievances::ended", g.ended(0, 50));
    let counts = g.counts().await.expect("counts");
    out.push(("Grievances::counts", counts.iter().map(|(_, count)| count).sum::<i64>().to_string()));
    let monthly = g.monthly(since).await.expect("counts");
    out.push(("Grievances::monthly", monthly.iter().map(|month| month.count).sum::<i64>().to_string()));
    let appeals = g.appeals(since).await.expect("counts");
    out.push(("Grievances::appeals", appeals.iter().map(|(_, count)| count).sum::<i64>().to_string()));
    let (steps, hidden_steps) = (g.history(one).await.expect("steps"), g.history(hidden).await.expect("steps"));
    out.push(("Grievances::history", marks_of(!steps.is_empty(), !hidden_steps.is_empty())));
    read!(out, "Grievances::application", g.application(one), g.application(hidden), g.application(office));
    let past = g.application_history(one).await.expect("steps");
    let hidden_past = g.application_history(hidden).await.expect("steps");
    out.push(("Grievances::application_history", marks_of(!past.is_empty(), !hidden_past.is_empty())));
    let candidates =
        g.candidates(one).await.expect("officers").len() + g.candidates(office).await.expect("officers").len();
    out.push(("Grievances::candidates", candidates.to_string()));
    let can = g.department_can(hidden).await.expect("an answer");
    out.push(("Grievances::department_can", marks_of(false, can)));
    out
}

/// What is public, its history, and counts: nothing of it is about a family.
async fn services(store: &Store, scope: &Scope, s: &Story<'_>) -> Answers {
    let mut out = Answers::new();
    let services = store.services(scope);
    let text = domain::services::page_text_id(
        domain::services::TextSubject::Situation,
        "illness",
        domain::services::TextPart::Title,
    );
    let site = domain::ids::SiteId(s.household.0);
    read!(out, "Services::sites", services.sites());
    read!(out, "Services::site", services.site(site));
    read!(out, "Services::page_texts", services.page_texts());
    read!(out, "Services::history_of_site", services.history_of_site(site));
    read!(out, "Services::history_of_text", services.history_of_text(text));
    read!(out, "Store::demand", store.demand(scope, s.teller.today(), s.teller.today()));
    out
}

async fn insights(store: &Store, scope: &Scope, s: &Story<'_>) -> Answers {
    let mut out = Answers::new();
    let insights = store.insights(scope);
    read!(out, "Insights::receiving", insights.receiving(&Default::default(), s.teller.today()));
    read!(out, "Insights::scored", insights.scored());
    read!(out, "Insights::families", insights.families(&[s.household, s.other_household]));
    out
}

async fn officers(store: &Store, scope: &Scope, s: &Story<'_>) -> Answers {
    let mut out = Answers::new();
    read!(out, "Officers::list", store.officers(scope).list());
    read!(out, "Officers::by_login", store.officers(scope).by_login("clerk.dir"));
    let me = scope.officer_id().unwrap_or(domain::ids::OfficerId(uuid::Uuid::nil()));
    read!(out, "Officers::colleagues", store.officers(scope).colleagues(me));
    read!(out, "Officers::supervised", store.officers(scope).supervised());
    let today = crate::common::teller::first_day();
    out.push((
        "Officers::deputies",
        store.officers(scope).deputies(me, today).await.expect("namings").len().to_string(),
    ));
    read!(out, "Store::read_log", store.read_log(scope, 50));
    let of = |record| ReadAsked { record, ..ReadAsked::default() };
    let by = ReadAsked { officer: s.officers.get("worker.nsr").copied(), ..ReadAsked::default() };
    let free = ReadAsked { unbound: true, before: Some(s.teller.at), ..ReadAsked::default() };
    read!(
        out,
        "Store::reads",
        store.reads(scope, &of(Some(s.household.0)), 0, 50),
        store.reads(scope, &of(None), 0, 50),
        store.reads(scope, &by, 0, 50),
        store.reads(scope, &free, 0, 50)
    );
    read!(out, "Store::open_now", store.open_now(scope, s.household, s.teller.at));
    read!(out, "Store::openings", store.openings(scope, true, 50), store.openings(scope, false, 50));
    read!(out, "Store::opening", store.opening(scope, s.opening));
    read!(out, "Store::journal_page", store.journal_page(scope, 0, 500));
    out
}

async fn messages(store: &Store, scope: &Scope, s: &Story<'_>) -> Answers {
    let mut out = Answers::new();
    read!(out, "Store::receipt_of_caller", store.receipt_of_caller(scope, &story::code(), cast::AMINA_CNIC));
    let looks = store.looks_at_family(scope, s.household).await.expect("looks");
    out.push(("Store::looks_at_family", looks.len().to_string()));
    let looks = store.looks_by_receipt(scope).await.expect("looks");
    out.push(("Store::looks_by_receipt", looks.len().to_string()));
    let messages = store.messages(scope);
    out.push(("Messages::unsent", messages.unsent(s.household).await.expect("a count").to_string()));
    read!(out, "Messages::totals", messages.totals());
    read!(out, "Messages::troubled", messages.troubled(10));
    out
}

/// The asynchronous public functions of the rooms, and those of the store that take a scope, from the source.
fn in_the_source() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                scan(&std::fs::read_to_string(path).expect("a source"), &mut found);
            }
        }
    }
    found
}

fn scan(source: &str, found: &mut BTreeSet<String>) {
    let mut room = None;
    for line in source.lines() {
        if let Some(rest) = line.strip_prefix("impl ") {
            let name = rest.split(['<', ' ']).next().unwrap_or_default();
            room = (rest.contains("<'_>") || name == "Store").then(|| name.to_owned());
        }
        if let (Some(room), Some(rest)) = (&room, line.strip_prefix("    pub async fn ")) {
            let name = rest.split(['(', '<']).next().unwrap_or_default();
            // The store's own functions count when they take a scope.
            if room != "Store" || rest.contains("scope: &Scope") {
                found.insert(format!("{room}::{name}"));
            }
        }
    }
}

#[test]
fn every_read_of_a_room_is_in_the_list() {
    let listed = READS.iter().chain(NO_READS).map(|name| (*name).to_owned()).collect();
    assert_eq!(in_the_source(), listed);
}
