/* How a page is put together: elements, numbers, links, files to keep. No text from a report ever becomes markup. */
const root = document.documentElement.dataset;
const ALL = "all";

/* An element. `on…` are listeners; false, null and undefined are left out. */
function el(name, own, ...inner) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(own ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) e.addEventListener(key.slice(2), value);
    else if (key in { value: 0, checked: 0, selected: 0 }) e[key] = value;
    else e.setAttribute(key, value === true ? "" : value);
  }
  e.append(...inner.flat(Infinity).filter((i) => i !== null && i !== undefined && i !== false));
  return e;
}

const SVG = "http://www.w3.org/2000/svg";
function svg(name, own, ...inner) {
  const e = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(own ?? {})) e.setAttribute(key, value);
  e.append(...inner.flat(Infinity).filter((i) => i !== null && i !== undefined && i !== false));
  return e;
}

/* `1234567.5` as `1,234,567.5`: what is printed, in groups. */
function shown(value) {
  const [whole, fraction] = String(value).split(".");
  const grouped = whole.replace(/\B(?=([0-9]{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/* A difference without the dust of binary fractions. */
const exact = (value) => Number(value.toFixed(6));
const signed = (value) => (value > 0 ? `+${shown(value)}` : value < 0 ? `−${shown(-value)}` : "0");
const percent = (part, whole) => `${part > 0 ? "+" : part < 0 ? "−" : ""}${(Math.round(Math.abs(part) * 1000 / Math.abs(whole)) / 10).toFixed(1)}%`;

/* A path of the archive as a URL; `\xC4` in it stands for a byte that is no text. A member of an archive leads to that. */
function linkTo(report, page) {
  if (!root.archive) return null;
  const path = report.path.split("!/")[0];
  const parts = path.split(/(\\x[0-9A-F]{2})/).map((part) => (/^\\x[0-9A-F]{2}$/.test(part) ? `%${part.slice(2)}`
    : encodeURIComponent(part).replaceAll("%2F", "/").replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)));
  return root.archive + parts.join("") + (page && report.format === "pdf" ? `#page=${page}` : "");
}
const lineOf = (of) => [of.page ? `第 ${of.page} 页` : "", of.line ? `第 ${of.line} 行` : ""].filter(Boolean).join(" ");
const fileOf = (report) => report.path.split("/").at(-1) + (report.part ? `（第 ${report.part} 份）` : "");
function fileLink(report, page, text) {
  const href = linkTo(report, page);
  const name = text ?? fileOf(report);
  return href ? el("a", { href, target: "_blank", rel: "noopener", title: report.path }, name) : el("span", { title: report.path }, name);
}

/* The address of a view. */
function address(view, own) {
  const query = new URLSearchParams();
  if (view !== "list") query.set("v", view);
  for (const [key, value] of Object.entries(own ?? {})) if (value !== null && value !== undefined && value !== "") query.set(key, value);
  return `#${query.toString().replaceAll("%3A", ":").replaceAll("%2F", "/")}`;
}
const bodyAddress = (body, more) => address("body", { id: body.id, ...more });

/* A table of texts and numbers as CSV, as the summaries write it: with a mark of UTF-8 for Excel, and nothing that it would
   run as a formula. */
function csv(rows) {
  const cell = (value) => {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return String(value);
    const text = (/^[=+\-@\t\u0000＝＋－＠\p{Cc}]/u.test(value) ? `'${value}` : value).replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g, " ");
    return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return "\uFEFF" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}
function keep(name, rows) {
  const url = URL.createObjectURL(new Blob([csv(rows)], { type: "text/csv;charset=utf-8" }));
  const link = el("a", { href: url, download: `${name.replace(/[\\/:*?"<>|]/g, "_")}.csv` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

function button(text, onclick, own) { return el("button", { type: "button", onclick, ...own }, text); }

/* A choice with its name. `options` are [value, text], or a list of them below a heading. */
function choice(name, value, options, onchange, own) {
  const option = ([v, t]) => el("option", { value: v, selected: String(v) === String(value) }, t);
  const select = el("select", { onchange: () => onchange(select.value), "data-choice": own?.key },
    options.map((o) => (Array.isArray(o) ? option(o) : el("optgroup", { label: o.label }, o.options.map(option)))));
  select.value = value;
  return el("label", { class: "choice" }, el("span", null, name), select);
}

/* What may be wider than the screen scrolls within itself, with the keyboard too. */
const scroll = (name, ...inner) => el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": name }, ...inner);
