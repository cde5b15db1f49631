#![no_main]
civiclint_fuzz::target!("head_refs");
