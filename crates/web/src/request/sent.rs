//! A sent form: of this site, of this session, and carried out once.

use super::{Fields, PageError, Visitor, error::Stale};
use crate::{App, people::helpers::here};
use axum::{
    body::Bytes,
    extract::{FromRequest, Multipart, Request},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Version,
    event::{Change, RecordKind},
    ids::{CommandId, VisitId},
};
use sha2::{Digest, Sha256};
use store::Command;

/// The most bytes of a form without files.
pub(super) const MAX_FORM: usize = 256 * 1024;

/// A file that came with a form.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    /// The field it came in.
    pub field: String,
    /// What the file was called where it came from; never trusted, only shown.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A form that passed: same site, same session, not carried out before.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The fields.
    pub fields: Fields,
    /// Files, for forms that upload.
    pub files: Vec<Upload>,
    /// The command it is.
    pub command: Command,
}

impl Sent {
    /// The record version the form was made from.
    pub fn version(&self) -> Option<Version> {
        self.fields.text("version").parse().ok()
    }

    /// Writes the changes and goes on to `to`. When the record moved on between reading and writing, the gate asks the
    /// handler once more with the same form; a handler that looks at the form's version then shows both answers.
    pub async fn carry_out(
        self,
        app: &App,
        visitor: &Visitor,
        changes: Vec<Change>,
        to: String,
    ) -> Result<Response, PageError> {
        let changes = stated(app, visitor, changes).await?;
        let commit = app.commit(self.command, changes, to);
        match app.store.commit(&visitor.scope, commit).await {
            Ok(done) => Ok(Redirect::to(done.outcome()).into_response()),
            Err(store::StoreError::Conflict(_)) => {
                Err(PageError::Moved(Box::new(Stale::plain(&self.fields, &visitor.address))))
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// What a helper who came alone may not do is not written. What is entered in a visit that came on paper was said on the visit's own day: the family's record and the visit carry
/// that day. Applications and receipts are made when they are entered, so that no promise runs out before it was given.
async fn stated(app: &App, visitor: &Visitor, mut changes: Vec<Change>) -> Result<Vec<Change>, PageError> {
    let visit = visitor.address.strip_prefix("/visits/").and_then(|rest| rest.split(['/', '?']).next());
    let Some(visit) = visit.and_then(|id| id.parse::<VisitId>().ok()) else { return Ok(changes) };
    let Some(visit) = app.store.visits(&visitor.scope).get(visit).await? else { return Ok(changes) };
    let helper = here::of_visit_now(app, visitor, &visit).await?;
    if helper.is_some_and(|helper| !changes.iter().all(|change| helper.allows(&change.event))) {
        return Err(PageError::NotByHelper);
    }
    if visit.stated.is_none() {
        return Ok(changes);
    }
    let said = |change: &&mut Change| matches!(change.record.kind, RecordKind::Household | RecordKind::Visit);
    changes.iter_mut().filter(said).for_each(|change| change.happened_on = change.happened_on.min(visit.day));
    Ok(changes)
}

impl FromRequest<App> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let Some(visitor) = request.extensions().get::<Visitor>().cloned() else {
            return Err(PageError::NotFound.into_response());
        };
        let route =
            request.extensions().get::<axum::extract::MatchedPath>().map(|p| p.as_str().to_owned()).unwrap_or_default();
        if !same_site(request.headers()) {
            return Err(PageError::OtherSite.into_response());
        }
        let (fields, files) = read(request, app).await.map_err(IntoResponse::into_response)?;
        if fields.text("csrf") != visitor.form_token {
            return Err(PageError::OldForm.into_response());
        }
        let id: CommandId = fields.text("command_id").parse().map_err(|_| PageError::BadForm.into_response())?;
        let command = Command {
            id,
            officer: visitor.scope.officer_id(),
            route,
            body_hash: hash(&visitor.address, &fields, &files),
        };
        // A repeat of what was carried out is answered with where it led; it is not carried out again.
        match app.store.seen(&visitor.scope, command.clone()).await {
            Ok(Some(outcome)) => Err(Redirect::to(&outcome).into_response()),
            Ok(None) => Ok(Sent { fields, files, command }),
            Err(error) => Err(PageError::from(error).into_response()),
        }
    }
}

/// Whether a post comes from a page of this site: browsers say so; what says nothing has no cookies to misuse.
pub(super) fn same_site(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match (text("origin"), text(header::HOST.as_str())) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        _ => true,
    }
}

async fn read(request: Request, app: &App) -> Result<(Fields, Vec<Upload>), PageError> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    if kind.starts_with("multipart/form-data") {
        let multipart = Multipart::from_request(request, app).await.map_err(|_| PageError::BadForm)?;
        return read_parts(multipart).await;
    }
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(PageError::BadForm);
    }
    let bytes = Bytes::from_request(request, app).await.map_err(|_| PageError::TooLarge)?;
    if bytes.len() > MAX_FORM {
        return Err(PageError::TooLarge);
    }
    let body = std::str::from_utf8(&bytes).map_err(|_| PageError::BadForm)?;
    Ok((Fields::parse(body), Vec::new()))
}

async fn read_parts(mut multipart: Multipart) -> Result<(Fields, Vec<Upload>), PageError> {
    let (mut fields, mut files) = (Fields::default(), Vec::new());
    while let Some(part) = multipart.next_field().await.map_err(|_| PageError::TooLarge)? {
        let name = part.name().unwrap_or_default().to_owned();
        let called = part.file_name().map(linkage::text::clean_input).unwrap_or_default();
        let file = part.file_name().map(|name| !name.is_empty());
        let bytes = part.bytes().await.map_err(|_| PageError::TooLarge)?;
        match file {
            Some(true) => files.push(Upload { field: name, name: called, bytes: bytes.into() }),
            // A file field left empty is sent as a file without a name.
            Some(false) => {}
            None => fields.add(&name, std::str::from_utf8(&bytes).map_err(|_| PageError::BadForm)?),
        }
    }
    Ok((fields, files))
}

/// The hash of what was sent, without the session's token: a form kept over a new sign-in is the same command.
fn hash(address: &str, fields: &Fields, files: &[Upload]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(address.as_bytes());
    for (name, value) in fields.iter().filter(|(name, _)| *name != "csrf") {
        for text in [name, value] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        }
    }
    for file in files {
        hash.update(Sha256::digest(&file.bytes));
    }
    hash.finalize().to_vec()
}
