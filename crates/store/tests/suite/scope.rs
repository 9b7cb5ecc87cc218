//! Who sees what of one family: every read through every scope, as one table.

mod complaints;

use super::reads;
use crate::common::{
    Base, on_both,
    story::{self, PROTECTED_FACT, PROTECTED_SECRET, SECRET, Story, code, protected_code},
};
use domain::{
    Instant,
    applications::{ReceiptCode, ReceiptIssued},
    ids::ReceiptId,
    language::Lang,
};
use expect_test::expect;
use store::{Scope, access::Purpose, applications::Tracked};
use uuid::Uuid;

/// What an answer shows, a letter each: `f`amily, `a`pplication, receipt, paper or complaint of it, `P`rotected, a
/// complaint about the complaints `o`ffice, `O`fficers; or
/// a number that is not zero; or `.` for nothing of this family.
fn marks(story: &Story<'_>, text: &str) -> String {
    if let Ok(number) = text.trim().parse::<i64>() {
        return if number == 0 { ".".to_owned() } else { number.to_string() };
    }
    let holds = |keys: &[Uuid]| keys.iter().any(|key| text.contains(&key.to_string()));
    let mut family: Vec<Uuid> = story.members.iter().map(|member| member.0).collect();
    family.extend([story.household.0, story.visit.0]);
    family.extend([story.import.0, story.listing.0, story.unregistered.0]);
    let ordinary = [story.kafaalat.0, story.zakat.0, story.receipt.0, story.paper.0, story.task.0, story.complaint.0];
    let protected = [
        story.shelter.0,
        story.protected_receipt.0,
        story.protected_paper.0,
        story.protected_task.0,
        story.protected_answer.0,
        story.protected_appeal.0,
    ];
    let words = [PROTECTED_FACT, "shelter", "PROTECTED"];
    let mut marks = String::new();
    marks.push_str(if holds(&family) || text.contains("Amina") { "f" } else { "" });
    marks.push_str(if holds(&ordinary) || text.contains("SOMETHING") { "a" } else { "" });
    marks.push_str(if holds(&protected) || words.iter().any(|word| text.contains(word)) { "P" } else { "" });
    marks.push_str(if holds(&[story.about_office.0]) { "o" } else { "" });
    marks.push_str(if text.contains("login: \"clerk.dir\"") { "O" } else { "" });
    if marks.is_empty() { ".".to_owned() } else { marks }
}

/// The scope of a receipt.
pub async fn receipt(base: &Base, code: &ReceiptCode, secret: &str, now: Instant) -> Scope {
    match base.store.track(code, secret, now).await.expect("an answer") {
        Tracked::Open(scope) => *scope,
        other => panic!("the receipt does not open: {other:?}"),
    }
}

/// The scope of a receipt of the other family.
async fn other_receipt(base: &Base, story: &mut Story<'_>) -> Scope {
    let code = ReceiptCode::from_random(0x0FFF_0000_1111);
    let issued = ReceiptIssued {
        secret_hash: base.store.receipt_secret_hash(&code, "909090"),
        code: code.clone(),
        visit: None,
        household: story.other_household,
        applications: vec![],
        protected: false,
        language: Lang::Ur,
    };
    let clerk = story.scope("clerk.dir").await;
    story.teller.one(&clerk, ReceiptId(Uuid::now_v7()), issued).await;
    receipt(base, &code, "909090", story.teller.at).await
}

/// Every scope there is, with the name of its column.
pub async fn scopes(base: &Base, story: &mut Story<'_>) -> Vec<(String, Scope)> {
    let now = story.teller.at;
    let mut scopes = vec![
        ("public".to_owned(), Scope::public()),
        ("receipt of others".to_owned(), other_receipt(base, story).await),
        ("receipt".to_owned(), receipt(base, &code(), SECRET, now).await),
        ("protected receipt".to_owned(), receipt(base, &protected_code(), PROTECTED_SECRET, now).await),
        ("complaint".to_owned(), receipt(base, &story::complaint_code(), story::COMPLAINT_SECRET, now).await),
    ];
    for login in story.officers.keys().cloned().collect::<Vec<_>>() {
        let scope = story.scope(&login).await;
        scopes.push((login, scope));
    }
    scopes.push(("system".to_owned(), base.system.clone()));
    scopes
}

/// What each scope is shown: one line a scope, leaving out what shows nothing.
async fn table(base: &Base, story: &mut Story<'_>) -> Vec<(String, Vec<(&'static str, String)>)> {
    let worker = story.scope("worker.nsr").await;
    let purpose = Purpose::Visit(story.visit);
    let read = base.store.log_read(&worker, "household", Some(story.household.0), &purpose, story.teller.at);
    read.await.expect("logged");
    let mut table = Vec::new();
    for (name, scope) in scopes(base, story).await {
        let answers = reads::all(&base.store, &scope, story).await;
        assert_eq!(answers.iter().map(|(read, _)| *read).collect::<Vec<_>>(), reads::READS, "every read is called");
        let shown = answers.into_iter().map(|(read, text)| (read, marks(story, &text)));
        table.push((name, shown.filter(|(_, marks)| marks != ".").collect()));
    }
    table
}

on_both!(each_scope_is_shown_its_own_and_nothing_else, async |base: &Base| {
    let mut story = story::full(base).await;
    let mut text = String::new();
    for (scope, shown) in table(base, &mut story).await {
        text.push_str(&format!("{scope}\n"));
        for (read, marks) in &shown {
            text.push_str(&format!("    {read} {marks}\n"));
        }
        // Whatever the table below says: these own nothing of this family.
        let strangers =
            ["public", "receipt of others", "clerk.dir", "bisp.dir", "grievance.dir", "unit", "lists", "admin"];
        if strangers.contains(&scope.as_str()) {
            let mut left = shown.clone();
            // The administrator lists officers; the desk of another district finds match cards.
            left.retain(|(read, _)| !read.starts_with("Officers::"));
            let cards = ["People::search", "People::similar", "Lists::search", "Lists::similar"];
            left.retain(|(read, _)| scope != "clerk.dir" || !cards.contains(read));
            // Who keeps lists reads them, and opens no family's file.
            left.retain(|(read, _)| scope != "lists" || !read.starts_with("Lists::"));
            // It is a second person for what officers open: whose file by its key, who and why, and nothing of the file.
            left.retain(|(read, _)| scope != "unit" || !["Store::openings", "Store::opening"].contains(read));
            // Whoever counts is told what is received in the district; it opens no family's file.
            left.retain(|(read, _)| scope != "unit" || *read != "Insights::receiving");
            // The provincial unit decides about pairs of its district.
            left.retain(|(read, _)| {
                scope != "unit" || !["People::pair", "People::pair_to_decide", "People::review"].contains(read)
            });
            // And about rows of lists of the same district that may mean somebody on file.
            let rows = ["Lists::rows_to_decide", "Lists::row_counts", "Lists::row_to_decide"];
            left.retain(|(read, _)| scope != "unit" || !rows.contains(read));
            // Whoever reads figures counts ordinary applications and opens none of them.
            let figures = ["Applications::counts", "Grievances::monthly"];
            left.retain(|(read, marks)| !(scope == "unit" && figures.contains(read) && marks == "2"));
            // The province reads the complaint about the district's complaints office, which nobody there may.
            left.retain(|(read, marks)| {
                !(scope == "unit" && read.starts_with("Grievances::") && ["o", "1"].contains(&marks.as_str()))
            });
            assert_eq!(left, [], "{scope} owns nothing here");
        }
    }
    expect![[r#"
        public
        receipt of others
        receipt
            People::own_helpers f
            Corrections::get fa
            Corrections::answered fa
            Corrections::of_household fa
            Corrections::asker fa
            Applications::get fa
            Applications::of_household fa
            Applications::of_visit fa
            Applications::inbox fa
            Applications::decided fa
            Applications::by_code fa
            Applications::codes a
            Applications::counts 2
            Applications::history a
            Applications::deliveries a
            Applications::receipt fa
            Applications::inbox_to_take fa
            Applications::language a
            Papers::of_application fa
            Grievances::get fa
            Grievances::by_code fa
            Grievances::mine fa
            Grievances::inbox a
            Grievances::counts 1
            Grievances::history a
            Grievances::application fa
            Grievances::application_history a
            Store::looks_by_receipt 1
        protected receipt
            Corrections::asker fP
            Applications::get fP
            Applications::of_household fP
            Applications::of_visit fP
            Applications::inbox fP
            Applications::by_code fP
            Applications::codes P
            Applications::counts 1
            Applications::history P
            Applications::receipt fP
            Applications::language P
            Papers::of_application faP
            Grievances::get fP
            Grievances::mine fP
            Grievances::inbox P
            Grievances::counts 1
            Grievances::history P
            Grievances::application fP
            Grievances::application_history P
        complaint
            Grievances::get fa
            Grievances::by_code fa
            Grievances::mine fa
            Grievances::inbox a
            Grievances::counts 1
            Grievances::history a
            Grievances::application fa
            Grievances::application_history a
        admin
            Officers::list O
            Officers::by_login O
        auditor
            People::household f
            People::household_in_visit f
            People::household_opened f
            People::household_of f
            People::ever_joined f
            People::recent f
            People::helpers f
            People::search f
            People::similar f
            Corrections::get fa
            Corrections::answered fa
            Corrections::of_household fa
            Lists::imports f
            Lists::import f
            Lists::counts 5
            Lists::rows f
            Lists::row f
            Lists::of_file f
            Lists::search f
            Lists::similar f
            Lists::received f
            Visits::get f
            Visits::waiting f
            Visits::next_number 2
            Visits::counts 2
            Visits::screening f
            Applications::get fa
            Applications::of_household fa
            Applications::of_visit fa
            Applications::inbox fa
            Applications::decided fa
            Applications::by_code fa
            Applications::codes a
            Applications::counts 2
            Applications::history a
            Applications::deliveries a
            Applications::household f
            Applications::receipts_of_visit fa
            Applications::receipts_of_household fa
            Applications::inbox_to_take fa
            Applications::language a
            Applications::printed_again a
            Papers::of_household fa
            Papers::of_application fa
            Papers::copy a
            Papers::tasks fa
            Grievances::get fao
            Grievances::by_code fa
            Grievances::inbox ao
            Grievances::counts 2
            Grievances::monthly 2
            Grievances::history a
            Grievances::application fa
            Grievances::application_history a
            Grievances::candidates 1
            Officers::list O
            Officers::by_login O
            Store::read_log f
            Store::reads f
            Store::journal_page faPo
            Store::looks_at_family 1
            Insights::receiving f
            Insights::families f
        bisp.dir
        bisp.nsr
            Applications::get fa
            Applications::of_household fa
            Applications::of_visit fa
            Applications::decided fa
            Applications::by_code fa
            Applications::codes a
            Applications::counts 1
            Applications::history a
            Applications::deliveries a
            Applications::household f
            Applications::language a
            Applications::deliverable fa
            Applications::deliverable_programmes 1
            Papers::of_application fa
            Papers::copy a
        clerk.dir
            People::search f
            People::similar f
            Lists::search f
            Lists::similar f
        clerk.nsr
            People::household f
            People::household_in_visit f
            People::household_opened fP
            People::household_of f
            People::ever_joined f
            People::recent f
            People::helpers f
            People::search f
            People::similar f
            Corrections::get fa
            Corrections::answered fa
            Corrections::of_household fa
            Lists::search f
            Lists::similar f
            Lists::to_register f
            Lists::received f
            Visits::get f
            Visits::waiting f
            Visits::next_number 2
            Visits::counts 2
            Visits::screening f
            Visits::day_counts 3
            Visits::closings 1
            Applications::get fa
            Applications::of_household fa
            Applications::of_visit fa
            Applications::using_fact aP
            Applications::inbox fa
            Applications::decided fa
            Applications::by_code fa
            Applications::codes a
            Applications::counts 2
            Applications::history a
            Applications::deliveries a
            Applications::household f
            Applications::receipts_of_visit fa
            Applications::receipts_of_household fa
            Applications::inbox_to_take fa
            Applications::language a
            Applications::printed_again a
            Applications::next_dispatch 1
            Applications::dispatches a
            Applications::dispatch a
            Applications::dispatch_rows fa
            Papers::of_household fa
            Papers::of_application fa
            Papers::copy a
            Papers::tasks fa
            Store::receipt_of_caller a
            Store::looks_at_family 1
            Insights::families f
        grievance.dir
        grievance.nsr
            Applications::counts 2
            Grievances::get faP
            Grievances::by_code fa
            Grievances::inbox aP
            Grievances::counts 2
            Grievances::monthly 1
            Grievances::history aP
            Grievances::application faP
            Grievances::application_history aP
            Grievances::candidates 1
            Grievances::department_can P
            Insights::receiving f
        lists
            Lists::imports f
            Lists::import f
            Lists::counts 5
            Lists::rows f
            Lists::row f
            Lists::of_file f
            Lists::search f
            Lists::similar f
            Lists::likely f
            Lists::taken 1
            Lists::population 10
            Lists::sample f
        token.nsr
            Visits::get f
            Visits::waiting f
            Visits::next_number 2
            Visits::counts 2
        unit
            People::pair f
            People::pair_to_decide a
            People::review f
            Lists::rows_to_decide f
            Lists::row_counts 1
            Lists::row_to_decide f
            Applications::counts 2
            Grievances::get o
            Grievances::inbox o
            Grievances::counts 1
            Grievances::monthly 2
            Grievances::candidates 1
            Store::openings f
            Store::opening f
            Insights::receiving f
        welfare.nsr
            Applications::get fP
            Applications::of_household fP
            Applications::of_visit fP
            Applications::inbox fP
            Applications::by_code fP
            Applications::codes P
            Applications::counts 1
            Applications::history P
            Applications::household f
            Applications::language P
            Papers::of_application faP
            Papers::copy aP
            Grievances::get fP
            Grievances::inbox P
            Grievances::counts 1
            Grievances::history P
            Grievances::application fP
            Grievances::application_history P
            Grievances::department_can P
        worker.nsr
            People::household f
            People::household_in_visit fP
            People::household_opened f
            People::household_of f
            People::ever_joined f
            People::recent f
            People::helpers f
            People::search f
            People::similar f
            Corrections::get fa
            Corrections::answered fa
            Corrections::of_household fa
            Lists::search f
            Lists::similar f
            Lists::to_register f
            Lists::received f
            Visits::get fP
            Visits::waiting fP
            Visits::next_number 2
            Visits::counts 2
            Visits::screening fP
            Visits::day_counts 3
            Visits::closings 1
            Applications::get faP
            Applications::of_household faP
            Applications::of_visit faP
            Applications::using_fact aP
            Applications::inbox faP
            Applications::decided fa
            Applications::by_code faP
            Applications::codes aP
            Applications::counts 3
            Applications::history aP
            Applications::deliveries a
            Applications::household f
            Applications::receipts_of_visit faP
            Applications::receipts_of_household fa
            Applications::inbox_to_take fa
            Applications::language aP
            Applications::printed_again a
            Applications::next_dispatch 1
            Applications::dispatches a
            Applications::dispatch a
            Applications::dispatch_rows fa
            Papers::of_household fa
            Papers::of_application faP
            Papers::copy aP
            Papers::tasks faP
            Store::receipt_of_caller a
            Store::looks_at_family 1
            Insights::families f
        zakat.nsr
            Applications::get fa
            Applications::of_household fa
            Applications::of_visit fa
            Applications::inbox fa
            Applications::by_code fa
            Applications::counts 1
            Applications::inbox_to_take fa
            Papers::of_application fa
            Papers::copy a
        system
            People::household fP
            People::household_in_visit fP
            People::household_opened fP
            People::household_of f
            People::ever_joined f
            People::recent f
            People::helpers f
            People::search f
            People::similar f
            People::extract f
            People::pair f
            People::pair_to_decide a
            People::review f
            Corrections::get fa
            Corrections::answered fa
            Corrections::of_household fa
            Lists::imports f
            Lists::import f
            Lists::counts 5
            Lists::rows f
            Lists::row f
            Lists::rows_to_decide f
            Lists::row_counts 1
            Lists::row_to_decide f
            Lists::of_file f
            Lists::search f
            Lists::similar f
            Lists::received f
            Lists::likely f
            Lists::taken 1
            Lists::population 10
            Lists::sample f
            Visits::get fP
            Visits::waiting fP
            Visits::next_number 2
            Visits::counts 2
            Visits::screening fP
            Applications::get faP
            Applications::of_household faP
            Applications::of_visit faP
            Applications::using_fact aP
            Applications::inbox faP
            Applications::decided fa
            Applications::by_code faP
            Applications::codes aP
            Applications::counts 3
            Applications::history aP
            Applications::deliveries a
            Applications::household f
            Applications::receipts_of_visit faP
            Applications::receipts_of_household fa
            Applications::inbox_to_take fa
            Applications::language aP
            Applications::printed_again a
            Papers::of_household fa
            Papers::of_application faP
            Papers::copy aP
            Papers::tasks faP
            Grievances::get faPo
            Grievances::by_code fa
            Grievances::inbox aPo
            Grievances::counts 3
            Grievances::monthly 2
            Grievances::history aP
            Grievances::application faP
            Grievances::application_history aP
            Officers::list O
            Officers::by_login O
            Store::read_log f
            Store::reads f
            Store::journal_page faPo
            Insights::receiving f
            Insights::families f
    "#]]
    .assert_eq(&text);
});
