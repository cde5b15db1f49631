//! Are statements heard where they are made, and nowhere else?

use super::*;

fn stated(place: Place, text: &str) -> String {
    statement(text, place, &[]).map(|statement| statement.expression).unwrap_or_default()
}

#[test]
fn licence_files() {
    for (text, wanted) in [
        ("MIT", "MIT"),
        ("MIT License", "MIT"),
        ("LGPL v2.1+", "LGPL-2.1-or-later"),
        ("Code: EUPL-1.2\nDokumentation: CC0-1.0\n", "EUPL-1.2 AND CC0-1.0"),
        (
            "Licensed under either of\n\n * Apache License, Version 2.0\n * MIT license\n\nat your option.",
            "Apache-2.0 OR MIT",
        ),
        (
            "Licensed under the EUPL, Version 1.2 or – as soon they will be approved – subsequent versions of the EUPL",
            "EUPL-1.2",
        ),
        ("See the file COPYING.", ""),
        ("Die Lizenz wird noch geklärt. Bis dahin: Alle Rechte vorbehalten.", ""),
        ("https://www.example.org/lizenz", ""),
        ("BSD", ""),
        ("# SPDX-License-Identifier: MIT OR GPL-2.0+\n", "MIT OR GPL-2.0-or-later"),
    ] {
        assert_eq!(stated(Place::LicenceFile, text), wanted, "{text}");
    }
}

#[test]
fn documents() {
    for (text, wanted) in [
        ("# A\n\n## Lizenz\n\nDer Quellcode steht unter der MIT-Lizenz.\n", "MIT"),
        ("# A\n\n## License\n\nMIT\n", "MIT"),
        ("# A\n\n## LICENSE [MIT](LICENSE)\n", "MIT"),
        (
            "# A\n\nWritten by Ada Muster, released under the [Apache 2 license](https://www.apache.org/licenses/LICENSE-2.0).\n",
            "Apache-2.0",
        ),
        (
            "[![CC BY 4.0][shield]][by]\n\n[shield]: https://img.shields.io/badge/License-CC%20BY%204.0-grey.svg\n",
            "CC-BY-4.0",
        ),
        ("# A\n\nLes documents sont sous Licence Ouverte V2 et le code sous CeCILL 2.1\n", "etalab-2.0 AND CECILL-2.1"),
        ("# A\n\nDer Code steht unter der EUPL 1.2.\n", "EUPL-1.2"),
        ("## License\n\nMIT, except for the data, see the curl and doc folders.\n", "MIT"),
        ("## License\n\ncurl license\n", "curl"),
        ("## License\n\nApache License 2.0.\n\n[Postgres]: https://www.postgresql.org/\n", "Apache-2.0"),
        (
            "[![License: MIT](https://img.shields.io/badge/License-MIT-yellow.svg)](https://opensource.org/licenses/MIT)\n",
            "MIT",
        ),
        ("# A\n\nThis project is licensed under the Apache License 2.0.\n", "Apache-2.0"),
        ("Dual-licensed under MIT or the [UNLICENSE](https://unlicense.org).", "MIT OR Unlicense"),
        ("# Chooser\n\nThis page compares the MIT License, the Apache License 2.0 and the GNU GPL v3.\n", ""),
        ("## Usage\n\nallowed_licenses = [\"MIT\", \"Apache-2.0\"]\n", ""),
        ("This tool permits you to submit commits.", ""),
        ("It uses flate2, which is MIT licensed.", ""),
        ("## License\n\nIt is not licensed under the MIT license but under the EUPL v1.2.\n", ""),
    ] {
        assert_eq!(stated(Place::Document, text), wanted, "{text}");
    }
}

#[test]
fn source() {
    for (text, wanted) in [
        (" * @license GPL-2.0+\n", "GPL-2.0-or-later"),
        (
            "\"License :: OSI Approved :: GNU Affero General Public License v3 or later (AGPLv3+)\",",
            "AGPL-3.0-or-later",
        ),
        ("\"license\": \"CC0-1.0\",", "CC0-1.0"),
        ("// this MIT paper\n", ""),
        (
            "/* made available under the terms\n * of the GNU Lesser General Public License (LGPL) Version 2.1 that\n * comes */",
            "LGPL-2.1-only",
        ),
    ] {
        assert_eq!(stated(Place::Source, text), wanted, "{text}");
    }
}
