//! Is every row of the tables found where it is used, and left alone where it is not?

mod names;

use super::uses;
use crate::reading::calls::{self, Reads};
use crate::repository::RepoPath;

fn found(path: &str, text: &str) -> Vec<String> {
    uses(&RepoPath::from(path), text)
        .iter()
        .filter(|used| used.is != super::Is::Path)
        .map(|used| format!("{}:{} {}", used.line, used.called, used.evidence.name()))
        .collect()
}

/// The ending of a file in a language, and what begins a comment there.
fn written(language: &str) -> (&'static str, &'static str) {
    match language {
        "python" => ("py", "#"),
        "r" => ("R", "#"),
        "javascript" => ("ts", "//"),
        "java" => ("java", "//"),
        "csharp" => ("cs", "//"),
        "go" => ("go", "//"),
        "rust" => ("rs", "//"),
        "swift" => ("swift", "//"),
        "dart" => ("dart", "//"),
        "php" => ("php", "//"),
        "ruby" => ("rb", "#"),
        "julia" => ("jl", "#"),
        "sql" => ("sql", "--"),
        other => panic!("no ending for {other}"),
    }
}

fn argument(call: &calls::Call) -> &'static str {
    match (call.reads, call.means.as_deref()) {
        (Reads::Data | Reads::Web | Reads::Service | Reads::Geocoder, _) => "https://opendata.stadt-muster.de/a.csv",
        (Reads::Host, _) => "opendata.stadt-muster.de",
        (Reads::Send, _) => "https://overpass-api.de/api/interpreter",
        (Reads::Tiles, _) => "https://tiles.stadt-muster.de/{z}/{x}/{y}.png",
        (Reads::Broker, _) => "mqtt.stadt-muster.de",
        (Reads::Database, _) => "postgresql://reader@db.stadt-muster.de/trees",
        (Reads::Bucket, _) => "open-bucket",
        (Reads::Dataset, _) => "adult",
        (Reads::Model, Some("weights")) => "https://opendata.stadt-muster.de/m.onnx",
        (Reads::Model, _) => "org/name-v1",
        (Reads::Provider, _) => "Stamen.Toner",
        (Reads::Named, _) => "x",
    }
}

#[test]
fn every_call_is_found_in_code_and_not_in_comments() {
    let mut wrong = Vec::new();
    for (call, language, name) in calls::rows() {
        let (end, comment) = written(language);
        let (position, keyword) = call.first_way();
        let text = argument(call);
        let arguments = match keyword {
            Some(keyword) if language == "javascript" => format!("{{{keyword}: \"{text}\"}}"),
            Some(keyword) => format!("{keyword}=\"{text}\""),
            None => format!("{}\"{text}\"", "n, ".repeat(position)),
        };
        let line = format!("x = {name}({arguments})");
        let import = format!("import {}\n", call.needed_word());
        let path = format!("a.{end}");
        if found(&path, &format!("{import}{line}\n")).len() != 1 {
            wrong.push(format!("{language} {name}: not found in {line}"));
        }
        if !found(&path, &format!("{import}{comment} {line}\n")).is_empty() {
            wrong.push(format!("{language} {name}: found in a comment"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_counts() {
    for (path, text, wanted) in [
        // joined texts and constants
        (
            "a.py",
            "BASE = 'https://api.wetter-muster.de'\nrequests.get(BASE + '/now')\n",
            &["1:api.wetter-muster.de call"][..],
        ),
        ("a.py", "u = f'https://geo.muster.de/{x}.csv'\npd.read_csv(u)\n", &["1:geo.muster.de call"]),
        ("a.py", "u = ('https://geo.muster.de/'\n     'a.csv')\npd.read_csv(u)\n", &["1:geo.muster.de call"]),
        ("a.py", "pd.read_csv(os.path.join('https://geo.muster.de', 'a.csv'))\n", &["1:geo.muster.de call"]),
        ("a.R", "base <- 'https://geo.muster.de'\nread_csv(paste0(base, '/a.csv'))\n", &["1:geo.muster.de call"]),
        ("a.R", "'https://geo.muster.de/a.csv' %>% read_csv()\n", &["1:geo.muster.de call"]),
        ("a.R", "'https://geo.muster.de/a.csv' |> fromJSON()\n", &["1:geo.muster.de call"]),
        (
            "a.R",
            "urls <- c('https://a.muster.de/1.csv', 'https://b.muster.de/2.csv')\nlapply(urls, read_csv)\n",
            &["1:a.muster.de call", "1:b.muster.de call"],
        ),
        ("a.ts", "const u = `https://geo.muster.de/${x}`;\nconst r = await fetch(u);\n", &["1:geo.muster.de call"]),
        ("a.ts", "const u = new URL('/x', 'https://geo.muster.de');\nfetch(u)\n", &["1:geo.muster.de call"]),
        ("a.ts", "xhr.open('GET', 'https://geo.muster.de/x')\n", &["1:geo.muster.de call"]),
        (
            "a.tsx",
            "<TileLayer url=\"https://{s}.tiles.muster.de/{z}/{x}/{y}.png\" />\n",
            &["1:tiles.muster.de address"],
        ),
        (
            "a.java",
            "String u = String.format(\"https://geo.muster.de/%s\", id);\nrest.getForObject(u, X.class);\n",
            &["1:geo.muster.de call"],
        ),
        ("A.java", "@Value(\"${lex.url:https://lex.muster.de/ws?WSDL}\")\nString url;\n", &["1:lex.muster.de address"]),
        ("a.kt", "val t = URL(\"https://geo.muster.de/x\").readText()\n", &["1:geo.muster.de call"]),
        ("a.go", "resp, err := http.Get(\"https://geo.muster.de/x\")\n", &["1:geo.muster.de call"]),
        ("a.php", "$d = file_get_contents('https://geo.muster.de/x.json');\n", &["1:geo.muster.de call"]),
        ("a.jl", "d = CSV.read(download(\"https://geo.muster.de/x.csv\"), DataFrame)\n", &["1:geo.muster.de call"]),
        ("a.sql", "select * from read_parquet('https://geo.muster.de/x.parquet');\n", &["1:geo.muster.de call"]),
        // names that reach a call
        (
            "a.py",
            "p.add_argument('--base-url', default='http://archiv.muster.de')\nu = args.base_url + d\nrequests.get(u)\n",
            &["1:archiv.muster.de flow"],
        ),
        (
            "a.py",
            "D = {'a': ['https://raw.githubusercontent.com/o/r/main/a.txt']}\nfor k, us in D.items():\n    for u in us:\n        urlretrieve(u, k)\n",
            &["1:raw.githubusercontent.com/o/r portal"],
        ),
        (
            "a.py",
            "def load(url):\n    return requests.get(url).json()\n\nload('https://geo.muster.de/x')\n",
            &["4:geo.muster.de flow"],
        ),
        ("a.ts", "const get = (path) => fetch(path);\nget('https://geo.muster.de/x');\n", &["2:geo.muster.de call"]),
        // by name, by host, by mark
        ("a.py", "import folium\nm = folium.Map(tiles='stamentoner')\n", &["2:tile.stamen.com call"]),
        ("a.R", "library(leaflet)\naddProviderTiles(m, providers$OpenStreetMap)\n", &["2:tile.openstreetmap.org call"]),
        ("a.R", "library(osmextract)\noe_get('Berlin')\n", &["2:download.geofabrik.de call"]),
        ("a.py", "import boto3\nb = 'tree-photos'\ns3.get_object(Bucket=b, Key='x')\n", &["2:s3://tree-photos call"]),
        (
            "a.py",
            "import paho.mqtt.client as mqtt\nhost = 'mqtt.muster.de'\nc.connect(host, 1883)\n",
            &["2:mqtt.muster.de call"],
        ),
        (
            "a.ts",
            "export const GEO = 'https://nominatim.openstreetmap.org/search';\nuse(GEO)\n",
            &["1:nominatim.openstreetmap.org portal"],
        ),
        (
            "a.py",
            "MAP_BASEURL = 'https://basemap.muster.de/styles/col.json'\nuse(MAP_BASEURL)\n",
            &["1:basemap.muster.de address"],
        ),
        (
            "a.ts",
            "const wfs = 'https://dienste.muster.de/wfs?service=WFS';\nuse(wfs)\n",
            &["1:dienste.muster.de address"],
        ),
        ("a.py", "m = AutoModel.from_pretrained('org/bert-x')\n", &["1:org/bert-x call"]),
        ("a.py", "import http.client\nc = http.client.HTTPSConnection('api.muster.de')\n", &["2:api.muster.de call"]),
        ("a.py", "c = httpx.Client(base_url='https://api.muster.de')\n", &["1:api.muster.de call"]),
        (
            "a.py",
            "WFS_SOURCES: list[dict[str, Any]] = [{'url': 'https://gdi.berlin.de/services/wfs/x', 'id': 1}]\nuse(WFS_SOURCES)\n",
            &["1:gdi.berlin.de portal"],
        ),
        (
            "a.py",
            "u = 'zip:///::hf://datasets/org/trees/a.zarr.zip'\nuse(u)\n",
            &["1:huggingface.co/datasets/org/trees portal"],
        ),
        ("Snakefile", "rule a:\n  shell: 'wget https://geo.muster.de/a.csv'\n", &["2:geo.muster.de call"]),
        ("a.rb", "require 'net/http'\nh = Net::HTTP.new('api.muster.de', 443)\n", &["2:api.muster.de call"]),
        ("a.php", "$c = new Client(['base_uri' => 'https://api.muster.de']);\n", &["1:api.muster.de call"]),
        ("a.php", "curl_setopt($ch, CURLOPT_URL, 'https://api.muster.de/x');\n", &["1:api.muster.de call"]),
        (
            "a.cs",
            "var c = new HttpClient { BaseAddress = new Uri(\"https://api.muster.de/\") };\n",
            &["1:api.muster.de flow"],
        ),
        ("a.java", "DriverManager.getConnection(\"jdbc:postgresql://db.muster.de/x\");\n", &["1:db.muster.de call"]),
        ("a.ts", "https.request({ hostname: 'api.muster.de', path: '/x' })\n", &["1:api.muster.de call"]),
        ("a.sql", "COPY t FROM 'https://geo.muster.de/a.csv';\n", &["1:geo.muster.de address"]),
        ("a.sql", "COPY t FROM PROGRAM 'curl https://geo.muster.de/a';\n", &["1:geo.muster.de call"]),
        ("a.sql", "ATTACH 'https://geo.muster.de/a.duckdb' AS x;\n", &["1:geo.muster.de address"]),
        ("a.sql", "CREATE TABLE t ENGINE = URL('https://geo.muster.de/x', CSV);\n", &["1:geo.muster.de call"]),
        (
            "a.sql",
            "CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw\n OPTIONS (host 'db.muster.de', dbname 'x');\n",
            &["2:db.muster.de call"],
        ),
        (
            "a.py",
            "model_checkpoint_dir = '/home/ada/nets/checkpoints/ab12'\n",
            &["1:/home/ada/nets/checkpoints/ab12 setting"],
        ),
        ("a.rb", "class A\n  base_uri 'https://api.muster.de'\nend\n", &["2:api.muster.de flow"]),
        ("a.py", "class S(Spider):\n    start_urls = ['https://api.muster.de']\n", &["2:api.muster.de flow"]),
        ("a.go", "var u = \"https://api.muster.de/x\"\nfunc f() { r, _ := c.Get(u) }\n", &["1:api.muster.de call"]),
        (
            "a.R",
            "u <- list(a = 'https://geo.muster.de/a.csv')\npurrr::map(u, readr::read_csv)\n",
            &["1:geo.muster.de call"],
        ),
        // scripts
        ("a.sh", "bash -c \"cd /data && wget https://geo.muster.de/a.csv\"\n", &["1:geo.muster.de call"]),
        ("a.sh", "URL=https://geo.muster.de/daten\ncurl -L \"$URL/a.csv\" -o a.csv\n", &["1:geo.muster.de call"]),
        ("a.sh", "host=archiv.muster.de\nwget -r \"$host/$day\"\n", &["1:archiv.muster.de call"]),
        ("a.sh", "x=$(curl -s https://geo.muster.de/x.json | jq .a)\n", &["1:geo.muster.de call"]),
        ("a.sh", "aws s3 cp s3://tree-photos/a.zip .\n", &["1:s3://tree-photos call"]),
        ("Makefile", "data.csv:\n\tcurl -sL https://geo.muster.de/a.csv > $@\n", &["2:geo.muster.de call"]),
        (
            ".github/workflows/a.yml",
            "jobs:\n  a:\n    steps:\n      - run: |\n          curl https://geo.muster.de/a.csv > a.csv\n",
            &["5:geo.muster.de call"],
        ),
        // pages, notebooks, configuration
        (
            "A.svelte",
            "<script>\n  let q = `https://geo.muster.de/search?q=${x}`;\n  onMount(() => fetch(q));\n</script>\n<p>https://other.muster.de/a.csv</p>\n",
            &["2:geo.muster.de call"],
        ),
        (
            "A.vue",
            "<template><l-tile-layer :url=\"'https://tiles.muster.de/{z}/{x}/{y}.png'\" /></template>\n",
            &["1:tiles.muster.de address"],
        ),
        (
            "a.Rmd",
            "See https://other.muster.de/a.csv\n```{r}\nd <- read.csv('https://geo.muster.de/a.csv')\n```\n",
            &["3:geo.muster.de call"],
        ),
        ("conf/a.yml", "data:\n  trees: \"https://geo.muster.de/trees.geojson\"\n", &["2:geo.muster.de address"]),
        ("conf/a.json", "{\"layers\": {\"url\": \"https://geo.muster.de/wms?\"}}\n", &["1:geo.muster.de address"]),
        ("conf/base/catalog.yml", "trees:\n  filepath: https://geo.muster.de/x\n", &["2:geo.muster.de call"]),
        ("x.csv.dvc", "deps:\n- path: https://geo.muster.de/x\nouts:\n- path: x.csv\n", &["2:geo.muster.de call"]),
        (
            "intake.yml",
            "sources:\n  a:\n    args:\n      urlpath: https://geo.muster.de/{{ year }}\n",
            &["4:geo.muster.de call"],
        ),
        (
            "otp/router-config.json",
            "{\"updaters\": [{\"url\": \"https://rt.muster.de/trips\"}]}\n",
            &["1:rt.muster.de call"],
        ),
        (
            "play.yml",
            "- tasks:\n  - get_url:\n      url: https://geo.muster.de/gtfs/a.zip\n",
            &["3:geo.muster.de call"],
        ),
        ("play.yml", "- tasks:\n  - get_url: url=https://geo.muster.de/a.osm.pbf dest=/x\n", &["2:geo.muster.de call"]),
        (
            "compose.yml",
            "services:\n  a:\n    command: sh -c \"wget https://geo.muster.de/a.osm.pbf && run\"\n",
            &["3:geo.muster.de call"],
        ),
        (".env.example", "# the trees\nTREES_URL=https://geo.muster.de/trees.csv\n", &["2:geo.muster.de address"]),
    ] {
        assert_eq!(found(path, text), wanted, "{path}: {text}");
    }
}

#[test]
fn what_is_left_alone() {
    for (path, text) in [
        // comments and texts for people
        ("a.py", "\"\"\"Data: https://geo.muster.de/a.csv\"\"\"\nx = 1\n"),
        ("a.py", "def f():\n    'https://geo.muster.de/a.csv'\n    return 1\n"),
        ("a.py", "x = 1  # pd.read_csv('https://geo.muster.de/a.csv')\n"),
        ("a.ts", "/* fetch('https://geo.muster.de/a.csv') */ let a = 1;\n"),
        ("A.svelte", "<!-- {fetch('https://geo.muster.de/a.csv')} -->\n<p>x</p>\n"),
        ("a.R", "#' @source https://geo.muster.de/a.csv\nx <- 1\n"),
        ("a.ts", "const t = 'See https://geo.muster.de/a.csv for more';\n"),
        ("a.ts", "const h = '<a href=\"https://geo.muster.de/a.csv\">data</a>';\n"),
        ("a.tsx", "<a href=\"https://geo.muster.de/a.csv\">data</a>\n"),
        ("a.tsx", "const links = { href: 'https://geo.muster.de/a.csv', homepage: 'https://geo.muster.de/wfs' };\n"),
        ("a.R", "tags$a(href = 'https://geo.muster.de/a.csv', 'data')\n"),
        ("a.py", "print('https://geo.muster.de/a.csv')\nraise ValueError('https://geo.muster.de/a.csv')\n"),
        ("a.ts", "window.open('https://geo.muster.de/a.csv')\n"),
        ("a.ts", "if (url.startsWith('https://geo.muster.de/a.csv')) {}\n"),
        // names that nobody reads from
        ("a.py", "NS = Namespace('http://geo.muster.de/ns/data.rdf')\n"),
        ("a.java", "f.setNamespace(\"http://www.opengis.net/wfs\");\n"),
        ("a.json", "{\"$schema\": \"https://geo.muster.de/schema.json\"}\n"),
        ("a.json", "{\"featureNS\": \"http://geo.muster.de/ns/wfs\", \"rs_id\": \"https://geo.muster.de/wfs\"}\n"),
        ("a.rb", "base = \"https://geo.muster.de/scopes.rdf#\"\nuse(base)\n"),
        ("a.ts", "const font = 'https://cdn.jsdelivr.net/gh/o/r@1/x.csv';\nuse(font)\n"),
        (".env", "API_URL=https://your_project.supabase.co/rest/v1/\n"),
        (".env", "API_URL=https://xxxxxxxx.muster.de/rest/v1/\n"),
        ("docker/fixtures/db.json", "{\"url\": \"https://geo.muster.de/api/v1/x\"}\n"),
        ("docs/api/o.json", "{\"url\": \"https://geo.muster.de/api/v1/x\"}\n"),
        ("a.py", "FOOTER_URL = 'https://www.muster.de/footer.csv'\nrequests.get(FOOTER_URL)\n"),
        ("a.py", "requests.get('https://support.muster.de/de/x')\n"),
        ("server/openid-connect/a.js", "fetch('https://id.muster.de/api/v1/x')\n"),
        ("a.js", "/*!\n * Calendar v3.1\n */\nfetch('https://geo.muster.de/a.csv')\n"),
        ("a.py", "import boto3\np = client.get_paginator('list_objects')\n"),
        ("a.sql", "INSERT INTO meta VALUES ('x', 'https://geo.muster.de/a.csv');\n"),
        ("a.py", "output_model_dir = '/home/ada/nets/checkpoints/ab12'\n"),
        ("a.py", "u = f'hf://datasets/{name}/a.csv'\nuse(u)\n"),
        ("a.sh", "curl https://geo.muster.de/lint.sql > lint.sql\n"),
        ("play.yml", "- tasks:\n  - get_url:\n      url: https://dl.muster.de/tool-1.2.tar.gz\n"),
        ("a.js", "var m = 'Failed; see ' + 'https://geo.muster.de/a.csv';\nuse(m)\n"),
        ("a.metadata.json", "{\"dataUrl\": \"https://geo.muster.de/a.csv\"}\n"),
        // hosts that are none
        ("a.ts", "fetch('https://fonts.googleapis.com/css?family=Inter')\n"),
        ("a.ts", "fetch('https://img.shields.io/badge/a-b.json')\n"),
        ("a.ts", "import('https://cdn.jsdelivr.net/npm/d3@7/+esm')\n"),
        ("a.ts", "fetch('https://sentry.io/api/1/store/')\nfetch('https://matomo.cloud/x')\n"),
        ("a.ts", "fetch('https://api.stripe.com/v1/charges')\n"),
        ("a.py", "requests.get('http://localhost:8000/x.json')\nrequests.get('https://api.example.org/x')\n"),
        ("a.py", "requests.get('http://192.168.0.2/x.json')\n"),
        ("a.py", "requests.get('https://login.microsoftonline.com/x')\n"),
        ("a.py", "r = requests.post('https://api.muster.de/v1/push', json=x)\n"),
        ("a.ts", "fetch('https://api.muster.de/v1/push', { method: 'POST', body })\n"),
        ("a.ts", "const OIDC_URL = 'https://id.muster.de/api/v1/';\nuse(OIDC_URL)\n"),
        ("a.py", "client = OpenAI(base_url='https://api.openai.com/v1')\n"),
        // files of pages and programs
        ("a.ts", "load('https://static.muster.de/logo.svg', 'https://static.muster.de/x.js')\n"),
        ("a.sh", "curl -sSL https://install.muster.de/install.sh | bash\n"),
        ("a.sh", "wget https://dl.muster.de/tool-1.2.tar.gz\n"),
        ("a.sh", "# curl https://geo.muster.de/a.csv\necho 'curl https://geo.muster.de/a.csv'\n"),
        ("a.sh", "curl -X POST -d @x https://api.muster.de/v1/push\n"),
        ("a.sh", "aws s3 cp ./a.zip s3://tree-photos/\n"),
        ("a.sh", "curl --head https://geo.muster.de/a.csv\n"),
        ("Dockerfile", "FROM x\nRUN curl -fsSL https://dl.muster.de/tool.zip -o t.zip\n"),
        (".github/workflows/a.yml", "on: push\nenv:\n  DOCS: https://geo.muster.de/a.csv\n"),
        ("publiccode.yml", "url: https://geo.muster.de/a.csv\n"),
        ("conf/a.yml", "docs:\n  # https://geo.muster.de/a.csv\n  homepage: https://geo.muster.de/a.csv\n"),
        // what is shared names nobody
        ("a.py", "pd.read_csv(f'https://s3.amazonaws.com/{bucket}/a.csv')\n"),
        ("a.py", "def from_pretrained(name='cpu'):\n    pass\n"),
        ("a.py", "m = AutoModel.from_pretrained('./checkpoints/last')\n"),
        ("a.md", "fetch('https://geo.muster.de/a.csv')\n"),
    ] {
        assert!(found(path, text).is_empty(), "{path}: {text}: {:?}", found(path, text));
    }
}

#[test]
fn anything_may_come() {
    let deep = "(".repeat(5000);
    for end in [
        "py", "R", "ts", "java", "sh", "yml", "json", "toml", "ipynb", "Rmd", "svelte", "rs", "php", "rb", "jl", "cs",
        "go", "sql",
    ] {
        for text in [
            "https://",
            "'https://",
            "\"https://{",
            "`https://${",
            "f(https://a.de/x.csv",
            "\u{0}://",
            "ä: 'https://ö.de/a.csv",
            &deep,
        ] {
            let text = format!("{text} https://geo.muster.de/a.csv");
            let uses = uses(&RepoPath::from(format!("a.{end}").as_str()), &text);
            assert!(
                uses.iter().all(|used| used.line >= 1 && used.column >= 1 && used.end_column >= used.column),
                "{end}: {text:.40}"
            );
        }
    }
}

/// Statements that never end, brackets that never close: each sign is looked at a bounded number of times.
#[test]
fn what_never_ends_takes_no_time() {
    let start = std::time::Instant::now();
    for path in ["a.rs", "a.sql", "a.php", "a.js", "a.py", "a.java"] {
        for text in ["x=y ", "let a = b ", "return f(", "f(a=b,", "a = 'https://muster.org/' + "] {
            let text = format!("fn read() {{ fetch('https://muster.org/a.csv'); {}", text.repeat(20_000));
            let _ = found(path, &text);
        }
    }
    assert!(start.elapsed() < std::time::Duration::from_secs(60), "{:?}", start.elapsed());
}
