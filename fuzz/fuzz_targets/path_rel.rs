#![no_main]
civiclint_fuzz::target!("path_rel");
