// node check.mjs FOLDER TRUTH.json [--shots DIR]   the pages of bodies of the sample in headless Chromium, from disk: forty tasks
// as an official would do them, each with the figure that must be seen (TRUTH.json is written by figures.py from the dataset),
// then what axe-core calls serious, pages wider than a phone, and the list that is there without a script. Exit 1 on any fault,
// an error on the console or a request to a network among them.
import { createRequire } from "node:module";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import assert from "node:assert/strict";

const require = createRequire(join(process.cwd(), "x.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const folder = resolve(process.argv[2]);
const truth = JSON.parse(readFileSync(process.argv[3], "utf8"));
const shotsAt = process.argv.indexOf("--shots"), shots = shotsAt < 0 ? null : resolve(process.argv[shotsAt + 1]);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"] });
const faults = [];
const url = (file, hash) => pathToFileURL(join(folder, file)).href + (hash ? `#${hash}` : "");
async function fresh(width = 1280, own = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, acceptDownloads: true, ...own });
  const page = await context.newPage();
  page.on("console", (m) => { if (m.type() === "error") faults.push(`console: ${m.text()}`); });
  page.on("pageerror", (e) => faults.push(`error: ${e.message}`));
  page.on("request", (r) => { if (!/^(file|data|about|blob):/.test(r.url())) faults.push(`request: ${r.url()}`); });
  return page;
}
const shown = (v) => { const [w, f] = String(v).split("."); return w.replace(/\B(?=(\d{3})+$)/g, ",") + (f ? `.${f}` : ""); };
const HAIYUAN = "205020f462a47d9b", FENGYANG = "99951cb060208534", DALI = "1400d87aebdd98e8", ANXI = "8f429fa8d7c085bd", PINGJIANG = "259b24024fb5ff7d";
const of = (key) => { const own = truth.reports[key]; assert.ok(own, `${key} is not in the dataset`); return own; };
const value = (key, cell) => { const v = of(key).cells[cell]; assert.notEqual(v ?? null, null, `${key} ${cell} has no figure`); return v; };
const cellOf = (page, cell, year) => page.locator(`[data-cell="${cell}"][data-year="${year}"]`);
const figure = (page, cell, year) => cellOf(page, cell, year).locator(".fig").textContent();
const rows = (page) => page.locator("#rows tbody tr th a").allTextContents();
const count = (page) => page.locator("#count").textContent();
const choose = (page, key, v) => page.locator(`[data-choice="${key}"]`).selectOption(v);
const text = async (download) => readFileSync(await download.path(), "utf8");
async function download(page) { const [file] = await Promise.all([page.waitForEvent("download"), page.locator("#csv").click()]); return text(file); }
const at = (page, file, hash) => page.goto(url(file, hash));

const tasks = {
  "find a body on the first page by initials": async (p) => {
    await at(p, "index.html"); await p.locator("#find").pressSequentially("hyxrm");
    await p.locator(".hits a").first().waitFor(); assert.match(await p.locator(".hits a").first().textContent(), /海原县人民政府/);
  },
  "go from there to its years": async (p) => {
    await at(p, "index.html", "q=海原"); await p.locator(".hits a").first().click(); await p.locator("#view").waitFor();
    assert.equal(await figure(p, "requests/received/total", 2023), shown(value(`64/${HAIYUAN}/2023`, "requests/received/total")));
  },
  "an initial of several readings: 重庆 by cq": async (p) => { await at(p, "index.html", "q=yzq"); await p.locator(".hits a").first().waitFor(); assert.ok((await p.locator(".hits a").allTextContents()).some((t) => t.includes("渝中区"))); },
  "open a province": async (p) => { await at(p, "index.html"); await p.getByRole("link", { name: "宁夏回族自治区" }).click(); await p.locator("#rows tbody tr").first().waitFor(); assert.equal((await rows(p)).length, 4); },
  "find by initials in the province": async (p) => { await at(p, "province-64.html"); await p.locator("#find").fill("hl"); assert.equal((await rows(p)).length, 3); },
  "find by part of a name": async (p) => { await at(p, "province-64.html"); await p.locator("#find").fill("统计"); assert.deepEqual(await rows(p), ["贺兰县统计局"]); },
  "find by code of the place": async (p) => { await at(p, "province-64.html"); await p.locator("#find").fill("640522"); assert.equal((await rows(p)).length, 1); assert.match((await rows(p))[0], /海原/); },
  "find by place": async (p) => { await at(p, "province-64.html"); await p.locator("#find").fill("中卫"); assert.equal((await rows(p)).length, 1); },
  "nothing found is said": async (p) => { await at(p, "province-64.html"); await p.locator("#find").fill("天安门"); assert.match(await count(p), /^0 个机关/); assert.match(await p.locator(".none").textContent(), /没有符合/); },
  "filter by prefecture": async (p) => { await at(p, "province-64.html"); await choose(p, "pref", "640100"); assert.equal((await rows(p)).length, 3); },
  "filter by county": async (p) => { await at(p, "province-64.html"); await choose(p, "county", "640522"); assert.equal((await rows(p)).length, 1); },
  "filter by kind": async (p) => { await at(p, "province-64.html"); await choose(p, "kind", "township"); assert.deepEqual(await rows(p), ["贺兰县石塘镇人民政府"]); },
  "filter by year": async (p) => { await at(p, "province-64.html"); await choose(p, "year", "2022"); assert.equal((await rows(p)).length, 1); },
  "all years, the superseded file among them": async (p) => { await at(p, "province-64.html"); await choose(p, "year", "all"); assert.equal(await count(p), "4 个机关，6 份报告"); assert.equal(await p.getByText("被取代").count(), 1); },
  "filter by a rule": async (p) => {
    await at(p, "province-64.html"); await choose(p, "rule", "published_late");
    const want = new Set(truth.findings.filter((f) => f.province === "64" && f.rule === "published_late").map((f) => f.body)); assert.equal((await rows(p)).length, want.size); assert.ok(want.size > 0);
  },
  "filter by severity": async (p) => { await at(p, "province-53.html"); const all = (await rows(p)).length; await choose(p, "rule", "warning"); assert.ok((await rows(p)).length < all); },
  "filter by quality": async (p) => { await at(p, "province-64.html"); await choose(p, "quality", "poor"); assert.deepEqual(await rows(p), ["贺兰县统计局"]); },
  "sort by a figure, most first; what has none last": async (p) => {
    await at(p, "province-64.html"); await p.getByRole("button", { name: "本年新收" }).click(); const names = await rows(p);
    assert.match(names[0], /海原/); assert.equal(names.at(-1), "贺兰县统计局"); assert.equal(await p.locator("th[aria-sort=descending]").count(), 1);
  },
  "and least first": async (p) => { await at(p, "province-64.html", "sort=requests_received&down=1"); await p.getByRole("button", { name: "本年新收" }).click(); const names = await rows(p); assert.equal(names[0], "贺兰县石塘镇人民政府"); assert.equal(names.at(-1), "贺兰县统计局"); },
  "sort bodies by a rate, with N": async (p) => {
    await at(p, "province-53.html"); await choose(p, "show", "rates"); await p.getByRole("button", { name: "实质公开率（一）（%）" }).click();
    const seen = (await p.locator('#rows tbody [data-key="rate0"]').evaluateAll((cells) => cells.map((c) => c.firstChild?.textContent ?? ""))).filter(Boolean).map(Number);
    assert.ok(seen.length >= 3); assert.deepEqual(seen, [...seen].sort((a, b) => b - a)); assert.equal(await p.locator('[data-n="rate0"]').textContent(), String(seen.length));
  },
  "list by any figure of the form": async (p) => {
    await at(p, "province-64.html"); await choose(p, "by", "disclosure.penalties.decisions");
    assert.equal(await p.locator('#rows tbody [data-key="disclosure.penalties.decisions"]').first().textContent(), shown(value(`64/${HAIYUAN}/2023`, "disclosure/penalties/decisions")));
  },
  "send the address of a list": async (p) => { await at(p, "province-64.html"); await choose(p, "pref", "640100"); await choose(p, "kind", "department"); const other = await fresh(); await other.goto(p.url()); assert.equal((await rows(other)).length, 2); await other.context().close(); },
  "back and forward": async (p) => {
    await at(p, "province-64.html"); await choose(p, "kind", "government"); await p.locator("#rows tbody a").first().click(); await p.locator("#view").waitFor();
    await p.goBack(); assert.equal((await rows(p)).length, 1); await p.goBack(); assert.equal((await rows(p)).length, 4); await p.goForward(); await p.goForward(); await p.locator("#view").waitFor();
  },
  "the change to the year before, in per cent": async (p) => {
    await at(p, "province-64.html", `v=body&id=${HAIYUAN}`); const [a, b] = [2022, 2023].map((y) => value(`64/${HAIYUAN}/${y}`, "requests/received/total"));
    assert.equal(await cellOf(p, "requests/received/total", 2023).locator(".change").textContent(), `−${shown(a - b)} −${((a - b) * 100 / a).toFixed(1)}%`);
  },
  "a kind of applicant": async (p) => { await at(p, "province-64.html", `v=body&id=${HAIYUAN}`); await choose(p, "who", "enterprise"); assert.equal(await figure(p, "requests/received/enterprise", 2023), shown(value(`64/${HAIYUAN}/2023`, "requests/received/enterprise"))); },
  "a blank is a blank": async (p) => { await at(p, "province-64.html", `v=body&id=${HAIYUAN}`); assert.equal(of(`64/${HAIYUAN}/2022`).cells["disclosure/rules/issued"], null); assert.equal(await figure(p, "disclosure/rules/issued", 2022), "空白"); },
  "what was not read is said to be so": async (p) => { await at(p, "province-64.html", "v=body&id=acd3f4a453ac11ef"); assert.equal(of("64/acd3f4a453ac11ef/2023").cells["requests/received/total"], undefined); assert.equal(await figure(p, "requests/received/total", 2023), "未读到"); },
  "years without a report, and the break between forms": async (p) => {
    await at(p, "province-35.html", `v=body&id=${ANXI}`); const heads = await p.locator('[data-table="requests"] thead th').allTextContents();
    assert.deepEqual(heads, ["项目", "20192019 年版", "2020无报告", "2021无报告", "20222021 年版"]); assert.equal(await figure(p, "requests/received/total", 2022), shown(value(`35/${ANXI}/2022`, "requests/received/total")));
  },
  "from a figure to its line": async (p) => {
    await at(p, "province-64.html", "v=body&id=b1850a560258283e"); await cellOf(p, "disclosure/rules/in_force", 2023).locator(".fig").click();
    assert.equal(await p.locator("#place").textContent(), `第 ${of("64/b1850a560258283e/2023").lines["disclosure/rules/in_force"]} 行`); assert.match(await p.locator("#source").textContent(), /贺兰县市场监督管理局2023年/);
    const href = await p.locator("#source a").getAttribute("href"); assert.ok(href.startsWith("../../../../data/sample/archive/")); assert.ok(readFileSync(new URL(href, p.url()), "utf8").length > 100);
    await p.keyboard.press("Escape"); assert.ok(await p.locator("#source").isHidden());
  },
  "from a doubt to its line": async (p) => {
    const f = truth.findings.find((x) => x.body === HAIYUAN && x.rule === "carried_over_differs" && x.expected === 42025); await at(p, "province-64.html", `v=body&id=${HAIYUAN}`);
    const row = p.locator('[data-rule="carried_over_differs"]', { hasText: "42,025" }); assert.equal(await row.locator(".place").textContent(), `第 ${f.line} 行`); assert.ok((await row.textContent()).includes("9,048"));
  },
  "what is carried over from the year before": async (p) => { await at(p, "province-64.html", `v=body&id=${HAIYUAN}`); const told = value(`64/${HAIYUAN}/2023`, "requests/carried_in/total") - value(`64/${HAIYUAN}/2022`, "requests/carried_out/total"); assert.match(await p.locator(".links tr.off").first().textContent(), new RegExp(`−${shown(-told)}$`)); },
  "a usual relation that does not hold": async (p) => { await at(p, "province-53.html", `v=body&id=${DALI}`); assert.ok(await p.locator('[data-rule="sum_unusual"]').count() >= 2); assert.match(await p.locator('[data-rule="sum_unusual"]').first().locator(".place").textContent(), /第 77 行/); },
  "a rate as in the summary": async (p) => { await at(p, "province-64.html", `v=body&id=${HAIYUAN}`); assert.ok((await p.locator('[data-rate="0"][data-year="2023"]').textContent()).startsWith(`${of(`64/${HAIYUAN}/2023`).rates["实质公开率（一）"].toFixed(2)}%`)); },
  "beside its kind": async (p) => { await at(p, "province-64.html", `v=body&id=${HAIYUAN}`); assert.equal(await p.locator('[data-q="requests_received/wide/0.5"]').getAttribute("data-value"), String(value(`64/${HAIYUAN}/2023`, "requests/received/total"))); },
  "two years side by side": async (p) => {
    await at(p, "province-64.html", `v=body&id=${HAIYUAN}`); await p.getByRole("link", { name: "并列对照" }).click(); await p.locator(".pair").first().waitFor();
    const [a, b] = [2022, 2023].map((y) => value(`64/${HAIYUAN}/${y}`, "requests/processed/total")); assert.equal(await p.locator('[data-line="requests/processed/total"] .by').textContent(), `−${shown(a - b)}`);
  },
  "two bodies of two provinces side by side": async (p) => {
    await at(p, "province-64.html", `v=pair&a=64/${HAIYUAN}/2022&b=34/${FENGYANG}/2022`); await p.locator(".pair").first().waitFor();
    const by = value(`34/${FENGYANG}/2022`, "requests/received/total") - value(`64/${HAIYUAN}/2022`, "requests/received/total"); assert.equal(await p.locator('[data-line="requests/received/total"] .by').textContent(), `−${shown(-by)}`);
  },
  "two bodies picked in the list": async (p) => {
    await at(p, "province-64.html"); await p.getByRole("button", { name: "选来并列" }).first().click(); await p.getByRole("link", { name: "与所选并列" }).last().click(); await p.locator(".pair").first().waitFor(); assert.equal(await p.locator(".sides .side").count(), 2);
  },
  "only what differs": async (p) => { await at(p, "province-64.html", `v=pair&a=64/${HAIYUAN}/2023&b=64/${HAIYUAN}/2023/1`); await p.locator(".pair").first().waitFor(); const all = await p.locator("[data-line]").count(); await p.getByLabel("只列不同的").check(); await p.waitForFunction((n) => document.querySelectorAll("[data-line]").length < n, all); },
  "a list as CSV": async (p) => { await at(p, "province-64.html"); const csv = await download(p); assert.ok(csv.startsWith("\uFEFF机关,类别,")); assert.equal(csv.trimEnd().split("\r\n").length, 5); assert.match(csv, /海原县人民政府,政府,中卫市,海原县,640522,2023,341173,/); },
  "a body as CSV": async (p) => { await at(p, "province-64.html", `v=body&id=${HAIYUAN}`); const csv = await download(p); assert.match(csv, new RegExp(`一、本年新收政府信息公开申请数量,总计,件,602888,341173`)); assert.match(csv, /空白/); },
  "print on A4, with head and source": async (p) => {
    await at(p, "province-64.html", `v=body&id=${HAIYUAN}`); await p.emulateMedia({ media: "print" });
    assert.ok(await p.locator("h2").isVisible()); assert.ok(await p.locator("footer").isVisible()); assert.ok(await p.locator(".files").isVisible()); assert.ok(await p.locator("#csv").isHidden());
    assert.ok((await p.pdf({ format: "A4", preferCSSPageSize: true })).length > 20000); await p.emulateMedia({ media: "screen" });
  },
  "the whole by keyboard": async (p) => {
    await at(p, "province-64.html"); await p.keyboard.press("Tab"); assert.equal(await p.evaluate(() => document.activeElement.className), "skip");
    await p.locator("#find").focus(); await p.keyboard.type("hyx"); await p.keyboard.press("Enter"); await p.keyboard.press("Enter"); await p.locator("#view").waitFor(); assert.equal(await p.evaluate(() => document.activeElement.id), "view");
  },
};

let done = 0;
for (const [name, task] of Object.entries(tasks)) {
  const page = await fresh();
  page.setDefaultTimeout(5000);
  try { await task(page); done++; } catch (error) { faults.push(`${name}: ${error.message.split("\n").slice(0, 6).join(" ")}`); }
  await page.context().close();
}

// Whole without a script as far as the list of bodies with their latest figures.
const still = await fresh(1280, { javaScriptEnabled: false });
await still.goto(url("province-64.html"));
const plain = await still.locator("#plain tbody tr").allTextContents();
if (plain.length !== 4 || !plain.some((t) => t.includes("海原") && t.includes(String(value(`64/${HAIYUAN}/2023`, "requests/received/total"))))) faults.push(`without a script: ${plain}`);
await still.context().close();

// Names and texts that would like to be markup: each stays a text.
const EVIL = `\"><img src=x onerror=window.ran=1><script>window.ran=1</script>'javascript:window.ran=1`;
const bad = mkdtempSync(join(tmpdir(), "explore-"));
cpSync(folder, bad, { recursive: true });
const named = readFileSync(join(bad, "province-64.js"), "utf8"), head = 'nianbao.provinces["64"]=';
assert.ok(named.startsWith(head));
const evil = JSON.parse(named.slice(head.length, named.lastIndexOf(";")));
evil.bodies.name = evil.bodies.name.map((n) => n + EVIL);
evil.places = evil.places.map(([c, n]) => [c, n + EVIL]);
evil.messages = evil.messages.map((m) => m + EVIL);
evil.reports.path = evil.reports.path.map((m) => m + EVIL);
evil.findings.raw = evil.findings.raw.map(() => EVIL);
evil.rates.head.push(EVIL);
writeFileSync(join(bad, "province-64.js"), `${head}${JSON.stringify(evil)};`);
const tried = await fresh();
for (const hash of ["", "year=all&show=rates", `v=body&id=${HAIYUAN}`, `v=pair&a=64/${HAIYUAN}/2022&b=64/${HAIYUAN}/2023`, `v=body&id=${encodeURIComponent(EVIL)}`, `q=${encodeURIComponent(EVIL)}`, `v=pair&a=${encodeURIComponent(EVIL)}`]) {
  await tried.goto("about:blank");
  await tried.goto(pathToFileURL(join(bad, "province-64.html")).href + `#${hash}`);
  await tried.waitForTimeout(100);
  if (hash.includes("v=body&id=2")) await tried.locator(".fig").first().click();
  const ran = await tried.evaluate(() => [window.ran, document.querySelectorAll("#app img, #app script, #source img, #source script").length, [...document.links].filter((a) => /^javascript:/i.test(a.href)).length, document.body.textContent.includes("onerror")]);
  if (ran[0] !== undefined || ran[1] || ran[2]) faults.push(`hostile texts at ${hash}: ${ran}`);
  if (hash.startsWith("v=body&id=2") && !ran[3]) faults.push(`hostile texts are not shown at ${hash}`);
}
await tried.context().close();
rmSync(bad, { recursive: true });

const VIEWS = { index: ["index.html", "q=海原"], list: ["province-64.html", "year=all"], rates: ["province-53.html", "show=rates"], body: ["province-64.html", `v=body&id=${HAIYUAN}`], years: ["province-43.html", `v=body&id=${PINGJIANG}`], pair: ["province-64.html", `v=pair&a=64/${HAIYUAN}/2022&b=64/${HAIYUAN}/2023`] };
if (shots) mkdirSync(shots, { recursive: true });
for (const scheme of ["light", "dark"]) for (const width of scheme === "dark" ? [1280] : [1280, 390]) for (const [name, [file, hash]] of Object.entries(VIEWS)) {
  const page = await fresh(width, { colorScheme: scheme });
  await page.goto(url(file, hash));
  await page.waitForTimeout(150);
  if (name === "body") await cellOf(page, "requests/received/total", 2023).locator(".fig").click();
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
  if (wide > 0) faults.push(`${name} @${width}: ${wide} px too wide`);
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], preload: false }));
  for (const v of found.violations) {
    const line = `${name} @${width} ${scheme}: axe ${v.impact} ${v.id}: ${v.nodes.length} × ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].failureSummary?.split("\n")[1] ?? ""}`;
    if (v.impact === "serious" || v.impact === "critical") faults.push(line); else console.warn(`(not fatal) ${line}`);
  }
  if (shots) await page.screenshot({ path: join(shots, `${name}-${width}-${scheme}.png`) });
  await page.context().close();
}
await browser.close();
console.log(`${done} of ${Object.keys(tasks).length} tasks done, ${faults.length} faults`);
for (const fault of faults.slice(0, 40)) console.error(`  ${fault}`);
process.exit(faults.length || done < 40 ? 1 : 0);
