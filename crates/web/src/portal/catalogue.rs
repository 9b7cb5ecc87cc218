//! Every programme by name, under who runs it.

use crate::{
    App,
    request::{PageError, Visitor},
    shell::{Shell, open_page},
};
use askama::Template;
use axum::{extract::State, response::Response};

#[derive(Template)]
#[template(path = "portal/catalogue.html")]
struct CataloguePage {
    shell: Shell,
    operators: Vec<(String, Vec<(String, String)>)>,
}

/// `GET /programmes`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let t = visitor.t();
    let of = |operator: &rules::pack::catalogue::Operator| {
        let mine = app.pack.programmes().iter().filter(|programme| programme.operator == operator.id);
        let line =
            |p: &rules::pack::programme::Programme| (format!("/programmes/{}", p.id), t.pack(&p.name.words).to_owned());
        (t.pack(&operator.name).to_owned(), mine.map(line).collect::<Vec<_>>())
    };
    let operators = app.pack.operators().iter().map(of).filter(|(_, mine)| !mine.is_empty()).collect();
    open_page(&CataloguePage { shell: visitor.shell(&app), operators })
}
