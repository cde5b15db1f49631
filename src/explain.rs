//! What does a rule say, and what may a rule ask? Pages for the terminal, and the generated index.
