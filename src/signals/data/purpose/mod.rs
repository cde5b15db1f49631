//! What is asked of a repository that trains or uses models, as a whole?

mod look;

use crate::phrase::Words;
use crate::signal::{Kind, Signal, Subject};

pub(super) const SUBJECT: Subject = Subject {
    name: "machine-learning",
    is: Words::new(
        "use of machine learning, which is met at most once",
        "Einsatz von maschinellem Lernen, den es höchstens einmal gibt",
    ),
    none: Words::new(
        "no trained model in the code or tree, and nothing that trains one",
        "kein trainiertes Modell im Code oder Baum und nichts, was eines trainiert",
    ),
    signals: &[
        Signal {
            name: "purpose-told",
            kind: Kind::YesNo,
            asks: Words::new(
                "Does a document say why models are used, and for what?",
                "Sagt ein Dokument, warum und wofür Modelle eingesetzt werden?",
            ),
        },
        Signal {
            name: "purpose-where",
            kind: Kind::List,
            asks: Words::new("Which line of which document says so?", "Welche Zeile welchen Dokuments sagt es?"),
        },
        Signal {
            name: "shown-by",
            kind: Kind::Text,
            asks: Words::new(
                "What shows that models are at work: `training`, `model` or `weights`?",
                "Woran zeigt sich, dass Modelle im Spiel sind: `training`, `model` oder `weights`?",
            ),
        },
        Signal {
            name: "where",
            kind: Kind::Text,
            asks: Words::new("Where does it show first?", "Wo zeigt es sich zuerst?"),
        },
    ],
    look: look::machine_learning,
};
