//! Does every row of the table of hosts say what it means?

use super::*;

fn address(text: &str) -> Address {
    Address::find(text).map(|(_, address)| address).unwrap()
}

#[test]
fn every_row_of_the_hosts_is_found_below_it_and_nowhere_else() {
    for (host, rows) in &HOSTS.none {
        for (path, how) in rows {
            assert!(no_source(&address(&format!("https://{host}{path}"))).is_some(), "{host}{path}");
            assert!(no_source(&address(&format!("https://www.{host}{path}/x"))).is_some(), "{host}{path} {how:?}");
            assert_eq!(no_source(&address(&format!("https://zz{host}.zz/"))), None, "{host}");
        }
    }
}

#[test]
fn pages_for_people_are_no_source_unless_read_as_data() {
    for start in &HOSTS.pages.starts {
        assert_eq!(no_source(&address(&format!("https://{start}muster.de/x"))), Some(NoSource::UnlessReadAsData));
        assert_eq!(no_source(&address(&format!("https://zz.{start}muster.de/x"))), None, "{start}");
    }
}

#[test]
fn every_placeholder_is_one_wherever_it_stands() {
    let placeholders = &HOSTS.placeholders;
    for part in placeholders.words.iter().chain(&placeholders.starts).chain(&placeholders.parts) {
        assert!(is_placeholder(&address(&format!("https://{part}.supabase.co/rest/v1"))), "{part}");
        assert!(is_placeholder(&address(&format!("https://api.{part}-a.muster.de"))), "{part}");
    }
    for (text, yes) in [
        ("https://xxxxxxxx.execute-api.muster.de", true),
        ("s3://my-bucket/x", true),
        ("https://your_project.supabase.co", true),
        ("https://www.muster.de", false),
        ("https://food.muster.de", false),
        ("https://yourtrees.muster.de", false),
        ("https://0000.muster.de", false),
    ] {
        assert_eq!(is_placeholder(&address(text)), yes, "{text}");
    }
}

#[test]
fn every_portal_is_found() {
    for row in &HOSTS.table.portal {
        for host in &row.hosts {
            let part = row.only.as_ref().and_then(|only| only.first()).map_or("", String::as_str);
            let part = if part == "@data" { "/x.csv" } else { part };
            let found = portal(&address(&format!("https://{host}{part}")));
            assert!(found.is_some(), "{host}{part}");
            assert_eq!(host, &host.to_ascii_lowercase());
            if row.only.is_some() {
                let page = portal(&address(&format!("https://{host}/about-us")));
                assert!(page.is_none() || page != Some(row.kind) || HOSTS.portals.len() < 2, "{host}");
            }
        }
    }
    assert_eq!(portal(&address("https://github.com/o/r")), None);
    assert_eq!(portal(&address("https://example.de/a.csv")), None);
}

#[test]
fn every_mark_is_found() {
    for row in &HOSTS.table.mark {
        for part in &row.path {
            let host =
                row.host.first().map_or(String::new(), |host| format!("{}x.", host.trim_start_matches(['-', '.'])));
            assert!(mark(&address(&format!("https://{host}zz.de/a{part}"))).is_some(), "{part}");
            assert!(mark(&address("https://zz.de/about")).is_none());
        }
    }
}

#[test]
fn groups() {
    for (text, wanted) in [
        ("https://opendata.dwd.de/a/b", "opendata.dwd.de"),
        ("https://raw.githubusercontent.com/o/r/main/a.csv", "raw.githubusercontent.com/o/r"),
        ("https://huggingface.co/datasets/o/d/resolve/main/a", "huggingface.co/datasets/o/d"),
        ("https://zenodo.org/record/123/files/a.zip", "zenodo.org/record/123"),
        ("https://s3-eu-west-1.amazonaws.com/bucket/x/y", "s3-eu-west-1.amazonaws.com/bucket"),
        ("https://bucket.s3.amazonaws.com/x", "bucket.s3.amazonaws.com"),
        ("s3://bucket/x/y", "s3://bucket"),
        ("https://services7.arcgis.com/abc/arcgis/rest", "services7.arcgis.com/abc"),
    ] {
        assert_eq!(group(&address(text)), wanted, "{text}");
    }
}

#[test]
fn domains() {
    for (host, wanted) in
        [("opendata.dwd.de", "dwd.de"), ("data.police.uk", "police.uk"), ("a.b.gov.uk", "b.gov.uk"), ("x", "x")]
    {
        assert_eq!(registrable(host), wanted, "{host}");
    }
    assert!(HOSTS.domains.platforms.iter().all(|domain| is_platform(domain) && is_shared(domain)));
    assert!(is_shared("berlin.de") && !is_shared("dwd.de"));
}

#[test]
fn providers() {
    for (name, host) in [
        ("stamentoner", Some("tile.stamen.com")),
        ("Stamen.Watercolor", Some("tile.stamen.com")),
        ("open-street-map", Some("tile.openstreetmap.org")),
        ("carto-positron", Some("basemaps.cartocdn.com")),
        ("light", None),
    ] {
        assert_eq!(provider(name), host, "{name}");
    }
    for row in &HOSTS.providers {
        assert!(row.names.iter().all(|name| provider(name) == Some(row.host.as_str())), "{}", row.host);
    }
}

#[test]
fn every_provider_is_chosen_by_its_names() {
    for row in &HOSTS.providers {
        for name in &row.names {
            assert_eq!(provider(&format!("{name}.Muster")), Some(row.host.as_str()), "{name}");
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()), "{name}");
        }
    }
    assert_eq!(provider("Muster"), None);
}

#[test]
fn every_shared_host_is_told_apart_by_its_path() {
    for row in &HOSTS.shared {
        for host in &row.hosts {
            let parts: Vec<String> = (0..row.parts).map(|part| format!("p{part}")).collect();
            let one = group(&address(&format!("https://{host}{}/{}/rest/x.csv", row.under, parts.join("/"))));
            let other = group(&address(&format!("https://{host}{}/other/other/other/x.csv", row.under)));
            assert_eq!(one == other, row.parts == 0, "{host}{}: {one} {other}", row.under);
            assert!(!one.contains("rest"), "{one}");
        }
    }
}
