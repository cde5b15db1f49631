//! How does foreign text reach a reader unharmed? One encoder per medium.
