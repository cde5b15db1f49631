// Opens the pages of portfolios in Chromium, from files: both languages, both colour schemes, narrow and wide, on paper,
// without JavaScript, and by keyboard alone. Whatever is wrong is printed, and ends with exit code 1.
//
//   node portfolio.mjs TOOLS PORTFOLIOS RULES
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";
import { fold, state, touch, violations } from "./looks.mjs";
import { byKeyboard, rows, sticksOut, strangers } from "./site.mjs";

const [tools, made, rules] = process.argv.slice(2).map((name) => path.resolve(name));
const require = createRequire(path.join(tools, "package.json"));
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
// As issue 8 has it: under 3 MB and one second; a shared machine may be slow, so that only a wild excess is an error.
const [LARGEST, SLOWEST] = [3_000_000, 3_000];

const wrong = [];
const complain = (where, ...what) => wrong.push(...what.map((one) => `${where}: ${one}`));
const pages = fs.readdirSync(rules, { recursive: true }).filter((name) => name.endsWith(".md"));
const known = pages.flatMap(
  (name) => fs.readFileSync(path.join(rules, name), "utf8").match(/https?:\/\/[^\s)>`"]+/g) ?? [],
);

const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const options = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: process.getuid() === 0 ? ["--no-sandbox", ...quiet] : quiet,
};
const browser = await chromium.launch(options);
const scripted = await browser.newContext();
const plain = await browser.newContext({ javaScriptEnabled: false });

let looked = 0;
let sees = false;

async function open(context, file, width, scheme) {
  const where = `${path.relative(made, file)} (${scheme}, ${width} px)`;
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  page.on("dialog", (dialog) => (complain(where, `dialog: ${dialog.message()}`), dialog.dismiss()));
  page.on("console", (message) => complain(where, `console: ${message.text()}`));
  page.on("pageerror", (error) => complain(where, `error: ${error}`));
  page.on("request", (request) => {
    if (![url, "data:,"].includes(request.url().split("#")[0])) complain(where, `asks for ${request.url()}`);
  });
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ media: "screen", colorScheme: scheme });
  if (context === scripted) {
    await page.addInitScript(() => {
      window.refused = [];
      document.addEventListener("securitypolicyviolation", (event) => window.refused.push(event.violatedDirective));
    });
  }
  await page.goto(url, { waitUntil: "load" });
  return { page, where };
}

async function look(file, lang, width, scheme, thorough) {
  const { page, where } = await open(scripted, file, width, scheme);
  complain(where, ...(await state(page, { lang, scheme, width })));
  complain(where, ...(await strangers(page, known, path.dirname(file), fs, path)));
  complain(where, ...(await sticksOut(page)));
  await fold(page, true);
  complain(where, ...(await sticksOut(page)));
  if (thorough) {
    await page.evaluate(axe);
    complain(where, ...(await violations(page)));
    if (!sees) {
      await page.evaluate(() => document.querySelector("h1").insertAdjacentHTML("afterend", '<img src="data:,"><h6>x</h6>'));
      const seen = (await violations(page)).join("\n");
      const odd = await strangers(page, known, path.dirname(file), fs, path);
      sees = ["image-alt", "heading-order"].every((id) => seen.includes(id)) && odd.includes("<img>");
    }
    await page.emulateMedia({ media: "print", colorScheme: scheme });
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    if (ground !== "rgb(255, 255, 255)") complain(where, `paper is printed ${ground}`);
    await page.emulateMedia({ media: "screen", colorScheme: scheme });
  }
  await touch(page);
  complain(where, ...(await page.evaluate(() => window.refused)).map((what) => `refused by the policy: ${what}`));
  looked += 1;
  await page.close();
}

const journal = (folder) =>
  fs.readFileSync(path.join(folder, "journal.jsonl"), "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));

// Everything that is listed has a row in the table and pages of its own, with and without the script.
async function complete(folder, lang, tables) {
  const wanted = journal(folder).map(({ key }) => key).sort();
  for (const context of [scripted, plain]) {
    const seen = [];
    for (const table of tables) {
      const { page, where } = await open(context, table, 1280, "light");
      seen.push(...(await rows(page)));
      const form = await page.locator("#filter").isVisible();
      if (form !== (context === scripted)) complain(where, `the form is ${form ? "" : "not "}there`);
      await page.close();
    }
    const keys = seen.map((name) => name.replace(/^repository\//, "").replace(`.${lang}.html`, "")).sort();
    if (keys.join() !== wanted.join()) complain(folder, `${lang}: ${keys.length} rows of ${wanted.length}`);
  }
  for (const key of wanted) {
    if (!fs.existsSync(path.join(folder, "repository", `${key}.${lang}.html`))) complain(folder, `no page for ${key}`);
  }
}

async function measure(file) {
  const { size } = fs.statSync(file);
  const times = [];
  let count = 0;
  for (let turn = 0; turn < 3; turn += 1) {
    const { page } = await open(await browser.newContext(), file, 1280, "light");
    await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
    const told = await page.evaluate(() => ({
      load: performance.getEntriesByType("navigation")[0].loadEventEnd,
      paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
      count: document.querySelectorAll("*").length,
    }));
    times.push(told);
    count = told.count;
    await page.context().close();
  }
  const best = (name) => Math.round(Math.min(...times.map((told) => told[name])));
  console.log(
    `${path.relative(made, file)}: ${size} bytes, ${count} elements, first paint after ${best("paint")} ms, loaded after ${best("load")} ms`,
  );
  if (size >= LARGEST) complain(file, `${size} bytes`);
  if (best("load") > SLOWEST) complain(file, `loaded after ${best("load")} ms`);
}

const below = (folder, name) => fs.readdirSync(path.join(folder, name)).map((file) => path.join(folder, name, file));
const lang_of = (file, run) => path.basename(file).match(/\.(en|de)\.html$/)?.[1] ?? run;

try {
  for (const name of fs.readdirSync(made).sort()) {
    const folder = path.join(made, name);
    const run = JSON.parse(fs.readFileSync(path.join(folder, "run.json"), "utf8")).lang;
    const tops = fs.readdirSync(folder).filter((file) => file.endsWith(".html")).map((file) => path.join(folder, file));
    for (const lang of ["en", "de"]) {
      const tables = tops.filter((file) => lang_of(file, run) === lang);
      if (tables.length === 0) complain(name, `no page in ${lang}`);
      await complete(folder, lang, tables);
      const of = (name) => below(folder, name).filter((file) => file.endsWith(`.${lang}.html`)).sort();
      // The largest pages have most to show; a few of the others stand for the rest.
      const largest = (files) => files.sort((a, b) => fs.statSync(b).size - fs.statSync(a).size);
      const some = (files) => [...files.slice(0, 2), ...files.slice(-2)];
      const chosen = [...tables, ...some(largest(of("repository"))), ...some(largest(of("rule")))];
      // On 20,000 elements axe needs minutes, and learns nothing that it does not learn on 4,000.
      const thorough = name !== "many" && name !== "parts";
      for (const file of thorough ? chosen : tables) {
        for (const scheme of ["light", "dark"]) {
          for (const width of thorough ? [320, 1280] : [1280]) await look(file, lang, width, scheme, thorough);
        }
        for (const width of [360, 1920]) await look(file, lang, width, "light", false);
      }
    }
  }
  for (const name of ["few", "hostile", "many"]) {
    const { page, where } = await open(scripted, path.join(made, name, "index.html"), 1280, "light");
    complain(where, ...(await byKeyboard(page)));
    await page.close();
  }
  for (const name of ["many", "parts"]) await measure(path.join(made, name, "index.html"));
} finally {
  await browser.close();
}

if (!sees) complain("the check itself", "does not see what is wrong on purpose");
const hostile = fs.readFileSync(path.join(made, "hostile", "index.html"), "utf8");
for (const text of ["&#60;/script&#62;&#60;script&#62;alert(1)", "&#60;img src=x onerror=alert(1)&#62;", "\\u{202e}gnp"]) {
  if (!hostile.includes(text)) complain("hostile/index.html", `does not show ${text}`);
}

wrong.slice(0, 60).forEach((line) => console.log(line));
console.log(`${looked} pages looked at, ${wrong.length} complaints`);
process.exit(wrong.length === 0 && looked > 0 ? 0 : 1);
