// What is there to see of a page that is open in a browser? Each answer is a list of complaints.

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds on the page as it stands. */
export const violations = (page) =>
  page.evaluate(async (tags) => {
    const options = { runOnly: tags, rules: { "target-size": { enabled: true } } };
    const found = await window.axe.run(document, options);
    const told = ({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`);
    // What axe cannot decide about contrast would be decided by nobody.
    const open = found.incomplete.filter((result) => result.id === "color-contrast");
    return [...found.violations, ...open].flatMap(told);
  }, TAGS);

/** Elements, attributes and links that no report has. `known` are the addresses that it may link to. */
export const strangers = (page, known) =>
  page.evaluate((known) => {
    const elements = new Set(
      (
        "a article bdi blockquote body br caption code dd details div dl dt em footer h1 h2 h3 h4 h5 head header hr html " +
        "li link main mark meta nav ol p pre section span strong style summary table tbody td th thead title tr ul wbr"
      ).split(" "),
    );
    const attributes = new Set(
      (
        "aria-label aria-labelledby charset class colspan content href http-equiv id lang name open rel scope translate"
      ).split(" "),
    );
    const found = [];
    for (const element of document.querySelectorAll("*")) {
      if (!elements.has(element.localName)) found.push(`<${element.localName}>`);
      for (const { name } of element.attributes) {
        if (!attributes.has(name)) found.push(`${element.localName}[${name}]`);
      }
      if (element.localName !== "a") continue;
      const link = element.getAttribute("href");
      const target = link.startsWith("#") && document.getElementById(decodeURIComponent(link.slice(1)));
      if (!target && !known.includes(link)) found.push(`link to ${link}`);
    }
    if (document.querySelectorAll("style").length !== 1) found.push("more than one style element");
    return found;
  }, known);

/** What sticks out to the right. */
export const overflow = (page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const all = [...document.body.querySelectorAll("*")];
    const out = all.filter((element) => element.getBoundingClientRect().right > width + 1);
    const name = (element) => `<${element.localName} class="${element.className}"> ${element.textContent.slice(0, 60)}`;
    const whole = document.documentElement.scrollWidth;
    return [...(whole > width ? [`the page is ${whole} px wide`] : []), ...out.slice(0, 3).map(name)];
  });

/** Whether the page is in the language, the colours and the width that were asked for. */
export const state = async (page, { lang, scheme, width }) => {
  const told = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    styled: getComputedStyle(document.body).maxWidth !== "none",
    dark: getComputedStyle(document.body).backgroundColor !== "rgb(255, 255, 255)",
    width: window.innerWidth,
  }));
  return [
    told.lang !== lang && `lang="${told.lang}"`,
    !told.styled && "the style sheet is not in force",
    told.dark !== (scheme === "dark") && "not in the colours asked for",
    told.width !== width && `${told.width} px wide`,
  ].filter(Boolean);
};

/** Folds everything away, or out. */
export const fold = (page, open) =>
  page.evaluate((open) => document.querySelectorAll("details").forEach((details) => (details.open = open)), open);

/** What is missing or dark on paper while everything is folded away. */
export const paper = async (page, scheme) => {
  await fold(page, false);
  await page.emulateMedia({ media: "print", colorScheme: scheme });
  const told = await page.evaluate(() => {
    const parts = [...document.querySelectorAll("details > :not(summary)")];
    const ground = getComputedStyle(document.body).backgroundColor;
    return [
      ...parts.filter((part) => part.getClientRects().length === 0).map((part) => `missing on paper: ${part.textContent}`),
      ...(ground === "rgb(255, 255, 255)" ? [] : [`paper is printed ${ground}`]),
    ];
  });
  await page.emulateMedia({ media: "screen", colorScheme: scheme });
  return told;
};

/** Goes over everything with the pointer, for handlers that wait for it; follows no link. */
export const touch = (page) =>
  page.evaluate(() => {
    document.addEventListener("click", (event) => event.preventDefault(), true);
    for (const element of document.querySelectorAll("*")) {
      for (const kind of ["mouseover", "focus", "click"]) {
        element.dispatchEvent(new MouseEvent(kind, { cancelable: true }));
      }
    }
  });

/** Whether the looks above see a page that is made wrong on purpose. */
export const canary = async (page, known) => {
  await page.evaluate(() => {
    document.documentElement.removeAttribute("lang");
    document.querySelector("h1").insertAdjacentHTML("afterend", '<img src="data:,"><h6>x</h6>');
  });
  const seen = (await violations(page)).join("\n");
  const axe = ["html-has-lang", "image-alt", "heading-order"].every((id) => seen.includes(id));
  return axe && (await strangers(page, known)).includes("<img>");
};
