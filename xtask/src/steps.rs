//! A row of steps, each with a heading and its time, ending at the first that fails.

use std::time::{Duration, Instant};

use crate::shell::Outcome;

/// One step: its name for `--only`, what it is, and what it does.
pub struct Step<'a> {
    /// Short name, as typed after `--only`.
    pub name: &'static str,
    /// What a reader of the log sees above it.
    pub heading: &'static str,
    /// The work.
    pub work: Box<dyn FnOnce() -> Outcome + 'a>,
}

/// A step from its three parts.
pub fn step<'a>(name: &'static str, heading: &'static str, work: impl FnOnce() -> Outcome + 'a) -> Step<'a> {
    Step { name, heading, work: Box::new(work) }
}

/// Which of the steps a person asked for.
#[derive(Debug, PartialEq)]
pub enum Chosen {
    /// Every one.
    All,
    /// Every one but the browser stories, the slowest.
    Quick,
    /// Those named.
    Only(Vec<String>),
}

impl Chosen {
    /// Reads `--quick`, or `--only` and names.
    ///
    /// # Errors
    /// A sentence, when the words are neither.
    pub fn parse(words: &[String]) -> Outcome<Chosen> {
        match words {
            [] => Ok(Chosen::All),
            [word] if word == "--quick" => Ok(Chosen::Quick),
            [word, names @ ..] if word == "--only" && !names.is_empty() => Ok(Chosen::Only(names.to_vec())),
            _ => Err("This command takes --quick, or --only and the names of steps.".to_owned()),
        }
    }

    /// The chosen steps, in their own order.
    ///
    /// # Errors
    /// A sentence, when a name is not the name of a step.
    pub fn of<'a>(&self, steps: Vec<Step<'a>>) -> Outcome<Vec<Step<'a>>> {
        if let Chosen::Only(names) = self {
            let known: Vec<&str> = steps.iter().map(|step| step.name).collect();
            if let Some(stranger) = names.iter().find(|name| !known.contains(&name.as_str())) {
                return Err(format!("There is no step `{stranger}`. The steps are: {}.", known.join(", ")));
            }
        }
        Ok(steps.into_iter().filter(|step| self.wants(step.name)).collect())
    }

    fn wants(&self, name: &str) -> bool {
        match self {
            Chosen::All => true,
            Chosen::Quick => name != "stories",
            Chosen::Only(names) => names.iter().any(|wanted| wanted == name),
        }
    }
}

/// Runs the steps in order and prints how long each took. `again` is the command that runs one step by its name.
///
/// # Errors
/// A sentence naming the first step that failed, why, and how to run it again.
pub fn run(steps: Vec<Step<'_>>, again: &str) -> Outcome {
    let mut times = Vec::new();
    for Step { name, heading, work } in steps {
        println!("\n== {name}: {heading}");
        let begun = Instant::now();
        let outcome = work();
        times.push((name, begun.elapsed()));
        if let Err(why) = outcome {
            summary(&times);
            return Err(format!("The step `{name}` failed: {why}\nTo run it again alone: {again} {name}"));
        }
        println!("-- {name}: {}", spoken(begun.elapsed()));
    }
    summary(&times);
    Ok(())
}

fn summary(times: &[(&str, Duration)]) {
    println!("\nTime taken");
    for (name, time) in times {
        println!("  {name:<12} {:>9}", spoken(*time));
    }
    println!("  {:<12} {:>9}", "in all", spoken(times.iter().map(|(_, time)| *time).sum()));
}

fn spoken(time: Duration) -> String {
    let tenths = time.as_millis() / 100;
    let (minutes, rest) = (tenths / 600, tenths % 600);
    if minutes == 0 { format!("{}.{} s", rest / 10, rest % 10) } else { format!("{minutes} min {:02} s", rest / 10) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_at_the_first_failure_and_says_how_to_repeat_it() {
        let said = run(
            vec![
                step("first", "works", || Ok(())),
                step("second", "fails", || Err("the cup is broken.".to_owned())),
                step("third", "must not run", || panic!("ran after a failure")),
            ],
            "cargo xtask test --only",
        );
        assert_eq!(
            said.unwrap_err(),
            "The step `second` failed: the cup is broken.\nTo run it again alone: cargo xtask test --only second"
        );
    }

    #[test]
    fn times_are_told_in_minutes_when_long() {
        assert_eq!(spoken(Duration::from_millis(1_260)), "1.2 s");
        assert_eq!(spoken(Duration::from_secs(125)), "2 min 05 s");
    }
}
