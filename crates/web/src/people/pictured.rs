//! The square code in a photograph, or before a camera whose browser cannot read codes: looked for here, in memory, and
//! nothing of the picture is kept.

use crate::{
    App,
    papers::file,
    request::{PageError, Sent, Upload, Visitor},
    visits::visit,
};
use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::ids::VisitId;
use image::{GrayImage, imageops};

/// The field a picture comes in.
pub(super) const FIELD: &str = "picture";
/// Phones photograph far larger than a code needs; this long a side is looked at first.
const ENOUGH: u32 = 1600;

/// The text of the first square code of answers in a picture; nothing when there is none, or it is no picture.
pub(super) async fn read(upload: &Upload) -> Option<String> {
    let picture = file::grey(upload.bytes.clone()).await.ok()?;
    // A decoder that panics on a strange picture has found nothing.
    tokio::task::spawn_blocking(move || look(&picture)).await.ok().flatten()
}

/// Looks at the picture made smaller, then as it is: a code that fills it is found sooner in the small one.
fn look(picture: &GrayImage) -> Option<String> {
    let longest = picture.width().max(picture.height());
    let small = (longest > ENOUGH).then(|| {
        let side = |length: u32| (u64::from(length) * u64::from(ENOUGH) / u64::from(longest)).max(1) as u32;
        imageops::thumbnail(picture, side(picture.width()), side(picture.height()))
    });
    small.iter().chain([picture]).find_map(codes)
}

fn codes(picture: &GrayImage) -> Option<String> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let at = |x: usize, y: usize| picture.get_pixel(x as u32, y as u32).0[0];
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, at);
    let texts = prepared.detect_grids().into_iter().filter_map(|grid| grid.decode().ok());
    texts.map(|(_, text)| text).find(|text| text.get(..2).is_some_and(|head| head.eq_ignore_ascii_case("OW")))
}

/// `POST /visits/{visit}/carry/picture`: what a camera sees; its text when a code of answers is in it, and nothing when not.
pub async fn seen(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    visit::load(&app, &visitor, id).await?;
    let text = match sent.files.iter().find(|file| file.field == FIELD) {
        Some(picture) => read(picture).await,
        None => None,
    };
    Ok(match text {
        Some(text) => ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    })
}

/// `GET /visits/{visit}/carry/picture`: opened by hand, it leads to its page.
pub async fn back(Path(id): Path<VisitId>) -> Response {
    axum::response::Redirect::to(&format!("/visits/{id}/carry")).into_response()
}
