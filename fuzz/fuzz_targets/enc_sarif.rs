#![no_main]
civiclint_fuzz::target!("enc_sarif");
