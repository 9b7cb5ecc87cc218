//! Model files: a mapping and the weights learned for it, as JSON that a person can read.

use super::mapping::{self, Mapping};
use linkage::bulk::{FieldModel, GroupModel, LEVELS, Model, code, level_count};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

/// Why a model file cannot be used.
#[derive(Debug, Error)]
pub enum Fault {
    /// It is no model file.
    #[error("This is no model file of this version: {0}. Train the model again.")]
    Shape(String),
    /// The mapping in it is faulty.
    #[error("{0}")]
    Mapping(#[from] mapping::Fault),
}

const FORMAT: &str = "onewindow linkage model 1";

/// All weights are log2 of shares in thousandths, for one person, one household, strangers.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format: String,
    threshold: i32,
    priors: [i32; 3],
    fields: BTreeMap<String, WrittenField>,
    groups: Vec<[Vec<i32>; 3]>,
    mapping: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenField {
    rarity: i32,
    levels: BTreeMap<String, [i32; 3]>,
}

/// The text of a model file.
pub fn write(mapping: &Mapping, model: &Model) -> String {
    let fields = model.description.fields.iter().zip(&model.fields).map(|(field, weights)| {
        let level = |at: usize| (code(field.kind, at as u8).to_owned(), weights.levels.map(|class| class[at]));
        let levels = (0..level_count(field.kind)).map(level).collect();
        (field.name.clone(), WrittenField { rarity: weights.rarity, levels })
    });
    let written = Written {
        format: FORMAT.to_owned(),
        threshold: model.threshold,
        priors: model.priors,
        fields: fields.collect(),
        groups: model.groups.iter().map(|group| group.joint.clone()).collect(),
        mapping: mapping.text.clone(),
    };
    serde_json::to_string_pretty(&written).unwrap_or_default()
}

/// Reads a model file.
///
/// # Errors
/// A sentence, when it is none, or its weights do not fit its mapping.
pub fn read(text: &str) -> Result<(Mapping, Model), Fault> {
    let shape = |why: String| Fault::Shape(why);
    let written: Written = serde_json::from_str(text).map_err(|why| shape(why.to_string()))?;
    if written.format != FORMAT {
        return Err(shape(format!("its format is `{}`", written.format)));
    }
    let mapping = mapping::read(&written.mapping)?;
    let description = mapping.description.clone();
    let mut fields = vec![];
    for field in &description.fields {
        let weights =
            written.fields.get(&field.name).ok_or_else(|| shape(format!("`{}` has no weights", field.name)))?;
        let mut by_level = [[0; 3]; LEVELS];
        for (at, slot) in by_level.iter_mut().enumerate().take(level_count(field.kind)) {
            let word = code(field.kind, at as u8);
            let known = weights.levels.get(word).ok_or_else(|| shape(format!("`{}` has no `{word}`", field.name)))?;
            *slot = *known;
        }
        let levels = std::array::from_fn(|class| by_level.map(|slot| slot[class]));
        fields.push(FieldModel { levels, rarity: weights.rarity });
    }
    let fits = |(at, joint): (usize, &[Vec<i32>; 3])| {
        at < description.groups.len() && joint.iter().all(|class| class.len() == description.combinations(at))
    };
    if written.groups.len() != description.groups.len() || !written.groups.iter().enumerate().all(fits) {
        return Err(shape("its joint weights do not fit its mapping".to_owned()));
    }
    let groups = written.groups.into_iter().map(|joint| GroupModel { joint }).collect();
    Ok((mapping, Model { description, fields, groups, priors: written.priors, threshold: written.threshold }))
}
