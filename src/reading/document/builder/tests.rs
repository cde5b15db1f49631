//! Is a document put together as its reader sees it?

use super::address;

#[test]
fn addresses_without_the_sentence_around() {
    for (text, url) in [
        ("https://a.org/b.", "https://a.org/b"),
        ("https://a.org/b),", "https://a.org/b"),
        ("https://a.org/b_(c)", "https://a.org/b_(c)"),
        ("https://a.org>;", "https://a.org"),
        ("https://a.org/", "https://a.org/"),
    ] {
        assert_eq!(address(text), url);
    }
}
