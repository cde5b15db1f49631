//! Which documents are taken for cards, and what do they leave out?

use super::*;
use crate::repository::testing::{folder, options};

const WHOLE: &str = "# Model card\n\n## Intended use\nFor planners.\n\n## Limitations\nNo hedges.\n\n## Training data\n\
    Photos.\n\n## Evaluation\nF1 0.9.\n\n## Affected groups\nNobody.\n\n## Licence\nMIT\n\n## Contact\nabc@example.org\n";

/// Path, line, kind, whether it is a template, and what is left out.
fn found(path: &str, text: &str) -> Option<(u32, Of, bool, String)> {
    let yard = folder(&[(path, text)]);
    let repo = Repository::open(yard.path(), options()).expect("a folder");
    let corpus = Corpus::of(&repo);
    let cards = cards(&repo, &corpus);
    assert!(cards.len() < 2);
    cards.first().map(|card| {
        let left_out: Vec<_> = card.left_out().map(Part::name).collect();
        (card.line, card.of, card.template, left_out.join(" "))
    })
}

fn model(line: u32, template: bool, left_out: &str) -> Option<(u32, Of, bool, String)> {
    Some((line, Of::Model, template, left_out.to_owned()))
}

#[test]
fn cards_by_name_headline_and_front_matter() {
    let front = "---\nlicense: mit\npipeline_tag: image-segmentation\ndatasets:\n- a/b\n---\n# Trees\n\nFinds trees.\n";
    for (path, text, wanted) in [
        ("MODEL_CARD.md", WHOLE, model(1, false, "")),
        ("docs/trees.md", WHOLE, model(1, false, "")),
        ("README.md", WHOLE, model(1, false, "")),
        ("README.md", front, model(1, false, "intended-use limits evaluation bias contact")),
        ("model/README.md", front, model(1, false, "intended-use limits evaluation bias contact")),
        // Front matter of sites, Spaces, and other documents.
        ("README.md", "---\ntitle: Trees\ntags: [a]\nlicense: mit\n---\n# Trees\n\nFinds trees.\n", None),
        ("README.md", "---\ntitle: Trees\nemoji: x\nsdk: gradio\n---\n# Trees\n\nFinds trees.\n", None),
        ("docs/a.md", front, None),
        // Texts about cards.
        ("README.md", "# Example Template Model Card\n\nCopy it. A bias analysis is no part of it.\n", None),
        ("README.md", "# Model card for towns\n\nA template for towns.\n", None),
        (
            "modelcard.md",
            "---\nlicense: {license}  # mit\nlibrary_name: {name}\n---\n\nThis markdown file is the spec.\n",
            None,
        ),
        ("docs/model-cards.md", "# Model cards\n\n## Limitations\nx\n\n## Training data\ny\n", None),
        ("docs/model_card.md", "# The model card class\n\nCall `load`.\n", None),
        ("README.md", "# Trees\n\n## Model card\n\nSee [the card](https://example.org/card).\n", None),
        // A section that is one.
        (
            "README.md",
            "# Trees\n\nFinds trees.\n\n## Model card\n\n### Training data\nPhotos.\n\n### Limitations\nNo hedges.\n\n## Licence\nMIT\n",
            model(5, false, "intended-use evaluation bias licence contact"),
        ),
        ("tests/MODEL_CARD.md", WHOLE, None),
        ("examples/MODEL_CARD.md", WHOLE, None),
    ] {
        assert_eq!(found(path, text), wanted, "{path}: {text}");
    }
}

#[test]
fn data_sets_are_not_evaluated() {
    let card = "# Dataset card for Trees\n\n- **Point of contact:** trees@example.org\n- **License:** CC0-1.0\n\n\
        ## Curation rationale\nTo train models.\n";
    assert_eq!(found("data/README.md", card), Some((1, Of::DataSet, false, "intended-use limits bias".to_owned())));
    for (path, text) in [
        ("data/README.md", "# Data\n\n## Columns\nname, age\n\n## Licence\nCC0\n"),
        ("hardware/datasheet.md", "# SDS011\n\n## Features\nLaser.\n\n## Limits\n70 °C\n"),
    ] {
        assert_eq!(found(path, text), None, "{path}");
    }
}

#[test]
fn what_is_left_open_is_left_out() {
    let all = "intended-use limits training-data evaluation bias licence contact";
    let stock = "---\n{{ card_data }}\n---\n\n# Model Card for {{ model_id | default(\"Model ID\", true) }}\n\n\
        ## Uses\n\n### Direct Use\n\n{{ direct_use | default(\"[More Information Needed]\", true)}}\n\n\
        ### Out-of-Scope Use\n\n[More Information Needed]\n\n## Bias, Risks, and Limitations\n\n<!-- say it -->\n\n\
        ## Evaluation\n\nTODO\n\n- **License:** [More Information Needed]\n- **Contact:**\n";
    assert_eq!(found("templates/modelcard_template.md", stock), model(1, true, all));
    let filled =
        stock.replace("\n[More Information Needed]\n", "\n{{ limits }}\n").replace("**Contact:**", "**Contact:** us");
    let left = "intended-use training-data evaluation bias licence";
    assert_eq!(found("templates/modelcard_template.md", &filled), model(1, true, left));
}

#[test]
fn tables_labels_and_sentences() {
    let text = "# Model card\n\n| | |\n|---|---|\n| Licence | MIT |\n| Training data | |\n| Contact | a@example.org |\n\n\
        The model is intended for planners and should not be used for single trees. Conifers are underrepresented.\n\n\
        Evaluation: F1 0.9\n";
    assert_eq!(found("MODEL_CARD.md", text), model(1, false, "training-data"));
}

#[test]
fn a_fence_that_nobody_closed() {
    let text = "# Model card\n\n## Intended use\n\n```python\nload()\n\n## Contact\n\na@example.org\n";
    assert_eq!(found("MODEL_CARD.md", text), model(1, false, "limits training-data evaluation bias licence"));
}

#[test]
fn json_of_the_toolkit() {
    let text = r#"{"model_details": {"name": "Trees", "licenses": [{"identifier": "MIT"}], "owners": [{"contact": "a@example.org"}]},
        "model_parameters": {"data": [{"name": "photos"}]}, "quantitative_analysis": {"performance_metrics": [{"value": 0.9}]},
        "considerations": {"use_cases": [{"description": "planning"}], "limitations": [], "ethical_considerations": [{"name": ""}]}}"#;
    assert_eq!(found("model_card.json", text), model(1, false, "limits bias"));
    assert_eq!(found("model_card.json", r#"{"name": "x"}"#), None);
    assert_eq!(found("model_card.json", "{"), None);
}
