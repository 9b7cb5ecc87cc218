//! `onewindow sites`: the ground under the map.

use super::Database;
use crate::{
    Outcome,
    packs::{self, say},
};
use std::{path::PathBuf, process::ExitCode};
use web::portal::content::{OUTLINES, Outline};

mod geojson;
mod simplify;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Draw districts as outlines: polygons of a GeoJSON file, matched to the pack's districts by name.
    ImportBoundaries(ImportArgs),
}

#[derive(clap::Args)]
pub(crate) struct ImportArgs {
    /// A GeoJSON FeatureCollection of polygons, in degrees (WGS 84).
    file: PathBuf,
    /// The property with the district's name; without it the usual ones are tried.
    #[arg(long)]
    name: Option<String>,
    /// How far a simplified outline may leave the true one, in millionths of a degree (5000 is about half a kilometre).
    #[arg(long, default_value_t = 5_000)]
    tolerance: i64,
    /// The policy pack's folder.
    #[arg(long, default_value = "programmes/pk")]
    pack: PathBuf,
    #[command(flatten)]
    database: Database,
}

pub(crate) async fn run(command: Command) -> Outcome {
    match command {
        Command::ImportBoundaries(args) => import(args).await,
    }
}

/// Reads and simplifies outlines without a registry; how many rings there are.
#[cfg(any(test, feature = "fuzz"))]
pub(crate) fn try_outline(text: &str) -> Result<usize, String> {
    let features = geojson::read(text, None)?;
    let rings = features.iter().flat_map(|feature| &feature.rings);
    Ok(rings.map(|ring| simplify::ring(ring, 5_000)).filter(|ring| ring.len() >= 4).count())
}

async fn import(args: ImportArgs) -> Outcome {
    let (_, pack) = packs::load(&args.pack)?;
    let text = std::fs::read_to_string(&args.file)
        .map_err(|error| format!("{} cannot be read: {error}.", args.file.display()))?;
    let features = geojson::read(&text, args.name.as_deref())?;
    let (mut outlines, mut strangers): (Vec<Outline>, Vec<String>) = (Vec::new(), Vec::new());
    for feature in features {
        let Some(district) = geojson::district(&pack, &feature.name) else {
            strangers.push(feature.name);
            continue;
        };
        let rings = feature.rings.iter().map(|ring| simplify::ring(ring, args.tolerance));
        let rings: Vec<Vec<(i32, i32)>> = rings.filter(|ring| ring.len() >= 4).collect();
        match outlines.iter_mut().find(|outline| outline.district == district) {
            Some(outline) => outline.rings.extend(rings),
            None => outlines.push(Outline { district, rings }),
        }
    }
    if outlines.is_empty() {
        return Err(
            "No polygon of the file has the name of a district of the pack. Name the property with --name.".into()
        );
    }
    let store = args.database.open().await?;
    let address = store.blobs().put(serde_json::to_vec(&outlines).map_err(say)?).await.map_err(say)?;
    store.keep_setting(OUTLINES, &address).await.map_err(say)?;
    store.close().await;
    let points: usize = outlines.iter().flat_map(|outline| &outline.rings).map(Vec::len).sum();
    println!("{} districts drawn with {points} points.", outlines.len());
    if !strangers.is_empty() {
        strangers.sort();
        println!("Not in the pack, left out: {}.", strangers.join(", "));
    }
    Ok(ExitCode::SUCCESS)
}
