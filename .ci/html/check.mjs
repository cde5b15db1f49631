// Opens every report in Chromium, in both colour schemes, wide and narrow, and on paper. Whatever is wrong is printed,
// and ends with exit code 1.
//
//   node check.mjs TOOLS REPORTS RULES
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { createRequire } from "node:module";
import { canary, fold, overflow, paper, state, strangers, touch, violations } from "./looks.mjs";

const [tools, reports, rules] = process.argv.slice(2).map((name) => path.resolve(name));
const require = createRequire(path.join(tools, "package.json"));
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const LARGEST = 1024 * 1024;

const wrong = [];
const complain = (where, ...what) => wrong.push(...what.map((one) => `${where}: ${one}`));

// The addresses in rule pages are the only ones that a report may link to.
const pages = fs.readdirSync(rules, { recursive: true }).filter((name) => name.endsWith(".md"));
const known = pages.flatMap(
  (name) => fs.readFileSync(path.join(rules, name), "utf8").match(/https?:\/\/[^\s)>`"]+/g) ?? [],
);

const asked = new Set();
const server = http.createServer((request, response) => {
  asked.add(request.url);
  const file = path.join(reports, path.basename(decodeURIComponent(request.url)));
  const there = fs.existsSync(file) && fs.statSync(file).isFile();
  response.writeHead(there ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
  response.end(there ? fs.readFileSync(file) : "");
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const root = `http://127.0.0.1:${server.address().port}`;

const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const profile = fs.mkdtempSync(path.join(os.tmpdir(), "civiclint-chromium-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: process.getuid() === 0 ? ["--no-sandbox", ...quiet] : quiet,
});

let looked = 0;
let sees = false;

async function look(name, scheme, width) {
  const where = `${name} (${scheme}, ${width} px)`;
  const page = await browser.newPage();
  page.on("dialog", (dialog) => (complain(where, `dialog: ${dialog.message()}`), dialog.dismiss()));
  page.on("console", (message) => complain(where, `console: ${message.text()}`));
  page.on("pageerror", (error) => complain(where, `error: ${error}`));
  page.on("request", (request) => {
    if (![`${root}/${name}`, "data:,"].includes(request.url())) complain(where, `asks for ${request.url()}`);
  });
  await page.addInitScript(() => {
    window.refused = [];
    document.addEventListener("securitypolicyviolation", (event) => window.refused.push(event.violatedDirective));
  });
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ media: "screen", colorScheme: scheme });
  await page.goto(`${root}/${name}`, { waitUntil: "load" });

  complain(where, ...(await state(page, { lang: name.split(".").at(-2), scheme, width })));
  complain(where, ...(await strangers(page, known)));
  complain(where, ...(await overflow(page)).map((what) => `sticks out: ${what}`));
  if (width > 320) complain(where, ...(await paper(page, scheme)));
  // What is folded away has to be as readable as the rest.
  await fold(page, true);
  complain(where, ...(await overflow(page)).map((what) => `sticks out when unfolded: ${what}`));
  await page.evaluate(axe);
  complain(where, ...(await violations(page)));
  await touch(page);
  complain(where, ...(await page.evaluate(() => window.refused)).map((what) => `refused by the policy: ${what}`));
  looked += 1;
  // Once, or nothing above means anything.
  if (!sees) sees = await canary(page, known);
  await page.close();
}

const names = fs.readdirSync(reports).filter((name) => name.endsWith(".html")).sort();
try {
  for (const name of names) {
    const { size } = fs.statSync(path.join(reports, name));
    if (size >= LARGEST) complain(name, `${size} bytes`);
    for (const width of [1000, 320]) {
      for (const scheme of ["light", "dark"]) await look(name, scheme, width);
    }
  }
} finally {
  await browser.close();
  server.close();
  fs.rmSync(profile, { recursive: true, force: true });
}

if (!sees) complain("the check itself", "does not see what is wrong on purpose");
complain("server", ...[...asked].filter((url) => !names.includes(url.slice(1))).map((url) => `was asked for ${url}`));
const hostile = fs.readFileSync(path.join(reports, "hostile.en.html"), "utf8").replaceAll("<wbr>", "");
for (const text of ["&#60;script&#62;alert(1)&#60;/", "onerror=alert(1)", "\\u{202e}gnp.txt"]) {
  if (!hostile.includes(text)) complain("hostile.en.html", `does not show ${text}`);
}
const large = fs.readFileSync(path.join(reports, "large.en.html"), "utf8");
const found = Number(large.match(/href="#findings">Findings \((\d+)\)/)?.[1] ?? 0);
if (found < 500) complain("large.en.html", `only ${found} findings`);

wrong.slice(0, 60).forEach((line) => console.log(line));
console.log(`${looked} pages looked at, ${wrong.length} complaints; ${found} findings make ${large.length} bytes`);
process.exit(wrong.length === 0 && looked > 0 ? 0 : 1);
