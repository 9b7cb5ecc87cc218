//! What every test of the pages stands on: the real pack, a registry of its own, the officers, and browsers.
//!
//! `World::new()` makes a fresh registry; `world.desk("clerk.nsr")` signs in and gives a browser that keeps cookies and
//! fills in the form token and a fresh command id.

#![allow(dead_code, unused_imports, reason = "each test binary uses a part of this")]

pub mod browser;
pub mod cast;

pub use browser::{Browser, Page};

use domain::{
    Instant,
    event::Change,
    ids::{CommandId, OfficerId},
};
use std::{
    fs,
    path::Path,
    sync::{Arc, LazyLock},
};
use store::{Command, Commit, Scope, Store, SystemKey};
use tempfile::TempDir;
use web::{App, Clock, Config, app::Centre};

/// The password of every officer.
pub const PASSWORD: &str = "nine quiet sparrows";

static PACK: LazyLock<Arc<rules::Pack>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes/pk");
    let mut files = Vec::new();
    read(&folder, &folder, &mut files);
    files.sort();
    let borrowed: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    match rules::Pack::load(&borrowed) {
        Ok(pack) => Arc::new(pack),
        Err(errors) => panic!("the pack has mistakes: {errors:#?}"),
    }
});

fn read(root: &Path, folder: &Path, into: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the pack's folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(root, &path, into);
        } else if path.extension().is_some_and(|ending| ending == "toml" || ending == "csv") {
            let name = path.strip_prefix(root).expect("inside the pack").to_string_lossy().into_owned();
            into.push((name, fs::read_to_string(&path).expect("a policy file")));
        }
    }
}

/// The time of every test: 22 November 2026, nine in the morning in Pakistan.
pub fn now() -> Instant {
    "2026-11-22T04:00:00Z".parse().expect("an instant")
}

/// The real pack, read once.
pub fn pack() -> Arc<rules::Pack> {
    PACK.clone()
}

/// A fresh registry with its officers, gone when the test is over.
pub struct World {
    /// The pages' shared parts.
    pub app: App,
    /// The scope of the program itself, to look behind the pages.
    pub system: Scope,
    _folder: TempDir,
}

impl World {
    /// A registry without families, on SQLite.
    pub async fn new() -> World {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite:{}", folder.path().join("registry.db").display());
        let store = Store::open(&url, &folder.path().join("papers")).await.expect("the store opens");
        let centre = |id: &str, phone: &str| Centre { id: id.into(), district: id.into(), phone: phone.to_owned() };
        let config = Config {
            demo: false,
            public_url: "http://onewindow.test".to_owned(),
            fonts: None,
            letters: None,
            module: None,
            secure_cookies: false,
            centres: vec![centre("nowshera", "0923 000 000"), centre("lower-dir", "0945 000 000")],
            clock: Clock::Fixed(now()),
            limits: web::request::Limits::default(),
        };
        let app = App::new(store, pack(), config);
        let world = World { app, system: Scope::system(SystemKey::for_this_program()), _folder: folder };
        world.appoint().await;
        world
    }

    async fn appoint(&self) {
        let appointed = |officer| Change::after(OfficerId(uuid::Uuid::now_v7()), 0, officer, self.app.today());
        self.commit(cast::officers().into_iter().map(appointed).collect()).await;
    }

    /// Writes events behind the pages, as the program itself.
    pub async fn commit(&self, changes: Vec<Change>) {
        let id = CommandId(uuid::Uuid::now_v7());
        let command = Command { id, officer: None, route: "test".to_owned(), body_hash: id.0.as_bytes().to_vec() };
        let commit = Commit { command, changes, outcome: String::new(), at: self.app.now() };
        self.app.store.commit(&self.system, commit).await.expect("the events are written");
    }

    /// A browser at the officers' pages that is not signed in.
    pub fn office(&self) -> Browser {
        Browser::new(web::office(self.app.clone()))
    }

    /// A browser at the public pages.
    pub fn public(&self) -> Browser {
        Browser::new(web::public(self.app.clone()))
    }

    /// A browser in which this officer is signed in; the names are those of [`cast::officers`].
    pub async fn desk(&self, login: &str) -> Browser {
        let officer = self.app.store.officers(&self.system).by_login(login).await.expect("an answer");
        let officer = officer.unwrap_or_else(|| panic!("no officer is called {login}"));
        self.app.store.keep_password(officer.id, PASSWORD, false).await.expect("a password");
        let mut browser = self.office();
        browser.get("/sign-in").await;
        let page = browser.post("/sign-in", &[("user", login), ("password", PASSWORD)]).await;
        assert_eq!(page.status, 303, "{login} signs in");
        if page.location() == "/sign-in/code" {
            // An earlier window of this officer took this moment's code.
            self.commit(vec![self.lost_phone(login).await]).await;
            return Box::pin(self.desk(login)).await;
        }
        if page.location() == "/sign-in/second" {
            self.enrol(&mut browser).await;
        }
        // Any page of the session brings its form token.
        browser.get("/password").await;
        browser
    }

    /// Confirms the second step that this browser is asked for; the secret and the recovery codes.
    pub async fn enrol(&self, browser: &mut Browser) -> (String, Vec<String>) {
        let page = browser.get("/sign-in/second").await;
        let secret = shown_secret(&page);
        let code = store::access::code_at(&secret, self.app.now()).expect("a code");
        let page = browser.post("/sign-in/second", &[("code", &code)]).await;
        assert_eq!(page.status, 200, "the second step is enrolled: {}", page.text());
        (secret, page.codes())
    }

    /// A reset of an officer's second step, as the program itself writes it.
    pub async fn lost_phone(&self, login: &str) -> Change {
        let officer = self.app.store.officers(&self.system).by_login(login).await.expect("an answer").expect("there");
        let reset = domain::access::SecondStepReset { reason: "the phone is lost".to_owned() };
        Change::after(officer.id, officer.version, reset, self.app.today())
    }

    /// A visit of a woman who wants help, opened by this browser; its address, `/visits/...`.
    pub async fn visit(&self, desk: &mut Browser) -> String {
        desk.get("/desk").await;
        let page = desk.post("/desk", &[("counter", "women"), ("topic", "help"), ("language", "ur")]).await;
        assert_eq!(page.status, 303, "a token is issued: {}", page.text());
        let waiting = desk.get("/desk").await;
        let mut addresses = waiting.links("/visits/");
        addresses.pop().expect("the token is in the list")
    }

    /// A visit in which Amina Bibi's family is registered by its head; the rest of the cast is added by [`Self::family`].
    pub async fn registered(&self, desk: &mut Browser) -> String {
        let visit = self.visit(desk).await;
        desk.get(&format!("{visit}/register")).await;
        let page = desk.post(&format!("{visit}/register"), &cast::amina_form()).await;
        assert_eq!(page.status, 303, "Amina Bibi is registered: {}", page.text());
        visit
    }

    /// A visit with Amina Bibi, Bilal, Zainab and Hamza, said to be all the members.
    pub async fn family(&self, desk: &mut Browser) -> String {
        let visit = self.registered(desk).await;
        for child in cast::children_forms() {
            desk.get(&format!("{visit}/members/new")).await;
            let page = desk.post(&format!("{visit}/members/new"), &child).await;
            assert_eq!(page.status, 303, "a child is added: {}", page.text());
        }
        desk.get(&format!("{visit}/household")).await;
        let page = desk.post(&format!("{visit}/members-complete"), &[("complete", "yes")]).await;
        assert_eq!(page.status, 303, "the list is complete: {}", page.text());
        visit
    }

    /// The household of a visit, with everything, as the program itself sees it.
    pub async fn household(&self, visit: &str) -> domain::people::Household {
        let id = visit.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a visit's address");
        let visit = self.app.store.visits(&self.system).get(id).await.expect("an answer").expect("the visit");
        let household = visit.household.expect("the visit has a household");
        self.app.store.people(&self.system).household(household).await.expect("an answer").expect("the household")
    }
}

/// The secret on the enrolment page, in base 32.
pub fn shown_secret(page: &Page) -> String {
    let text = page.text();
    let (_, after) = text.split_once("id=\"secret\"").expect("the secret is on the page");
    let block = after.split("</p>").next().unwrap_or_default();
    block.split("code\">").skip(1).filter_map(|rest| rest.split('<').next()).collect()
}
