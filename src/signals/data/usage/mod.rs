//! What is asked of every single use of a source or model?

mod look;

use crate::phrase::Words;
use crate::signal::{Kind, Signal, Subject};

pub(super) use look::{is_insecure, of_all};

/// The question of single uses, and of a source or model as a whole.
pub(super) const INSECURE: Signal = Signal {
    name: "insecure",
    kind: Kind::YesNo,
    asks: Words::new("Is it read over http:// or ftp://?", "Wird über http:// oder ftp:// gelesen?"),
};

/// The question of single uses, and of a source or model as a whole.
pub(super) const MOVING: Signal = Signal {
    name: "moving",
    kind: Kind::YesNo,
    asks: Words::new(
        "Is it taken as it is on the day, from a branch, from `latest`, or without a revision?",
        "Wird genommen, was am Tag gerade da ist: ein Branch, `latest` oder keine Revision?",
    ),
};

pub(super) const SUBJECT: Subject = Subject {
    name: "source-use",
    is: Words::new(
        "place in the code where a data source or a trained model is used",
        "Stelle im Code, an der eine Datenquelle oder ein trainiertes Modell benutzt wird",
    ),
    none: Words::new(
        "no data sources and no trained models in the code",
        "keine Datenquellen und keine Modelle im Code",
    ),
    signals: &[
        Signal {
            name: "is-model",
            kind: Kind::YesNo,
            asks: Words::new("Is it a trained model?", "Ist es ein trainiertes Modell?"),
        },
        INSECURE,
        MOVING,
    ],
    look: look::uses,
};
