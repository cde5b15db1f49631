//! Reads the arguments, calls the library, prints, exits. Clock, environment and printing live here and nowhere else.

fn main() {}
