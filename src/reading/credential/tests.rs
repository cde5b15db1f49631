//! Does every row find its tokens, and leave alone what only looks like them?
//!
//! No token stands here: all are made when the tests run, so that no forge takes this file for a leak.

use super::check::checksum;
use super::table::{RestsOn, TABLE};
use super::*;
use crate::repository::{FileKind, Marks};

const BASE62: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const HEX: &str = "0123456789abcdef";

/// Characters without order, always the same: a congruential generator.
fn made_up(alphabet: &str, length: usize) -> String {
    let alphabet = alphabet.as_bytes();
    let mut state = 2_463_534_242u64 + length as u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(alphabet[(state >> 33) as usize % alphabet.len()])
    };
    (0..length).map(|_| next()).collect()
}

fn encoded(text: &str) -> String {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::new();
    for three in text.as_bytes().chunks(3) {
        let held = three.iter().fold(0u32, |held, byte| held << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        (0..=three.len()).for_each(|at| out.push(char::from(alphabet[(held >> (18 - 6 * at) & 63) as usize])));
    }
    out
}

/// A web token of Supabase with these claims.
fn web_token(claims: &str) -> String {
    format!("{}.{}.{}", encoded(r#"{"alg":"HS256","typ":"JWT"}"#), encoded(claims), made_up(BASE62, 43))
}

fn age_key() -> String {
    let name = "age-secret-key-";
    let data = made_up("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 52);
    check::with_bech32(&format!("{}1{data}", name.to_uppercase()))
}

/// Every form of the table, with a token of it.
fn tokens() -> Vec<(&'static str, String)> {
    let b = |length: usize| made_up(BASE62, length);
    let h = |length: usize| made_up(HEX, length);
    let summed = |length: usize| format!("{}{}", b(length), checksum(&b(length)));
    let role = |issuer: &str, project: &str| {
        web_token(&format!(r#"{{"iss":"{issuer}",{project}"role":"service_role","iat":1700000000,"exp":2000000000}}"#))
    };
    let digits = made_up("2749583016", 18);
    let aws = format!("{}{}", "AKIA", made_up("QWERTYUIPASDFGHJKLZXCVBNM234567", 16));
    vec![
        ("github-token", format!("ghp_{}", summed(30))),
        ("github-token", format!("ghs_{}", summed(30))),
        ("github-fine-grained-token", format!("github_pat_{}_{}", b(22), b(59))),
        ("gitlab-token", format!("glpat-{}", b(20))),
        ("gitlab-token", format!("glpat-{}.01.{}", b(40), made_up("0123456789abcdefghijklmnopqrstuvwxyz", 7))),
        ("gitlab-token", format!("glagent-{}", b(50))),
        ("npm-token", format!("npm_{}", summed(30))),
        ("pypi-token", format!("pypi-AgE{}{}", "IcHlwaS5vcmc", b(120))),
        ("rubygems-token", format!("rubygems_{}", h(48))),
        ("docker-hub-token", format!("dckr_pat_{}", b(27))),
        ("aws-access-key", format!("{aws}\", \"{}", b(40))),
        ("azure-storage-key", format!("AccountKey={}==", b(86))),
        ("azure-shared-access-key", format!("SharedAccessKey={}=", b(43))),
        ("azure-client-secret", format!("{}7Q~{}", b(3), b(34))),
        ("digitalocean-token", format!("dop_v1_{}", h(64))),
        ("cloudflare-token", format!("cfut_{}{}", b(40), h(8))),
        ("cloudflare-origin-key", format!("v1.0-{}-{}", h(24), h(146))),
        ("heroku-token", format!("HRKU-AA{}", b(58))),
        ("netlify-token", format!("nfp_{}", b(36))),
        ("vault-token", format!("hvs.{}", b(24))),
        ("vault-token", format!("hvs.CAES{}", b(90))),
        ("terraform-cloud-token", format!("{}.atlasv1.{}", b(14), b(67))),
        ("pulumi-token", format!("pul-{}", h(40))),
        ("doppler-token", format!("dp.pt.{}", b(43))),
        ("doppler-token", format!("dp.st.prd.{}", b(43))),
        ("tailscale-key", format!("tskey-auth-{}CNTRL-{}", b(11), b(32))),
        ("age-secret-key", age_key()),
        ("slack-token", format!("xoxb-{}-{}-{}", &digits[..12], &digits[6..18], b(24))),
        ("slack-app-token", format!("xapp-1-A{}-{}-{}", b(10).to_uppercase(), &digits[..13], h(64))),
        ("slack-webhook", format!("hooks.slack.com/services/T{0}/B{0}/{1}", b(9).to_uppercase(), b(24))),
        ("discord-webhook", format!("discord.com/api/webhooks/{digits}/{}", b(68))),
        ("telegram-bot-token", format!("{}:AA{}", &digits[..9], b(33))),
        ("stripe-key", format!("sk_live_{}", b(24))),
        ("shopify-token", format!("shpat_{}", h(32))),
        ("square-secret", format!("sq0csp-{}", b(43))),
        ("sendgrid-key", format!("SG.{}.{}", b(22), b(43))),
        ("mailgun-key", format!("key-{}\" # mailgun", h(32))),
        ("mailchimp-key", format!("{}-us12", h(32))),
        ("openai-key", format!("sk-proj-{0}T3BlbkFJ{0}", b(40))),
        ("openai-key", format!("sk-{0}T3BlbkFJ{0}", b(20))),
        ("openrouter-key", format!("sk-or-v1-{}", h(64))),
        ("anthropic-key", format!("sk-ant-api03-{}AA", b(93))),
        ("groq-key", format!("gsk_{}", b(52))),
        ("replicate-token", format!("r8_{}", b(37))),
        ("hugging-face-token", format!("hf_{}", made_up(&BASE62[10..], 34))),
        ("databricks-token", format!("dapi{}", h(32))),
        ("grafana-token", format!("glsa_{}_{}", b(32), h(8))),
        ("grafana-cloud-token", format!("glc_eyJ{}", b(120))),
        ("new-relic-key", format!("NRAK-{}", made_up(&BASE62[..36], 27))),
        ("sentry-token", format!("sntryu_{}", h(64))),
        ("sentry-token", format!("sntrys_eyJ{}_{}", b(100), b(43))),
        ("sonar-token", format!("sqp_{}", h(40))),
        ("atlassian-token", format!("ATATT3xFfGF0{}=7E1A09C4", b(171))),
        ("linear-key", format!("lin_api_{}", b(40))),
        ("notion-token", format!("ntn_{}{}", &digits[..11], b(35))),
        ("notion-token", format!("secret_{}\" # for Notion", b(43))),
        ("figma-token", format!("figd_{}", b(40))),
        ("postman-key", format!("PMAK-{}-{}", h(24), h(34))),
        ("contentful-token", format!("CFPAT-{}", b(43))),
        ("mapbox-secret-token", format!("sk.eyJ{}.{}", b(60), b(22))),
        ("supabase-service-key", role("supabase", r#""ref":"abkqzmrtplwx","#)),
        ("supabase-service-key", role("supabase", r#""ref":"abkqzmrtplwxyk","#)),
        ("supabase-service-key", role("supabase", r#""ref":"abkqzmrtplwxyko","#)),
        ("supabase-secret-key", format!("sb_secret_{}_{}", b(22), b(8))),
        ("adafruit-io-key", format!("aio_{}47{}", &b(60).replace(|c: char| c.is_ascii_digit(), "")[..4], b(22))),
        (
            "things-network-key",
            format!(
                "NNSXS.{}.{}",
                made_up("QWERTYUIOPASDFGHJKLZXCVBNM234567", 39),
                made_up("QWERTYUIOPASDFGHJKLZXCVBNM234567", 52)
            ),
        ),
        ("cloudinary-address", format!("cloudinary://{}:{}@baum", &digits[..15], b(27))),
    ]
}

fn file(path: &str, class: Class) -> File {
    File { path: path.into(), class, marks: Marks::default(), kind: FileKind::Regular, len: None }
}

fn forms(text: &str) -> Vec<&'static str> {
    find(&file("src/a.py", Class::Source), text)
        .into_iter()
        .filter(|found| !found.sample)
        .map(|found| found.form)
        .collect()
}

#[test]
fn every_row_finds_its_tokens() {
    for (form, token) in tokens() {
        for text in [format!("x = \"{token}\"\n"), format!("a\nb: {token}"), format!("[\"\\n{token}\"]")] {
            assert_eq!(forms(&text), [form], "{text}");
        }
        let text = format!("a\nkey = '{token}'\n");
        let found = find(&file("docs/setup.md", Class::Documentation), &text);
        let seen: Vec<_> = found.iter().map(|found| (found.form, found.span.line, found.sample)).collect();
        assert_eq!(seen, [(form, 2, false)], "{text}");
        let begins = &found.first().unwrap().begins;
        assert!(begins.len() <= 4 && begins.len() * 4 <= token.len() && text.contains(begins.as_str()), "{begins}");
    }
    let told: BTreeSet<_> = tokens().into_iter().map(|(form, _)| form).collect();
    let rows: BTreeSet<_> = TABLE.token.iter().map(|row| row.form.as_str()).collect();
    assert_eq!(told, rows, "every row has a token here");
}

#[test]
fn every_row_leaves_alone_what_only_looks_like_it() {
    for (form, token) in tokens() {
        let head = token.len() / 3;
        let flat: String =
            token.char_indices().map(|(at, c)| if at > 12 && c.is_ascii_alphanumeric() { 'x' } else { c }).collect();
        for text in [
            format!("x = \"a{token}\""),
            format!("x = \"{flat}\""),
            format!("x = \"{}\"", &token[..head]),
            format!("x = \"{token}\" # an example"),
            format!("# a dummy for the tests\nx = \"{token}\""),
        ] {
            assert_eq!(forms(&text), Vec::<&str>::new(), "{form}: {text}");
        }
        for path in ["tests/a.py", "a/example.py", "src/config.sample.py", "demo/a.py"] {
            let found = find(&file(path, Class::Source), &format!("x = \"{token}\""));
            assert!(found.iter().all(|found| found.sample), "{form} {path}");
        }
        let manual = find(&file("docs/setup.md", Class::Documentation), &format!("It looks like this:\n\n{token}\n"));
        assert!(manual.iter().all(|found| found.sample), "{form}");
    }
}

#[test]
fn checksums_are_held_against_their_tokens() {
    let rows = |why: RestsOn| TABLE.token.iter().filter(move |row| row.rests_on == why).map(|row| row.form.as_str());
    let summed: Vec<_> = rows(RestsOn::Checksum).collect();
    assert_eq!(summed, ["github-token", "npm-token", "age-secret-key"]);
    for (form, token) in tokens().into_iter().filter(|(form, _)| summed.contains(form)) {
        let at = token.len() - 10;
        let other = if token[at..].starts_with('Q') { "P" } else { "Q" };
        let broken = format!("{}{other}{}", &token[..at], &token[at + 1..]);
        assert_eq!(forms(&broken), Vec::<&str>::new(), "{form}");
    }
}

#[test]
fn what_providers_print_for_everybody() {
    let claims = r#"{"iss":"supabase-demo","role":"service_role","exp":1983812996}"#;
    let mut public = vec![
        web_token(claims),
        web_token(r#"{"iss":"supabase","ref":"abkqzmrtplwx","role":"anon"}"#),
        format!("{}{}\", \"wJalrXUtnFEMI/K7MDENG/bPxRfiCY{}", "AKIA", "IOSFODNN7EXAMPLE", "EXAMPLEKEY"),
        format!("pk.eyJ{}.{}", made_up(BASE62, 60), made_up(BASE62, 22)),
        format!("{}{}", "sk_test_", made_up(BASE62, 24)),
        format!("{}{}", "pk_live_", made_up(BASE62, 24)),
        format!("key-{}", made_up(HEX, 32)),
        format!("secret_{}", made_up(BASE62, 43)),
        format!("{}{}", "AKIA", "Q3EGRKLM7TV2WXYZ"),
    ];
    for row in &TABLE.token {
        for start in &row.public {
            let (_, token) = tokens().into_iter().find(|(form, _)| form == &row.form).unwrap();
            let value = row.pattern().captures(&token).unwrap().name("value").unwrap().range();
            let public_one = format!("{}{start}{}", &token[..value.start], &token[value.start + start.len()..]);
            assert!(row.pattern().is_match(&public_one), "{public_one}");
            public.push(public_one);
        }
    }
    for token in public {
        assert_eq!(forms(&format!("x = \"{token}\"")), Vec::<&str>::new(), "{token}");
    }
}

#[test]
fn addresses_with_their_password() {
    let random = made_up(BASE62, 20);
    for (text, wanted) in [
        ("x = 'https://web:Apfelbaum7@daten.musterhausen.de/a'".to_owned(), 1),
        (format!("git clone https://oauth2:{random}@git.musterhausen.de/a.git"), 1),
        ("url: postgres://web:Apfelbaum7@db.musterhausen.de:5432/web".into(), 1),
        (format!("redis://:{random}@cache.musterhausen.de:6379"), 1),
        ("ftp://web:Apfelbaum7@193.175.4.26/a".into(), 1),
        ("https://web:<password>@daten.musterhausen.de".into(), 0),
        ("https://web:${PW}@daten.musterhausen.de".into(), 0),
        ("https://web:{password}@daten.musterhausen.de".into(), 0),
        ("https://%s:%s@daten.musterhausen.de".into(), 0),
        ("https://web:xxx@daten.musterhausen.de".into(), 0),
        ("https://web:changeme@daten.musterhausen.de".into(), 0),
        ("https://user:pass@daten.musterhausen.de".into(), 0),
        ("https://user:password@daten.musterhausen.de".into(), 0),
        ("https://user:Apfelbaum7@daten.musterhausen.de".into(), 0),
        ("https://postgres:postgres@daten.musterhausen.de".into(), 0),
        ("https://geheimnis:geheimnis@daten.musterhausen.de".into(), 0),
        ("https://web:kurz1@daten.musterhausen.de".into(), 0),
        (format!("postgres://web:{random}@localhost/a"), 0),
        (format!("postgres://web:{random}@127.0.0.1/a"), 0),
        (format!("postgres://web:{random}@db/a"), 0),
        (format!("postgres://web:{random}@nas.local/a"), 0),
        (format!("https://web:{random}@example.org/a"), 0),
        (format!("https://web:{random}@my.domain.com/a"), 0),
        (format!("https://{}:{}@sentry.musterhausen.de/7", made_up(HEX, 32), made_up(HEX, 31)), 0),
        (format!("https://{}:{}@errors.musterhausen.de/7", made_up(HEX, 32), made_up(HEX, 31)), 0),
        (" * https://web:Apfelbaum7@daten.musterhausen.de".into(), 0),
        (format!("https://username:{random}@daten.musterhausen.de"), 0),
        ("https://musterhausen.de/@amt:news".into(), 0),
        ("mailto://amt@musterhausen.de".into(), 0),
        ("re.match('https?://([^:]+):([^@]+)@musterhausen.de')".into(), 0),
    ] {
        assert_eq!(forms(&text), vec!["url-password"; wanted], "{text}");
    }
    let found = find(&file("a.py", Class::Source), "x = 'https://web:Apfelbaum7@daten.musterhausen.de/a'");
    assert_eq!(found.first().map(|found| (found.span.column, found.begins.as_str())), Some((6, "")));
    let manual = |text: &str| find(&file("README.md", Class::Documentation), text).len();
    assert_eq!(manual("https://web:Apfelbaum7@daten.musterhausen.de"), 0, "a word in a manual");
    assert_eq!(manual(&format!("https://web:{random}@daten.musterhausen.de")), 1);
}

#[test]
fn connection_strings_with_their_password() {
    for (text, wanted) in [
        ("cs = \"Server=db.musterhausen.de;User Id=web;Password=Apfelbaum7;\"", 1),
        ("<add connectionString=\"Data Source=tcp:db.musterhausen.de,1433;Uid=web;Pwd=Apfelbaum7\"/>", 1),
        ("connect(\"host=db.musterhausen.de dbname=a user=web password=Apfelbaum7\")", 1),
        ("spring.datasource.url=jdbc:postgresql://db.musterhausen.de/a?user=web&password=Apfelbaum7", 1),
        ("cs = \"Server=localhost;User Id=web;Password=Apfelbaum7;\"", 0),
        ("cs = \"Server=db;User Id=web;Password=Apfelbaum7;\"", 0),
        ("cs = \"Server=db.musterhausen.de;User Id=web;Password={0};\"", 0),
        ("cs = \"Server=db.musterhausen.de;User Id=web;Password=$(pw);\"", 0),
        ("cs = \"Server=db.musterhausen.de;User Id=web;Password=your_password;\"", 0),
        ("cs = \"Server=db.example.org;User Id=web;Password=Apfelbaum7;\"", 0),
        ("cs = \"Server=db.musterhausen.de;User Id=web;Fwd=Apfelbaum7;\"", 0),
        ("cs = \"Password=Apfelbaum7\"", 0),
        ("connect(host='db.musterhausen.de', user='web', password='Apfelbaum7')", 0),
        ("jdbc:postgresql://db.musterhausen.de/a?user=web&password=", 0),
    ] {
        assert_eq!(forms(text), vec!["connection-password"; wanted], "{text}");
    }
}

#[test]
fn one_of_each_line_and_not_too_many() {
    let token = format!("glpat-{}", made_up(BASE62, 20));
    assert_eq!(forms(&format!("{token} {token}")), ["gitlab-token"]);
    assert_eq!(forms(&format!("{token}\n").repeat(1000)).len(), MOST);
}

#[test]
fn files_that_are_searched() {
    for (path, class, yes) in [
        ("README.md", Class::Documentation, true),
        ("docs/manual.pdf", Class::Documentation, false),
        ("data/a.json", Class::Data, true),
        ("data/a.csv", Class::Data, false),
        ("notes.txt", Class::Asset, true),
        ("logo.png", Class::Asset, false),
        ("package.json", Class::Manifest, true),
        ("a.py", Class::Source, true),
        ("a.pt", Class::Model, false),
    ] {
        assert_eq!(may_hold(&file(path, class)), yes, "{path}");
    }
}

#[test]
fn every_word_of_samples_counts() {
    let token = format!("glpat-{}", made_up(BASE62, 20));
    let sample = |path: &str, class: Class, text: &str| find(&file(path, class), text).iter().all(|found| found.sample);
    assert!(!sample("a.py", Class::Source, &token));
    for word in &TABLE.sample.path {
        assert!(sample(&format!("a/{word}/b.py"), Class::Source, &token), "{word}");
        assert!(says_sample(&format!("Here lies a {word}.")), "{word}");
    }
    for word in &TABLE.sample.line {
        assert!(sample("a.py", Class::Source, &format!("{word} {token}")), "{word}");
    }
    for word in &TABLE.sample.document {
        assert!(sample("a.md", Class::Documentation, &format!("{word}:\n\n{token}")), "{word}");
    }
    for host in &TABLE.hosts.manual {
        assert!(!address::is_reachable(&format!("{host}.de")), "{host}");
    }
    for end in &TABLE.hosts.ends {
        assert!(!address::is_reachable(&format!("musterhausen{end}")), "{end}");
    }
    for user in &TABLE.hosts.users {
        assert!(!address::is_password(Class::Source, user, "Apfelbaum7"), "{user}");
    }
}

#[test]
fn hostile_texts() {
    for text in [
        "ghp_".repeat(10_000),
        "://a:b@".repeat(10_000),
        "AKIA".repeat(10_000),
        "ä://ö:ü@".into(),
        "Password=".into(),
        ":AA".into(),
        "T3BlbkFJ".into(),
    ] {
        assert_eq!(forms(&text), Vec::<&str>::new());
    }
}
