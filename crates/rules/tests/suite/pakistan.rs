//! The pack of this repository: it loads without a mistake, and every golden case gets the verdict its source demands.

use rules::{Pack, cases};
use std::{fs, path::Path};

fn files(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the pack folder can be read") {
        let path = entry.expect("its entries can be read").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "toml" || e == "csv") {
            let text = fs::read_to_string(&path).expect("pack files are text");
            found.push((path.display().to_string(), text));
        }
    }
}

fn pakistan() -> Pack {
    let mut found = vec![];
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes/pk"), &mut found);
    let files: Vec<(&str, &str)> = found.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Pack::load(&files)
        .unwrap_or_else(|errors| panic!("{}", errors.iter().map(|e| format!("{e}\n")).collect::<String>()))
}

#[test]
fn every_golden_case_gets_its_verdict() {
    let pack = pakistan();
    let wrong: Vec<String> = cases::run_cases(&pack)
        .iter()
        .filter(|result| !result.passed())
        .map(|r| format!("{}: {}: {:?} instead of {:?}\n", r.case.programme, r.case.name, r.got, r.case.expect))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

/// Criteria that another criterion of the programme implies through its fact's `applies` (a school level applies only
/// to the enrolled, insured years only to the insured): they are kept because their source states them, and no family
/// can tell them from absent.
const IMPLIED: [(&str, &str); 12] = [
    ("bisp-taleemi-wazaif", "enrolled"),
    ("eobi-invalidity-pension", "registered"),
    ("eobi-old-age-grant", "registered"),
    ("eobi-old-age-pension", "registered"),
    ("eobi-survivors-pension", "insured-breadwinner-died"),
    ("essi-injury-disablement", "secured"),
    ("essi-maternity-benefit", "woman"),
    ("essi-sickness-benefit", "secured"),
    ("kp-ehsaas-rozgar", "adult"),
    ("kpe-education-card", "enrolled"),
    ("pbm-ifa-education", "enrolled"),
    ("wwb-marriage-grant", "covered-work"),
];

#[test]
fn the_cases_pin_every_criterion_down() {
    let report = cases::mutation_check(&pakistan());
    println!("{} changes tried, {} unnoticed", report.tried, report.survivors.len());
    let shown = |s: &cases::Survivor| {
        let alternative = s.alternative.as_ref().map_or(String::new(), |a| format!("/{a}"));
        format!("{}: {}{alternative}: {:?}\n", s.programme, s.criterion, s.mutation)
    };
    // A boundary moved by one is worth a case; a criterion that could as well be absent or reversed is an error.
    let idle = |s: &&cases::Survivor| match s.mutation {
        cases::Mutation::Boundary(_) => false,
        cases::Mutation::Always => !IMPLIED.contains(&(&s.programme, &s.criterion)),
        cases::Mutation::Never | cases::Mutation::Opposite => true,
    };
    let idle: String = report.survivors.iter().filter(idle).map(shown).collect();
    assert!(idle.is_empty(), "{idle}");
}
