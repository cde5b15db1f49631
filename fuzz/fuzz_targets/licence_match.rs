#![no_main]
civiclint_fuzz::target!("licence_match");
