//! A place on the map in whole millionths of a degree: nothing here needs a floating point.

use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Millionths in a degree.
const DEGREE: i64 = 1_000_000;
/// Metres in a degree of latitude (the meridian of WGS 84, mean).
const METRES: i64 = 111_133;
/// The cosine of 23 to 38 degrees of latitude, in thousandths: how much shorter a degree of longitude is there.
const COSINES: [i64; 16] = [921, 914, 906, 899, 891, 883, 875, 866, 857, 848, 839, 829, 819, 809, 799, 788];

/// A point within Pakistan, in millionths of a degree (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Point {
    /// North.
    pub lat: i32,
    /// East.
    pub lon: i32,
}

/// Why typed coordinates are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PointRefused {
    /// Not of the shape `34.0158, 71.9812`.
    #[error("Write coordinates as 34.0158, 71.9812: north first, in degrees.")]
    Shape,
    /// Outside the country.
    #[error("This point is not in Pakistan. North comes first, then east.")]
    Elsewhere,
}

impl Point {
    /// A point from its two decimal numbers of degrees.
    ///
    /// # Errors
    /// [`PointRefused`] says what is wrong.
    pub fn of(lat: &str, lon: &str) -> Result<Point, PointRefused> {
        let (lat, lon) = (micro(lat)?, micro(lon)?);
        let inside = (23 * DEGREE..=38 * DEGREE).contains(&lat) && (60 * DEGREE..=78 * DEGREE).contains(&lon);
        let whole = |n: i64| i32::try_from(n).map_err(|_| PointRefused::Elsewhere);
        if inside { Ok(Point { lat: whole(lat)?, lon: whole(lon)? }) } else { Err(PointRefused::Elsewhere) }
    }

    /// How far it is to another point, in metres, as the crow flies; good to one percent within a province.
    pub fn metres_to(self, other: Point) -> i64 {
        let middle = (i64::from(self.lat) + i64::from(other.lat)) / 2 / DEGREE;
        let at = usize::try_from((middle - 23).clamp(0, 15)).unwrap_or(0);
        let north = (i64::from(self.lat) - i64::from(other.lat)) * METRES / DEGREE;
        let east = (i64::from(self.lon) - i64::from(other.lon)) * METRES / DEGREE * COSINES[at] / 1000;
        (north * north + east * east).isqrt()
    }
}

/// Decimal degrees as millionths; digits past the sixth are dropped.
fn micro(text: &str) -> Result<i64, PointRefused> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || !digits(whole) || !digits(fraction) {
        return Err(PointRefused::Shape);
    }
    let fraction: String = fraction.chars().chain("000000".chars()).take(6).collect();
    let number = |text: &str| text.parse::<i64>().map_err(|_| PointRefused::Shape);
    Ok(number(whole)? * DEGREE + number(&fraction)?)
}

impl FromStr for Point {
    type Err = PointRefused;

    /// `34.0158, 71.9812`, with a comma or a space between.
    fn from_str(text: &str) -> Result<Point, PointRefused> {
        let parts: Vec<&str> = text.split([',', '،', ' ', ';']).filter(|part| !part.is_empty()).collect();
        match parts[..] {
            [lat, lon] => Point::of(lat, lon),
            _ => Err(PointRefused::Shape),
        }
    }
}

impl std::fmt::Display for Point {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let degrees = |n: i32| format!("{}.{:06}", n / 1_000_000, n % 1_000_000);
        write!(f, "{}, {}", degrees(self.lat), degrees(self.lon))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_read_whole() {
        let check = |typed: &str, want: Result<&str, PointRefused>| {
            assert_eq!(typed.parse::<Point>().map(|p| p.to_string()), want.map(str::to_owned), "{typed}");
        };
        check("34.0158, 71.9812", Ok("34.015800, 71.981200"));
        check("34 72", Ok("34.000000, 72.000000"));
        check("34.01581234,71.98", Ok("34.015812, 71.980000"));
        check("71.98, 34.01", Err(PointRefused::Elsewhere));
        check("34.0158", Err(PointRefused::Shape));
        check("34.x, 71", Err(PointRefused::Shape));
    }

    #[test]
    fn distances_are_good_to_a_percent() {
        let point = |text: &str| text.parse::<Point>().unwrap();
        // Nowshera to Peshawar is 37.2 km and to Timergara 91.0 km on the sphere.
        let (nowshera, peshawar) = (point("34.0158, 71.9812"), point("34.008, 71.5785"));
        let far = nowshera.metres_to(peshawar);
        assert!((36_800..=37_600).contains(&far), "{far}");
        let far = nowshera.metres_to(point("34.8266, 71.8442"));
        assert!((90_000..=92_000).contains(&far), "{far}");
        assert_eq!(nowshera.metres_to(nowshera), 0);
    }
}
