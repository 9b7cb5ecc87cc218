//! Polygons of a GeoJSON file (RFC 7946), and whose they are.

use rules::Pack;
use serde_json::Value;

/// A named area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Feature {
    /// As the file names it.
    pub name: String,
    /// Its rings, (north, east) in millionths of a degree.
    pub rings: Vec<Vec<(i32, i32)>>,
}

/// Where boundary files keep the name of a district.
const NAMES: [&str; 8] = ["shapeName", "ADM2_EN", "adm2_name", "NAME_2", "district", "District", "name_en", "name"];

/// Every polygon of a file.
///
/// # Errors
/// A sentence, when it is no FeatureCollection or a polygon has no name.
pub(super) fn read(text: &str, property: Option<&str>) -> Result<Vec<Feature>, String> {
    let file: Value = serde_json::from_str(text).map_err(|error| format!("The file is no JSON: {error}."))?;
    let features =
        file["features"].as_array().ok_or("The file is no GeoJSON FeatureCollection: it has no `features`.")?;
    features.iter().enumerate().filter_map(|(at, feature)| one(at, feature, property).transpose()).collect()
}

fn one(at: usize, feature: &Value, property: Option<&str>) -> Result<Option<Feature>, String> {
    let polygons: Vec<&Value> = match feature["geometry"]["type"].as_str() {
        Some("Polygon") => vec![&feature["geometry"]["coordinates"]],
        Some("MultiPolygon") => feature["geometry"]["coordinates"].as_array().into_iter().flatten().collect(),
        _ => return Ok(None),
    };
    let properties = &feature["properties"];
    let named = |key: &&str| properties[*key].as_str().filter(|name| !name.trim().is_empty());
    let name = match property {
        Some(key) => named(&key),
        None => NAMES.iter().find_map(named),
    };
    let name = name.ok_or_else(|| {
        let keys = properties.as_object().map(|all| all.keys().cloned().collect::<Vec<_>>().join(", "));
        let keys = keys.unwrap_or_default();
        format!("Area {} has no name. Its properties are: {keys}. Say which one with --name.", at + 1)
    })?;
    let rings = polygons.into_iter().flat_map(|polygon| polygon.as_array().into_iter().flatten());
    let rings = rings.map(|ring| ring.as_array().into_iter().flatten().map(corner).collect::<Result<Vec<_>, _>>());
    Ok(Some(Feature { name: name.trim().to_owned(), rings: rings.collect::<Result<_, _>>()? }))
}

/// A position: east first, as GeoJSON has it.
fn corner(position: &Value) -> Result<(i32, i32), String> {
    let degrees = |index: usize| position[index].as_f64().filter(|n| n.abs() <= 180.0);
    let (Some(east), Some(north)) = (degrees(0), degrees(1)) else {
        return Err(format!("{position} is no position in degrees, east and north."));
    };
    #[allow(clippy::cast_possible_truncation, reason = "at most 180 million")]
    let micro = |degrees: f64| (degrees * 1e6).round() as i32;
    Ok((micro(north), micro(east)))
}

/// The code of the district of this name, in any spelling the pack knows.
pub(super) fn district(pack: &Pack, name: &str) -> Option<String> {
    let fold = |text: &str| linkage::text::fold(text).replace(' ', "");
    let wanted = fold(name);
    let place = pack.places().iter().find(|place| {
        let aliases = place.columns.get("aliases").map(String::as_str).unwrap_or_default();
        let names = place.name.0.values().map(String::as_str).chain(aliases.split('|')).chain([place.code.as_str()]);
        names.into_iter().any(|known| !known.is_empty() && fold(known) == wanted)
    });
    place.map(|place| place.code.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polygons_come_with_their_names_and_everything_else_is_passed_over() {
        let text = r#"{"type":"FeatureCollection","features":[
            {"properties":{"shapeName":"Nowshera"},"geometry":{"type":"Polygon","coordinates":[[[71.5,34.0],[72.0,34.0],[72.0,34.5],[71.5,34.0]]]}},
            {"properties":{},"geometry":{"type":"Point","coordinates":[71.5,34.0]}},
            {"properties":{"shapeName":"Swat"},"geometry":{"type":"MultiPolygon","coordinates":[[[[72,35],[73,35],[73,36],[72,35]]],[[[71,35],[72,35],[72,36],[71,35]]]]}}]}"#;
        let found = read(text, None).expect("features");
        assert_eq!(
            found.iter().map(|f| (f.name.as_str(), f.rings.len())).collect::<Vec<_>>(),
            [("Nowshera", 1), ("Swat", 2)]
        );
        assert_eq!(found[0].rings[0][1], (34_000_000, 72_000_000));
        assert!(read(text, Some("ADM2")).is_err_and(|why| why.contains("Its properties are: shapeName")));
        assert!(read("{}", None).is_err_and(|why| why.contains("FeatureCollection")));
        assert!(read("no", None).is_err_and(|why| why.contains("no JSON")));
    }
}
