// node read.mjs FOLDER SEEN.json [--bodies N]   opens the pages of bodies in headless Chromium, from disk, and writes down every
// figure that they show, for figures.py to compare. N bodies of each province (all by default); their lists are read whole.
import { createRequire } from "node:module";
import { readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "x.js"));
const { chromium } = require("playwright-core");
const [folder, out] = [resolve(process.argv[2]), process.argv[3]];
const at = process.argv.indexOf("--bodies"), most = at < 0 ? Infinity : Number(process.argv[at + 1]);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const seen = { cells: [], list: [], bodyRates: [], quarters: [], rates: [], bodies: most === Infinity ? "all" : [] };
const faults = [];
for (const name of readdirSync(folder).filter((f) => /^province-.*\.html$/.test(f)).sort()) {
  const key = name.match(/province-(.*)\.html/)[1];
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("console", (m) => { if (m.type() === "error") faults.push(`${name}: ${m.text()}`); });
  page.on("pageerror", (e) => faults.push(`${name}: ${e.message}`));
  page.on("request", (r) => { if (!/^(file|data|about|blob):/.test(r.url())) faults.push(`${name}: request ${r.url()}`); });
  await page.goto(pathToFileURL(join(folder, name)).href);
  const own = await page.evaluate(async ({ most, key }) => {
    const out = { cells: [], list: [], bodyRates: [], quarters: [], rates: [], bodies: [] };
    const turned = () => new Promise((done) => window.addEventListener("hashchange", () => setTimeout(done, 0), { once: true }));
    const visit = async (hash) => { if (location.hash === hash) return; const wait = turned(); location.hash = hash; await wait; };
    const all = (selector, of = document) => [...of.querySelectorAll(selector)];
    out.rates = nianbao.provinces[key].rates.rates.map((r) => r.name);
    for (const show of ["", "&show=rates"]) {
      await visit(`#year=all${show}`);
      document.querySelector(".rest")?.click();
      for (const row of all("#rows tbody tr")) {
        const values = {};
        for (const cell of all("[data-key]", row)) values[cell.dataset.key] = cell.firstChild?.textContent ?? "";
        out.list.push([row.dataset.report, row.dataset.part ? Number(row.dataset.part) : null, values]);
      }
      for (const foot of all("#rows tfoot [data-n]")) {
        const n = all(`#rows tbody [data-key="${foot.dataset.n}"]`).filter((c) => c.firstChild && c.firstChild.textContent !== "").length;
        if (foot.textContent.replaceAll(",", "") !== String(n)) throw new Error(`N of ${foot.dataset.n} is ${foot.textContent}, ${n} rows have a figure`);
      }
    }
    const ids = nianbao.provinces[key].bodies.id, step = Math.max(1, Math.floor(ids.length / most));
    for (const id of ids.filter((_, i) => i % step === 0)) {
      out.bodies.push(`${key}/${id}`);
      await visit(`#v=body&id=${id}`);
      const kinds = all('[data-choice="who"] option').map((o) => o.value).filter((k) => k !== "total");
      for (const who of ["total", ...kinds]) {
        if (who !== "total") await visit(`#v=body&id=${id}&who=${who}`);
        for (const cell of all("[data-cell]")) {
          if (who !== "total" && !cell.dataset.cell.startsWith("requests/")) continue;
          const figure = cell.querySelector(".fig");
          let place = null;
          if (who === "total" || cell.dataset.cell.includes("/received/")) {
            figure.click();
            const link = document.querySelector("#source p:nth-of-type(2) :is(a, span)");
            place = [link.textContent, document.getElementById("place").textContent];
            document.querySelector("#source .close").click();
          }
          out.cells.push([key, id, Number(cell.dataset.year), cell.dataset.cell, cell.dataset.value, figure.textContent, cell.querySelector(".change")?.textContent ?? "", place]);
        }
        if (who !== "total") continue;
        for (const cell of all("[data-rate]")) out.bodyRates.push([key, id, Number(cell.dataset.year), out.rates[cell.dataset.rate], cell.dataset.value, cell.querySelector("small").firstChild.textContent]);
        const year = Number(document.querySelector('[data-choice="in"]')?.value);
        for (const cell of all("[data-q]")) {
          const [line, where, q] = cell.dataset.q.split("/");
          out.quarters.push([key, id, year, line, where, q, q === "n" ? cell.textContent.replaceAll(",", "") : cell.dataset.value]);
        }
      }
    }
    return out;
  }, { most, key });
  for (const list of ["cells", "list", "bodyRates", "quarters"]) seen[list].push(...own[list]);
  seen.rates = own.rates.length ? own.rates : seen.rates;
  if (most !== Infinity) seen.bodies.push(...own.bodies);
  await page.close();
}
await browser.close();
writeFileSync(out, JSON.stringify(seen));
for (const fault of faults.slice(0, 20)) console.error(fault);
process.exit(faults.length ? 1 : 0);
