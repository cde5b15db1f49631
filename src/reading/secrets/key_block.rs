//! Does a text hold a private key, and not merely the words that announce one?
//!
//! The words stand in every program that reads keys, in manuals and in templates. A key is believed only where the
//! bytes between them are what they say: ASN.1 of just that length (RFC 7468, RFC 5958, RFC 8017), the OpenSSH
//! format (openssh PROTOCOL.key), an OpenPGP secret-key packet (RFC 9580), or PuTTY's lines.

use super::base64::decode;
use super::pgp::secret_key;
use memchr::memmem;
use std::ops::Range;

/// A private key in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyBlock {
    /// the bytes of the words that begin it
    pub at: Range<usize>,
    /// what it calls itself: `RSA PRIVATE KEY`; one of [`LABELS`]
    pub label: &'static str,
    /// whether a passphrase protects it
    pub encrypted: bool,
}

/// What private keys call themselves.
pub const LABELS: &[&str] = &[
    "PRIVATE KEY",
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "DSA PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "OPENSSH PRIVATE KEY",
    "PGP PRIVATE KEY BLOCK",
    PUTTY,
];

const PUTTY: &str = "PuTTY-User-Key-File";
const BEGIN: &str = "-----BEGIN ";
/// The longest block that is looked into; an RSA key of 16,384 bits has 13 kB.
const LONGEST: usize = 64 << 10;
/// More keys than this in one file are not counted.
const MOST: usize = 64;

/// Whether a text may hold a private key: cheap, for a first look at many files.
pub fn suspect(text: &str) -> bool {
    static WORDS: std::sync::LazyLock<[memmem::Finder<'static>; 2]> =
        std::sync::LazyLock::new(|| [memmem::Finder::new(" PRIVATE KEY"), memmem::Finder::new(PUTTY)]);
    WORDS.iter().any(|words| words.find(text.as_bytes()).is_some())
}

/// The private keys of a text, in their order.
pub fn key_blocks(text: &str) -> Vec<KeyBlock> {
    let mut found = Vec::new();
    for at in memmem::find_iter(text.as_bytes(), BEGIN) {
        let Some((label, body)) = block(text, at) else { continue };
        if let Some(encrypted) = key(label, body) {
            found.push(KeyBlock { at: at..at + BEGIN.len() + label.len() + 5, label, encrypted });
        }
        if found.len() >= MOST {
            break;
        }
    }
    for at in memmem::find_iter(text.as_bytes(), PUTTY).take(MOST) {
        if let Some(encrypted) = putty(text.get(at..).unwrap_or_default()) {
            found.push(KeyBlock { at: at..at + PUTTY.len(), label: PUTTY, encrypted });
        }
    }
    found.sort_by_key(|block| block.at.start);
    found
}

/// The certificates of a text, decoded.
pub fn certificates(text: &str) -> Vec<Vec<u8>> {
    let begin = "-----BEGIN CERTIFICATE-----";
    memmem::find_iter(text.as_bytes(), begin)
        .take(MOST)
        .filter_map(|at| {
            let rest = text.get(at + begin.len()..)?;
            let rest = rest.get(..floor(rest, LONGEST)).unwrap_or(rest);
            let (body, _) = rest.split_once("-----END CERTIFICATE-----")?;
            decode(&lines(body).concat())
        })
        .collect()
}

/// Label and body of the block that starts at a byte; `None` for blocks of other kinds or without an end.
fn block(text: &str, at: usize) -> Option<(&'static str, &str)> {
    let rest = text.get(at + BEGIN.len()..)?;
    let rest = rest.get(..floor(rest, LONGEST)).unwrap_or(rest);
    let label = LABELS.iter().find(|label| rest.strip_prefix(**label).is_some_and(|rest| rest.starts_with("-----")))?;
    let body = rest.get(label.len() + 5..)?;
    let end = memmem::find(body.as_bytes(), b"-----END ")?;
    Some((label, body.get(..end)?))
}

/// The greatest number of bytes up to `wanted` that does not cut a character.
fn floor(text: &str, wanted: usize) -> usize {
    (0..=wanted.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// The lines of a block as they were before somebody put them into a string, a list or a comment.
fn lines(body: &str) -> Vec<String> {
    let bare = body.lines().map(|line| {
        let (first, last) = (line.find(['"', '\'']), line.rfind(['"', '\'']));
        match (first, last) {
            (Some(first), Some(last)) if first < last => line.get(first + 1..last).unwrap_or_default(),
            (Some(only), _) => {
                let (before, after) = line.split_at(only);
                if before.trim().is_empty() { after.get(1..).unwrap_or_default() } else { before }
            }
            _ => line.trim_matches([',', ' ', '\t', '#', '*', '|', '>']).trim_end_matches('\\'),
        }
    });
    let joined = bare.collect::<Vec<_>>().join("\n");
    let unescaped = joined.replace("\\r", "").replace("\\n", "\n").replace("\\/", "/");
    unescaped.lines().map(|line| line.trim().to_owned()).collect()
}

/// Whether the body is a key of this kind: `Some(encrypted)`.
fn key(label: &str, body: &str) -> Option<bool> {
    let lines = lines(body);
    let header = |line: &&String| line.contains(": ") || line.ends_with(':');
    let encrypted_by_header = lines.iter().filter(header).any(|line| line.contains("ENCRYPTED"));
    let data: String =
        lines.iter().filter(|line| !header(line) && !line.starts_with('=')).map(String::as_str).collect();
    let bytes = decode(&data)?;
    match label {
        "OPENSSH PRIVATE KEY" => {
            let rest = bytes.strip_prefix(b"openssh-key-v1\0")?;
            Some(!rest.get(4..).is_some_and(|cipher| cipher.starts_with(b"none")))
        }
        "PGP PRIVATE KEY BLOCK" => secret_key(&bytes),
        "ENCRYPTED PRIVATE KEY" => whole_sequence(&bytes).then_some(true),
        _ if encrypted_by_header => (bytes.len() >= 64 && bytes.len() % 8 == 0).then_some(true),
        _ => whole_sequence(&bytes).then_some(false),
    }
}

/// Whether the bytes are one ASN.1 SEQUENCE from the first to the last (X.690 section 8.1.3), and long enough
/// for a key.
fn whole_sequence(bytes: &[u8]) -> bool {
    let (length, head) = match bytes {
        [0x30, length @ 0..=0x7f, ..] => (usize::from(*length), 2),
        [0x30, 0x81, length, ..] => (usize::from(*length), 3),
        [0x30, 0x82, high, low, ..] => (usize::from(*high) << 8 | usize::from(*low), 4),
        _ => return false,
    };
    bytes.len() == length + head && bytes.len() >= 40
}

/// Whether PuTTY's lines follow: `Some(encrypted)`.
fn putty(text: &str) -> Option<bool> {
    let mut lines = text.lines().take(300);
    let version = lines.next()?.strip_prefix(PUTTY)?;
    version.strip_prefix('-')?.starts_with(['1', '2', '3']).then_some(())?;
    let mut encrypted = None;
    for line in lines.by_ref() {
        if let Some(cipher) = line.strip_prefix("Encryption: ") {
            encrypted = Some(cipher.trim() != "none");
        }
        if line.starts_with("Private-Lines: ") {
            break;
        }
    }
    decode(lines.next()?.trim()).filter(|bytes| bytes.len() >= 20)?;
    encrypted
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Base64 of a made-up key of the right shape: a SEQUENCE that holds a sentence again and again.
    fn body(wrap: &str) -> String {
        let sentence: Vec<u8> = b"no key but a sentence, ".iter().copied().cycle().take(300).collect();
        let bytes = [&[0x30, 0x82, 0x01, 0x2c][..], &sentence].concat();
        let text = encode(&bytes);
        let lines: Vec<String> = text.as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line).into()).collect();
        lines.join(wrap)
    }

    fn encode(bytes: &[u8]) -> String {
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::new();
        for three in bytes.chunks(3) {
            let held = three.iter().fold(0u32, |held, byte| held << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
            for at in 0..=three.len() {
                text.push(char::from(alphabet[(held >> (18 - 6 * at) & 63) as usize]));
            }
        }
        text + &"=".repeat((3 - bytes.len() % 3) % 3)
    }

    fn fence(end: &str, label: &str) -> String {
        format!("-----{end} {label}-----")
    }

    fn pem(label: &str, body: &str) -> String {
        format!("{}\n{body}\n{}\n", fence("BEGIN", label), fence("END", label))
    }

    fn found(text: &str) -> Option<(u32, bool)> {
        key_blocks(text).first().map(|block| {
            let lines = text.get(..block.at.start).unwrap().matches('\n').count();
            assert!(text.get(block.at.clone()).unwrap().contains(block.label));
            (u32::try_from(lines + 1).unwrap(), block.encrypted)
        })
    }

    #[test]
    fn keys() {
        let openssh = |cipher: &str| encode(&[b"openssh-key-v1\0\0\0\0\x04", cipher.as_bytes(), &[7; 80]].concat());
        let pgp = encode(&[&[0x95, 0, 60, 4, 0, 0, 0, 0, 27][..], &[9; 32], &[0], &[9; 34]].concat());
        let nested = body("\n").lines().map(|line| format!("    {line}\n")).collect::<String>();
        let joined = body("\\n\" +\n  \"");
        for (text, wanted) in [
            (pem("RSA PRIVATE KEY", &body("\n")), Some((1, false))),
            (format!("a\nb\n{}", pem("PRIVATE KEY", &body("\r\n"))), Some((3, false))),
            (pem("ENCRYPTED PRIVATE KEY", &body("\n")), Some((1, true))),
            (pem("OPENSSH PRIVATE KEY", &openssh("none")), Some((1, false))),
            (pem("OPENSSH PRIVATE KEY", &openssh("aes256-ctr")), Some((1, true))),
            (pem("PGP PRIVATE KEY BLOCK", &format!("Version: x\n\n{pgp}\n=abcd")), Some((1, false))),
            (
                pem("RSA PRIVATE KEY", &format!("Proc-Type: 4,ENCRYPTED\nDEK-Info: DES\n\n{}", encode(&[5; 96]))),
                Some((1, true)),
            ),
            (format!("tls.key: |\n    {}", pem("EC PRIVATE KEY", &nested)), Some((2, false))),
            (
                format!(
                    "{{\n\"private_key\": \"{}\\n{}\\n{}\\n\"}}",
                    fence("BEGIN", "PRIVATE KEY"),
                    body("\\n"),
                    fence("END", "PRIVATE KEY")
                ),
                Some((2, false)),
            ),
            (
                format!(
                    "key = \"{}\\n\" +\n  \"{joined}\\n\" +\n  \"{}\"",
                    fence("BEGIN", "PRIVATE KEY"),
                    fence("END", "PRIVATE KEY")
                ),
                Some((1, false)),
            ),
            (
                format!(
                    "{PUTTY}-2: ssh-rsa\nEncryption: none\nComment: x\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 1\n{}\n",
                    encode(&[3; 64])
                ),
                Some((1, false)),
            ),
        ] {
            assert_eq!(found(&text), wanted, "{text}");
            assert!(suspect(&text), "{text}");
        }
    }

    #[test]
    fn what_is_no_key() {
        for text in [
            String::new(),
            fence("BEGIN", "PRIVATE KEY"),
            format!("if (line == \"{}\") {{ start = i }}", fence("BEGIN", "RSA PRIVATE KEY")),
            format!("if x.startswith('{}') and '{}' in x", fence("BEGIN", "PRIVATE KEY"), fence("END", "PRIVATE KEY")),
            pem("PRIVATE KEY", ""),
            pem("PRIVATE KEY", "..."),
            pem("PRIVATE KEY", "MIIEvgIBADANBgkqhkiG9w0BAQEFAASC..."),
            pem("PRIVATE KEY", "<your key here>"),
            pem("PRIVATE KEY", "your private key"),
            pem("PRIVATE KEY", &"A".repeat(64)),
            pem("PRIVATE KEY", &body("\n")[..200]),
            pem("PRIVATE KEY", "${KEY}"),
            pem("OPENSSH PRIVATE KEY", &body("\n")),
            pem("PGP PRIVATE KEY BLOCK", &body("\n")),
            pem("PGP PRIVATE KEY BLOCK", "…"),
            pem("PUBLIC KEY", &body("\n")),
            pem("CERTIFICATE", &body("\n")),
            format!("{PUTTY}-2: ssh-rsa\n"),
            format!("grep {PUTTY} *.ppk"),
        ] {
            assert_eq!(found(&text), None, "{text}");
        }
    }

    #[test]
    fn certificates_are_decoded() {
        let text = pem("CERTIFICATE", &body("\n"));
        assert!(certificates(&text).first().is_some_and(|bytes| bytes.starts_with(&[0x30, 0x82])));
        assert!(certificates("-----BEGIN CERTIFICATE-----").is_empty());
    }
}
