//! What a picture may claim to be: small files that claim much are refused before anything is unpacked, and real
//! photographs and white pages are taken.

use domain::papers::FileRefused;
use image::{DynamicImage, GrayImage, ImageFormat, Luma, Rgb, RgbImage};
use std::{io::Cursor, path::Path};
use web::papers::file::{clean, grey};

/// An input that the fuzzer keeps.
fn kept(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/pictures").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).expect("a picture is written");
    bytes.into_inner()
}

#[tokio::test]
async fn a_few_bytes_that_claim_millions_of_points_cost_nothing() {
    // Each passes over nine million points some twenty times, and holds none of them.
    for name in ["passes.jpg", "passes-more.jpg"] {
        assert_eq!(clean(kept(name)).await, Err(FileRefused::Unreadable), "{name}");
        assert_eq!(grey(kept(name)).await, Err(FileRefused::Unreadable), "{name}");
    }
    // The first rows of a photograph, whose head promises the rest.
    let mut half = encoded(RgbImage::from_pixel(2000, 1500, Rgb([90, 80, 70])), ImageFormat::Jpeg);
    half.truncate(3000);
    assert_eq!(clean(half).await, Err(FileRefused::Unreadable));
}

#[tokio::test]
async fn the_photograph_of_a_phone_is_taken_with_the_film_that_hangs_behind_it() {
    // Twelve megapixels, with the grain that every camera has.
    let grain = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761).wrapping_add(y.wrapping_mul(40_503)) >> 13) as u8 & 31;
    let photograph = RgbImage::from_fn(4000, 3000, |x, y| Rgb([90 + grain(x, y), (x / 20) as u8, (y / 20) as u8]));
    let mut bytes = encoded(photograph, ImageFormat::Jpeg);
    bytes.extend([0xFF, 0xDA].repeat(200));
    bytes.resize(bytes.len() + 2_000_000, 0x5A);
    let kept = clean(bytes).await.expect("a photograph of a phone");
    let kept = image::load_from_memory(&kept.bytes).expect("a picture");
    assert_eq!((kept.width(), kept.height()), (4000, 3000));
}

#[tokio::test]
async fn a_white_page_that_packs_to_almost_nothing_is_taken() {
    // In several passes, and with little more than a bit for each block.
    let page = clean(kept("white-page.jpg")).await.expect("a scan in passes");
    assert_eq!(image::load_from_memory(&page.bytes).expect("a picture").width(), 1240);
    // 48 megapixels with a line of ink.
    let page = GrayImage::from_fn(6000, 8000, |x, y| Luma([if y == 900 && x < 3000 { 0 } else { 255 }]));
    let bytes = encoded(page, ImageFormat::Png);
    let size = bytes.len();
    assert!(size < 500_000, "the page packs to {size} bytes");
    let kept = clean(bytes).await.unwrap_or_else(|why| panic!("{size} bytes: {why}"));
    assert!(kept.bytes.len() < 1_000_000);
}
