#![no_main]
civiclint_fuzz::target!("source_code");
