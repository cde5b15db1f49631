//! How is a rule described to a viewer?

use super::bag;
use crate::output::encode::{clip, plain};
use crate::phrase::Lang;
use crate::rule::{Rule, Severity};
use serde_json::json;
use serde_sarif::sarif::{MultiformatMessageString, ReportingConfiguration, ReportingDescriptor};

/// GitHub refuses longer descriptions.
const DESCRIPTION_LIMIT: usize = 1_024;

/// GitHub shows no more tags of a rule.
const TAGS: usize = 10;

pub(super) fn rule(rule: &Rule, lang: Lang) -> ReportingDescriptor {
    let page = rule.page(lang);
    let text = |text: &str| MultiformatMessageString::builder().text(clip(&plain(text), DESCRIPTION_LIMIT)).build();
    let help = MultiformatMessageString::builder()
        .text(plain(&format!("{}\n\n{}", page.why.trim(), page.mend.trim())))
        .markdown(plain(&page.markdown))
        .build();
    let mut tags = vec![rule.chapter().to_owned(), rule.level.name().to_owned()];
    for norm in &rule.norms {
        if tags.len() < TAGS && !tags.contains(norm) {
            tags.push(norm.clone());
        }
    }
    let severity = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "recommendation",
    };
    ReportingDescriptor::builder()
        .id(rule.id.as_str())
        .name(name(&rule.id))
        .short_description(text(&page.title))
        .full_description(text(&page.summary))
        .help(help)
        .default_configuration(ReportingConfiguration::builder().level(rule.severity.name()).build())
        .properties(bag(tags, [("precision", json!(rule.precision.name())), ("problem.severity", json!(severity))]))
        .build()
}

/// `data/undocumented-source` as SARIF wants names: `DataUndocumentedSource`.
fn name(id: &str) -> String {
    id.split(|c: char| !c.is_alphanumeric())
        .flat_map(|word| {
            let mut rest = word.chars();
            rest.next().into_iter().flat_map(char::to_uppercase).chain(rest)
        })
        .take(255)
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn names() {
        assert_eq!(super::name("data/undocumented-source"), "DataUndocumentedSource");
        assert_eq!(super::name(&"a".repeat(300)).len(), 255);
    }
}
