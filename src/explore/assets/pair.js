/* Two reports side by side: two bodies, two years of one, or two files of the same year. */
const pairKey = (report) => [report.body.province.key, report.body.id, report.year ?? "-", ...(report.primary ? [] : [report.body.reports.indexOf(report)])].join("/");

/* A report by its key: province, body, year, and its place where it is not the one that counts. */
async function reportOf(key) {
  const [where, id, year, at] = (key ?? "").split("/");
  const body = (await load(where)).byId.get(id);
  if (at !== undefined) return body?.reports[Number(at)] ?? null;
  return body?.years.find((r) => String(r.year ?? "-") === year) ?? null;
}

/* Leads from a body to two of its years. */
function pairChoice(body) {
  const years = body.years;
  if (!years.length) return null;
  const b = years.at(-1), a = years.at(-2) ?? b;
  return el("a", { href: address("pair", { a: pairKey(a), b: pairKey(b) }) }, "并列对照");
}

function drawPair(app, home, state) {
  const keys = [state.get("a"), state.get("b")];
  app.replaceChildren(el("p", { class: "none", role: "status" }, "正在打开……"));
  Promise.all(keys.map(reportOf)).then((reports) => {
    if (reports.some((r) => !r)) throw new Error("no report");
    showPair(app, home, state, reports);
    document.getElementById("view")?.focus();
  }).catch(() => app.replaceChildren(el("p", { class: "none" }, "没有这样两份报告：", el("a", { href: "#" }, "回到列表"))));
}

function showPair(app, home, state, [a, b]) {
  const applicant = state.get("who") ?? "total", only = state.get("only") === "1";
  const change = (own) => go(address("pair", { ...Object.fromEntries(state), ...own }));
  const side = (name, key, report) => {
    const own = report.body.province;
    return el("div", { class: "side" }, el("p", null, el("b", null, `${name} `), el("a", { href: own === home ? bodyAddress(report.body) : `province-${own.key}.html${bodyAddress(report.body)}` }, report.agency), ` ${report.year ?? "年度未定"}`),
      el("p", { class: "noprint" },
        choice("机关", report.body.id, own.bodies.map((x) => [x.id, x.name]), (id) => {
          const body = own.byId.get(id);
          change({ [key]: pairKey(body.years.find((r) => r.year === report.year) ?? body.last) });
        }, { key: `${key}-body` }),
        choice("年度", pairKey(report), report.body.reports.map((r) => [pairKey(r), `${r.year ?? "未定"}${r.primary ? "" : " 被取代"}`]), (k) => change({ [key]: k }), { key: `${key}-year` })),
      el("p", { class: "from" }, fileLink(report, null, report.path)));
  };
  const columns = [{ year: a.year, report: a }, { year: b.year, report: b }];
  const out = [["表", "项目", "列", `甲：${a.agency} ${a.year ?? ""}`, `乙：${b.agency} ${b.year ?? ""}`, "乙减甲", "%"]];
  let differ = 0, compared = 0, gaps = 0;
  const marks = columns.map((c) => marksOf(c.report));
  const tables = ["requests", "disclosure", "disputes", "statistics"].map((table) => {
    const rows = [], headed = new Set();
    let group;
    for (const line of linesOf(table, columns, applicant)) {
      const [one, other] = [a, b].map((r) => r.held(table, line.row, line.column)), [x, y] = [one?.cell, other?.cell];
      const how = x && y ? comparable(one.own.form, other.own.form, line.row, line.column) : null;
      const both = how && x.value !== null && y.value !== null;
      const by = both ? exact(y.value - x.value) : null;
      const gap = !both && !!(x && y && x.state !== y.state);
      const off = both ? by !== 0 : gap;
      if (both) compared++;
      if (both && off) differ++;
      if (gap) gaps++;
      const share = both && x.value >= LEAST ? percent(by, x.value) : "";
      out.push([nameOf("table", table), line.group ?? line.label, line.label, ...[x, y].map((c) => (c ? c.value ?? STATES[c.state][0] : null)), by, share || null]);
      if (only && !off) continue;
      if (line.group !== group && line.group && !headed.has(line.group)) rows.push(el("tr", { class: "group" }, el("th", { scope: "rowgroup", colspan: 5 }, line.group)));
      const inside = line.group && (line.group === group || !headed.has(line.group));
      group = line.group;
      headed.add(group);
      const cell = (r, i) => (r.tablesOf(table).length ? figureCell(r, null, table, line, marks[i]) : el("td", { class: "gone" }, el("small", null, "无此表")));
      rows.push(el("tr", { class: off ? "off" : null, "data-line": `${table}/${line.row}/${line.column}` }, el("th", { scope: "row", class: inside ? "in" : null }, line.label), cell(a, 0), cell(b, 1),
        el("td", { class: "by" }, by === null ? (x && y && !how ? "不可比" : "") : by === 0 ? "＝" : el("b", null, `${how === "about" ? "≈" : ""}${signed(by)}`)), el("td", null, by ? share : "")));
    }
    return rows.length ? el("section", null, el("h3", null, TITLES[table]), scroll(TITLES[table], el("table", { class: "grid pair" },
      el("thead", null, el("tr", null, ["项目", "甲", "乙", "乙减甲", "%"].map((h) => el("th", { scope: "col" }, h)))), el("tbody", null, rows)))) : null;
  });
  const kinds = forms.filter((f) => f.table === "requests").at(-1)?.columns.map((c) => [c.code, c.label]) ?? [];
  app.replaceChildren(el("article", { class: "pairing" },
    el("div", { class: "bar" }, el("h2", { id: "view", tabindex: "-1" }, "并列对照"),
      el("p", { class: "noprint" }, el("a", { href: "#" }, "机关列表"), button("存为 CSV", () => keep(`${a.agency}${a.year ?? ""}-${b.agency}${b.year ?? ""}-对照`, out), { id: "csv" }), button("打印", () => window.print()))),
    el("div", { class: "sides" }, side("甲", "a", a), side("乙", "b", b)),
    el("div", { class: "bar" }, el("p", { role: "status", id: "count" }, `可比的 ${compared} 项中 ${differ} 项不同${gaps ? `；另有 ${gaps} 项只有一方有数` : ""}`), el("p", { class: "noprint" },
      choice("申请人", applicant, kinds, (v) => change({ who: v === "total" ? "" : v }), { key: "who" }),
      el("label", { class: "tick" }, el("input", { type: "checkbox", checked: only, onchange: (e) => change({ only: e.target.checked ? "1" : "" }) }), "只列不同的"))),
    tables));
}
