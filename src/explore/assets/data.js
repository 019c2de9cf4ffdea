"use strict";
/* What the data files hold, as objects. Owns their reading: the writers are cells.rs and data.rs. Nothing here draws. */
const shared = window.nianbao ?? { forms: [], series: [], rules: [], names: {}, metrics: {}, provinces: {} };

const forms = shared.forms.map((raw) => {
  const form = { ...raw, slots: [], at: new Map(), widths: [] };
  form.rows = raw.rows.map(([code, label, group, unit, columns]) => ({ code, label, group, unit, columns }));
  form.columns = raw.columns.map(([code, label, unit]) => ({ code, label, unit }));
  for (const row of form.rows) {
    form.widths.push(row.columns.length);
    for (const column of row.columns) {
      form.at.set(`${row.code}/${form.columns[column].code}`, form.slots.length);
      form.slots.push([row, form.columns[column]]);
    }
  }
  return form;
});
const rules = new Map(shared.rules);
const seriesOf = new Map(shared.series.map((s) => [s.code, s]));
const nameOf = (list, code) => shared.names[list]?.[code] ?? code ?? "";

/* The tokens of a text of runs. */
function* tokens(text) {
  for (const token of text.split(",")) {
    const at = token.lastIndexOf("x");
    const times = at < 0 ? 1 : Number(token.slice(at + 1));
    for (let i = 0; i < times; i++) yield at < 0 ? token : token.slice(0, at);
  }
}

/* Signs of the last digit of a number, and behind them those of the digits before it. */
const BASE = 40, digits = new Map();
for (let sign = 0x23; digits.size < 2 * BASE; sign++) if (!"()bmtu~\\".includes(String.fromCharCode(sign))) digits.set(sign, digits.size);
/* The cells that a text says, for rows of these widths: a number, or b, u, m where there is none. */
function cellsOf(text, widths) {
  const cells = [];
  let at = 0;
  const number = () => {
    let value = 0;
    for (;;) {
      const digit = digits.get(text.charCodeAt(at++));
      if (digit === undefined) throw new Error("a damaged data file");
      if (digit < BASE) return value * BASE + digit;
      value = value * BASE + digit - BASE;
    }
  };
  while (at < text.length) {
    const sign = text[at];
    let told;
    if (sign === "b" || sign === "u" || sign === "m" || sign === "t") { told = sign; at++; }
    else if (sign === "(") { const end = text.indexOf(")", at); told = Number(text.slice(at + 1, end)); at = end + 1; }
    else told = number();
    let times = 1;
    if (text[at] === "~") { at++; times = number(); }
    while (times-- > 0) cells.push(told);
  }
  let from = 0;
  for (const width of widths) {
    const last = from + width - 1;
    if (cells[last] === "t") cells[last] = cells.slice(from, last).reduce((a, b) => a + b, 0);
    from += width;
  }
  return cells;
}

/* A table of a report. A cell has a `value`, or null and a `state` that says why: b, u, m. */
class Table {
  constructor([form, figures, lines, pages]) {
    this.form = forms[form];
    this.figures = figures;
    this.raw = [lines, pages];
  }
  get cells() { return (this.held ??= cellsOf(this.figures, this.form.widths)); }
  value(at) {
    const told = this.cells[at];
    return typeof told === "number" ? told : null;
  }
  cell(row, column) {
    const at = this.form.at.get(`${row}/${column}`);
    if (at === undefined) return null;
    const value = this.value(at);
    return { at, value, state: value === null ? this.cells[at] ?? "m" : "n" };
  }
  /* The line and page that each cell stands on, by its place. */
  get places() {
    if (this.placed) return this.placed;
    this.placed = [];
    const [lines, pages] = this.raw;
    const steps = tokens(lines ?? ""), turns = pages ? tokens(pages) : null;
    let line = 0, page = 0, at = 0;
    for (const width of this.form.widths) {
      const own = [];
      for (let i = at; i < at + width; i++) if ((this.cells[i] ?? "m") !== "m") own.push(i);
      at += width;
      if (!own.length) continue;
      const [distance, step] = (steps.next().value ?? "0").split(":");
      line += Number(distance);
      if (turns) page += Number(turns.next().value ?? 0);
      const each = step?.includes(".") ? step.split(".").map(Number) : null;
      let here = line;
      own.forEach((slot, i) => {
        if (i > 0) here += each ? each[i - 1] ?? 0 : Number(step ?? 0);
        this.placed[slot] = { line: here || null, page: page || null };
      });
    }
    return this.placed;
  }
}

/* By character, the letters that it may begin with in pinyin. */
function lettersOf(initials) {
  const letters = new Map();
  for (const [letter, characters] of Object.entries(initials)) for (const c of characters) letters.set(c, (letters.get(c) ?? "") + letter);
  return letters;
}
/* A text answers what is typed: part of it, or the first letters of its characters in pinyin, from any character on. */
function answers(letters, text, typed) {
  if (text.includes(typed)) return true;
  if (!/^[a-z]+$/.test(typed)) return false;
  const characters = [...text];
  for (let from = 0; from + typed.length <= characters.length; from++) {
    let i = 0;
    while (i < typed.length && (letters.get(characters[from + i]) ?? "").includes(typed[i])) i++;
    if (i === typed.length) return true;
  }
  return false;
}

class Report {
  /* A table may mix forms, block by block: then there is one for each. */
  tablesOf(name) { return this.tables.filter((t) => t.form.table === name); }
  /* A cell with the table that holds it: the one that has it, before one whose form has such a cell and nothing was found. */
  held(table, row, column) {
    const all = this.tablesOf(table).map((own) => ({ own, cell: own.cell(row, column) })).filter((h) => h.cell);
    return all.find((h) => h.cell.state !== "m") ?? all[0] ?? null;
  }
  cell(table, row, column) { return this.held(table, row, column)?.cell ?? null; }
  value(table, row, column) { return this.cell(table, row, column)?.value ?? null; }
  /* The forms of a table, as text; empty where there is no such table. */
  formsOf(table) { return this.tablesOf(table).map((t) => t.form.edition).join("、"); }
  /* A series by its formula on the form that its tables are of: null where a cell of it is. */
  series(code) {
    for (const { exact, terms } of onForms(code)) {
      let sum = 0, here = true;
      for (const { sign, form, at } of terms) {
        const table = this.tables.find((t) => t.form === form);
        here = !!table;
        if (!here) break;
        const value = table.value(at);
        if (value === null) sum = null;
        if (sum !== null) sum += sign * value;
      }
      if (here && sum !== null) return { value: sum, exact };
    }
    return null;
  }
}
/* The formulas of a series, with the places of their cells. */
const placed = new Map();
function onForms(code) {
  if (!placed.has(code)) placed.set(code, Object.entries(seriesOf.get(code)?.on ?? {}).map(([edition, { exact, terms }]) => ({ exact, terms: terms.map(([sign, table, row, column]) => {
    const form = forms.find((f) => f.edition === edition && f.table === table);
    return { sign, form, at: form?.at.get(`${row}/${column}`) };
  }) })));
  return placed.get(code);
}

class Province {
  constructor(key, raw) {
    this.key = key;
    this.raw = raw;
    const codes = raw.codes, R = raw.reports, F = raw.findings;
    const place = (at) => (at === null ? null : { code: raw.places[at][0], name: raw.places[at][1] });
    this.letters = lettersOf(raw.initials);
    this.bodies = [];
    this.byId = new Map();
    let at = 0, finding = 0, before = "";
    raw.bodies.id.forEach((id, i) => {
      const body = { province: this, id, name: raw.bodies.name[i], kind: raw.bodies.kind[i] === null ? null : codes[raw.bodies.kind[i]],
        county: place(raw.bodies.county[i]), prefecture: place(raw.bodies.prefecture[i]), reports: [] };
      for (let n = raw.bodies.reports[i]; n > 0; n--, at++) {
        const report = new Report();
        before = before.slice(0, R.path_same[at]) + R.path[at];
        report.body = body;
        report.year = R.year[at];
        report.part = R.part[at] || null;
        report.agency = R.agency[at] ?? body.name;
        report.edition = R.edition[at] === null ? null : codes[R.edition[at]];
        report.published = R.published[at] === null ? null : new Date(R.published[at] * 86400000).toISOString().slice(0, 10);
        report.path = before.replaceAll("\u0001", report.agency).replaceAll("\u0002", String(report.year));
        report.primary = R.primary[at] === 1;
        report.quality = codes[R.quality[at]];
        report.format = codes[R.format[at]];
        [report.expected, report.found, report.recovered, report.checked, report.failed] = R.counts[at];
        report.tables = R.tables[at].map((t) => new Table(t));
        report.rates = R.rates[at];
        report.said = R.said[at];
        report.findingRange = [finding, finding += R.findings[at]];
        body.reports.push(report);
      }
      body.years = body.reports.filter((r) => r.primary);
      body.last = body.years.at(-1) ?? body.reports.at(-1);
      this.bodies.push(body);
      this.byId.set(id, body);
    });
  }
  /* What is doubtful of a report. */
  findings(report) {
    if (report.findings) return report.findings;
    const { codes, messages, findings: F } = this.raw;
    report.findings = [];
    for (let i = report.findingRange[0]; i < report.findingRange[1]; i++) {
      const [table, row, column] = codes[F.place[i]].split("/");
      const numbers = F.numbers[i].split(" ");
      let n = 0;
      const rest = messages[F.message[i]].replaceAll("\u0002", () => numbers[n++] ?? "");
      const rule = codes[F.rule[i]];
      report.findings.push({ rule, name: rules.get(rule) ?? rule, severity: codes[F.severity[i]], table, row, column, rest,
        expected: F.expected[i], actual: F.actual[i], line: F.line[i] || null, page: F.page[i] || null, raw: F.raw[i], report });
    }
    return report.findings;
  }
  answers(text, typed) { return answers(this.letters, text, typed); }
}

const opened = new Map();
/* A province that is loaded; null where it is not. */
function province(key) {
  if (!opened.has(key) && shared.provinces?.[key]) opened.set(key, new Province(key, shared.provinces[key]));
  return opened.get(key) ?? null;
}

/* Loads the data file of another province. */
function load(key) {
  if (!/^([0-9]{2}|none)$/.test(key)) return Promise.reject(new Error(key));
  if (province(key)) return Promise.resolve(province(key));
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `province-${key}.js`;
    script.onload = () => (province(key) ? done(province(key)) : failed(new Error(key)));
    script.onerror = () => failed(new Error(key));
    document.head.append(script);
  });
}
