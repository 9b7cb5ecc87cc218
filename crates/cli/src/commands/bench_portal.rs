//! `onewindow bench-portal`: requests a second and waiting times of the public pages over real connections, and a flood of
//! wrong receipt codes beside somebody honest. Server and clients share the worker threads.
//!
//! Figures are printed, never asserted: they belong to the machine they were measured on.

pub(super) mod client;

use super::{Database, now, system};
use crate::{
    Outcome, demo,
    packs::{self, commit, say},
};
use client::Client;
use domain::{
    applications::{ReceiptCode, ReceiptIssued},
    event::Change,
    ids::ReceiptId,
    language::Lang,
};
use std::{
    net::SocketAddr,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};
use web::{App, Clock, Config};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Seconds of each measurement.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Connections that ask at once.
    #[arg(long, default_value_t = 64)]
    clients: usize,
    /// The policy pack's folder.
    #[arg(long, default_value = "programmes/pk")]
    pack: std::path::PathBuf,
    /// The check compiled for browsers, where `cargo xtask assets` has made it.
    #[arg(long, default_value = "crates/web/assets/made/check.wasm")]
    module: std::path::PathBuf,
}

/// What is asked again and again.
#[derive(Clone)]
struct Asking {
    name: &'static str,
    path: String,
    headers: Vec<(String, String)>,
    /// The form that is sent; without one the page is fetched.
    form: Option<String>,
}

impl Asking {
    fn page(name: &'static str, path: &str) -> Asking {
        Asking { name, path: path.to_owned(), headers: Vec::new(), form: None }
    }

    fn with(mut self, header: &str, value: &str) -> Asking {
        self.headers.push((header.to_owned(), value.to_owned()));
        self
    }

    fn sending(mut self, form: &str) -> Asking {
        self.form = Some(form.to_owned());
        self
    }
}

/// The first form of the check.
const KITCHEN: &str = "step=home&size=3&district=nowshera&province_permanent=khyber-pakhtunkhwa";
/// Its second form: who eats there.
const MEMBERS: &str = "step=members&m1_age=34&m1_sex=female&m1_marital=widowed&m1_relation=head\
    &m2_age=8&m2_sex=female&m2_marital=never_married&m2_relation=child\
    &m3_months=20&m3_sex=male&m3_marital=never_married&m3_relation=child";

/// The secret of the receipt that is tracked.
const SECRET: &str = "482913";

pub(crate) async fn run(args: Args) -> Outcome {
    let folder = std::env::temp_dir().join(format!("onewindow-bench-portal-{}", std::process::id()));
    let done = measure(&args, &folder).await;
    // What was measured is thrown away; a folder that stays is no reason to fail.
    let _ = std::fs::remove_dir_all(&folder);
    done.map(|()| ExitCode::SUCCESS)
}

async fn measure(args: &Args, folder: &std::path::Path) -> Result<(), String> {
    let app = started(args, folder).await?;
    let code = receipt(&app).await?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.map_err(say)?;
    let at = listener.local_addr().map_err(say)?;
    let server = tokio::spawn(axum::serve(listener, web::public(app.clone())).into_future());
    let mut first = Client::connect(at).await?;
    let home = first.get("/", &[]).await?;
    let tag = home.header("etag").unwrap_or_default();
    println!("page                              requests/s    median       p99   bytes");
    for (name, path) in [
        ("home", "/"),
        ("a situation", "/help/husband-died"),
        ("a programme", "/programmes/kpz-guzara"),
        ("search", "/find?q=bewah"),
        ("service sites of a district", "/sites?district=nowshera"),
        ("screener, first page", "/check"),
        ("style sheet", "/assets/style.css"),
    ] {
        ask(args, at, Asking::page(name, path)).await?;
    }
    let mut told = String::new();
    for form in [KITCHEN, MEMBERS] {
        let page = first.post("/check", "", &format!("{form}&answers={told}")).await?;
        told = page.value("answers").ok_or("The check gives no answers back.")?;
    }
    for (name, step) in [("screener, a question (POST)", "next"), ("screener, results (POST)", "results")] {
        ask(args, at, Asking::page(name, "/check").sending(&format!("step={step}&answers={told}"))).await?;
    }
    ask(args, at, Asking::page("home, unchanged (304)", "/").with("if-none-match", &tag)).await?;
    if app.config.module.is_some() {
        ask(args, at, Asking::page("the check for phones", "/offline/check.wasm")).await?;
        ask(args, at, Asking::page("its policy", "/offline/pack.json")).await?;
    }
    let cookie = opened(&mut first, &code).await?;
    let receipt = format!("/track/{}", code.plain());
    ask(args, at, Asking::page("tracking, opened before", &receipt).with("cookie", &cookie)).await?;
    flood(args, at, &code).await?;
    server.abort();
    app.store.close().await;
    Ok(())
}

async fn started(args: &Args, folder: &std::path::Path) -> Result<App, String> {
    let (files, pack) = packs::load(&args.pack)?;
    std::fs::create_dir_all(folder).map_err(say)?;
    let db = format!("sqlite:{}", folder.join("registry.sqlite").display());
    let store = Database { db, blobs: folder.join("blobs"), key_file: None }.open().await?;
    let config = Config {
        demo: true,
        public_url: "http://127.0.0.1:8081".to_owned(),
        fonts: None,
        letters: None,
        module: Some(args.module.clone()).filter(|file| file.is_file()),
        secure_cookies: false,
        centres: demo::centres(),
        clock: Clock::System,
        limits: web::request::Limits::default(),
    };
    let app = App::new(store, Arc::new(pack), config);
    demo::seed(&app, &files, demo::Volume::SMALL).await?;
    Ok(app)
}

/// A receipt over an application of the demo, with a secret that is known here.
async fn receipt(app: &App) -> Result<ReceiptCode, String> {
    let rows = app.store.applications(&system()).inbox(0, 1).await.map_err(say)?;
    let id = rows.first().ok_or("The demo made no application.")?.id;
    let application =
        app.store.applications(&system()).get(id).await.map_err(say)?.ok_or("The application is gone.")?;
    let code = ReceiptCode::from_random(0x0123_4567_89AB);
    let issued = ReceiptIssued {
        secret_hash: app.store.receipt_secret_hash(&code, SECRET),
        code: code.clone(),
        visit: None,
        household: application.submitted.household,
        applications: vec![id],
        protected: false,
        language: Lang::Ur,
    };
    let change = Change::after(ReceiptId(uuid::Uuid::now_v7()), 0, issued, app.today());
    app.store.commit(&system(), commit("bench/receipt", vec![change], now())).await.map_err(say)?;
    Ok(code)
}

/// Many connections ask the same as fast as they are answered.
async fn ask(args: &Args, at: SocketAddr, asking: Asking) -> Result<(), String> {
    let until = Instant::now() + Duration::from_secs(args.seconds);
    let name = asking.name;
    let mut clients = Vec::new();
    for _ in 0..args.clients {
        let (asking, mut client) = (asking.clone(), Client::connect(at).await?);
        clients.push(tokio::spawn(async move {
            let headers: Vec<(&str, &str)> = asking.headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            let (mut times, mut bytes) = (Vec::new(), 0);
            while Instant::now() < until {
                let began = Instant::now();
                let answer = match &asking.form {
                    None => client.get(&asking.path, &headers).await?,
                    Some(form) => client.post(&asking.path, "", form).await?,
                };
                if ![200, 304].contains(&answer.status) {
                    return Err(format!("{} answered {}", asking.path, answer.status));
                }
                times.push(began.elapsed());
                bytes = answer.bytes;
            }
            Ok((times, bytes))
        }));
    }
    let (mut times, mut bytes) = (Vec::new(), 0);
    for client in clients {
        match client.await.map_err(say)? {
            Ok((mine, size)) => {
                times.extend(mine);
                bytes = bytes.max(size);
            }
            Err(why) => {
                println!("{name:<32} not measured: {why}");
                return Ok(());
            }
        }
    }
    line(name, &mut times, args.seconds, bytes);
    Ok(())
}

fn line(name: &str, times: &mut [Duration], seconds: u64, bytes: usize) {
    times.sort_unstable();
    let per_second = times.len() as u64 / seconds.max(1);
    let (median, worst) = (at(times, 500), at(times, 990));
    println!("{name:<32} {per_second:>10}  {median:>6.1} ms  {worst:>6.1} ms  {bytes:>6}");
}

/// The waiting time that this many of a thousand stay below, in milliseconds.
fn at(sorted: &[Duration], permille: usize) -> f64 {
    let index = (sorted.len() * permille / 1000).min(sorted.len().saturating_sub(1));
    sorted.get(index).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}

/// Proves code and secret once; the cookie that says so.
async fn opened(client: &mut Client, code: &ReceiptCode) -> Result<String, String> {
    let answer = track(client, code, SECRET).await?;
    match answer.status {
        303 => Ok(answer.cookies()),
        status => Err(format!("The receipt does not open: {status}.")),
    }
}

/// Sends the tracking form as a browser does.
async fn track(client: &mut Client, code: &ReceiptCode, secret: &str) -> Result<client::Answer, String> {
    let form = client.get("/track", &[]).await?;
    let token = form.value("csrf").unwrap_or_default();
    let sent = format!("csrf={token}&command_id={}&code={}&secret={secret}", uuid::Uuid::now_v7(), code.plain());
    client.post("/track", &form.cookies(), &sent).await
}

/// Wrong codes on every connection but one, on which somebody honest opens a receipt again and again.
async fn flood(args: &Args, at_address: SocketAddr, code: &ReceiptCode) -> Result<(), String> {
    let until = Instant::now() + Duration::from_secs(args.seconds * 2);
    let mut wrong = Vec::new();
    for number in 0..args.clients.max(2) - 1 {
        let mut client = Client::connect(at_address).await?;
        wrong.push(tokio::spawn(async move {
            let mut tries = 0_u64;
            while Instant::now() < until {
                let code = ReceiptCode::from_random((number as u64) << 32 | tries);
                track(&mut client, &code, "000000").await?;
                tries += 1;
            }
            Ok::<u64, String>(tries)
        }));
    }
    let mut honest = Client::connect(at_address).await?;
    let (mut times, mut refused) = (Vec::new(), 0);
    while Instant::now() < until {
        let began = Instant::now();
        let answer = track(&mut honest, code, SECRET).await?;
        refused += u64::from(answer.status != 303);
        times.push(began.elapsed());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let mut tries = 0;
    for client in wrong {
        tries += client.await.map_err(say)??;
    }
    times.sort_unstable();
    println!(
        "flood of wrong codes: {} tries a second were let through on {} connections; the honest opened {} times, {refused} \
         refused, median {:.0} ms, p99 {:.0} ms, worst {:.0} ms (form and answer)",
        tries / (args.seconds * 2).max(1),
        args.clients - 1,
        times.len(),
        at(&times, 500),
        at(&times, 990),
        at(&times, 1000)
    );
    Ok(())
}
