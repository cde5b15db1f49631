//! Does every row find its tokens, and leave alone what only looks like them?
