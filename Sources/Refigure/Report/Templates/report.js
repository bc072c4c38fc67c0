"use strict";

// Without this script the page is whole but for sorting, filtering and tables of plotted data, which
// are files to download then.

// Numbers as they are written, whatever follows them: "0.61 [0.5, 0.7]", "86 s on 2 cores".
const numberOf = text => {
  const number = text.match(/^\s*[-−]?\d[\d.]*(e[-+]?\d+)?/i);
  return number ? Number(number[0].replace("−", "-")) : NaN;
};

function sort(table, column, isAscending) {
  const body = table.tBodies[0];
  const keyed = [...body.rows].map((row, place) => {
    const cell = row.cells[column];
    const text = cell.dataset.value || cell.textContent;
    return {row, place, text, number: numberOf(text)};
  });
  const isNumeric = keyed.some(key => !isNaN(key.number))
    && keyed.every(key => !isNaN(key.number) || !key.text.trim() || key.text === "nan");
  keyed.sort((a, b) => {
    if (isNumeric) {
      if (isNaN(a.number) || isNaN(b.number)) return isNaN(a.number) - isNaN(b.number) || a.place - b.place;
      return (isAscending ? a.number - b.number : b.number - a.number) || a.place - b.place;
    }
    const order = a.text.localeCompare(b.text, "en");
    return (isAscending ? order : -order) || a.place - b.place;
  });
  body.append(...keyed.map(key => key.row));
}

function makeSortable(table, sorted = (column, isAscending) => sort(table, column, isAscending)) {
  const headers = [...table.tHead.rows[0].cells];
  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const isAscending = header.getAttribute("aria-sort") !== "ascending";
      headers.forEach(other => other.removeAttribute("aria-sort"));
      header.setAttribute("aria-sort", isAscending ? "ascending" : "descending");
      sorted(column, isAscending);
    });
  });
}

// The claims.
const form = document.getElementById("filter");
const rows = [...document.querySelectorAll(".claims tbody tr")];
function filter() {
  const chosen = new FormData(form);
  const words = chosen.get("words").toLowerCase().split(/\s+/).filter(word => word);
  let count = 0;
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !(words.every(word => text.includes(word))
      && ["paper", "verdict", "ground", "budget"].every(name =>
        !chosen.get(name) || row.dataset[name] === chosen.get(name)));
    count += !row.hidden;
  }
  document.getElementById("shown").textContent = `${count} of ${rows.length} claims`;
}
form.hidden = false;
form.addEventListener("input", filter);
form.addEventListener("change", filter);
form.addEventListener("submit", event => event.preventDefault());
form.addEventListener("reset", () => setTimeout(filter));
document.querySelectorAll("table.sortable").forEach(table => makeSortable(table));

// Comma-separated values as rows of cells (RFC 4180).
function cells(csv) {
  const rows = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "\n") rows.push([]);
    if (end === "") break;
  }
  return rows.filter(row => row.length > 1 || row[0]);
}

// The plotted data: a table when somebody looks, and a file.
const shownAtFirst = 200;
async function show(details, link) {
  const bytes = Uint8Array.from(atob(link.href.split(",")[1]), letter => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const csv = await new Response(stream).text();
  const file = `${details.dataset.file}.csv`;
  const [names, ...values] = cells(csv);
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  for (const name of names) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = name;
    head.append(cell);
  }
  const body = table.createTBody();
  let limit = shownAtFirst;
  function fill() {
    body.replaceChildren();
    for (const row of values.slice(0, limit)) {
      const line = body.insertRow();
      for (const value of row) line.insertCell().textContent = value;
    }
  }
  const keys = column => values.map(row => row[column]);
  makeSortable(table, (column, isAscending) => {
    const isNumeric = keys(column).every(text => text === "" || text === "nan" || !isNaN(Number(text)));
    values.sort((a, b) => {
      const [x, y] = [a[column], b[column]];
      if (!isNumeric) return isAscending ? x.localeCompare(y, "en") : y.localeCompare(x, "en");
      const [p, q] = [parseFloat(x), parseFloat(y)];
      if (isNaN(p) || isNaN(q)) return isNaN(p) - isNaN(q);
      return isAscending ? p - q : q - p;
    });
    fill();
  });
  fill();
  const download = document.createElement("button");
  download.type = "button";
  download.textContent = `Download ${file}`;
  download.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv], {type: "text/csv"}));
    link.download = file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  const scroll = document.createElement("div");
  scroll.className = "scroll";
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", file);
  scroll.append(table);
  link.replaceWith(download, scroll);
  if (values.length > limit) {
    const more = document.createElement("button");
    more.type = "button";
    more.textContent = `Show all ${values.length} rows`;
    more.addEventListener("click", () => {
      limit = Infinity;
      fill();
      more.remove();
    });
    scroll.after(more);
  }
}
for (const details of document.querySelectorAll("details.data")) {
  const link = details.querySelector("a.compressed");
  details.addEventListener("toggle", () => show(details, link), {once: true});
}
