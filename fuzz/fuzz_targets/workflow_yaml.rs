#![no_main]
civiclint_fuzz::target!("workflow_yaml");
