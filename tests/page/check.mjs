// node check.mjs FOLDER [--axe N] [--shots DIR]   opens every page of FOLDER from disk; exit 1 on any fault: errors on the
// console, requests to a network, broken links (those to files of the archive too), pages wider than a phone, and what
// axe-core calls serious or critical. axe looks at the first page and the largest others, N in all (3 by default).
// CHROMIUM=/usr/bin/chromium by default.
import { existsSync, readFileSync, readdirSync, mkdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { resolve, join } from "node:path";

const folder = resolve(process.argv[2]);
const option = (name) => { const at = process.argv.indexOf(name); return at < 0 ? null : process.argv[at + 1]; };
const shots = option("--shots") && resolve(option("--shots"));
// Packages lie in the working folder, outside the repository.
const require = createRequire(join(process.cwd(), "x.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const pages = readdirSync(folder).filter((f) => f.endsWith(".html")).sort();
if (!pages.includes("index.html")) { console.error("no index.html"); process.exit(1); }
const largest = pages.filter((f) => f !== "index.html").sort((a, b) => statSync(join(folder, b)).size - statSync(join(folder, a)).size);
const examined = new Set(["index.html", ...largest].slice(0, Number(option("--axe") ?? 3)));
const faults = [];
const fault = (page, width, what) => { faults.push(`${page} @${width}: ${what}`); console.error(faults.at(-1)); };
const ids = new Map();   // page -> Set of ids
const links = new Map(); // page -> [href]
const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
let violations = 0;
for (const scheme of ["light", "dark"]) {
  for (const width of [1280, 390]) {
    if (scheme === "dark" && width === 390) continue; // colours do not depend on the width
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
    for (const name of pages) {
      const page = await context.newPage();
      const at = `${width}${scheme === "dark" ? " dark" : ""}`;
      page.on("console", (m) => { if (m.type() === "error") fault(name, at, `console: ${m.text()}`); });
      page.on("pageerror", (e) => fault(name, at, `error: ${e.message}`));
      page.on("request", (r) => { if (!/^(file|data|about):/.test(r.url())) fault(name, at, `request: ${r.url()}`); });
      await page.goto(pathToFileURL(join(folder, name)).href, { waitUntil: "load" });
      const seen = await page.evaluate(() => ({
        ids: [...document.querySelectorAll("[id]")].map((e) => e.id),
        links: [...document.querySelectorAll("a[href]")].map((a) => a.getAttribute("href")),
        scripts: document.querySelectorAll("script").length,
        lang: document.documentElement.lang,
      }));
      if (seen.lang !== "zh-CN") fault(name, at, `lang is ${seen.lang}`);
      if (new Set(seen.ids).size !== seen.ids.length) fault(name, at, `an id occurs twice: ${seen.ids.filter((x, i) => seen.ids.indexOf(x) !== i).slice(0, 3)}`);
      ids.set(name, new Set(seen.ids));
      links.set(name, seen.links);
      // Closed first, then everything open: both states must fit and be accessible.
      for (const open of [false, true]) {
        if (open) await page.evaluate(() => {
          for (const d of document.querySelectorAll("details")) d.open = true;
          // Beyond a dozen examples of a rule axe learns nothing new; 4000 of them take it minutes.
          for (const list of document.querySelectorAll("ol.ex")) while (list.children.length > 12) list.lastChild.remove();
        });
        const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
        if (wide > 0) {
          const who = await page.evaluate(() => [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest(".sc, .sk")).slice(0, 3).map((e) => `${e.tagName}.${e.className} ${e.textContent.slice(0, 40)}`));
          fault(name, at, `${open ? "open" : "closed"}: ${wide} px too wide: ${who.join(" | ")}`);
        }
        // The biggest grids are cut for axe as well: the first 3 groups stand for all.
        if (open) await page.evaluate(() => { for (const t of document.querySelectorAll("table")) { const rows = [...t.querySelectorAll("tbody tr")]; rows.slice(40).forEach((r) => r.remove()); } });
        if (!open || !examined.has(name)) continue;
        await page.evaluate(axe);
        const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        for (const v of found.violations) {
          violations += 1;
          const line = `axe ${v.impact} ${v.id}: ${v.nodes.length} × ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].failureSummary?.split("\n")[1] ?? ""}`;
          if (v.impact === "serious" || v.impact === "critical") fault(name, at, line);
          else console.warn(`${name} @${at}: (not fatal) ${line}`);
        }
      }
      await page.close();
    }
    await context.close();
  }
}
// Links: anchors, pages of the folder, files of the archive by a relative path; anything else must be absolute http(s).
for (const [name, hrefs] of links) for (const href of new Set(hrefs)) {
  if (/^https?:/.test(href)) continue;
  if (/^[a-z]+:/i.test(href)) { fault(name, "-", `unexpected link ${href}`); continue; }
  const [file, anchor] = href.split("#");
  const target = file === "" ? name : decodeURIComponent(file);
  if (!ids.has(target)) { if (!existsSync(resolve(folder, target))) fault(name, "-", `broken link ${href}`); }
  else if (anchor && !ids.get(target).has(decodeURIComponent(anchor))) fault(name, "-", `broken anchor ${href}`);
}
if (shots) {
  mkdirSync(shots, { recursive: true });
  for (const [scheme, width] of [["light", 1280], ["light", 390], ["dark", 1280]]) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
    for (const name of ["index.html", pages.find((p) => p.includes("64")) ?? pages.at(-1)]) {
      const page = await context.newPage();
      await page.goto(pathToFileURL(join(folder, name)).href);
      await page.evaluate(() => { [...document.querySelectorAll("details.fd")].slice(0, 2).forEach((d) => { d.open = true; }); document.querySelector(".rs")?.setAttribute("open", ""); });
      await page.screenshot({ path: join(shots, `${name.replace(".html", "")}-${width}-${scheme}.png`), fullPage: true });
      await page.close();
    }
    await context.close();
  }
}
await browser.close();
console.log(`${pages.length} pages, ${[...links.values()].flat().length} links, ${violations} axe violations, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
