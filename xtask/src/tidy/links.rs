//! Links between the papers lead somewhere.

use super::{File, Finding, Tree};

/// Follows every relative link of every paper.
pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.ending(".md").flat_map(|file| broken(tree, file)).collect()
}

fn broken(tree: &Tree, file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut in_code = false;
    for (at, line) in file.text.lines().enumerate() {
        in_code ^= line.trim_start().starts_with("```");
        if in_code {
            continue;
        }
        for target in targets(line).filter(|target| !leads(tree, file, target)) {
            findings.push(Finding::new(
                &file.path,
                at + 1,
                format!("The link to `{target}` leads nowhere: mend or remove it."),
            ));
        }
    }
    findings
}

/// What stands in `](...)`, without the part after `#`, and without addresses of the web.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    let after = line.split("](").skip(1);
    let inside = after.filter_map(|rest| rest.split([')', ' ']).next());
    inside.map(|link| link.split('#').next().unwrap_or_default()).filter(|path| !path.is_empty() && !path.contains(':'))
}

fn leads(tree: &Tree, file: &File, target: &str) -> bool {
    let mut parts: Vec<&str> = file.path.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.pop().is_none() => return false,
            ".." => {}
            name => parts.push(name),
        }
    }
    let path = parts.join("/");
    let folder = format!("{path}/");
    path.is_empty() || tree.files.iter().any(|file| file.path == path || file.under(&folder))
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let text = "[a](../README.md) [b](adr/) [c](https://example.org/x) [d](#top)\n[e](adr/0001.md#why) [f](lost.md)\n```\n[g](lost.md)\n```\n";
        let tree = Tree::sample(&[("README.md", ""), ("docs/adr/0001.md", ""), ("docs/guide.md", text)]);
        assert_eq!(said(&check(&tree)), ["docs/guide.md:2: The link to `lost.md` leads nowhere: mend or remove it."]);
    }
}
