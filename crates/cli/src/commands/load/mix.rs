//! What a desk asks for: pages of families on file, a search, and tokens, which are written.

use super::fire::{Kind, Sent};
use crate::commands::bench_portal::client::{Answer, Client};
use std::net::SocketAddr;
use uuid::Uuid;

/// A clerk's browser: the cookies and the form token of a session, and the visits it may open.
pub(crate) struct Desk {
    cookie: String,
    csrf: String,
    visits: Vec<String>,
}

/// Signs a clerk in over the wire.
pub(super) async fn sign_in(at: SocketAddr, login: &str, password: &str, visits: Vec<String>) -> Result<Desk, String> {
    let mut client = Client::connect(at).await?;
    let form = client.get("/sign-in", &[("accept-encoding", "identity")]).await?;
    let token = csrf(&form);
    let body = format!("csrf={token}&command_id={}&user={login}&password={password}&next=", Uuid::now_v7());
    let answer = client.post("/sign-in", &form.cookies(), &body).await?;
    if answer.status != 303 {
        return Err(format!("{login} could not sign in: {}.", answer.status));
    }
    let cookie = format!("{}; {}", form.cookies(), answer.cookies());
    let page = client.get("/desk", &[("cookie", &cookie), ("accept-encoding", "identity")]).await?;
    Ok(Desk { csrf: csrf(&page), cookie, visits })
}

fn csrf(page: &Answer) -> String {
    let text = page.text();
    let value = text.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    value.unwrap_or_default().to_owned()
}

/// The request of this number: of ten, four write a token, one searches, five open pages of a family.
pub(super) fn kind(number: u64) -> Kind {
    match number % 10 {
        0 | 3 | 5 | 8 => Kind::Write,
        6 => Kind::Search,
        _ => Kind::Page,
    }
}

/// Sends one request of a kind.
pub(super) async fn send(client: &mut Client, desks: &[Desk], kind: Kind, number: u64) -> Result<Sent, String> {
    let place = usize::try_from(number).unwrap_or(0) % desks.len();
    let desk = &desks[place];
    let turn = usize::try_from(number).unwrap_or(0) / desks.len();
    let visit = desk.visits.get(turn % desk.visits.len().max(1)).cloned().unwrap_or_default();
    match kind {
        Kind::Write => {
            let command = Uuid::now_v7();
            let answer = client.post("/desk", &desk.cookie, &token(desk, command)).await?;
            Ok(Sent { status: answer.status, command: Some((place, command)) })
        }
        Kind::Search => {
            let body = format!("csrf={}&command_id={}&q=Gulalai%2C%20Noor%20Rehman", desk.csrf, Uuid::now_v7());
            let answer = client.post("/people", &desk.cookie, &body).await?;
            Ok(Sent { status: answer.status, command: None })
        }
        Kind::Page => {
            let path = [visit.clone(), format!("{visit}/household"), format!("{visit}/programmes")][turn % 3].clone();
            let answer = client.get(&path, &[("cookie", &desk.cookie)]).await?;
            Ok(Sent { status: answer.status, command: None })
        }
    }
}

fn token(desk: &Desk, command: Uuid) -> String {
    format!("csrf={}&command_id={command}&counter=women&topic=question&language=ur", desk.csrf)
}

/// Sends a token's form once more; the answer's status.
pub(super) async fn write(at: SocketAddr, desk: &Desk, command: Uuid) -> Result<u16, String> {
    let mut client = Client::connect(at).await?;
    Ok(client.post("/desk", &desk.cookie, &token(desk, command)).await?.status)
}
