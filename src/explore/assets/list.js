/* The list: bodies found by what is typed and chosen, with figures, in the order of any of them. */
const SERIES = [
  ["requests_received", "本年新收"], ["requests_carried_in", "上年结转"], ["granted", "予以公开"], ["partially_granted", "部分公开"],
  ["denied", "不予公开"], ["unavailable", "无法提供"], ["not_processed", "不予处理"], ["otherwise_processed", "其他处理"],
  ["requests_processed", "办理总计"], ["requests_carried_out", "结转下年度"], ["reconsideration_total", "行政复议"],
  ["reconsideration_corrected", "复议结果纠正"], ["litigation_total", "行政诉讼"], ["litigation_corrected", "诉讼结果纠正"],
];
const MAIN = ["requests_received", "requests_carried_in", "granted", "denied", "requests_processed", "requests_carried_out", "reconsideration_total", "litigation_total"];
const STEP = 200;
const SEVERITIES = ["error", "warning", "info"];

/* Figures by which a list can be sorted: key -> name, and how a report has it. */
function measures(home) {
  const of = new Map();
  for (const [code, name] of SERIES) of.set(code, { name, group: "主要数", value: (r) => r.series(code)?.value ?? null });
  rates(home).forEach((rate, i) => of.set(`rate${i}`, { name: `${rate.name}（%）`, group: "指标", value: (r) => rateOf(r, i)?.value ?? null, rate: i }));
  for (const form of [...forms].reverse()) {
    for (const [row, column] of form.slots) {
      if (form.table === "requests" && column.code !== "total") continue;
      const key = `${form.table}.${row.code}.${column.code}`;
      const single = form.table === "requests" || form.columns.length === 1;
      const group = TITLES[form.table];
      if (!of.has(key)) of.set(key, { name: single ? row.label : `${row.label}·${column.label}`, group, value: (r) => r.value(form.table, row.code, column.code) });
    }
  }
  return of;
}

function drawList(app, home, state) {
  const get = (key) => state.get(key) ?? "";
  const set = (changes, replace) => {
    const own = Object.fromEntries(state);
    go(address("list", { ...own, ...changes }), replace);
  };
  const all = measures(home);
  const years = [...new Set(home.bodies.flatMap((b) => b.years.map((r) => r.year)).filter((y) => y !== null))].sort((a, b) => b - a);
  const prefectures = distinct(home.bodies.map((b) => b.prefecture));
  const counties = distinct(home.bodies.filter((b) => !get("pref") || b.prefecture?.code === get("pref")).map((b) => b.county));
  const kinds = [...new Set(home.bodies.map((b) => b.kind))];
  const used = new Set(home.raw.findings.rule.map((r) => home.raw.codes[r]));
  const any = ["", "全部"];
  const field = el("input", { type: "search", id: "find", value: get("q"), autocomplete: "off", spellcheck: "false", placeholder: "名称、地名、代码或拼音首字母",
    oninput: () => set({ q: field.value.trim() }, true) });
  const groups = new Map();
  for (const [key, m] of all) groups.set(m.group, [...(groups.get(m.group) ?? []), [key, m.name]]);
  const change = (key) => (value) => set({ [key]: value });
  const form = el("form", { class: "find", role: "search", onsubmit: (e) => { e.preventDefault(); document.querySelector("#rows a")?.focus(); } },
    el("label", { class: "typed", for: "find" }, el("span", null, "查找机关"), field),
    choice("地级", get("pref"), [any, ...prefectures.map((p) => [p.code, p.name])], (v) => set({ pref: v, county: "" }), { key: "pref" }),
    choice("县级", get("county"), [any, ...counties.map((p) => [p.code, p.name])], change("county"), { key: "county" }),
    choice("类别", get("kind"), [any, ...kinds.map((k) => [k ?? "-", k ? nameOf("kind", k) : "未定"])], change("kind"), { key: "kind" }),
    choice("年度", get("year"), [["", "各自最近一年"], ...years.map((y) => [y, y]), [ALL, "所有年度"]], change("year"), { key: "year" }),
    choice("疑点", get("rule"), [any, ...SEVERITIES.map((s) => [s, `有${nameOf("severity", s)}`]),
      { label: "规则", options: [...rules].filter(([r]) => used.has(r)) }], change("rule"), { key: "rule" }),
    choice("完整程度", get("quality"), [any, ...["complete", "partial", "poor"].map((q) => [q, nameOf("quality", q)])], change("quality"), { key: "quality" }),
    choice("列出", get("show"), [["", "主要数"], ...(rates(home).length ? [["rates", "指标（率）"]] : [])], (v) => set({ show: v, sort: "", down: "" }), { key: "show" }),
    choice("另列并排序", get("by"), [["", "不另列"], ...[...groups].map(([label, options]) => ({ label, options }))],
      (v) => set({ by: v, sort: v, down: v ? "1" : "" }), { key: "by" }));
  const result = el("div", { id: "rows" });
  app.replaceChildren(form, result);
  const draw = () => listRows(result, home, state, all, set);
  draw();
  /* While somebody types only the rows are drawn again. */
  return (next) => {
    const same = [...new Set([...state.keys(), ...next.keys()])].every((k) => k === "q" || state.get(k) === next.get(k));
    if (!same) return false;
    state = next;
    if (field.value.trim() !== get("q")) field.value = get("q");
    draw();
    return true;
  };
}

function distinct(places) {
  const of = new Map();
  for (const p of places) if (p) of.set(p.code, p);
  return [...of.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/* The reports of a list. */
function chosen(home, state) {
  const get = (key) => state.get(key) ?? "";
  const typed = get("q").toLowerCase(), rule = get("rule"), year = get("year");
  const out = [];
  for (const body of home.bodies) {
    if (get("pref") && body.prefecture?.code !== get("pref")) continue;
    if (get("county") && body.county?.code !== get("county")) continue;
    if (get("kind") && (body.kind ?? "-") !== get("kind")) continue;
    if (typed && !found(body, typed)) continue;
    const own = year === "" ? [body.last] : year === ALL ? body.reports : body.years.filter((r) => String(r.year) === year);
    for (const report of own) {
      if (get("quality") && report.quality !== get("quality")) continue;
      if (rule && !home.findings(report).some((f) => f.rule === rule || f.severity === rule)) continue;
      out.push(report);
    }
  }
  return out;
}

function found(body, typed) {
  const home = body.province;
  const texts = [body.name, body.county?.name, body.prefecture?.name, ...new Set(body.reports.map((r) => r.agency))];
  if ([body.county?.code, body.prefecture?.code, body.id].some((c) => c?.startsWith(typed))) return true;
  return texts.some((t) => t && home.answers(t, typed));
}

/* A figure of a list; a rate with its N. */
function figureIn(measure, report, value) {
  if (measure.rate === undefined) return value === null ? [] : [shown(exact(value))];
  const n = rateOf(report, measure.rate)?.n ?? null;
  return [value === null ? "" : value.toFixed(2), n === null ? "" : el("small", null, `N ${shown(n)}`)];
}

function listRows(result, home, state, all, set) {
  const get = (key) => state.get(key) ?? "";
  const base = get("show") === "rates" ? rates(home).map((_, i) => `rate${i}`) : MAIN;
  const columns = [...new Set([get("by"), ...base].filter((key) => all.has(key)))];
  const by = all.has(get("sort")) ? get("sort") : "", down = get("down") === "1";
  const reports = chosen(home, state);
  const count = new Map(columns.map((key) => [key, 0]));
  const values = new Map();
  for (const report of reports) {
    const own = columns.map((key) => all.get(key).value(report));
    own.forEach((v, i) => { if (v !== null) count.set(columns[i], count.get(columns[i]) + 1); });
    values.set(report, own);
  }
  if (by) {
    const at = columns.indexOf(by);
    const value = (r) => (at < 0 ? all.get(by).value(r) : values.get(r)[at]);
    const keyed = reports.map((r, i) => [value(r), i, r]);
    /* What has no figure stands last, whichever way the others run. */
    keyed.sort((a, b) => (a[0] === null) - (b[0] === null) || (a[0] === null ? 0 : down ? b[0] - a[0] : a[0] - b[0]) || a[1] - b[1]);
    reports.splice(0, reports.length, ...keyed.map((k) => k[2]));
  }
  const bodies = new Set(reports.map((r) => r.body)).size;
  const head = (key) => {
    const on = by === key, order = on ? (down ? "descending" : "ascending") : "none";
    return el("th", { scope: "col", "aria-sort": order, class: on ? "on" : null },
      button([all.get(key).name, el("i", { "aria-hidden": "true" }, on ? (down ? "▼" : "▲") : "")], () => set({ sort: key, down: on && down ? "" : "1" }), { class: "sort" }));
  };
  const picked = get("pick");
  const row = (report) => {
    const [errors, warnings] = SEVERITIES.map((s) => home.findings(report).filter((f) => f.severity === s).length);
    const mark = pairKey(report);
    return el("tr", { "data-report": report.path, "data-part": report.part },
      el("th", { scope: "row" }, el("a", { href: bodyAddress(report.body) }, report.agency),
        el("small", null, [report.body.prefecture?.name, report.body.county?.name].filter(Boolean).join(" "))),
      el("td", { class: "t" }, report.body.kind ? nameOf("kind", report.body.kind) : "未定"),
      el("td", null, report.year ?? "未定", report.primary ? null : el("small", null, "被取代")),
      values.get(report).map((v, i) => el("td", { "data-key": columns[i], class: columns[i] === by ? "on" : null }, ...figureIn(all.get(columns[i]), report, v))),
      el("td", null, errors || warnings ? [errors ? el("b", { class: "bad" }, `${errors} 错误`) : null, errors && warnings ? " " : null, warnings ? `${warnings} 警告` : null] : "—"),
      el("td", { class: "t" }, nameOf("quality", report.quality)),
      el("td", { class: "noprint" }, picked === mark ? button("取消", () => set({ pick: "" }), { class: "small" })
        : picked ? el("a", { class: "small", href: address("pair", { a: picked, b: mark }) }, "与所选并列") : button("选来并列", () => set({ pick: mark }), { class: "small" })));
  };
  const body = el("tbody", null, reports.slice(0, STEP).map(row));
  const rest = reports.length > STEP ? button(`显示其余 ${reports.length - STEP} 行`, () => {
    const first = body.children.length;
    body.append(...reports.slice(first).map(row));
    rest.remove();
    body.children[first]?.querySelector("a")?.focus();
  }, { class: "rest noprint" }) : null;
  const out = () => keep(`${homeName()}-机关列表`, [
    ["机关", "类别", "地级", "县级", "区划代码", "年度", ...columns.map((key) => all.get(key).name), "错误", "警告", "完整程度", "文件"],
    ...reports.map((r) => [r.agency, r.body.kind ? nameOf("kind", r.body.kind) : null, r.body.prefecture?.name, r.body.county?.name,
      r.body.county?.code ?? r.body.prefecture?.code, r.year, ...values.get(r).map((v) => (v === null ? null : exact(v))),
      home.findings(r).filter((f) => f.severity === "error").length, home.findings(r).filter((f) => f.severity === "warning").length,
      nameOf("quality", r.quality), r.path])]);
  result.replaceChildren(
    el("div", { class: "bar" }, el("p", { role: "status", id: "count" }, `${shown(bodies)} 个机关，${shown(reports.length)} 份报告`),
      el("p", { class: "noprint" }, button("存为 CSV", out, { id: "csv" }), button("打印", () => window.print()))),
    reports.length ? scroll("机关列表", el("table", { class: "grid list" },
      el("thead", null, el("tr", null, el("th", { scope: "col" }, "机关"), el("th", { scope: "col", class: "t" }, "类别"), el("th", { scope: "col" }, "年度"),
        columns.map(head), el("th", { scope: "col" }, "疑点"), el("th", { scope: "col", class: "t" }, "完整程度"), el("th", { scope: "col", class: "noprint" }, "并列"))),
      body,
      el("tfoot", null, el("tr", null, el("th", { scope: "row", colspan: "3" }, "N（有数的报告）"), columns.map((key) => el("td", { "data-n": key }, shown(count.get(key)))),
        el("td", { colspan: "2" }), el("td", { class: "noprint" }))))) : el("p", { class: "none" }, "没有符合的机关。"),
    rest ?? "",
    el("p", { class: "note" }, "空格为原文空白、无法辨认或未读到，不是零；排序时列在最后。政府的数已包括所属部门和乡镇，不得相加。"));
}
