#![no_main]
civiclint_fuzz::target!("url_clone");
