/* Rates, as the summaries computed them: value, N, rank and card of each report. Nothing is computed again here but the
   middle and the quarters of a group. */
const rates = (home) => home.raw.rates.rates;
function rateOf(report, i) {
  if (!report.rateList) {
    let n = "";
    report.rateList = report.rates.split(";").map((r) => r.split(",")).map((own) => (n = own[1] = own[1] === "." ? n : own[1] ?? "", own));
  }
  const own = report.rateList[i];
  if (!own || own.every((v) => v === "")) return null;
  const number = (v) => (v === undefined || v === "" ? null : Number(v));
  return { value: number(own[0]), n: number(own[1]), rank: number(own[2]), card: own[3] ? report.body.province.raw.rates.cards[own[3]] : null };
}

/* The value below which a share of sorted numbers lies, between two of them in proportion. */
function quantile(sorted, share) {
  const at = (sorted.length - 1) * share, below = Math.floor(at);
  return sorted[below] + (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]) * (at - below);
}
const rounded = (value) => Math.round(value * 100) / 100;

/* Bodies of one kind stand at one level: counties beside counties. */
const levelOf = (body) => (body.county ? "县级" : body.prefecture ? "地级" : "省级");
const alike = (body, other) => body.kind === other.kind && levelOf(body) === levelOf(other);

function ratesSection(body, columns, state) {
  const home = body.province, all = rates(home);
  const rated = columns.filter((c) => c.report && all.some((_, i) => rateOf(c.report, i)));
  if (!all.length || !rated.length) return null;
  const cell = ({ report }, i) => {
    const own = report ? rateOf(report, i) : null;
    if (!own) return el("td", { class: "gone" });
    return el("td", { "data-rate": i, "data-year": report.year, "data-value": own.value ?? "" }, own.value === null ? el("span", { class: "empty" }, "不计") : [`${own.value.toFixed(2)}%`, own.card ? el("b", { class: "bad" }, ` ${own.card}`) : null],
      el("small", null, own.n === null ? "N 不全" : `N ${shown(own.n)}`, own.rank === null ? "" : `　第 ${own.rank} 名`));
  };
  const notes = columns.flatMap((c) => (c.report ? home.raw.rates.notes[c.year] ?? [] : []));
  return el("section", null, el("h3", { id: "at-rates", tabindex: "-1" }, "指标与排名"),
    scroll("指标与排名", el("table", { class: "grid years", "data-table": "rates" },
      el("thead", null, el("tr", null, el("th", { scope: "col" }, "指标"), columns.map((c) => el("th", { scope: "col" }, c.year ?? "未定")))),
      el("tbody", null, all.map((rate, i) => el("tr", null, el("th", { scope: "row" }, rate.name, rate.n ? el("small", null, `N：${rate.n}`) : null), columns.map((c) => cell(c, i))))))),
    el("p", { class: "note" }, `与汇总表“${all[0].summary}”同一查询算得；N 过小或有数项空白的不计率。名次只在同年本省县级政府之间。`),
    el("details", { class: "noprint" }, el("summary", null, "公式、界限与所据报告"), home.raw.rates.head.map((line) => el("p", { class: "note" }, line)), [...new Set(notes)].map((line) => el("p", { class: "note" }, line))),
    besideSection(body, rated, state));
}

/* A body beside the middle and the quarters of its kind. */
function besideSection(body, rated, state) {
  const home = body.province, year = Number(state.get("in")) || rated.at(-1).year;
  const report = rated.find((c) => c.year === year)?.report ?? rated.at(-1).report;
  const peers = home.bodies.filter((b) => alike(b, body)).flatMap((b) => b.years.filter((r) => r.year === report.year));
  const near = body.prefecture ? peers.filter((r) => r.body.prefecture?.code === body.prefecture.code) : [];
  const of = (reports, value) => reports.map(value).filter((v) => v !== null).sort((a, b) => a - b);
  const lines = [...SERIES.map(([code, name]) => [name, (r) => r.series(code)?.value ?? null, false, code]), ...rates(home).map((rate, i) => [rate.name, (r) => rateOf(r, i)?.value ?? null, true, `rate${i}`])];
  const text = (v, rate) => (v === null || v === undefined ? "" : rate ? `${v.toFixed(2)}%` : shown(rounded(v)));
  const group = (sorted, rate, key, where) => [el("td", { "data-q": `${key}/${where}/n`, class: "first" }, shown(sorted.length)), ...[0.25, 0.5, 0.75].map((q) => el("td", { "data-q": `${key}/${where}/${q}`, "data-value": sorted.length ? rounded(quantile(sorted, q)) : "" }, sorted.length ? text(rounded(quantile(sorted, q)), rate) : ""))];
  const name = `${levelOf(body)}${body.kind ? nameOf("kind", body.kind) : "其他"}`;
  const more = Object.fromEntries([...state].filter(([k]) => k !== "v" && k !== "id"));
  return [el("div", { class: "bar beside" }, el("h3", { id: "at-beside", tabindex: "-1" }, `在同类（${name}）之中`), el("p", { class: "noprint" },
    choice("年度", report.year, rated.map((c) => [c.year, c.year]), (v) => go(bodyAddress(body, { ...more, in: v })), { key: "in" }))),
  scroll("在同类之中", el("table", { class: "grid quarters" },
    el("thead", null, el("tr", null, el("th", { scope: "col", rowspan: 2 }, `${report.year ?? "未定"} 年度`), el("th", { scope: "col", rowspan: 2 }, "本机关"),
      body.prefecture ? el("th", { scope: "colgroup", colspan: 4, class: "over" }, body.prefecture.name) : null, el("th", { scope: "colgroup", colspan: 4, class: "over" }, homeName())),
    el("tr", null, [...(body.prefecture ? [0] : []), 1].map(() => ["N", "下四分位", "中位数", "上四分位"].map((h, i) => el("th", { scope: "col", class: i ? null : "first" }, h))))),
    el("tbody", null, lines.map(([title, value, rate, key]) => {
      const own = value(report), wide = of(peers, value);
      return wide.length ? el("tr", null, el("th", { scope: "row" }, title), el("td", null, el("b", null, text(own, rate))), body.prefecture ? group(of(near, value), rate, key, "near") : null, group(wide, rate, key, "wide")) : null;
    })))),
  el("p", { class: "note" }, "N 为有数的报告，含本机关；N 少时四分位没有意义。")];
}
