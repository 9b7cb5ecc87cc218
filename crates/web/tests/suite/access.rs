//! Administration and audit: appointing, changing, first passwords; who may see the read log and the seals.

use crate::common::{Browser, World};

/// A desk officer's appointment.
const CLERK: &[(&str, &str)] = &[
    ("login", "clerk.two"),
    ("name", "Noor Rehman"),
    ("role", "registration_clerk"),
    ("centre", "nowshera"),
    ("district", "nowshera"),
];

#[tokio::test]
async fn a_first_password_is_shown_once_and_must_be_changed() {
    let world = World::new().await;
    let mut admin = world.desk("admin").await;
    admin.get("/officers").await;
    let shown = admin.post("/officers", CLERK).await;
    assert_eq!(shown.status, 200);
    let password =
        shown.text().split("class=\"ltr code\">").nth(1).and_then(|t| t.split('<').next()).map(str::to_owned);
    let password = password.expect("a password");
    assert!(!admin.get("/officers").await.has(&password));
    let mut clerk = world.office();
    clerk.get("/sign-in").await;
    let page = clerk.post("/sign-in", &[("user", "clerk.two"), ("password", &password)]).await;
    assert_eq!(page.location(), "/password");
    assert_eq!(clerk.get("/desk").await.location(), "/password", "nothing opens before the change");
}

#[tokio::test]
async fn an_appointment_that_may_not_be_is_refused_in_words() {
    let world = World::new().await;
    let mut admin = world.desk("admin").await;
    admin.get("/officers").await;
    let replaced = |name: &'static str, value: &'static str| {
        let mut fields: Vec<(&str, &str)> = CLERK.iter().copied().filter(|(field, _)| *field != name).collect();
        fields.push((name, value));
        fields
    };
    let mut pair = CLERK.to_vec();
    pair.extend([("role", "department_focal"), ("operator", "bisp")]);
    let cases = [
        (pair, "One person may not hold both roles"),
        (replaced("role", "nonsense"), "Choose at least one role."),
        (replaced("centre", ""), "works at a centre"),
        (replaced("role", "department_focal"), "works for a department in a district"),
        (replaced("login", "No Spaces"), "A sign-in name has 3 to 40"),
        (replaced("login", "clerk.nsr"), "This sign-in name is taken."),
        (replaced("name", " "), "Write the name"),
    ];
    for (fields, sentence) in cases {
        let page = admin.post("/officers", &fields).await;
        assert_eq!(page.status, 422, "{fields:?}");
        assert!(page.has(sentence), "{fields:?} should say {sentence}");
    }
    let officers = world.app.store.officers(&world.system).list().await.expect("the officers");
    assert_eq!(officers.len(), crate::common::cast::officers().len());
}

/// The address of an officer's page.
async fn officer(world: &World, login: &str) -> String {
    let officer = world.app.store.officers(&world.system).by_login(login).await.expect("an answer").expect("there");
    format!("/officers/{}", officer.id)
}

async fn change(admin: &mut Browser, to: &str, version: &str, more: &[(&str, &str)]) -> crate::common::Page {
    let mut fields = vec![("version", version), ("centre", "nowshera"), ("district", "nowshera"), ("active", "yes")];
    fields.retain(|(name, _)| !more.iter().any(|(given, _)| given == name));
    fields.extend(more);
    admin.post(to, &fields).await
}

#[tokio::test]
async fn a_change_needs_a_reason_and_ends_the_officers_sessions() {
    let world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    let to = officer(&world, "clerk.nsr").await;
    let mut admin = world.desk("admin").await;
    let version = admin.get(&to).await.value("version").expect("a version");
    let roles = [("role", "registration_clerk"), ("role", "social_worker")];
    let page = change(&mut admin, &to, &version, &roles).await;
    assert_eq!(page.status, 422);
    assert!(page.has("Write why this changes."));
    let mut why = roles.to_vec();
    why.push(("reason", "also assesses from today"));
    assert_eq!(change(&mut admin, &to, &version, &why).await.status, 303);
    assert!(clerk.get("/desk").await.location().starts_with("/sign-in"));
    // The old version is stale now, and both answers are shown.
    let stale = change(&mut admin, &to, &version, &[("role", "token_counter"), ("reason", "again")]).await;
    assert_eq!(stale.status, 409);
    assert!(stale.has("registration clerk, social worker") && stale.has("token counter"));
}

#[tokio::test]
async fn nobody_changes_their_own_rights() {
    let world = World::new().await;
    let to = officer(&world, "admin").await;
    let mut admin = world.desk("admin").await;
    let version = admin.get(&to).await.value("version").expect("a version");
    let asked = [("role", "administrator"), ("role", "auditor"), ("reason", "more to see")];
    let page = change(&mut admin, &to, &version, &asked).await;
    assert_eq!(page.status, 422);
    assert!(page.has("This is your own account."));
    assert_eq!(admin.post(&format!("{to}/password"), &[]).await.location(), "/password");
}

#[tokio::test]
async fn a_locked_out_officer_gets_a_new_first_password_and_the_old_one_ends() {
    let world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    let to = officer(&world, "clerk.nsr").await;
    let mut admin = world.desk("admin").await;
    admin.get(&to).await;
    assert_eq!(admin.post(&format!("{to}/password"), &[]).await.status, 200);
    assert!(clerk.get("/desk").await.location().starts_with("/sign-in"), "the open session ended");
    clerk.get("/sign-in").await;
    let again = clerk.post("/sign-in", &[("user", "clerk.nsr"), ("password", crate::common::PASSWORD)]).await;
    assert_eq!(again.status, 422, "the old password opens nothing");
}

#[tokio::test]
async fn auditors_read_the_log_and_the_newest_seal_and_others_do_not() {
    let world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    world.registered(&mut clerk).await;
    world.app.store.seal(world.app.now()).await.expect("a seal");
    let seal = world.app.store.newest_seal().await.expect("an answer").expect("a seal");
    let mut auditor = world.desk("auditor").await;
    let journal = auditor.get("/access/journal").await;
    assert!(journal.has(&seal.hash[..8]) && journal.has(&seal.hash[56..]));
    assert_eq!(auditor.get("/access/reads").await.status, 200);
    assert_eq!(auditor.get("/insights").await.status, 200);
    for login in ["admin", "clerk.nsr", "zakat.nsr"] {
        let mut other = world.desk(login).await;
        assert_eq!(other.get("/access/reads").await.status, 404, "{login}");
        assert_eq!(other.get("/access/journal").await.status, 404, "{login}");
    }
}

#[tokio::test]
async fn an_auditor_takes_an_extract_of_the_journal_and_that_is_logged() {
    let world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    world.registered(&mut clerk).await;
    world.app.store.seal(world.app.now()).await.expect("a seal");
    let mut auditor = world.desk("auditor").await;
    let page = auditor.get("/access/journal").await;
    assert!(page.has("action=\"/access/journal/extract\"") && page.has("name=\"from\""));
    let extract = auditor.get("/access/journal/extract?from=&to=").await;
    assert_eq!(extract.status, 200);
    assert!(
        extract.has("\"onewindow_extract\":1") && extract.has("household-registered") && extract.has("\"end\":true")
    );
    assert!(!extract.has("Amina") && !extract.has("1720123456782"), "no content");
    assert!(auditor.get("/access/reads").await.has("journal extract"), "it stands in the read log");
    for wrong in ["from=2026-12-02&to=2026-12-01", "from=yesterday"] {
        let page = auditor.get(&format!("/access/journal/extract?{wrong}")).await;
        assert_eq!(page.status, 422, "{wrong}");
        assert!(page.has("id=\"days-error\"") && page.has(&wrong[5..9]), "what was typed is kept: {wrong}");
    }
    for login in ["admin", "clerk.nsr", "zakat.nsr"] {
        assert_eq!(world.desk(login).await.get("/access/journal/extract").await.status, 404, "{login}");
    }
}
