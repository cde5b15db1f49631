//! Is a value a credential, or does it only stand in for one?

use super::table::TABLE;

/// What a value of a setting that should hold a credential is worth to a stranger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::reading) enum Worth {
    /// nothing, a reference to something elsewhere, a placeholder, or a default that everybody knows
    Nothing,
    /// a word that somebody thought up: worth something only where the place it opens can be reached
    Word,
    /// made by a machine
    Random,
}

/// So long is what machines make.
const RANDOM_LENGTH: usize = 16;
/// Bits per character, by Shannon: words of a natural language that are joined stay below, hexadecimal digits above.
const RANDOM_BITS: f64 = 3.0;

/// Judges a value.
pub(in crate::reading) fn worth(value: &str) -> Worth {
    if is_placeholder(value) {
        Worth::Nothing
    } else if is_random(value) {
        Worth::Random
    } else {
        Worth::Word
    }
}

/// Whether a value is empty, a reference, a placeholder or a default that everybody knows.
pub(in crate::reading) fn is_placeholder(value: &str) -> bool {
    let lower = value.trim().to_lowercase();
    let table = &TABLE.placeholders;
    let few_characters = lower.chars().collect::<std::collections::BTreeSet<_>>().len() <= 3;
    few_characters
        || table.whole.contains(&lower)
        || table.part.iter().any(|word| lower.contains(word.as_str()))
        || table.start.iter().any(|start| lower.starts_with(start.as_str()))
        || lower.chars().all(|character| character.is_ascii_digit()) && lower.len() < 12
        || is_public_token(value.trim())
}

/// Tokens that are made to be seen: Mapbox's `pk.`, publishable payment keys, and web tokens for everybody
/// (Supabase calls the role `anon`, and the issuer of the keys of its manual `supabase-demo`).
fn is_public_token(value: &str) -> bool {
    if ["pk.", "pk_live_", "pk_test_", "sk_test_", "rk_test_", "sb_publishable_"]
        .iter()
        .any(|start| value.starts_with(start))
    {
        return true;
    }
    let mut parts = value.split('.');
    let (Some(head), Some(claims)) = (parts.next(), parts.next()) else { return false };
    let claims = if head.starts_with("eyJ") { super::base64::decode(claims) } else { None };
    let claims = claims.map(|bytes| String::from_utf8_lossy(&bytes).replace(' ', "")).unwrap_or_default();
    claims.contains("\"role\":\"anon\"") || claims.contains("\"iss\":\"supabase-demo\"")
}

/// Whether a value looks as if a machine had made it.
fn is_random(value: &str) -> bool {
    let value = value.trim();
    let value = value.strip_prefix("base64:").unwrap_or(value);
    let of_a_token = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=_-.:!#$%&*?@^~,;|".contains(&byte);
    if value.len() < RANDOM_LENGTH || !value.bytes().all(of_a_token) {
        return false;
    }
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    digits >= 2
        && value.bytes().any(|byte| byte.is_ascii_alphabetic())
        && bits(value) >= RANDOM_BITS
        && !is_words(value)
}

/// Words joined by signs, with at most a number behind them: `berlin-trees-2026`.
pub(in crate::reading) fn is_words(value: &str) -> bool {
    let parts = || value.split(|character: char| !character.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let word = |part: &str| {
        let letters = part.bytes().take_while(u8::is_ascii_alphabetic).count();
        let number = part.get(letters..).unwrap_or_default();
        number.bytes().all(|byte| byte.is_ascii_digit())
            && number.len() <= 4
            && is_spoken(part.get(..letters).unwrap_or_default())
    };
    parts().all(word)
}

/// Whether letters could be read aloud: one case (or a capital first), and vowels as often as languages have them.
fn is_spoken(letters: &str) -> bool {
    if letters.len() < 4 {
        return true;
    }
    let changes = letters
        .as_bytes()
        .windows(2)
        .filter(|two| matches!(two, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()));
    let vowels = letters.bytes().filter(|byte| b"aeiouyAEIOUY".contains(byte)).count();
    changes.count() <= letters.len() / 5 && vowels * 5 >= letters.len() && vowels * 10 <= letters.len() * 7
}

/// Entropy in bits per character.
pub(in crate::reading) fn bits(value: &str) -> f64 {
    let mut counts = [0u32; 256];
    for byte in value.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let total = value.len() as f64;
    counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| f64::from(*count) / total)
        .map(|part| -part * part.log2())
        .sum()
}

/// Whether a host is the program's own machine or a container beside it.
pub(in crate::reading) fn is_local(host: &str) -> bool {
    let host = host.trim().to_lowercase();
    let name =
        host.rsplit_once(':').filter(|(name, port)| !name.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()));
    let name = name.map_or(host.as_str(), |(name, _)| name);
    let private = ["127.", "10.", "192.168.", "169.254."].iter().any(|start| name.starts_with(start))
        || name
            .strip_prefix("172.")
            .and_then(|rest| rest.split('.').next()?.parse::<u8>().ok())
            .is_some_and(|b| (16..32).contains(&b));
    !name.contains('.')
        || private
        || TABLE.local_hosts.whole.iter().any(|local| local == name)
        || TABLE.local_hosts.ends.iter().any(|end| name.ends_with(end.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        use Worth::{Nothing, Random, Word};
        for (value, wanted) in [
            ("", Nothing),
            ("changeme", Nothing),
            ("!ChangeThis!", Nothing),
            ("<your token>", Nothing),
            ("${NPM_TOKEN}", Nothing),
            ("{{ vault_password }}", Nothing),
            ("postgres", Nothing),
            ("xxxxxxxxxxxxxxxxxxxx", Nothing),
            ("aaaaaaaaaaaaaaaaaaaaaaaaaa", Nothing),
            ("00000000000000000000000000000001", Nothing),
            ("your-256-bit-secret-0x9f8e7d6c5b", Nothing),
            ("super-secret-jwt-token-with-at-least-32-characters-long", Nothing),
            ("django-insecure-9v8b7n6m5k4j3h2g1f0d", Nothing),
            ("pk.eyJ1Ijoib2ZmaWNlIiwiYSI6ImNrajJ9.a1b2c3d4e5f6a7b8c9", Nothing),
            (concat!("sk_", "test_", "9Kd82mQx41Lw7Tz3Vb6N"), Nothing),
            ("eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJzdXBhYmFzZS1kZW1vIiwicm9sZSI6InNlcnZpY2Vfcm9sZSJ9.c2lnbmF0dXJl", Nothing),
            ("eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiJ9.c2lnbmF0dXJl", Nothing),
            ("31536000", Nothing),
            ("Apfelbaum7", Word),
            ("berlin-trees-and-parks-2026", Word),
            ("giessdenkiez", Word),
            ("a sentence with several words and 12", Word),
            ("f3a9c07be1d4426895ab00cd17ef5a3b", Random),
            ("base64:9kWm0PqX2vLr8TzYc4NbJ6HsFdGe1QaU7oRiK5lVyMs=", Random),
            ("eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYWRtaW4ifQ.c2lnbmF0dXJlMTIz", Random),
            ("Zk7-q9Wm.2LxP_v4T8s", Random),
        ] {
            assert_eq!(worth(value), wanted, "{value}");
        }
    }

    #[test]
    fn hosts() {
        for (host, local) in [
            ("localhost:5432", true),
            ("db", true),
            ("127.0.0.1", true),
            ("172.20.0.3", true),
            ("172.32.0.3", false),
            ("host.docker.internal", true),
            ("smtp.example.org", true),
            ("mail.stadt-musterhausen.de:587", false),
            ("8.8.8.8", false),
        ] {
            assert_eq!(is_local(host), local, "{host}");
        }
    }

    #[test]
    fn every_placeholder_stands_in_lower_case_and_is_one() {
        let table = &TABLE.placeholders;
        for word in table.whole.iter().chain(&table.part) {
            assert_eq!(*word, word.to_lowercase());
            assert!(is_placeholder(word), "{word}");
        }
        for start in &table.start {
            assert!(is_placeholder(&format!("{start}f3a9c07be1d44268")), "{start}");
        }
        for local in &TABLE.local_hosts.whole {
            assert!(is_local(local), "{local}");
        }
        for end in &TABLE.local_hosts.ends {
            assert!(is_local(&format!("a.{}", end.trim_start_matches('.'))), "{end}");
        }
    }
}
