"use strict";
// Sorts, filters and searches the table of all repositories, which is whole without this script.
(() => {
  const table = document.getElementById("all-table");
  const form = document.getElementById("filter");
  if (!table || !form) return;
  const lang = document.documentElement.lang;
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const told = document.getElementById("told");
  const search = form.elements.namedItem("q");
  const key = form.elements.namedItem("key");
  const selects = [...form.querySelectorAll("select")];
  const columns = heads.map((head) => head.dataset.column);
  const collator = new Intl.Collator(lang, { numeric: true, sensitivity: "base" });
  const numbers = new Intl.NumberFormat(lang);
  let rows = null;
  let sorted = { column: "", down: false };

  // What stands in the cells, read once and only when somebody asks.
  const all = () => {
    rows ??= [...body.rows].map((row, at) => {
      const cells = [...row.cells].map((cell) => cell.textContent.trim());
      return { row, at, cells, text: cells.join(" ").toLocaleLowerCase(lang) };
    });
    return rows;
  };

  const value = (head, text) => {
    if (text === "" || text === "–") return null;
    if (head.dataset.order) return head.dataset.order.split("|").indexOf(text);
    return head.dataset.number === undefined ? text : Number(text.replace(/\D/g, ""));
  };

  const sort = () => {
    const at = columns.indexOf(sorted.column);
    const head = heads[at];
    heads.forEach((other) => {
      if (other === head) other.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
      else other.removeAttribute("aria-sort");
    });
    const turn = sorted.down ? -1 : 1;
    const order = (a, b) => {
      if (!head) return a.at - b.at;
      const [x, y] = [value(head, a.cells[at]), value(head, b.cells[at])];
      // What nobody knows comes last, whichever way round.
      if (x === null || y === null) return (x === null) - (y === null) || a.at - b.at;
      const way = typeof x === "number" ? x - y : collator.compare(x, y);
      return turn * way || a.at - b.at;
    };
    const fragment = document.createDocumentFragment();
    [...all()].sort(order).forEach(({ row }) => fragment.append(row));
    body.append(fragment);
  };

  const filter = () => {
    const words = search.value.toLocaleLowerCase(lang).split(/\s+/).filter(Boolean);
    const wanted = selects.filter((select) => select.value).map((select) => [columns.indexOf(select.name), select.value]);
    let shown = 0;
    for (const { row, cells, text } of all()) {
      const fits = words.every((word) => text.includes(word)) && wanted.every(([at, wish]) => cells[at] === wish);
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    const words_for = shown === 0 ? told.dataset.none : told.dataset.some;
    told.textContent = words_for.replace("{n}", numbers.format(shown)).replace("{all}", numbers.format(rows.length));
  };

  // The state is part of the address, so that a view can be passed on.
  const keep = () => {
    const state = new URLSearchParams();
    if (search.value) state.set("q", search.value);
    selects.forEach((select) => select.value && state.set(select.name, select.value));
    if (sorted.column) state.set("sort", (sorted.down ? "-" : "") + sorted.column);
    const text = state.toString();
    try {
      history.replaceState(null, "", text ? "#?" + text : "#all");
    } catch {
      // A browser that allows no such thing for files still sorts and filters.
    }
  };

  const restore = () => {
    if (!location.hash.startsWith("#?")) return false;
    const state = new URLSearchParams(location.hash.slice(2));
    search.value = state.get("q") ?? "";
    selects.forEach((select) => {
      const wish = state.get(select.name) ?? "";
      select.value = [...select.options].some((option) => option.value === wish) ? wish : "";
    });
    const wish = state.get("sort") ?? "";
    const column = wish.replace(/^-/, "");
    sorted = { column: columns.includes(column) ? column : "", down: wish.startsWith("-") };
    sort();
    filter();
    return true;
  };

  heads.forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const again = sorted.column === columns[at];
      // Numbers and levels are asked for from the top, names from A.
      const first = head.dataset.down !== undefined;
      sorted = { column: columns[at], down: again ? !sorted.down : first };
      sort();
      keep();
    });
  });

  let waiting = 0;
  const changed = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => (filter(), keep()), 120);
  };
  form.addEventListener("input", (event) => event.target === key || changed());
  form.addEventListener("submit", (event) => (event.preventDefault(), clearTimeout(waiting), filter(), keep()));
  form.addEventListener("reset", () => {
    sorted = { column: "", down: false };
    setTimeout(() => (sort(), filter(), keep()));
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (event.key !== "/" || !key.checked || typing || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
  window.addEventListener("hashchange", restore);
  form.hidden = false;
  if (restore()) document.getElementById("all").scrollIntoView();
})();
