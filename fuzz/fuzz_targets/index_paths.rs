#![no_main]
civiclint_fuzz::target!("index_paths");
