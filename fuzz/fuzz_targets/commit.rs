#![no_main]
civiclint_fuzz::target!("commit");
