//! The map, drawn here: no tiles, no script, nothing from elsewhere. Points stand where the pack and the sites say,
//! north is up, and whole numbers suffice.

use domain::services::Point;

/// Units across the map.
pub const WIDTH: i64 = 1000;
/// Units of paper around the outermost points.
const MARGIN: i64 = 90;
/// The least stretch shown, in millionths of a degree of latitude: about 20 km, so that one point is not a whole map.
const LEAST: i64 = 180_000;

/// A stretch of country and how it lies on the paper: each degree of longitude shortened as in its middle latitude.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    west: i64,
    north: i64,
    /// Millionths of a degree of latitude for each thousand units.
    scale: i64,
    /// The cosine of the middle latitude, in thousandths.
    shrink: i64,
    /// Units from top to bottom.
    pub height: i64,
}

impl Frame {
    /// The smallest frame that holds all these points; `None` when there is none.
    pub fn around(points: impl Iterator<Item = Point> + Clone) -> Option<Frame> {
        let lats = points.clone().map(|point| i64::from(point.lat));
        let lons = points.map(|point| i64::from(point.lon));
        let (south, north) = (lats.clone().min()?, lats.max()?);
        let (west, east) = (lons.clone().min()?, lons.max()?);
        let shrink = cosine((south + north) / 2);
        let across = ((east - west) * shrink / 1000).max(LEAST);
        let down = (north - south).max(LEAST / 2);
        let inner = WIDTH - 2 * MARGIN;
        let scale = (across * 1000 / inner).max(1);
        let centre = (east + west) / 2;
        let middle = (north + south) / 2;
        Some(Frame {
            west: centre - across * 500 / shrink,
            north: middle + down / 2,
            scale,
            shrink,
            height: down * 1000 / scale + 2 * MARGIN,
        })
    }

    /// Where a point stands on the paper, from the top at the western edge.
    pub fn place(&self, point: Point) -> (i64, i64) {
        let across = (i64::from(point.lon) - self.west) * self.shrink / 1000;
        let down = self.north - i64::from(point.lat);
        (MARGIN + across * 1000 / self.scale, MARGIN + down * 1000 / self.scale)
    }

    /// The rings of an outline as the text of an SVG path.
    pub fn path(&self, rings: &[Vec<(i32, i32)>]) -> String {
        let mut path = String::new();
        for ring in rings {
            for (index, (lat, lon)) in ring.iter().enumerate() {
                let (x, y) = self.place(Point { lat: *lat, lon: *lon });
                path.push_str(if index == 0 { "M" } else { "L" });
                path.push_str(&format!("{x} {y}"));
            }
            path.push('Z');
        }
        path
    }
}

/// The cosine of a latitude in thousandths, from its Taylor series to the sixth power; exact to one thousandth below 40
/// degrees.
fn cosine(micro_degrees: i64) -> i64 {
    // In millionths: an angle in radians is degrees times pi / 180.
    const RADIAN: i64 = 17_453;
    const ONE: i64 = 1_000_000;
    let angle = micro_degrees / 1000 * RADIAN / 1000;
    let square = angle * angle / ONE;
    let fourth = square * square / ONE;
    let sixth = fourth * square / ONE;
    (ONE - square / 2 + fourth / 24 - sixth / 720) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(text: &str) -> Point {
        text.parse().expect("a point")
    }

    #[test]
    fn cosines_are_right_to_a_thousandth() {
        let check = |degrees: i64, want: i64| {
            let got = cosine(degrees * 1_000_000);
            assert!((got - want).abs() <= 1, "cos {degrees}: {got}");
        };
        check(24, 914);
        check(30, 866);
        check(34, 829);
        check(37, 799);
    }

    #[test]
    fn north_is_up_east_is_where_it_is_and_everything_is_on_the_paper() {
        let points = ["31.8313, 70.9017", "36.2733, 72.2593", "32.2989, 69.5725", "34.0158, 71.9812"].map(point);
        let frame = Frame::around(points.iter().copied()).expect("a frame");
        for one in points {
            let (x, y) = frame.place(one);
            assert!((0..=WIDTH).contains(&x) && (0..=frame.height).contains(&y), "{one}: {x} {y}");
        }
        let [south, north, west, east] = points.map(|point| frame.place(point));
        assert!(north.1 < south.1 && west.0 < east.0);
        assert_eq!(Frame::around(std::iter::empty()), None);
    }

    #[test]
    fn one_point_stands_in_the_middle_of_its_neighbourhood() {
        let only = point("34.0158, 71.9812");
        let frame = Frame::around(std::iter::once(only)).expect("a frame");
        let (x, y) = frame.place(only);
        assert!((x - WIDTH / 2).abs() <= 2 && (y - frame.height / 2).abs() <= 2, "{x} {y} of {}", frame.height);
    }
}
