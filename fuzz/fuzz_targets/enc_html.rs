#![no_main]
civiclint_fuzz::target!("enc_html");
