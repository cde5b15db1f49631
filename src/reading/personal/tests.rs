//! Which tables are about private persons, and which are left alone?

use super::*;
use crate::reading::table::read;

/// What is found in a table of this text at a path: the kinds, and the signs against.
fn found(path: &str, text: &str) -> Option<(String, String)> {
    let evidence = look(&read(text, true).unwrap(), path)?;
    let signs = [
        ("synthetic", evidence.synthetic),
        ("attribution", evidence.attribution),
        ("public-role", evidence.public_role),
        ("historical", evidence.historical),
    ];
    let kinds: Vec<&str> = evidence.kinds.into_iter().collect();
    let signs: Vec<&str> = signs.iter().filter(|(_, yes)| *yes).map(|(name, _)| *name).collect();
    Some((kinds.join(" "), signs.join(" ")))
}

const NAMES: &str = "Vorname;Nachname;E-Mail;Geburtsdatum;Telefon\n\
    Ilka;Brandtner;ilka.brandtner@posteo.muster;12.03.1987;0231 5567 881\n\
    Ruben;Oestreich;r.oestreich@posteo.muster;03.11.1990;0231 5567 882\n\
    Swantje;Holm;s.holm@wolkenpost.muster;30.01.1976;0231 5567 883\n\
    Tarik;Yilmazer;tarik.y@wolkenpost.muster;17.07.1969;0231 5567 884\n";

#[test]
fn persons_are_found() {
    assert_eq!(found("data/a.csv", NAMES), Some(("birth-date e-mail names phone".into(), String::new())));
    for (text, kinds) in [
        (
            "Kontoinhaber,full_name,IBAN\n1,Ilka Brandtner,DE89370400440532013000\n2,Ruben Oestreich,NL91ABNA0417164300\n\
             3,Swantje Holm,FR1420041010050500013M02606\n",
            "iban names",
        ),
        (
            "Codice Fiscale,Data di nascita,x\nRSSMRA85T10A562S,10/12/1985,1\nRSSMRA85T10A562S,10/12/1985,2\n\
             RSSMRA85T10A562S,10/12/1985,3\n",
            "birth-date national-id",
        ),
        (
            "prenom,nom,adresse,code_postal\nLéa,Martinet,12 rue des Lilas,35000\nYanis,Delorme,4 rue du Port,35000\n\
             Anouk,Ferrand,9 place Verte,35000\n",
            "address names",
        ),
        (
            "name,email\nIlka Brandtner,ilka@wolkenpost.muster\nRuben Oestreich,oestreich@wolkenpost.muster\n\
             Swantje Holm,holm.s@wolkenpost.muster\n",
            "e-mail names",
        ),
    ] {
        let seen = found("data/a.csv", text).map(|(kinds, _)| kinds);
        assert_eq!(seen.as_deref(), Some(kinds), "{text}");
    }
}

#[test]
fn no_cell_gets_out() {
    let evidence = look(&read(NAMES, true).unwrap(), "data/a.csv").unwrap();
    assert_eq!(evidence.columns, ["Vorname", "Nachname", "E-Mail", "Geburtsdatum", "Telefon"]);
}

#[test]
fn signs_against() {
    let with = |header: &str, cell: &str| {
        let mut lines = NAMES.lines();
        let first = format!("{};{header}\n", lines.next().unwrap());
        first + &lines.map(|line| format!("{line};{cell}\n")).collect::<String>()
    };
    for (path, text, signs) in [
        ("data/fake/a.csv", NAMES.to_owned(), "synthetic"),
        ("data/demo_persons.csv", NAMES.to_owned(), "synthetic"),
        ("data/a.csv", NAMES.replace("posteo.muster", "example.org"), "synthetic"),
        ("data/a.csv", NAMES.replace("Holm", "Mustermann"), "synthetic"),
        ("data/authors.csv", NAMES.to_owned(), "attribution"),
        ("data/a.csv", with("ORCID", "x"), "attribution"),
        ("data/a.csv", with("Partei", "ABC"), "public-role"),
        ("data/a.csv", with("Wahlkreis", "12"), "public-role"),
        ("data/a.csv", with("Sterbedatum", ""), "historical"),
        ("data/a.csv", NAMES.replace(";12.03.19", ";12.03.18").replace(".19", ".18"), "historical"),
    ] {
        assert_eq!(found(path, &text).map(|(_, signs)| signs).as_deref(), Some(signs), "{path}: {text}");
    }
}

#[test]
fn what_is_left_alone() {
    for text in [
        // offices
        "Name,E-Mail,Telefon\nStadt Aue,info@aue.muster,0231 5567 881\nStadt Bux,poststelle@bux.muster,0231 5567 882\n\
         Stadt Cux,rathaus@cux.muster,0231 5567 883\n",
        // places that bear names of persons
        "name,address,zip\nAnna Blume,Lindenweg 5,10000\nCafe Mia,Lindenweg 6,10000\nErik Satie,Lindenweg 7,10000\n",
        // streets, trees, stations
        "street_name,plz,name\nLindenweg,10000,Am Markt\nRosenweg,10000,Zum Hof\nTulpenweg,10000,Im Tal\n",
        "Gattung,Art,Strasse\nQuercus,robur,Lindenweg 5\nTilia,cordata,Lindenweg 6\nAcer,campestre,Lindenweg 7\n",
        // genes
        "name,dob,email\nBRCA1,1,2\nTP53,1,2\nMYC,1,2\n",
        // contacts of organisations: their phone numbers and addresses are those of the office
        "Einrichtung,Vorname,Nachname,Telefon,Straße,PLZ\nKita A,Ilka,Brandtner,0231 5567 881,Lindenweg 5,10000\n\
         Kita B,Ruben,Oestreich,0231 5567 882,Lindenweg 6,10000\nKita C,Swantje,Holm,0231 5567 883,Lindenweg 7,10000\n",
        // famous people
        "name,birth_date\nAnna Blume,1950-01-01\nErik Kranz,1951-02-02\nMia Sommer,1952-03-03\n",
        // two rows
        "Vorname,Nachname,IBAN\nIlka,Brandtner,DE89370400440532013000\nRuben,Oestreich,DE89370400440532013000\n",
        // the same person in every row
        "Vorname,Nachname,Handy\nIlka,Brandtner,0231 5567 881\nIlka,Brandtner,0231 5567 881\n\
         Ilka,Brandtner,0231 5567 882\nIlka,Brandtner,0231 5567 883\n",
        // numbers without their check digits
        "Vorname,Nachname,IBAN\nIlka,Brandtner,DE00370400440532013000\nRuben,Oestreich,DE01370400440532013000\n\
         Swantje,Holm,DE02370400440532013000\n",
        // no header
        "Ilka,Brandtner,1987-03-12\nRuben,Oestreich,1990-11-03\nSwantje,Holm,1976-01-30\n",
    ] {
        assert_eq!(found("data/a.csv", text), None, "{text}");
    }
}
