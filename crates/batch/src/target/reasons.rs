//! Who meets the criteria, which criterion decided, and which facts are missing, from the row evaluator: a row per
//! household, programme and candidate.

use super::{Run, encode::failed};
use crate::{
    families::Families,
    fault::{Faults, io},
    leftovers,
    run::Ran,
};
use parquet::{
    basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel},
    data_type::{ByteArray, ByteArrayType},
    file::{properties::WriterProperties, writer::SerializedFileWriter},
    schema::types::Type,
};
use rules::{CandidateVerdict, FactRef, K3, Verdict};
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::BufWriter,
    path::{Path, PathBuf},
    sync::Arc,
};

/// One row of reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reason {
    household: String,
    programme: String,
    /// The person; none for the household as a whole.
    person: Option<String>,
    verdict: &'static str,
    /// The criteria that decided: those that fail, or, of an undecided candidate, those that are open.
    deciding: String,
    /// The facts that could decide.
    missing: String,
}

/// The reasons of decided households.
pub(super) fn of(run: &Run, ran: &Ran) -> Vec<Reason> {
    let families = Families::new(ran.chunk, run.layout, run.day);
    // Of a programme that its state settles for everybody there is nothing to tell household by household.
    let told = |id: &&String| run.pack.programme(id).is_some_and(|programme| programme.settled().is_none());
    let wanted: BTreeSet<&str> = run.meaning.programmes.iter().filter(told).map(String::as_str).collect();
    let mut reasons = vec![];
    for at in ran.range.clone() {
        let screening = rules::screen(run.pack, &families.get(at), run.at);
        let household = ran.chunk.ids.get(at).to_string();
        for verdict in screening.verdicts.iter().filter(|verdict| wanted.contains(&*verdict.programme)) {
            let candidates = verdict.candidates.iter();
            let told = candidates.filter(|c| run.options.deciding || c.truth == K3::Yes);
            reasons.extend(told.map(|candidate| reason(&household, verdict, candidate, run.options.deciding)));
        }
    }
    reasons
}

fn reason(household: &str, verdict: &Verdict, candidate: &CandidateVerdict, deciding: bool) -> Reason {
    let wanted = match candidate.truth {
        K3::Yes => None,
        open => Some(open),
    };
    let criteria = candidate.criteria().filter(|criterion| Some(criterion.truth) == wanted);
    let deciding_ones: Vec<&str> = criteria.map(|criterion| criterion.id.as_str()).collect();
    let missing: Vec<String> = candidate.missing().iter().map(fact).collect();
    Reason {
        household: household.to_owned(),
        programme: verdict.programme.to_string(),
        person: candidate.member.as_ref().map(ToString::to_string),
        verdict: match candidate.truth {
            K3::Yes => "yes",
            K3::No => "no",
            K3::Unknown => "unknown",
        },
        deciding: if deciding { deciding_ones.join(" ") } else { String::new() },
        missing: if deciding { missing.join(" ") } else { String::new() },
    }
}

fn fact(fact: &FactRef) -> String {
    match &fact.member {
        Some(member) => format!("{}@{member}", fact.fact),
        None => fact.fact.to_string(),
    }
}

/// The file of reasons, under a temporary name until it is whole.
pub(super) struct ReasonsFile {
    partial: PathBuf,
    out: PathBuf,
    writer: Option<SerializedFileWriter<BufWriter<File>>>,
}

const COLUMNS: [(&str, Repetition); 6] = [
    ("household_id", Repetition::REQUIRED),
    ("programme", Repetition::REQUIRED),
    ("person", Repetition::OPTIONAL),
    ("verdict", Repetition::REQUIRED),
    ("deciding", Repetition::REQUIRED),
    ("missing", Repetition::REQUIRED),
];

impl ReasonsFile {
    pub(super) fn create(out: &Path) -> Result<Self, Faults> {
        let partial = leftovers::name(out);
        let file = BufWriter::new(leftovers::create(&partial).map_err(io(&partial, "written"))?);
        let field = |(name, repetition): (&str, Repetition)| {
            let builder = Type::primitive_type_builder(name, Physical::BYTE_ARRAY).with_repetition(repetition);
            builder.with_logical_type(Some(LogicalType::String)).build().map(Arc::new)
        };
        let failed = failed(&partial.display().to_string());
        let fields = COLUMNS.into_iter().map(field).collect::<Result<Vec<_>, _>>().map_err(&failed)?;
        let schema = Type::group_type_builder("reason").with_fields(fields).build().map_err(&failed)?;
        let properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
        let writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties)).map_err(&failed)?;
        Ok(Self { partial, out: out.to_owned(), writer: Some(writer) })
    }

    pub(super) fn add(&mut self, reasons: &[Reason]) -> Result<(), Faults> {
        let failed = failed(&self.partial.display().to_string());
        let Some(writer) = self.writer.as_mut().filter(|_| !reasons.is_empty()) else { return Ok(()) };
        let mut group = writer.next_row_group().map_err(&failed)?;
        let columns: [fn(&Reason) -> Option<String>; 6] = [
            |r| Some(r.household.clone()),
            |r| Some(r.programme.clone()),
            |r| r.person.clone(),
            |r| Some(r.verdict.to_owned()),
            |r| Some(r.deciding.clone()),
            |r| Some(r.missing.clone()),
        ];
        for text in columns {
            let values: Vec<Option<String>> = reasons.iter().map(text).collect();
            let levels: Vec<i16> = values.iter().map(|v| i16::from(v.is_some())).collect();
            let known: Vec<ByteArray> = values.iter().flatten().map(|v| v.as_str().into()).collect();
            let Some(mut column) = group.next_column().map_err(&failed)? else { break };
            column.typed::<ByteArrayType>().write_batch(&known, Some(&levels), None).map_err(&failed)?;
            column.close().map_err(&failed)?;
        }
        group.close().map_err(&failed)?;
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<PathBuf, Faults> {
        let failed = failed(&self.partial.display().to_string());
        if let Some(writer) = self.writer.take() {
            let buffered = writer.into_inner().map_err(&failed)?;
            let file = buffered.into_inner().map_err(|error| io(&self.partial, "written")(error.into_error()))?;
            file.sync_all().map_err(io(&self.partial, "seen onto the disk"))?;
        }
        fs::rename(&self.partial, &self.out).map_err(io(&self.out, "named"))?;
        Ok(self.out.clone())
    }
}

impl Drop for ReasonsFile {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.partial));
    }
}
