/* A body: its tables with the years as columns, what changed, what is doubtful, and the files behind it. */
/* A change in per cent of less than this says nothing. */
const LEAST = 10;
const CHARTS = [["requests_received", "本年新收"], ["requests_processed", "办理总计"], ["granted", "予以公开"], ["denied", "不予公开"], ["reconsideration_total", "行政复议"], ["litigation_total", "行政诉讼"]];
const TITLES = { requests: "三、收到和处理政府信息公开申请", disclosure: "二、主动公开政府信息", disputes: "四、行政复议、行政诉讼", statistics: "统计表（2014—2018 年度）" };
const STATES = { b: ["空白", "原文空白"], u: ["无法辨认", "原文无法辨认"], m: ["未读到", "原文中没有读到这一格"] };

/* Which series a cell of a form is by itself. */
const single = new Map();
for (const s of shared.series) for (const [edition, { exact, terms }] of Object.entries(s.on)) {
  if (terms.length === 1) single.set(`${edition}/${terms[0].slice(1).join("/")}`, { code: s.code, exact });
}
/* How far a cell of two forms is the same: "exact", "about", or null. The kinds of applicant are as comparable as the total. */
function comparable(one, other, row, column) {
  if (one.edition === other.edition) return "exact";
  const of = (form) => single.get(`${form.edition}/${form.table}/${row}/${form.table === "requests" ? "total" : column}`);
  const [a, b] = [of(one), of(other)];
  return a && b && a.code === b.code ? (a.exact && b.exact ? "exact" : "about") : null;
}

/* Years of a body from the first to the last, with the report of each that counts; a year without one has none. */
function columnsOf(body) {
  const known = body.years.filter((r) => r.year !== null);
  if (!known.length) return body.years.map((report) => ({ year: null, report }));
  const out = [];
  for (let year = known[0].year; year <= known.at(-1).year; year++) {
    const own = known.filter((r) => r.year === year);
    out.push(...(own.length ? own.map((report) => ({ year, report })) : [{ year, report: null }]));
  }
  return out;
}

/* The lines of a table over several reports: those of the newest form first, then those that only an older one has. */
function linesOf(table, columns, applicant) {
  const lines = new Map();
  const used = forms.filter((f) => f.table === table && columns.some((c) => c.report?.tables.some((t) => t.form === f))).reverse();
  for (const form of used) {
    for (const [row, column] of form.slots) {
      if (table === "requests" && column.code !== applicant) continue;
      const key = `${row.code}/${column.code}`;
      if (lines.has(key)) continue;
      const alone = table === "requests" || table === "statistics";
      const group = alone ? row.group : row.label;
      lines.set(key, { key, row: row.code, column: column.code, label: alone ? row.label : column.label, group, unit: row.unit || column.unit, edition: form === used[0] ? null : form.edition });
    }
  }
  return [...lines.values()];
}

function labelOf(report, { table, row, column }) {
  const has = (f) => !row || row.split(" + ").every((r) => f.rows.some((x) => x.code === r)) && (!column || f.columns.some((c) => c.code === column));
  const form = report.tablesOf(table).map((t) => t.form).find(has) ?? forms.filter((f) => f.table === table && has(f)).at(-1);
  const own = (list, code) => list?.find((x) => x.code === code)?.label ?? code;
  const rows = (row || "").split(" + ").filter(Boolean).map((r) => own(form?.rows, r)).join("＋");
  return [TITLES[table] ?? nameOf("table", table), rows, column ? own(form?.columns, column) : ""].filter(Boolean).join(" · ");
}

/* Shows where a figure stands. */
function showSource(report, place, { own, cell }, from) {
  const stands = own.places[cell.at] ?? {};
  const panel = document.getElementById("source");
  const doubts = report.body.province.findings(report).filter((f) => f.table === place.table && f.row === place.row && (!f.column || f.column === place.column));
  const close = () => { panel.hidden = true; panel.replaceChildren(); from?.focus(); };
  panel.replaceChildren(el("div", { class: "in" },
    el("p", { class: "figure" }, el("b", null, cell.value === null ? STATES[cell.state][1] : shown(cell.value)), " ", labelOf(report, place), `，${report.year ?? "年度未定"}`),
    el("p", null, "出处：", fileLink(report, stands.page, report.path), " ", el("b", { id: "place" }, lineOf(stands) || "行号未知"), `（${nameOf("format", report.format)}，${own.form.edition} 年版格式）`),
    doubts.map((f) => el("p", { class: `doubt ${f.severity}` }, el("i", { class: `sv ${f.severity}` }, nameOf("severity", f.severity)), " ", f.name, f.rest ? `：${f.rest}` : "")),
    button("关闭", close, { class: "close" })));
  panel.hidden = false;
  panel.onkeydown = (e) => { if (e.key === "Escape") close(); };
  panel.querySelector(".close").focus();
}

/* A cell with what it was the year before. */
function figureCell(report, before, table, line, marks) {
  if (!report.tablesOf(table).length) return el("td", { class: "gone" }, el("small", null, "无此表"));
  const held = report.held(table, line.row, line.column);
  if (!held) return el("td", { class: "na" }, el("span", { "aria-label": "该年格式无此项" }, "·"));
  const { own, cell } = held, place = { table, row: line.row, column: line.column };
  const doubt = marks.get(`${table}/${line.row}/${line.column}`) ?? marks.get(`${table}/${line.row}/`);
  const name = cell.value === null ? STATES[cell.state] : null;
  const figure = button(name ? name[0] : shown(cell.value), () => showSource(report, place, held, figure),
    { class: `fig ${name ? "empty" : ""} ${doubt ?? ""}`, "aria-label": `${line.label} ${report.year ?? ""}：${name ? name[1] : shown(cell.value)}${doubt ? "，有疑点" : ""}，看出处` });
  const old = before?.held(table, line.row, line.column), was = old?.cell;
  let change = null;
  if (was && was.value !== null && cell.value !== null) {
    const how = comparable(own.form, old.own.form, line.row, line.column);
    const by = exact(cell.value - was.value);
    if (how && by !== 0) {
      const share = was.value >= LEAST ? ` ${percent(by, was.value)}` : "";
      change = el("small", { class: "change", title: how === "about" ? "两年格式不同，只大致可比" : null }, `${how === "about" ? "≈" : ""}${signed(by)}${share}`);
    } else if (how) change = el("small", { class: "change" }, "＝");
  }
  return el("td", { "data-cell": `${table}/${line.row}/${line.column}`, "data-year": report.year, "data-value": cell.value ?? cell.state }, figure, change);
}

function marksOf(report) {
  const marks = new Map();
  if (report) for (const f of report.body.province.findings(report)) {
    if (!f.row || f.severity === "info") continue;
    for (const row of f.row.split(" + ")) {
      const key = `${f.table}/${row}/${f.column}`;
      if (marks.get(key) !== "error") marks.set(key, f.severity);
    }
  }
  return marks;
}

/* The form of a year's table is another than that of the last one before it. */
function breaks(columns, i, table) {
  const edition = (c) => c.report?.formsOf(table);
  const prior = columns.slice(0, i).map(edition).filter(Boolean).at(-1);
  return !!prior && !!edition(columns[i]) && edition(columns[i]) !== prior;
}

function headOf(columns, table) {
  return columns.map(({ year, report }, i) => {
    const edition = report?.formsOf(table);
    return el("th", { scope: "col", class: breaks(columns, i, table) ? "break" : null }, year ?? "未定", report === null ? el("small", null, "无报告") : el("small", null, edition ? `${edition} 年版` : "无此表"));
  });
}

function yearTable(table, columns, applicant) {
  const lines = linesOf(table, columns, applicant);
  if (!lines.length) return null;
  const marks = columns.map((c) => marksOf(c.report));
  const body = [];
  const headed = new Set();
  let group;
  for (const line of lines) {
    const inside = line.group && (line.group === group || !headed.has(line.group));
    if (line.group !== group && line.group && !headed.has(line.group)) body.push(el("tr", { class: "group" }, el("th", { scope: "rowgroup", colspan: columns.length + 1 }, line.group)));
    group = line.group;
    headed.add(group);
    body.push(el("tr", null,
      el("th", { scope: "row", class: inside ? "in" : null }, line.label, line.edition ? el("small", null, `${line.edition} 年版格式`) : null, line.unit && line.unit !== "件" && !line.label.includes(line.unit) ? el("small", null, line.unit) : null),
      columns.map(({ year, report }, i) => {
        const before = columns[i - 1]?.report, next = before && year !== null && before.year === year - 1 ? before : null;
        const cell = report ? figureCell(report, next, table, line, marks[i]) : el("td", { class: "gone" });
        if (breaks(columns, i, table)) cell.classList.add("break");
        return cell;
      })));
  }
  return scroll(TITLES[table], el("table", { class: "grid years", "data-table": table },
    el("thead", null, el("tr", null, el("th", { scope: "col" }, "项目"), headOf(columns, table))), el("tbody", null, body)));
}

function drawBody(app, home, state) {
  const body = home.byId.get(state.get("id"));
  if (!body) return app.replaceChildren(el("p", { class: "none" }, "没有这个机关：", el("a", { href: "#" }, "回到列表")));
  const columns = columnsOf(body), applicant = state.get("who") ?? "total";
  const more = Object.fromEntries([...state].filter(([k]) => k !== "v" && k !== "id"));
  const names = [...new Set(body.reports.map((r) => r.agency))].filter((n) => n !== body.name);
  const kinds = forms.filter((f) => f.table === "requests").at(-1)?.columns.map((c) => [c.code, c.label]) ?? [];
  const span = body.years.length ? [body.years[0].year, body.years.at(-1).year].filter((y) => y !== null) : [];
  app.replaceChildren(
    el("article", { class: "body" },
      el("div", { class: "bar" },
        el("h2", { id: "view", tabindex: "-1" }, body.name),
        el("p", { class: "noprint" }, el("a", { href: "#" }, "机关列表"), pairChoice(body), button("存为 CSV", () => keepBody(body, columns), { id: "csv" }), button("打印", () => window.print()))),
      el("dl", { class: "facts" },
        fact("类别", body.kind ? nameOf("kind", body.kind) : "未定"),
        fact("所在地", [home.key === "none" ? "" : homeName(), body.prefecture?.name, body.county?.name].filter(Boolean).join(" ") || "未定"),
        fact("区划代码", body.county?.code ?? body.prefecture?.code ?? (home.key === "none" ? "未定" : `${home.key}0000`)),
        fact("年度", span.length ? (span[0] === span.at(-1) ? span[0] : `${span[0]}—${span.at(-1)}`) : "未定"),
        fact("报告", `${body.reports.length} 份${body.reports.length > body.years.length ? `，其中 ${body.reports.length - body.years.length} 份被取代` : ""}`),
        names.length ? fact("各年所用名称", names.join("、")) : null),
      jumps(),
      charts(columns),
      part("requests", columns, applicant,
        choice("申请人", applicant, kinds, (v) => go(bodyAddress(body, { ...more, who: v === "total" ? "" : v })), { key: "who" })),
      part("disclosure", columns),
      part("disputes", columns),
      part("statistics", columns),
      ratesSection(body, columns, state),
      linksSection(columns),
      findingsSection(body),
      filesSection(body)));
  return null;
}

/* From the head of a body to its parts: an address is the view's, so these are buttons. */
function jumps() {
  const list = el("ul", { class: "jumps noprint", "aria-label": "本页各部分" });
  queueMicrotask(() => list.replaceChildren(...[...app.querySelectorAll("h3[id]")].map((h) => el("li", null, button(h.textContent, () => { h.scrollIntoView(); h.focus({ preventScroll: true }); }, { class: "small" })))));
  return list;
}

function fact(name, value) { return el("div", null, el("dt", null, name), el("dd", null, value)); }

function part(table, columns, applicant, tool) {
  const drawn = yearTable(table, columns, applicant);
  if (!drawn) return null;
  return el("section", null, el("div", { class: "bar" }, el("h3", { id: `at-${table}`, tabindex: "-1" }, TITLES[table]), tool ? el("p", { class: "noprint" }, tool) : null), drawn,
    table === "requests" ? el("p", { class: "note" }, `小字为与上一年度相比的增减；上年不足 ${LEAST} 的不计百分比；双线两侧格式不同，“≈”为大致可比，没有小字的不可比。点数字看出处。`) : null);
}

/* The main series, each on its own scale; the line breaks where the rules changed. */
function charts(columns) {
  const known = columns.filter((c) => c.year !== null);
  if (known.length < 2) return null;
  const first = known[0].year, last = known.at(-1).year;
  const one = ([code, name]) => {
    const points = known.map(({ year, report }) => ({ year, own: report?.series(code) ?? null })).filter((p) => p.own);
    if (points.length < 2) return null;
    const top = Math.max(...points.map((p) => p.own.value), 1), W = 210, H = 84;
    const x = (year) => 14 + (W - 28) * (year - first) / (last - first || 1), y = (v) => H - 20 - (H - 40) * v / top;
    const parts = [];
    points.forEach((p, i) => {
      const q = points[i - 1];
      if (q && q.year === p.year - 1 && q.own.exact === p.own.exact) parts.push(svg("line", { x1: x(q.year), y1: y(q.own.value), x2: x(p.year), y2: y(p.own.value) }));
    });
    const text = points.map((p) => `${p.year} 年 ${shown(exact(p.own.value))}`).join("，");
    return el("figure", null, el("figcaption", null, name),
      svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": `${name}：${text}` }, svg("line", { x1: 14, x2: W - 14, y1: H - 20, y2: H - 20, class: "axis" }), parts,
        points.map((p, i) => [svg("circle", { cx: x(p.year), cy: y(p.own.value), r: 3, class: p.own.exact ? "" : "about" }),
          svg("text", { x: x(p.year), y: y(p.own.value) - 7, class: "v", "text-anchor": i === 0 && points.length > 1 ? "start" : i === points.length - 1 ? "end" : "middle" }, points.length > 7 && i % 2 ? "" : shown(exact(p.own.value))),
          svg("text", { x: x(p.year), y: H - 6, "text-anchor": i === 0 ? "start" : i === points.length - 1 ? "end" : "middle" }, points.length > 7 && i % 2 ? "" : String(p.year))])));
  };
  const drawn = CHARTS.map(one).filter(Boolean);
  return drawn.length ? el("section", { class: "charts", "aria-label": "主要数的走势" }, drawn) : null;
}

/* What one year's report takes over from the year before, and what its own text says of its tables. */
function linksSection(columns) {
  const rows = [];
  columns.forEach(({ year, report }, i) => {
    if (!report) return;
    const before = columns[i - 1]?.report, next = before && year !== null && before.year === year - 1 ? before : null;
    const add = (what, told, due, place) => { if (told !== null && due !== null) rows.push([year, what, told, due, report, place]); };
    if (next) {
      add("上年结转 ＝ 上一年度报告的结转下年度", report.value("requests", "carried_in", "total"), next.value("requests", "carried_out", "total"), ["requests", "carried_in", "total"]);
      for (const [item, name] of [["rules", "规章"], ["normative_documents", "行政规范性文件"]]) {
        const of = (r, c) => r.value("disclosure", item, c);
        const terms = [of(next, "in_force"), of(report, "issued"), of(report, "repealed")];
        add(`${name}现行有效 ＝ 上年现行有效 ＋ 本年制发 － 本年废止`, of(report, "in_force"), terms.includes(null) ? null : exact(terms[0] + terms[1] - terms[2]), ["disclosure", item, "in_force"]);
      }
    }
    for (const [metric, value, line, page] of saidOf(report)) {
      const own = shared.metrics[metric];
      const cells = own.rows.map((row) => report.value(own.table, row, own.column));
      add(`正文所述“${own.zh}” ＝ 表中数${line || page ? `（正文${lineOf({ line, page })}）` : ""}`, value, cells.includes(null) ? null : exact(cells.reduce((a, b) => a + b, 0)), [own.table, own.rows.join(" + "), own.column]);
    }
  });
  if (!rows.length) return null;
  return el("section", null, el("h3", { id: "at-links", tabindex: "-1" }, "前后衔接与正文"), scroll("前后衔接与正文", el("table", { class: "grid links" },
    el("thead", null, el("tr", null, ["年度", "关系", "所载", "应为", "相差"].map((h, i) => el("th", { scope: "col", class: i === 1 ? "t" : null }, h)))),
    el("tbody", null, rows.map(([year, what, told, due]) => el("tr", { class: told === due ? null : "off" }, el("th", { scope: "row" }, year ?? "未定"), el("td", { class: "t" }, what),
      el("td", null, shown(told)), el("td", null, shown(due)), el("td", null, told === due ? "＝" : el("b", { class: "bad" }, signed(exact(told - due)))))))))); 
}
function saidOf(report) {
  return report.said ? report.said.split(";").map((s) => s.split(":")).map(([m, v, l, p]) => [m, Number(v), Number(l) || null, Number(p) || null]).filter(([m]) => shared.metrics[m]) : [];
}

function findingsSection(body) {
  const all = body.reports.flatMap((r) => body.province.findings(r));
  const order = (f) => [f.report.year ?? 0, -SEVERITIES.indexOf(f.severity)];
  all.sort((a, b) => order(b)[0] - order(a)[0] || order(b)[1] - order(a)[1]);
  return el("section", null, el("h3", { id: "at-doubts", tabindex: "-1" }, `疑点（${all.length}）`), all.length ? scroll("疑点", el("table", { class: "grid doubts" },
    el("thead", null, el("tr", null, ["年度", "程度", "疑点", "位置", "原文", "实为", "应为", "出处"].map((h, i) => el("th", { scope: "col", class: [1, 2, 3, 4, 7].includes(i) ? "t" : null }, h)))),
    el("tbody", null, all.map((f) => el("tr", { "data-rule": f.rule }, el("th", { scope: "row" }, f.report.year ?? "未定"), el("td", { class: "t" }, el("i", { class: `sv ${f.severity}` }, nameOf("severity", f.severity))),
      el("td", { class: "t wide" }, el("b", null, f.name), f.rest ? el("small", null, f.rest) : null), el("td", { class: "t wide" }, labelOf(f.report, f)),
      el("td", { class: "t" }, f.raw ?? ""), el("td", null, f.actual === null ? "" : shown(f.actual)), el("td", null, f.expected === null ? "" : shown(f.expected)),
      el("td", { class: "t wide" }, fileLink(f.report, f.page), " ", el("span", { class: "place" }, lineOf(f)))))))) : el("p", { class: "none" }, "没有。"));
}

function filesSection(body) {
  return el("section", null, el("h3", { id: "at-files", tabindex: "-1" }, "报告文件"), scroll("报告文件", el("table", { class: "grid files" },
    el("thead", null, el("tr", null, ["年度", "文件", "格式版本", "公布", "完整程度", "单元格", "不成立／已核对", "备注"].map((h, i) => el("th", { scope: "col", class: i === 1 ? "t" : null }, h)))),
    el("tbody", null, [...body.reports].reverse().map((r) => {
      const best = body.years.find((b) => b.year === r.year);
      return el("tr", null, el("th", { scope: "row" }, r.year ?? "未定"), el("td", { class: "t wide" }, fileLink(r, null, r.path), r.part ? `（第 ${r.part} 份）` : "", r.agency === body.name ? null : el("small", null, r.agency)),
        el("td", null, r.edition ?? "—"), el("td", null, r.published ?? "—"), el("td", null, nameOf("quality", r.quality)), el("td", null, `${shown(r.found)}／${shown(r.expected)}`), el("td", null, `${r.failed}／${r.checked}`),
        el("td", { class: "t" }, r.primary ? "" : ["被取代", best ? [" ", el("a", { class: "noprint", href: address("pair", { a: pairKey(r), b: pairKey(best) }) }, "对照")] : null]));
    })))));
}

function keepBody(body, columns) {
  const rows = [["表", "项目", "列", "单位", ...columns.map((c) => c.year ?? "未定")]];
  for (const table of ["disclosure", "requests", "disputes", "statistics"]) {
    const kinds = table === "requests" ? forms.filter((f) => f.table === table).at(-1).columns.map((c) => c.code) : [null];
    for (const kind of kinds) for (const line of linesOf(table, columns, kind)) {
      const form = forms.filter((f) => f.table === table && f.at.has(line.key)).at(-1);
      const [row, column] = form.slots[form.at.get(line.key)];
      rows.push([nameOf("table", table), row.label, column.label, line.unit || null, ...columns.map((c) => {
        const cell = c.report?.cell(table, line.row, line.column);
        return !cell ? null : cell.value ?? STATES[cell.state][0];
      })]);
    }
  }
  rows.push([`注：${body.name}；空白、未读到、无法辨认的不是零；空格为该年无报告或格式无此项。来源：${columns.map((c) => c.report?.path).filter(Boolean).join("；")}`]);
  keep(`${body.name}-各年度`, rows);
}
