#![no_main]
civiclint_fuzz::target!("spdx_expr");
