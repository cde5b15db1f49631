//! How are tables told from what stands around them?

use super::*;

fn names(table: &Table) -> Vec<&str> {
    table.names().collect()
}

#[test]
fn dialects() {
    for (text, delimiter, columns, rows) in [
        ("id,height\n1,2\n3,4\n", ',', &["id", "height"][..], 2),
        ("id;height\r\n1;2,5\r\n3;4,5\r\n", ';', &["id", "height"], 2),
        ("id\theight\n1\t2\n", '\t', &["id", "height"], 1),
        ("id|height\n1|2\n", '|', &["id", "height"], 1),
        ("sep=;\nid;height\n1;2\n", ';', &["id", "height"], 1),
        ("\"a,b\",\"c\nd\"\n1,2\n3,4\n", ',', &["a,b", "c\nd"], 2),
        ("Trees of 2024\n\nid,height\n1,2\n3,4\n5,6\n7,8\n9,1\n", ',', &["id", "height"], 5),
        ("# lon,lat\n8.1,49.2\n8.3,49.4\n", ',', &["lon", "lat"], 2),
        ("place,2019,2020\nA,3,4\nB,5,6\n", ',', &["place", "2019", "2020"], 2),
        ("height\n1\n2\n", ',', &["height"], 2),
    ] {
        let table = read(text, true).unwrap();
        assert_eq!(names(&table), columns, "{text:?}");
        assert_eq!((table.delimiter, table.rows), (delimiter, rows), "{text:?}");
        assert!(table.header.is_some(), "{text:?}");
    }
}

#[test]
fn no_header() {
    for text in ["1,2\n3,4\n", "Berlin,Germany\nParis,France\n", "a@b.de,x\nc@d.de,y\n", "x,3\nx,4\nx,5\n"] {
        let table = read(text, true).unwrap();
        assert_eq!((table.header, table.rows), (None, text.lines().count()), "{text:?}");
        assert!(table.columns.iter().all(|column| column.values.len() == table.rows), "{text:?}");
    }
}

#[test]
fn places_of_headers() {
    let table = read("Title\n\nid,größe\n1,2\n3,4\n5,6\n7,8\n9,9\n1,1\n2,2\n3,3\n", true).unwrap();
    assert_eq!(table.header, Some(Span::on_line(3, 1, 9)));
    let table = read("sep=;\nid;h\n1;2\n", true).unwrap();
    assert_eq!(table.header, Some(Span::on_line(2, 1, 5)));
}

#[test]
fn a_cut_file_loses_its_last_line() {
    let table = read("id,height\n1,2\n3,4\n5", false).unwrap();
    assert_eq!((table.rows, table.whole), (2, false));
    assert_eq!(read("one endless line", false), None);
    assert_eq!(read("", true), None);
}

#[test]
fn hostile_tables_are_bounded() {
    let wide = ",".repeat(40_000) + "\n" + &"1,".repeat(9_000);
    assert!(read(&wide, true).is_none_or(|table| table.columns.len() <= COLUMNS));
    let quoted = "\"".repeat(50_001);
    assert!(read(&quoted, true).is_none_or(|table| table.rows < 2));
    let long = format!("a,b\n{},2\n", "x".repeat(50_000));
    let table = read(&long, true).unwrap();
    assert!(table.columns.iter().flat_map(|column| &column.values).all(|value| value.chars().count() <= CELL));
}
