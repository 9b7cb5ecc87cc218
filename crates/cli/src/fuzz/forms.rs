//! Every form that strangers can send, through the public router with its gate: an input is an address in its first line
//! and a body in the rest. An answer of 500 is a failure as much as a panic.

use super::Target;
use crate::commands::{
    Database,
    bench_clerk::form::{Form, Kind},
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, header},
};
use std::sync::Arc;
use tower::ServiceExt;
use web::{App, Clock, Config, request::Limits};

/// The public pages over an empty registry.
pub(super) struct Forms {
    runtime: tokio::runtime::Runtime,
    app: App,
    router: Router,
    /// Inputs since the pages were made.
    sent: usize,
    /// The page of the last answer.
    page: String,
    _folder: tempfile::TempDir,
}

impl Forms {
    pub(super) fn new(pack: &Arc<rules::Pack>) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let db = format!("sqlite:{}", folder.path().join("registry.sqlite").display());
        let database = Database { db, blobs: folder.path().join("blobs"), key_file: None };
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let store = runtime.block_on(database.open())?;
        let config = Config {
            demo: false,
            public_url: "http://127.0.0.1:8081".to_owned(),
            fonts: None,
            letters: None,
            module: None,
            secure_cookies: false,
            centres: crate::demo::centres(),
            clock: Clock::System,
            limits: Limits::default(),
        };
        let app = App::new(store, pack.clone(), config);
        let router = web::public(app.clone());
        Ok(Forms { runtime, app, router, sent: 0, page: String::new(), _folder: folder })
    }

    async fn send(router: Router, address: &str, body: Vec<u8>) -> Result<(u16, String), String> {
        let request = Request::post(address)
            .header(header::COOKIE, "public-form=token; lang=en")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let Ok(request) = request.body(Body::from(body)) else { return Ok((0, "no address".to_owned())) };
        let Ok(response) = router.oneshot(request).await;
        let status = response.status().as_u16();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.map_err(|error| error.to_string())?;
        Ok((status, String::from_utf8_lossy(&bytes).into_owned()))
    }
}

impl Target for Forms {
    fn name(&self) -> &'static str {
        "forms"
    }

    fn read(&mut self, input: &[u8]) -> Result<String, String> {
        let (address, typed) =
            input.iter().position(|byte| *byte == b'\n').map_or((input, &[][..]), |at| input.split_at(at));
        let address = String::from_utf8_lossy(address).trim().to_owned();
        let known = web::router::TABLE
            .iter()
            .any(|row| row.method == "POST" && address.starts_with(row.path.split('{').next().unwrap_or("/")));
        if !known {
            return Ok("elsewhere".to_owned());
        }
        // Who sends many wrong codes is slowed, which is measured elsewhere: new pages have forgotten it.
        self.sent += 1;
        if self.sent.is_multiple_of(25) {
            let app = &self.app;
            self.router = web::public(App::new(app.store.clone(), app.pack.clone(), app.config.clone()));
        }
        let mut body = format!("csrf=token&command_id={}&", uuid::Uuid::now_v7()).into_bytes();
        body.extend(typed.iter().copied().filter(|byte| *byte != b'\n'));
        let (status, page) = self.runtime.block_on(Self::send(self.router.clone(), &address, body))?;
        if status == 500 {
            return Err(format!("{address} answered 500"));
        }
        let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap_or_default();
        let first = page.split("<li><a href=\"#").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let step =
            page.split("name=\"step\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let route = address.split('/').nth(1).unwrap_or_default().to_owned();
        let plain: String =
            format!("{route} {status} {title} {first} {step}").chars().filter(|c| !c.is_ascii_digit()).collect();
        self.page = page;
        Ok(plain.chars().take(160).collect())
    }

    /// Every form of the last page as it would be sent, and once more for each thing that can be chosen or pressed.
    fn follow(&mut self) -> Vec<Vec<u8>> {
        let mut all = Vec::new();
        let actions =
            self.page.split("<form ").skip(1).filter_map(|form| form.split("action=\"").nth(1)?.split('"').next());
        for action in actions {
            let Some(form) = Form::of(&self.page, action) else { continue };
            let input = |form: &Form| {
                let mine = |name: &str| name != "csrf" && name != "command_id";
                let fields = form.fields.iter().filter(|field| mine(&field.name)).cloned().collect();
                format!("{action}\n{}", Form { fields }.body()).into_bytes()
            };
            all.push(input(&form));
            let chosen = form.fields.iter().filter(|field| !matches!(field.kind, Kind::Hidden | Kind::Text));
            for field in chosen.take(8) {
                let mut other = form.clone();
                other.set(&field.name, &field.value);
                all.push(input(&other));
            }
        }
        all.truncate(32);
        all
    }
}
