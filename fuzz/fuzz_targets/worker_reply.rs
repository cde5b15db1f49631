#![no_main]
civiclint_fuzz::target!("worker_reply");
