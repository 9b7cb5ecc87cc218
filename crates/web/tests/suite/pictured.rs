//! The square code in a photograph is read at the desk, also where no script runs; a picture without one says so.

use crate::check::amina;
use crate::common::{World, pack};
use image::{GrayImage, ImageFormat, Luma, imageops};
use screener::{carry, qr};
use std::io::Cursor;

/// The drawing of a code as a picture, so many points a module, a little turned as a hand holds it.
fn photograph(text: &str, scale: u32) -> Vec<u8> {
    let drawn = qr::draw(text).expect("a code");
    let side = u32::try_from(drawn.side).expect("small") * scale;
    let mut picture = GrayImage::from_pixel(side * 2, side * 2, Luma([214]));
    for bar in drawn.path.split('M').skip(1) {
        let numbers: Vec<u32> =
            bar.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
        let [x, y, run, ..] = numbers[..] else { panic!("a bar reads {bar}") };
        for (dx, dy) in (0..run * scale).flat_map(|dx| (0..scale).map(move |dy| (dx, dy))) {
            picture.put_pixel(side / 3 + x * scale + dx, side / 4 + y * scale + dy, Luma([31]));
        }
    }
    let blurred = imageops::blur(&picture, 0.8);
    let mut bytes = Vec::new();
    blurred.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).expect("a picture");
    bytes
}

#[tokio::test]
async fn a_photograph_of_the_code_is_read_and_one_without_a_code_says_so() {
    let world = World::new().await;
    let code = carry::write(&pack(), &amina());
    let mut clerk = world.desk("clerk.nsr").await;
    let visit = world.visit(&mut clerk).await;
    let (form, camera) = (format!("{visit}/carry"), format!("{visit}/carry/picture"));
    clerk.get(&form).await;
    for scale in [3, 14] {
        let seen = clerk.upload(&camera, &[], ("picture", &photograph(&code, scale))).await;
        assert_eq!((seen.status, seen.text()), (200, code.clone()), "{scale} points a module");
    }
    clerk.get(&form).await;
    let read = clerk.upload(&form, &[("code", "")], ("picture", &photograph(&code, 4))).await;
    assert_eq!(read.status, 200, "{}", read.text());
    assert_eq!(read.value("carried"), Some(code.clone()));
    clerk.get(&form).await;
    let other = photograph("https://example.test/menu", 5);
    assert_eq!(clerk.upload(&camera, &[], ("picture", &other)).await.status, 204, "a code of something else");
    for picture in [other.as_slice(), b"no picture at all"] {
        let refused = clerk.upload(&form, &[("code", "")], ("picture", picture)).await;
        assert_eq!(refused.status, 422);
        assert!(refused.has("No code was found in it."));
    }
    let typed = clerk.upload(&form, &[("code", &code)], ("picture", &other)).await;
    assert_eq!(typed.status, 200, "what was typed counts");
}
