#![no_main]
civiclint_fuzz::target!("gitdir_preflight");
