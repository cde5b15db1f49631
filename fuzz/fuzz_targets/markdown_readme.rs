#![no_main]
civiclint_fuzz::target!("markdown_readme");
