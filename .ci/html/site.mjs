// What is there to see of a page of a portfolio that is open in a browser? Each answer is a list of complaints.

/** The links of the rows of the table of all repositories. */
export const rows = (page) => page.locator("#all-table tbody th a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));

/** What sticks out of the page; a region that can be scrolled may be wider within itself. */
export const sticksOut = (page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const whole = document.documentElement.scrollWidth;
    const out = [...document.body.querySelectorAll("*")].filter(
      (element) =>
        !element.closest(".scroll > *, svg, .skip") && element.getBoundingClientRect().right > width + 1,
    );
    const name = (element) => `sticks out: <${element.localName} class="${element.className}"> ${element.textContent.slice(0, 60)}`;
    return [...(whole > width ? [`the page is ${whole} px wide`] : []), ...out.slice(0, 3).map(name)];
  });

/**
 * Elements, attributes and links that no page has. `known` are the addresses of rule pages; other links lead to files
 * of the portfolio that are there, to parts of the page, or to https addresses.
 */
export const strangers = async (page, known, folder, fs, path) => {
  const { found, links } = await page.evaluate(() => {
    const elements = new Set(
      (
        "a article bdi blockquote body br button caption circle code dd defs desc details div dl dt em figcaption figure footer form " +
        "h1 h2 h3 h4 head header hr html input kbd label li line link main meta nav ol option p pattern pre rect script section " +
        "select span strong style summary svg table tbody td text th thead title tr ul wbr"
      ).split(" "),
    );
    const attributes = new Set(
      (
        "aria-current aria-hidden aria-label aria-labelledby aria-live aria-sort autocomplete charset checked class colspan content " +
        "cx cy data-column data-down data-none data-number data-order data-some dir fill height hidden href hreflang http-equiv id " +
        "lang name open patterntransform patternunits r rel role scope spellcheck tabindex translate type value width x x1 x2 y y1 y2 for"
      ).split(" "),
    );
    const found = [];
    const links = [];
    for (const element of document.querySelectorAll("*")) {
      if (!elements.has(element.localName)) found.push(`<${element.localName}>`);
      for (const { name } of element.attributes) {
        if (!attributes.has(name.toLowerCase())) found.push(`${element.localName}[${name}]`);
      }
      if (element.localName !== "a") continue;
      const link = element.getAttribute("href");
      if (!link.startsWith("#")) links.push([link, element.rel]);
      else if (!document.getElementById(decodeURIComponent(link.slice(1)))) found.push(`link to ${link}`);
    }
    if (document.querySelectorAll("style").length !== 1) found.push("more than one style element");
    if (document.querySelectorAll("script").length > 1) found.push("more than one script element");
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    found.push(...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `the id ${id} is there twice`));
    return { found, links };
  });
  for (const [link, rel] of links) {
    if (/^https:\/\//.test(link) || known.includes(link)) {
      if (!known.includes(link) && rel !== "noopener noreferrer") found.push(`link to ${link} with rel="${rel}"`);
    } else if (!fs.existsSync(path.join(folder, decodeURIComponent(link.split("#")[0])))) {
      found.push(`link to ${link}, which is not there`);
    }
  }
  return found;
};

/** Searches, filters and sorts with the keyboard alone. */
export const byKeyboard = async (page) => {
  const wrong = [];
  const shown = () => page.locator("#all-table tbody tr:not([hidden])").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())));
  const focus = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
  const settled = () => page.waitForTimeout(300);
  const tabTo = async (wanted) => {
    for (let turn = 0; turn < 40; turn += 1) {
      if ((await focus()) === wanted) return true;
      await page.keyboard.press("Tab");
    }
    wrong.push(`Tab never reaches ${wanted}`);
    return false;
  };
  const expect = (fact, what) => fact || wrong.push(what);

  await page.keyboard.press("Tab");
  expect((await page.locator(".skip").boundingBox()).y >= 0, "the skip link is not to be seen when it has the focus");
  const all = await shown();
  await page.keyboard.press("/");
  expect((await focus()) === "q", "/ does not lead to the search");

  const word = all[Math.floor(all.length / 2)][0].slice(0, 9);
  await page.keyboard.type(word);
  await settled();
  const fits = (row) => row.join(" ").toLowerCase().includes(word.toLowerCase());
  const found = await shown();
  expect(found.length > 0 && found.every(fits) && found.length === all.filter(fits).length, `the search for ${word} finds ${found.length}`);
  const told = await page.locator("#told").textContent();
  expect(told.includes(String(found.length)), `told: ${told}`);
  expect(decodeURIComponent(page.url().replaceAll("+", " ")).includes(word), "the address does not keep the search");

  // What was found is found again under the same address.
  await page.reload();
  await settled();
  expect((await shown()).length === found.length, "the address does not bring the search back");

  await page.keyboard.press("/");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("no-such-repository-at-all");
  await settled();
  expect((await shown()).length === 0, "something fits what is nowhere");
  const reset = await page.locator("#filter button[type=reset]").textContent();
  if (await tabTo(reset)) await page.keyboard.press("Enter");
  await settled();
  expect((await shown()).length === all.length, "not everything is shown again");

  await page.keyboard.press("/");
  await page.keyboard.press("Tab");
  expect((await focus()) === "f-level", "the level does not follow the search");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await settled();
  const level = await page.locator("#f-level").inputValue();
  const held = await shown();
  expect(level !== "" && held.length === all.filter((row) => row[1] === level).length, `the level ${level} shows ${held.length}`);
  if (await tabTo(reset)) await page.keyboard.press("Enter");
  await settled();

  const head = page.locator("#all-table th[data-column=findings] button");
  if (await tabTo((await head.textContent()).trim())) {
    const sorted = (down) => async () => {
      const values = (await shown()).map((row) => row[3]).filter((text) => text !== "–").map((text) => Number(text.replace(/\D/g, "")));
      const order = values.every((value, at) => at === 0 || (down ? values[at - 1] >= value : values[at - 1] <= value));
      expect(order && values.length > 0, `findings are not sorted ${down ? "down" : "up"}`);
      const said = await page.locator("#all-table th[data-column=findings]").getAttribute("aria-sort");
      expect(said === (down ? "descending" : "ascending"), `aria-sort="${said}"`);
    };
    await page.keyboard.press("Enter");
    await sorted(true)();
    await page.keyboard.press("Space");
    await sorted(false)();
  }

  // A key of one letter can be switched off (WCAG 2.2, 2.1.4).
  await page.locator("#key").focus();
  await page.keyboard.press("Space");
  await page.locator("#key").evaluate((box) => box.blur());
  await page.keyboard.press("/");
  expect((await focus()) !== "q", "/ still leads to the search when it is switched off");
  return wrong;
};
