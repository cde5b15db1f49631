#![no_main]
civiclint_fuzz::target!("gitattributes_codeowners");
