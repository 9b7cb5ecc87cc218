//! An outline with fewer points: Douglas and Peucker (1973), in whole numbers.

/// The ring with only the corners that matter; first and last stay.
pub(super) fn ring(points: &[(i32, i32)], tolerance: i64) -> Vec<(i32, i32)> {
    let mut kept = vec![false; points.len()];
    let Some(last) = points.len().checked_sub(1) else { return Vec::new() };
    // A ring ends where it begins: the corner farthest from there halves it.
    let far = (0..points.len()).max_by_key(|at| square(points[0], points[*at])).unwrap_or(0);
    for end in [0, far, last] {
        kept[end] = true;
    }
    let mut open = vec![(0, far), (far, last)];
    while let Some((from, to)) = open.pop() {
        let Some(at) = (from + 1..to).max_by_key(|at| off(points[from], points[to], points[*at])) else { continue };
        if off(points[from], points[to], points[at]) > i128::from(tolerance) * i128::from(tolerance) {
            kept[at] = true;
            open.extend([(from, at), (at, to)]);
        }
    }
    points.iter().zip(kept).filter(|(_, kept)| *kept).map(|(point, _)| *point).collect()
}

/// The square of the distance between two corners.
fn square(a: (i32, i32), b: (i32, i32)) -> i128 {
    let (north, east) = (i128::from(a.0) - i128::from(b.0), i128::from(a.1) - i128::from(b.1));
    north * north + east * east
}

/// The square of how far a corner is off the line between two others.
fn off(from: (i32, i32), to: (i32, i32), at: (i32, i32)) -> i128 {
    let length = square(from, to);
    if length == 0 {
        return square(from, at);
    }
    let side = |a: i32, b: i32| i128::from(a) - i128::from(b);
    let cross = side(to.0, from.0) * side(at.1, from.1) - side(to.1, from.1) * side(at.0, from.0);
    cross * cross / length
}

#[cfg(test)]
mod tests {
    use super::ring;

    #[test]
    fn corners_stay_and_what_lies_on_a_line_goes() {
        let square = [(0, 0), (0, 50), (0, 100), (2, 100), (100, 100), (100, 49), (100, 0), (50, 1), (0, 0)];
        assert_eq!(ring(&square, 5), [(0, 0), (0, 100), (100, 100), (100, 0), (0, 0)]);
        assert_eq!(ring(&square, 0).len(), 6, "only what lies exactly on a line goes");
        assert_eq!(ring(&[], 5), []);
        assert_eq!(ring(&[(1, 1)], 5), [(1, 1)]);
    }
}
