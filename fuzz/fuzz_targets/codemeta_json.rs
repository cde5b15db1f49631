#![no_main]
civiclint_fuzz::target!("codemeta_json");
