#![no_main]
civiclint_fuzz::target!("package_manifests");
