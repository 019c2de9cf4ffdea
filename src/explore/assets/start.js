/* Which view an address asks for, and the way between them. */
const app = document.getElementById("app");
const homeName = () => document.querySelector("h1")?.firstChild?.textContent.trim() ?? "";
let following = null;
let last = null;

function go(to, replace) {
  if (to === (location.hash || "#")) return;
  if (replace) {
    history.replaceState(null, "", to);
    show();
  } else location.hash = to;
}

function show() {
  const state = new URLSearchParams(location.hash.slice(1));
  const view = state.get("v") ?? "list";
  const home = province(root.province);
  document.getElementById("source").hidden = true;
  if (view === last && following?.(state)) return;
  const moved = last !== null && last !== view;
  last = view;
  following = null;
  if (view === "body") drawBody(app, home, state);
  else if (view === "pair") drawPair(app, home, state);
  else following = drawList(app, home, state);
  if (view === "body" && (moved || state.get("id") !== show.id)) {
    window.scrollTo(0, 0);
    document.getElementById("view")?.focus({ preventScroll: true });
  }
  show.id = state.get("id");
  const name = document.getElementById("view")?.textContent;
  document.title = [name, homeName(), "机关与年度"].filter(Boolean).join(" · ");
}

/* The first page: a body of any province by what is typed. The names are loaded with the first letter. */
function drawFirst() {
  const list = el("ol", { class: "hits" }), told = el("p", { role: "status", id: "count" });
  const field = el("input", { type: "search", id: "find", autocomplete: "off", spellcheck: "false", placeholder: "名称、地名或拼音首字母", oninput: () => search() });
  let names = null, asked = false;
  const search = () => {
    const typed = field.value.trim().toLowerCase();
    history.replaceState(null, "", address("list", { q: typed }));
    if (!names && !asked) {
      asked = true;
      const script = el("script", { src: "names.js" });
      script.onload = () => { names = finder(); search(); };
      script.onerror = () => { told.textContent = "名单文件 names.js 打不开。"; };
      document.head.append(script);
    }
    if (!names || !typed) return list.replaceChildren(), void (told.textContent = "");
    const hits = names(typed);
    told.textContent = `${shown(hits.length)} 个机关${hits.length > 50 ? "，列出前 50 个" : ""}`;
    list.replaceChildren(...hits.slice(0, 50).map(({ key, name, id, body, place }) => el("li", null, el("a", { href: `province-${key}.html#v=body&id=${id}` }, body), el("small", null, [name, place].filter(Boolean).join(" ")))));
  };
  app.append(el("form", { class: "find", role: "search", onsubmit: (e) => { e.preventDefault(); list.querySelector("a")?.focus(); } },
    el("label", { class: "typed", for: "find" }, el("span", null, "查找机关"), field)), told, list);
  field.value = new URLSearchParams(location.hash.slice(1)).get("q") ?? "";
  if (field.value) search();
}
function finder() {
  const letters = lettersOf(shared.letters);
  return (typed) => Object.entries(shared.found).flatMap(([key, own]) => own.id.flatMap((id, i) =>
    (answers(letters, own.body[i], typed) || answers(letters, own.place[i], typed) ? [{ key, name: own.name, id, body: own.body[i], place: own.place[i] }] : [])));
}

if (app && !root.province && shared.forms.length) drawFirst();
if (app && root.province && shared.provinces?.[root.province]) {
  document.getElementById("plain")?.remove();
  document.body.append(el("div", { id: "source", hidden: true, role: "dialog", "aria-label": "出处" }));
  window.addEventListener("hashchange", show);
  show();
}
