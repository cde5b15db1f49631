//! Do names that wait for other files find what they wait for?

use crate::reading::source::{Awaits, imported_as, needs, uses};
use crate::repository::RepoPath;
use std::collections::BTreeSet;

#[test]
fn names_that_other_files_tell_of() {
    let kept = uses(&RepoPath::from("conf/a.yml"), "camera_api: \"https://kameras.muster.de/start\"\n");
    assert_eq!(kept.first().map(|used| &used.awaits), Some(&Awaits::Need("camera_api".into())));
    let unused = uses(&RepoPath::from("a.py"), "TREES = 'https://geo.muster.de/trees.csv'\n");
    assert_eq!(unused.first().map(|used| &used.awaits), Some(&Awaits::Mention("TREES".into())));
    let wanted = BTreeSet::from(["camera_api".to_owned(), "TREES".to_owned()]);
    let told =
        needs(&RepoPath::from("b.py"), "def f(camera_api):\n    urlopen(camera_api)\nuse(TREES) # other\n", &wanted);
    assert!(told.needed.contains("camera_api") && !told.needed.contains("TREES") && told.mentioned.contains("TREES"));
    let told = needs(&RepoPath::from("c.py"), "load(download_url=params['camera_api'])\n# TREES\n", &wanted);
    assert_eq!(told.passed, BTreeSet::from([("download_url".to_owned(), "camera_api".to_owned())]));
    assert!(!told.mentioned.contains("TREES"));
}

#[test]
fn common_names_wait_for_an_import() {
    for (path, text, name, importer, importing) in [
        (
            "src/config.py",
            "BASE_URL = 'https://geo.muster.de'\n",
            "BASE_URL",
            "src/a.py",
            "from config import BASE_URL\nrequests.get(BASE_URL + '/x')\n",
        ),
        (
            "src/config.ts",
            "export default { endpoint: 'https://geo.muster.de' };\n",
            "endpoint",
            "src/a.ts",
            "import config from './config';\nfetch(config.endpoint + '/x')\n",
        ),
        (
            "src/settings.json",
            "{\"baseUrl\": \"https://geo.muster.de/\"}\n",
            "baseUrl",
            "src/a.js",
            "const settings = require('./settings.json')\naxios.get(settings.baseUrl)\n",
        ),
        (
            "R/config.R",
            "BASE_URL <- 'https://geo.muster.de'\n",
            "BASE_URL",
            "R/a.R",
            "source('R/config.R')\nfromJSON(paste0(BASE_URL, '/x'))\n",
        ),
    ] {
        let path = RepoPath::from(path);
        let kept = uses(&path, text);
        assert_eq!(kept.first().map(|used| &used.awaits), Some(&Awaits::Imported(name.into())), "{text}");
        let wanted = BTreeSet::from([name.to_owned(), imported_as(&path)]);
        let told = needs(&RepoPath::from(importer), importing, &wanted);
        assert!(told.needed.contains(name) && told.imported.contains(&imported_as(&path)), "{importing}");
        let elsewhere = needs(&RepoPath::from(importer), importing.lines().last().unwrap_or_default(), &wanted);
        assert!(elsewhere.imported.is_empty(), "{importing}");
    }
    let shown = uses(&RepoPath::from("a.json"), "{\"url\": \"https://geo.muster.de/\"}\n");
    assert!(shown.is_empty(), "{shown:?}");
}
