#![no_main]
civiclint_fuzz::target!("own_config");
