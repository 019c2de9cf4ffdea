#!/usr/bin/env python3
"""Writes the hostile pages and what a person sees in them: pages/, expected.csv, expected_parts.csv, lenient.csv, kinds.csv.

Deterministic, standard library only. See README.md for the kinds."""
import csv
import random
import shutil
from pathlib import Path

from forms import *
from frame import *

HERE = Path(__file__).resolve().parent
PAGES = []
# These go to holdout/: the same kinds in another layout, for a look after the mending.
HOLDOUT = {k: set(v.split()) for k, v in {
    "c3": """totalfirst-html-official otherfirst-tab-official orgsback-md-one personlast-bar-official totalsecond-cellbar-official mixed-bare-one allback-bareblank-one
          swap-barlead-official totalfirst-htmlth-official subtotal-org-bare subtotal-named-total-bar less-other_organization-md less-total-cellbar heads-lost-tab
          heads-contradict-mixed heads-words-tab online-last heads-spaced-tab yoy remark-last seq-code-bare heads-noted""",
    "c2": """order-back-md order-back-bar order-rep-in_-iss-cellbar seq-bare less-repealed-bar one-matrix-md fee-unit-yuan-bare fee-unit-rmb 2019-back-tab 2019-new-swapped
          2019-procurement-yuan""",
    "c4": "total-first-cellbar results-differ-tab upright-bare share three-tables-md",
    "st": "years-back two-halves-tab last-this-cellbar suits-first-bar",
    "tr": "t3-md t2-tab t3-flat-cellbar",
    "pb": "heads-each-group two-tables-md",
    "tw": """years-t2-newfirst-tab years-t3-newfirst-md years-t4-newfirst-html words-t2 parts-t3-whole-md parts-t3-three-bar zeros-t3-after-tab blanks-t3-after-bar
          blanks-t2-after-html sample-t3-after-md nothing-decides-t4 caption-element side-t3-tab""",
    "mu": "three-bar",
    "rw": """state-secret-md state-secret-bare sub-other-services-tab sub-licensing-bare sub-granted-tab ninth-denied-tab group-subtotals-bar group-rows-filled-tab
          explained-t2-bar explained-t3-tab order-t2-tab blocks-moved-md blocks-moved-flat numbers-none rows-less-bare denied-moved-bare""",
    "ce": "words-bar blank-totals-barfull blank-orgs-tab blank-total-column-md0 errors-tab blank-four-md dashes-tab dress-bar",
    "nr": "official-blank-md half-report sample-model compare-years-md enforcement-info-tab zero-form",
    "pa": "html",
    "nm": "column-numbers-t3-tab",
}.items()}


def rng(slug):
    return random.Random("nianbao-hostile:" + slug)


def emit(kind, slug, text, suffix, truth, note, lenient=(), status="report", parts=None):
    assert all((o["kind"], o["slug"]) != (kind, slug) for o in PAGES), slug
    PAGES.append(dict(kind=kind, slug=slug, suffix=suffix, text=text, truth=truth, lenient=set(lenient), status=status, parts=parts, note=note))


def std(kind, slug, lay, r, note, s2=None, s3=None, s4=None, tables=None, post=None, render=None, **kw):
    doc = report(r, s2, s3, s4, **kw)
    text = doc.render(lay, r.rng, **(render or {}))
    if post:
        text = post(text)
    emit(kind, slug, text, ext(lay), r.d.truth(tables), note, r.d.lenient)


def pct(v, t):
    return f"{100 * v / t:.1f}%" if t else "0%"


# ------------------------------------------------------------------ c3: columns of table 三

ORDERS = {
    "swap": [NP, RE, EN, SO, LE, OT, TO], "totalfirst": [TO, NP, EN, RE, SO, LE, OT], "otherfirst": [NP, EN, RE, SO, OT, LE, TO],
    "orgsback": [NP, OT, LE, SO, RE, EN, TO], "personlast": [EN, RE, SO, LE, OT, NP, TO], "totalsecond": [NP, TO, EN, RE, SO, LE, OT],
    "mixed": [LE, EN, TO, OT, NP, SO, RE], "allback": [TO, OT, LE, SO, RE, EN, NP],
}


def c3():
    lays = ["html", "tab", "md", "bar", "cellbar", "bare", "bareblank", "barlead", "htmlth", "space", "flat", "md0", "barshort", "htmlp", "htmlpre", "barfull", "htmldiv"]
    names = list(ORDERS)
    for i in range(26):
        o, lay = names[i % len(names)], lays[i % len(lays)]
        if lay == "htmlp" and o == "mixed":
            o = "swap"
        st = "one" if o in ("mixed",) or i % 4 == 3 or lay in ("space", "htmldiv") else "official"
        slug = f"{o}-{lay}-{st}"
        r = Rep(rng(slug), size=["big", "mid", "big"][i % 3])
        std("c3", slug, lay, r, f"columns of table 三 in the order {o}, {st} heads, layout {lay}", s3=[grid3(r.d, ORDERS[o], style=st)])

    def one(slug, lay, note, cols, size="big", **kw):
        r = Rep(rng("c3" + slug), size=size)
        cols = cols(r) if callable(cols) else cols
        std("c3", slug, lay, r, note, s3=[grid3(r.d, cols, **kw)])
        return r

    sub = lambda head="小计": X(head, lambda i, row, d: num(sum(val3(d, row, c) for c in ORGS)), "org")
    for lay, size in (("html", "big"), ("tab", "small"), ("bare", "big")):
        one(f"subtotal-org-{lay}", lay, "小计 of the organisations, after the official five", [NP] + ORGS + [sub(), TO], size)
    one("subtotal-first", "htmlth", "小计 is the first of the organisations, total first of all", [TO, NP, sub()] + ORGS)
    one("subtotal-named-total", "html", "the organisations' sum is named 合计 beside the real 总计", [NP] + ORGS + [sub("合计"), TO], "small")
    one("subtotal-named-total-bar", "bar", "one head line: the organisations' sum is named 法人合计, the real total 合计", [NP, sub("法人合计")] + ORGS + [TO], names={TO: "合计"}, style="one")
    share = lambda c: X("占比", lambda i, row, d: pct(val3(d, row, c), val3(d, row, TO)), "org" if c in ORGS else "top")
    bare = lambda c: X("占比(%)", lambda i, row, d: pct(val3(d, row, c), val3(d, row, TO)).rstrip("%"), "org" if c in ORGS else "top")
    one("share-after-each", "html", "占比 after every figure, with %", [x for c in COLS for x in (c, share(c))])
    one("share-after-each-bare", "tab", "占比(%) after every figure, bare numbers", [x for c in COLS for x in (c, bare(c))], style="one")
    one("share-after-each-md", "md", "占比(%) after every figure, bare numbers, columns swapped", [x for c in ORDERS["swap"] for x in (c, bare(c))], style="one")
    old = {}

    def last(rr):
        return old.setdefault(id(rr), make(rng("old" + rr.title), rr.edition, "big"))
    ly = lambda d0, head="上年总计": X(head, lambda i, row, d: num(d0.v["requests", row.code, TO]))
    ch = lambda d0: X("增减", lambda i, row, d: num(val3(d, row, TO) - d0.v["requests", row.code, TO]))
    for lay, cols in (("bar", lambda r: COLS + [ly(last(r)), ch(last(r))]), ("html", lambda r: [NP] + ORGS + [ly(last(r)), TO, ch(last(r))]), ("cellbar", lambda r: [ly(last(r)), ch(last(r))] + COLS)):
        one(f"lastyear-{lay}", lay, "上年总计 and 增减 after, around or before the columns of the form", cols)
    r = Rep(rng("twototals"))
    d0 = make(r.rng)
    std("c3", "two-totals-years", "html", r, "总计（last year） stands before 总计（this year）", s3=[grid3(r.d, [NP] + ORGS + [ly(d0, f"总计（{r.year - 1}年）"), TO], names={TO: f"总计（{r.year}年）"})])
    seq = X("序号", lambda i, row, d: str(i + 1))
    code = X("代码", lambda i, row, d: str(101 + i))
    unit = X("单位", lambda i, row, d: "件")
    one("seq-first-tab", "tab", "序号 before the labels", COLS, pre=[seq], stub="single", style="one")
    one("code-unit-md", "md", "代码 and 单位 between label and figures, swapped", ORDERS["swap"], mid=[code, unit], stub="single", style="one")
    one("seq-last", "html", "序号 as the last column", COLS + [seq])
    one("seq-code-bare", "bare", "序号 first, 代码 after the label, one cell a line", COLS, pre=[seq], mid=[code], stub="single", style="one")
    one("remark-last", "bar", "备注 as the last column with figures in words", COLS + [X("备注", lambda i, row, d: f"其中网上提交{i % 5 + 1}件" if i % 3 == 0 else "详见台账")], style="one")
    one("online-last", "htmlth", "其中：网上申请 as a last column", COLS + [X("其中：网上申请", lambda i, row, d: num(val3(d, row, TO) // 3))])
    one("yoy", "barlead", "同比 before 总计", [NP] + ORGS + [X("同比（%）", lambda i, row, d: str(i * 7 % 40 + 0.5)), TO], style="one")
    for lay, c in (("html", RE), ("md", OT), ("tab", LE), ("bare", SO)):
        r = Rep(rng("less" + lay + c))
        d = r.d
        for row in rows3():
            k = ("requests", row.code)
            d.v[k + (TO,)] -= d.v[k + (c,)]
            del d.v[k + (c,)]
        std("c3", f"less-{c}-{lay}", lay, r, f"the column {NAMES3[c]} is not there; sums hold without it", s3=[grid3(d, [x for x in COLS if x != c])])
    for lay in ("html", "cellbar"):
        r = Rep(rng("lesstotal" + lay))
        for row in rows3():
            del r.d.v["requests", row.code, TO]
        std("c3", f"less-total-{lay}", lay, r, "the column 总计 is not there", s3=[grid3(r.d, COLS[:-1])], nar=False)
    r = Rep(rng("condensed"))
    g = grid3(r.d, [NP, X("法人或其他组织", lambda i, row, d: num(sum(val3(d, row, c) for c in ORGS))), TO], style="one")
    for c in ORGS:
        r.d.lose("requests", c=c)
    std("c3", "condensed-three", "html", r, "three columns only: 自然人, 法人或其他组织 (a sum), 总计", s3=[g])
    r = Rep(rng("personsplit"))
    half = lambda h, f: X(h, lambda i, row, d: num(f(val3(d, row, NP))), "np")
    g = grid3(r.d, [half("本地", lambda v: v // 2), half("外地", lambda v: v - v // 2), NP] + ORGS + [TO], names={NP: "自然人小计"}, style="one")
    r.d.lean("requests", c=NP)
    std("c3", "person-split", "html", r, "自然人 is split into 本地 and 外地; 自然人小计 is the form's column", s3=[g])
    # heads in other dress
    br = lambda s: C(s[:2] + "\n" + s[2:] if len(s) > 3 else s[:1] + "\n" + s[1:] if len(s) == 2 else s)
    sp = lambda s: C("　".join(s) if len(s) < 4 else " ".join(s))
    one("heads-br", "html", "breaks inside the heads, 科研机构 first", ORDERS["swap"], headcell=br)
    one("heads-spaced", "html", "blanks inside the heads, organisations backwards", ORDERS["orgsback"], headcell=sp)
    one("heads-spaced-tab", "tab", "blanks inside the heads, total second", ORDERS["totalsecond"], headcell=sp)
    one("heads-damaged", "html", "heads with lost characters, in the form's order", COLS, names={EN: "商业企", RE: "研机构", SO: "社会公组织", LE: "法律务机构", TO: "总"})
    one("heads-damaged-md", "md", "heads with wrong characters, in the form's order", COLS, names={EN: "商业全业", RE: "科硏机构", SO: "社会公盖组织", LE: "法津服务机构", TO: "总汁"}, style="one")
    one("heads-damaged-swapped", "bar", "heads with lost characters, 科研 before 商业", ORDERS["swap"], names={EN: "商业企", RE: "科研机"}, style="one")
    one("heads-words", "html", "other words: 公民, 企业, 科研单位, 社会团体, 律师事务所等法律服务机构, 其他组织, 合计; organisations backwards", ORDERS["orgsback"], names={NP: "公民", EN: "企业", RE: "科研单位", SO: "社会团体", LE: "法律服务机构（含律师事务所）", OT: "其他组织", TO: "合计"})
    one("heads-words-tab", "tab", "公民, 企业, 社会组织, 合计; total first", ORDERS["totalfirst"], names={NP: "公民", EN: "企业", SO: "社会组织", TO: "合计"}, style="one")
    one("heads-explained", "html", "explanations in the heads that name other columns", ORDERS["otherfirst"], names={OT: "其他（不含科研机构、法律服务机构）", EN: "商业企业（含个体工商户，不含自然人）", TO: "总计（自然人与法人或其他组织之和）"})
    one("heads-noted", "htmlth", "note marks in the heads", ORDERS["swap"], names={NP: "自然人①", OT: "其他②", TO: "总计③"})
    r = Rep(rng("tradswap"))
    std("c3", "heads-trad", "html", r, "the page is in traditional characters, 科研機構 first", s3=[grid3(r.d, ORDERS["swap"])], post=trad)
    one("heads-lost", "html", "no heads at all; the form's order holds and the sums say so", COLS, style="none")
    one("heads-lost-tab", "tab", "no heads at all, tab rows", COLS, style="none")
    for slug, lay, perm in (("total-first", "html", ORDERS["totalfirst"]), ("mixed", "md", ORDERS["mixed"])):
        r = Rep(rng("contra" + slug))
        g = grid3(r.d, COLS, names={c: NAMES3[p] for c, p in zip(COLS, perm)}, style="one")
        r.d.lose("requests")
        std("c3", f"heads-contradict-{slug}", lay, r, "heads name another order, the sums hold only in the form's: nothing of table 三", s3=[g], nar=False)


# ------------------------------------------------------------------ c2: columns of table 二

def b21(**kw):
    """blocks of 2021 with changed columns: one=[…] for the first block, …"""
    b = [list(x) for x in D21]
    for i, k in enumerate(("one", "five", "six", "eight")):
        if k in kw:
            b[i][1] = kw[k]
    return b


def c2():
    back = ["in_force", "repealed", "issued"]
    for o, lay in ((["in_force", "issued", "repealed"], "html"), (["repealed", "issued", "in_force"], "tab"), (back, "md"), (back, "bare"), (back, "bar"), (back, "flat"), (["repealed", "in_force", "issued"], "cellbar")):
        slug = ("order-back" if o == back else "order-" + "-".join(x[:3] for x in o)) + "-" + lay
        r = Rep(rng(slug))
        std("c2", slug, lay, r, f"first block of table 二 in the order {o}", s2=[grid2(r.d, b21(one=o))])
    r = Rep(rng("lastyearstock"))
    prev = X("上年现行有效件数", lambda i, row, d: num(d.v["disclosure", row.code, "in_force"] - d.v["disclosure", row.code, "issued"] + d.v["disclosure", row.code, "repealed"]))
    std("c2", "lastyear-stock", "html", r, "上年现行有效件数 stands before the three columns", s2=[grid2(r.d, b21(one=[prev, "issued", "repealed", "in_force"]))])
    r = Rep(rng("lastyeardec"))
    old = lambda h: X(h, lambda i, row, d: num(d.v["disclosure", row.code, "decisions"] + 17 * i))
    pc = X("占比", lambda i, row, d: f"{i * 13 % 60}%")
    std("c2", "lastyear-decisions", "tab", r, "上年处理决定数量 before 本年处理决定数量", s2=[grid2(r.d, b21(five=[old("上年处理决定数量"), "decisions"], six=[old("上年处理决定数量"), "decisions", X("增减", lambda i, row, d: str(-17 * i))]))])
    r = Rep(rng("accepted"))
    acc = X("本年受理数量", lambda i, row, d: num(d.v["disclosure", row.code, "decisions"] + 31))
    std("c2", "accepted-md", "md", r, "本年受理数量 stands before 本年处理决定数量", s2=[grid2(r.d, b21(five=[acc, "decisions"], six=[acc, "decisions", pc]))])
    r = Rep(rng("seq2"))
    std("c2", "seq-bare", "bare", r, "序号 before each label, one cell a line", s2=[grid2(r.d, pre=[X("序号", lambda i, row, d: str(i))])])
    r = Rep(rng("seqtab2"))
    std("c2", "seq-bar", "barlead", r, "序号 before each label", s2=[grid2(r.d, b21(one=back), pre=[X("序号", lambda i, row, d: str(i))])])
    for lay in ("html", "bar"):
        r = Rep(rng("less2" + lay))
        r.d.drop |= {k for k in r.d.v if k[2] == "repealed"}
        std("c2", f"less-repealed-{lay}", lay, r, "the column 本年废止件数 is not there", s2=[grid2(r.d, b21(one=["in_force", "issued"] if lay == "html" else ["issued", "in_force"]))])
    r = Rep(rng("headtwice2"))
    b = [["第二十条第（一）项", ["issued", "repealed", "in_force"], [("rules", "规章")]], [None, ["in_force", "issued", "repealed"], [("normative_documents", "行政规范性文件")]]] + D21[1:]
    std("c2", "heads-change", "html", r, "the head line is repeated above 行政规范性文件, in another order", s2=[grid2(r.d, b)])
    for lay in ("html", "md"):
        r = Rep(rng("matrix2" + lay))
        cols = ["decisions", "in_force", "issued", "repealed", "fee_amount"]
        g = [[C("信息内容")] + [C(NAMES2[c] if c != "fee_amount" else "本年收费金额（万元）") for c in cols]]
        for _, cc, rows in D21:
            for code, text in rows:
                g.append([C(text)] + [C(r.d.text("disclosure", code, c) if c in cc else "—") for c in cols])
        std("c2", f"one-matrix-{lay}", lay, r, "table 二 as one matrix, 处理决定 first; places that the form has not are —", s2=[Grid(g, 1)])
    units = [("yuan", "本年收费金额（单位：元）", 10000, "html"), ("qianyuan", "本年收费金额（千元）", 10, "tab"), ("yiyuan", "本年收费金额（单位：亿元）", 1e-4, "md"), ("yuan-bare", "本年收费金额（元）", 10000, "bare"), ("rmb", "收费金额 单位：人民币元", 10000, "bar"), ("baiwan", "本年收费金额（单位：百万元）", 0.01, "html")]
    for u, head, k, lay in units:
        r = Rep(rng("unit" + u))
        v = r.d.v["disclosure", "fees", "fee_amount"]
        s = f"{v * k:.8f}".rstrip("0").rstrip(".")
        r.d.show["disclosure", "fees", "fee_amount"] = s
        if u == "baiwan":
            r.d.lean("disclosure", "fees")
        std("c2", f"fee-unit-{u}", lay, r, f"the fee's head says {head}", s2=[grid2(r.d, names={"fee_amount": head})])
    r = Rep(rng("feecell"))
    r.d.set("disclosure", "fees", "fee_amount", 0.35, "3500元")
    std("c2", "fee-unit-cell-over-head", "html", r, "head 万元, the cell says 3500元", s2=[grid2(r.d)])
    r = Rep(rng("feecell2"))
    r.d.set("disclosure", "fees", "fee_amount", 12500, "1.25亿元")
    std("c2", "fee-unit-cell-yi", "tab", r, "head without a unit, the cell says 1.25亿元", s2=[grid2(r.d, names={"fee_amount": "本年收费金额"})])
    r = Rep(rng("feecap"))
    v = r.d.v["disclosure", "fees", "fee_amount"]
    r.d.show["disclosure", "fees", "fee_amount"] = num(v * 10000)
    r.d.lean("disclosure", "fees")
    std("c2", "fee-unit-caption", "html", r, "the unit 元 stands in a line above the table (单位：件、元), the head has none", s2=["单位：件、元", grid2(r.d, names={"fee_amount": "本年收费金额"})])
    r = Rep(rng("feethousands"))
    r.d.set("disclosure", "fees", "fee_amount", 1234.5, "1,234.50")
    std("c2", "caption-jian", "html", r, "（单位：件） above the table, 万元 in the fee's head, thousands", s2=["（单位：件）", grid2(r.d)])
    r = Rep(rng("trad2"))
    std("c2", "trad-back", "html", r, "traditional characters, first block backwards, 檔案 for 文件", s2=[grid2(r.d, b21(one=back))], post=lambda s: trad(s).replace("文件", "檔案"))
    r = Rep(rng("headsbr2"))
    std("c2", "heads-split-bareblank", "bareblank", r, "heads of the first block are broken over two lines like cells, in_force first",
        s2=[grid2(r.d, b21(one=["in_force", "issued", "repealed"]), names={"in_force": "现行有\n效件数", "issued": "本年制\n发件数", "repealed": "本年废\n止件数"})])

    # the form of 2019
    def n19(slug, lay, note, f, **kw):
        r = Rep(rng("c2" + slug), edition="2019")
        std("c2", slug, lay, r, note, s2=[f(r.d)], **kw)
    bb = lambda **kw: [[t, kw.get(k, c), rows] for k, (t, c, rows) in zip(("one", "five", "six", "eight", "nine"), D19)]
    n19("2019-back-html", "html", "2019: each block backwards", lambda d: grid2(d, [[t, c[::-1], rows] for t, c, rows in D19]))
    n19("2019-back-tab", "tab", "2019: each block backwards", lambda d: grid2(d, [[t, c[::-1], rows] for t, c, rows in D19]))
    n19("2019-new-swapped", "bar", "2019: 本年新公开数量 before 本年新制作数量", lambda d: grid2(d, bb(one=["newly_disclosed", "created", "total_disclosed"])))
    n19("2019-decisions-first", "bare", "2019: 处理决定数量 first", lambda d: grid2(d, bb(five=["decisions", "prior_items", "item_change"], six=["decisions", "prior_items", "item_change"])))

    def proc(slug, lay, note, head, show, value=None, cols=None):
        def f(d):
            v = d.v["disclosure", "procurement", "procurement_amount"]
            d.set("disclosure", "procurement", "procurement_amount", v if value is None else value, show(v))
            return grid2(d, bb(nine=cols or ["procurement_items", "procurement_amount"]), names={"procurement_amount": head})
        n19(slug, lay, note, f)
    f6 = lambda x: f"{x:.8f}".rstrip("0").rstrip(".")
    proc("2019-procurement-wan", "html", "采购总金额(万元), bare figure, amount before items", "采购总金额(万元)", lambda v: f6(v / 1e4), cols=["procurement_amount", "procurement_items"])
    proc("2019-procurement-yi", "tab", "采购总金额（亿元）", "采购总金额（亿元）", lambda v: f"{v / 1e8:.10f}")
    proc("2019-procurement-yuan", "md", "采购总金额（单位：元）", "采购总金额（单位：元）", num)
    proc("2019-procurement-cell", "bar", "the head says 元, the cell 12.5万元", "采购总金额（元）", lambda v: "12.5万元", 125000)
    proc("2019-procurement-bare", "cellbar", "no unit anywhere: the bare number", "采购总金额", num)

    def signs(d):
        d.set("disclosure", "licensing", "item_change", 12, "增12"), d.set("disclosure", "other_services", "item_change", -8, "减8")
        d.set("disclosure", "penalties", "item_change", 4, "+4"), d.set("disclosure", "compulsory_measures", "item_change", -7, "-7")
        return grid2(d, bb(five=["item_change", "prior_items", "decisions"], six=["item_change", "decisions", "prior_items"]))
    n19("2019-signs", "html", "增12, 减8, +4, -7 in the first column", signs)


# ------------------------------------------------------------------ c4: columns of table 四

def c4():
    def one(slug, lay, note, f, size="big", **kw):
        r = Rep(rng("c4" + slug), size=size)
        g = f(r.d)
        std("c4", slug, lay, r, note, s4=g if isinstance(g, list) else [g], **kw)
    lit_first = [(LD, RES), (LA, RES), (RC, RES)]
    tot = ["total", "upheld", "corrected", "other", "pending"]
    one("lit-first", "html", "行政诉讼 stands before 行政复议", lambda d: grid4(d, lit_first))
    one("lit-first-tab", "tab", "行政诉讼 before 行政复议, tab rows", lambda d: grid4(d, lit_first))
    one("lit-first-bare", "bare", "行政诉讼 before 行政复议, one cell a line", lambda d: grid4(d, lit_first))
    one("after-first-bar", "bar", "复议后起诉 before 未经复议直接起诉", lambda d: grid4(d, [(RC, RES), (LA, RES), (LD, RES)]))
    one("total-first-md", "md", "总计 first in each group", lambda d: grid4(d, [(k, tot) for k in CASES]))
    one("total-first-cellbar", "cellbar", "总计 first in each group", lambda d: grid4(d, [(k, tot) for k in CASES]))
    one("total-first-flat", "flat", "总计 first, tables flattened to a line", lambda d: grid4(d, [(k, tot) for k in CASES]))
    mixed = ["pending", "other", "total", "corrected", "upheld"]
    one("results-mixed", "barlead", "results in another order, the same in each group", lambda d: grid4(d, [(k, mixed) for k in CASES]))
    one("results-differ", "html", "each group has an order of its own, 复议后起诉 first of the suits", lambda d: grid4(d, [(RC, tot), (LA, mixed), (LD, RES[::-1])]))
    one("results-differ-tab", "tab", "each group has an order of its own", lambda d: grid4(d, [(LD, RES[::-1]), (LA, RES), (RC, mixed)]))
    one("upright", "html", "upright: three rows, five columns, total first", lambda d: grid4_upright(d, [LA, RC, LD], tot))
    one("upright-tab-seq", "tab", "upright with 序号", lambda d: grid4_upright(d, CASES, mixed, pre=[X("序号", lambda i, k, d: str(i + 1))]))
    one("upright-bare", "bare", "upright, one cell a line, suits first", lambda d: grid4_upright(d, [LD, LA, RC], RES, group_stub=False))
    one("list", "html", "a list of fifteen rows: case, result, figure", lambda d: Grid([[C("类别"), C("结果"), C("件数")]] + [[C(NAMES4[k], rs=5)] * (i == 0) + [C(NAMES4[c]), C(d.text("disputes", k, c))] for k in (LD, RC, LA) for i, c in enumerate(mixed)], 1))
    comp = lambda k, c: {RC: "行政复议", LD: "未经复议直接起诉", LA: "复议后起诉"}[k] + NAMES4[c]
    order = [(k, c) for c in RES for k in (LA, RC, LD)]
    one("composite-heads", "md", "one line of fifteen composite heads, by result", lambda d: Grid([[C(comp(k, c)) for k, c in order], [C(d.text("disputes", k, c)) for k, c in order]], 1))
    by_res = lambda d: Grid([[C(NAMES4[c], cs=3) for c in RES], [C(NAMES4[k]) for c in RES for k in (RC, LD, LA)], [C(d.text("disputes", k, c)) for c in RES for k in (RC, LD, LA)]], 2)
    one("results-over-cases", "html", "heads the other way round: five results, three cases under each", by_res)
    allsuits = X("小计", lambda i, k, d: "")
    one("suits-subtotal", "html", "a group 诉讼合计 of both suits after the three groups", lambda d: grid4(d, [(k, RES) for k in CASES] + [("诉讼合计", [X(NAMES4[c], lambda i, k, d, c=c: num(d.v["disputes", LD, c] + d.v["disputes", LA, c])) for c in RES])]))
    one("closed-subtotal", "tab", "已审结小计 before 尚未审结 in each group", lambda d: grid4(d, [(k, RES[:3] + [X("已审结小计", lambda i, k, d: num(sum(d.v["disputes", k, c] for c in RES[:3])))] + RES[3:]) for k in CASES]))
    one("share", "html", "纠错率 after each total", lambda d: grid4(d, [(k, RES + [X("纠错率（%）", lambda i, k, d: str(i * 3 + 12))]) for k in CASES]))
    r = Rep(rng("c4two"))
    d0 = make(r.rng)
    std("c4", "two-lines-years", "html", r, "two lines of figures: last year, then this year", s4=[grid4(r.d, lines=[(f"{r.year - 1}年", d0), (f"{r.year}年", r.d)])])
    r = Rep(rng("c4two2"))
    d0 = make(r.rng)
    std("c4", "two-lines-words", "bar", r, "two lines of figures: 本年, then 上年", s4=[grid4(r.d, lines=[("本年", r.d), ("上年", d0)], litline=False)])
    r = Rep(rng("c4less"))
    for k in CASES:
        r.d.v["disputes", k, "total"] -= r.d.v["disputes", k, "pending"]
        del r.d.v["disputes", k, "pending"]
    std("c4", "less-pending", "html", r, "尚未审结 is not there", s4=[grid4(r.d, [(k, ["upheld", "corrected", "other", "total"]) for k in CASES])])
    one("words", "html", "维持, 纠正, 其他, 未审结, 合计, suits first", lambda d: grid4(d, lit_first, names={"upheld": "维持", "corrected": "纠正", "other": "其他", "pending": "未审结", "total": "合计", RC: "复议", "lit": "诉讼"}))
    one("trad-lit-first", "html", "traditional characters, suits first", lambda d: grid4(d, lit_first), post=trad)
    one("two-tables", "html", "行政诉讼 and 行政复议 each in a table, suits first", lambda d: [grid4(d, [(LD, RES), (LA, RES)]), grid4(d, [(RC, tot)], litline=False)])
    one("three-tables-md", "md", "three tables, each below a line that names the case", lambda d: [e for k in (LA, LD, RC) for e in (("p", NAMES4[k] + "："), Grid([[C(NAMES4[c]) for c in tot], [C(d.text("disputes", k, c)) for c in tot]], 1))])


# ------------------------------------------------------------------ st: the list of 2014-2018

def st():
    def one(slug, lay, note, f, year=None, loose=False, **kw):
        r = Rep(rng("st" + slug), edition="2014", year=year)
        g = f(r)
        doc = report14(r, g if isinstance(g, list) else [g], **kw)
        emit("st", slug, doc.render(lay, r.rng), ext(lay), r.d.truth(), note, r.d.lenient)
    old = lambda r, h, m=3: (lambda d0: X(h, lambda i, c, d: "" if c is None else str(c + 2) if isinstance(c, int) else num(d0.v["statistics", c, "count"])))(make_stat(rng("old" + r.title + h)))
    cum = lambda h: X(h, lambda i, c, d: "" if c is None else num(round(d.v["statistics", c, "count"] * 3 + 5, 2)))
    seq = X("序号", lambda i, c, d: str(i + 1))
    code = X("代码", lambda i, c, d: str(1 + (i * 29) % 63))
    one("seq-code", "html", "序号, 代码 (out of order), 单位 and 统计数", lambda r: grid_stat(r.d, [seq, "label", code, "unit", "count"]))
    one("last-this", "html", "上年 before 本年", lambda r: grid_stat(r.d, ["label", "unit", old(r, "上年"), "count"], heads={"count": "本年"}))
    one("this-last-change", "tab", "本年, 上年, 增减", lambda r: grid_stat(r.d, ["label", "unit", "count", old(r, "上年"), X("增减", lambda i, c, d: "" if c is None else str(i - 20))], heads={"count": "本年"}))
    one("years", "bar", "2016年 before 2017年, report of 2017", lambda r: grid_stat(r.d, ["label", "unit", old(r, "2016年"), "count"], heads={"count": "2017年"}), year=2017)
    one("years-back", "md", "2018年 before 2017年, report of 2018", lambda r: grid_stat(r.d, ["label", "unit", "count", old(r, "2017年")], heads={"count": "2018年"}), year=2018)
    one("years-report-older", "html", "2015年 before 2016年, report of 2015", lambda r: grid_stat(r.d, ["label", "unit", "count", old(r, "2016年")], heads={"count": "2015年"}), year=2015)
    one("this-all", "html", "本年 and 历年累计", lambda r: grid_stat(r.d, ["label", "unit", "count", cum("历年累计")], heads={"count": "本年"}))
    one("all-this-bare", "bare", "历年累计 before 本年, one cell a line", lambda r: grid_stat(r.d, ["label", "unit", cum("历年累计"), "count"], rows=[(c, t, u) for c, t, u in STAT if c], heads={"count": "本年"}))
    one("quarter-year", "tab", "本期实际（四季度） and 本年累计", lambda r: grid_stat(r.d, ["label", "unit", X("本期实际（四季度）", lambda i, c, d: "" if c is None else str(int(d.v["statistics", c, "count"]) // 4)), "count"], heads={"count": "本年累计"}))
    one("quarters", "html", "four quarters and 全年", lambda r: grid_stat(r.d, ["label", "unit"] + [X(f"{q}季度", lambda i, c, d, k=k: "" if c is None else str((int(d.v["statistics", c, "count"]) + k) // 4)) for k, q in enumerate("一二三四")] + ["count"], heads={"count": "全年"}))
    one("count-before-unit", "bar", "统计数 before 单位, 序号 last", lambda r: grid_stat(r.d, ["label", "count", "unit", seq]))

    def lev(total):
        def f(r):
            part = lambda h, k: X(h, lambda i, c, d: "" if c is None else num(split(d.v["statistics", c, "count"], k, r.title + c)))
            g = grid_stat(r.d, ["label", "unit", part("县政府", 0), part("县直部门", 1), part("乡镇街道", 2)] + (["count"] if total else []), heads={"count": "合计"})
            if not total:
                r.d.lose("statistics")
            return g
        return f
    one("levels-total", "html", "县政府, 县直部门, 乡镇街道, 合计: 合计 is the report's", lev(True))
    one("levels-no-total", "html", "three levels without a sum: no column is the report's", lev(False))

    def two_halves(r):
        rows = STAT[:]
        h = (len(rows) + 1) // 2
        g = [[C("统计指标"), C("单位"), C("统计数")] * 2]
        cell = lambda x: [C(x[1]), C(x[2]), C("" if x[0] is None else r.d.text("statistics", x[0], "count"))]
        for i in range(h):
            g.append(cell(rows[i]) + (cell(rows[h + i]) if h + i < len(rows) else [C(), C(), C()]))
        return Grid(g, 1)
    one("two-halves", "html", "the list stands in two halves side by side", two_halves)
    one("two-halves-tab", "tab", "the list stands in two halves side by side", two_halves)
    one("last-this-cellbar", "cellbar", "上年 before 本年, a cell a line with bars", lambda r: grid_stat(r.d, ["label", "unit", old(r, "上年"), "count"], rows=[(c, t, u) for c, t, u in STAT if c], heads={"count": "本年"}))

    def extra(r):
        rows = []
        for x in STAT:
            rows.append(x)
            if x[0] == "proactive_total":
                rows += [(31, "其中：财政预决算信息数", "条"), (17, "“三公”经费信息数", "条")]
            if x[0] == "received_letter":
                rows.append((9, "5.其他形式申请数", "件"))
                r.d.v["statistics", "received", "count"] += 9
            if x[0] == "complaints":
                rows.append((6, "其中：被举报投诉查实数", "件"))
        return grid_stat(r.d, [seq, "label", "unit", old(r, "上年数"), "count"], rows=rows, heads={"count": "本年数"})
    one("extra-rows", "html", "rows of a province inside the list, 上年数 before 本年数", extra)

    def moved(r):
        i = next(k for k, x in enumerate(STAT) if x[0] == "reconsideration_total")
        j = next(k for k, x in enumerate(STAT) if x[0] == "litigation_total")
        return grid_stat(r.d, rows=STAT[:i] + STAT[j:j + 4] + STAT[i:j] + STAT[j + 4:])
    one("suits-first", "html", "行政诉讼 with its three rows before 行政复议: labels repeat", moved)
    one("suits-first-bar", "bar", "行政诉讼 with its three rows before 行政复议: labels repeat", moved)

    def two(r):
        d0 = make_stat(r.rng)
        return [("p", f"政府信息公开情况统计表（{r.year - 1}年度）"), grid_stat(d0), ("p", f"政府信息公开情况统计表（{r.year}年度）"), grid_stat(r.d)]
    one("two-lists", "html", "the list of last year, then the list of this year", two, head="附：统计表")

    def slashes(r):
        for c in ("received_fax", "responses_social_media", "denied_privacy"):
            pass
        for c, s in (("responses_other", "/"), ("online_interviews_leader", "—"), ("complaints", "无"), ("meetings", "")):
            r.d.set("statistics", c, "count", None, s)
        return grid_stat(r.d, ["label", "unit", old(r, "上年累计"), "count"], heads={"count": "本年累计"}, blank="——")
    one("blanks", "html", "blank, / , — and 无 in the column of the year, 上年累计 before it", slashes)


def split(v, k, seed):
    g = random.Random(seed)
    v2 = round(v * 100) if v != int(v) else int(v)
    a = g.randint(0, v2)
    b = g.randint(0, v2 - a)
    x = (a, b, v2 - a - b)[k]
    return x / 100 if v != int(v) else x


# ------------------------------------------------------------------ tr: turned tables

def grid_t3(d, apps=None, rows=None, extra=(), names=None, flat=False):
    names, rows, apps = dict(NAMES3, **(names or {})), rows or rows3(d.edition), apps or COLS
    if flat:
        g = [[C("申请人")] + [C(r.text if r.grp in (None, "out") else GRP[r.grp] + "：" + r.text) for r in rows]]
        return Grid(g + [[C(names[a] if isinstance(a, str) else a.head)] + [C(cell3(d, r, a) if isinstance(a, str) else a.fn(0, r, d)) for r in rows] for a in apps], 1)
    l1, l2, l3, i = [C("申请人情况", cs=2, rs=3)], [], [], 0
    while i < len(rows):
        if rows[i].grp is None:
            l1.append(C(rows[i].text, rs=3))
            i += 1
            continue
        j = i
        while j < len(rows) and rows[j].grp is not None:
            j += 1
        l1.append(C(OUT, cs=j - i))
        while i < j:
            k = i
            while k < j and rows[k].grp == rows[i].grp and rows[i].grp != "out":
                k += 1
            if k == i:
                l2.append(C(rows[i].text, rs=2))
                i += 1
            else:
                l2.append(C(GRP[rows[i].grp], cs=k - i))
                l3 += [C(r.text) for r in rows[i:k]]
                i = k
    g = [l1, l2, l3]
    org = lambda a: a in ORGS if isinstance(a, str) else a.grp == "org"
    for y, a in enumerate(apps):
        st = []
        if org(a):
            if y == 0 or not org(apps[y - 1]):
                k = y
                while k < len(apps) and org(apps[k]):
                    k += 1
                st.append(C("法人或其他组织", rs=k - y))
            st.append(C(names[a] if isinstance(a, str) else a.head))
        else:
            st.append(C(names[a] if isinstance(a, str) else a.head, cs=2))
        g.append(st + [C(cell3(d, r, a) if isinstance(a, str) else a.fn(0, r, d)) for r in rows])
    return Grid(g, 3)


def grid_t2(d):
    g = [[C("第二十条第（一）项", cs=4)], [C("项目"), C("行政规范性文件"), C("规章", cs=2)]]
    for c in ("in_force", "issued", "repealed"):
        g.append([C(NAMES2[c]), C(d.text("disclosure", "normative_documents", c)), C(d.text("disclosure", "rules", c), cs=2)])
    g += [[C("第二十条第（五）项、第（六）项", cs=4)], [C("项目"), C("行政强制"), C("行政许可"), C("行政处罚")], [C("本年处理决定数量")] + [C(d.text("disclosure", k, "decisions")) for k in ("compulsory_measures", "licensing", "penalties")]]
    return Grid(g + [[C("第二十条第（八）项", cs=4)], [C("项目"), C("行政事业性收费", cs=3)], [C("本年收费金额（单位：万元）"), C(d.text("disclosure", "fees", "fee_amount"), cs=3)]], 0)


def grid_t4(d, cases=CASES, res=RES, seq=False):
    g = [[C("序号", rs=2)] * seq + [C("案件结果", rs=2)], []]
    i = 0
    while i < len(cases):
        if cases[i] == RC:
            g[0].append(C("行政复议", rs=2))
            i += 1
        else:
            j = i
            while j < len(cases) and cases[j] != RC:
                g[1].append(C(NAMES4[cases[j]]))
                j += 1
            g[0].append(C("行政诉讼", cs=j - i))
            i = j
    return Grid(g + [[C(str(n + 1))] * seq + [C(NAMES4[c])] + [C(d.text("disputes", k, c)) for k in cases] for n, c in enumerate(res)], 2)


def tr():
    def one(slug, lay, note, size="big", s2=None, s3=None, s4=None, edition="2021", **kw):
        r = Rep(rng("tr" + slug), size=size, edition=edition)
        f = lambda s: [s(r.d)] if s else None
        std("tr", slug, lay, r, note, s2=f(s2), s3=f(s3), s4=f(s4), **kw)
    for lay in ("html", "tab", "md"):
        one(f"t3-{lay}", lay, "table 三 turned: applicants down, outcomes across", s3=grid_t3)
    one("t3-total-first", "html", "turned, 总计 first, organisations backwards", s3=lambda d: grid_t3(d, [TO, NP] + ORGS[::-1]))
    one("t3-flat-bar", "bar", "turned, one head line with group and label", s3=lambda d: grid_t3(d, ORDERS["swap"], flat=True))
    one("t3-flat-cellbar", "cellbar", "turned, one head line, a cell a line", s3=lambda d: grid_t3(d, flat=True))
    one("t3-subtotal", "html", "turned, with a line 小计 of the organisations and a line 占比", s3=lambda d: grid_t3(d, [NP] + ORGS + [X("小计", lambda i, row, d: num(sum(val3(d, row, c) for c in ORGS)), "org"), TO, X("自然人占比", lambda i, row, d: pct(val3(d, row, NP), val3(d, row, TO)))]))
    one("t3-rows-moved", "html", "turned, groups in another order, small figures", "small", s3=lambda d: grid_t3(d, rows=(lambda x: x[:4] + x[12:15] + x[4:12] + x[20:23] + x[15:20] + x[23:])(rows3())))
    one("t2", "html", "table 二 turned: measures down, kinds across in another order", s2=grid_t2)
    one("t2-tab", "tab", "table 二 turned", s2=grid_t2)
    one("t4", "html", "table 四 turned: results down, cases across, suits first", s4=lambda d: grid_t4(d, [LD, LA, RC], ["total", "pending", "other", "corrected", "upheld"]))
    one("t4-seq-bar", "barfull", "table 四 turned with 序号", s4=lambda d: grid_t4(d, seq=True))
    one("all-2019", "html", "2019: tables 三 and 四 turned", s3=lambda d: grid_t3(d, ORDERS["personlast"]), s4=grid_t4, edition="2019")


# ------------------------------------------------------------------ pb: page breaks

def pb():
    def R(slug, **kw):
        return Rep(rng("pb" + slug), **kw)
    cut = lambda d, k, **kw: (rows3(d.edition)[:k], rows3(d.edition)[k:])
    r = R("inside")
    std("pb", "heads-inside", "html", r, "heads repeated twice inside one grid, 科研机构 first", s3=[grid3(r.d, ORDERS["swap"], repeat_at=(8, 17))])
    r = R("two")
    a, b = cut(r.d, 12)
    std("pb", "two-tables", "html", r, "two tables, the second with its heads, 续表 between", s3=[grid3(r.d, rows=a), ("p", "续表"), grid3(r.d, rows=b)])
    r = R("tab")
    a, b = cut(r.d, 10)
    std("pb", "page-line-tab", "tab", r, "a page number and a running head between the two parts", s3=[grid3(r.d, ORDERS["orgsback"], rows=a), ("p", "— 3 —"), ("p", r.title), grid3(r.d, ORDERS["orgsback"], rows=b)])
    r = R("md")
    a, b = cut(r.d, 15)
    std("pb", "two-tables-md", "md", r, "two Markdown tables, heads repeated, total first", s3=[grid3(r.d, ORDERS["totalfirst"], rows=a, style="one"), grid3(r.d, ORDERS["totalfirst"], rows=b, style="one")])
    r = R("order")
    a, b = cut(r.d, 12)
    std("pb", "order-changes", "html", r, "after the break the heads name another order", s3=[grid3(r.d, rows=a), ("p", "（接上表）"), grid3(r.d, ORDERS["totalfirst"], rows=b)])
    r = R("orderin")
    g, g2 = grid3(r.d, rows=cut(r.d, 15)[0]), grid3(r.d, ORDERS["allback"], rows=cut(r.d, 15)[1])
    g.rows += g2.rows
    std("pb", "order-changes-inside", "html", r, "the repeated heads inside one grid name another order", s3=[g])
    r = R("nohead")
    a, b = cut(r.d, 14)
    std("pb", "continued-without-heads", "html", r, "the second table has no heads and continues the first's order (科研机构 first)", s3=[grid3(r.d, ORDERS["swap"], rows=a), ("p", "2"), grid3(r.d, ORDERS["swap"], rows=b, style="none")])
    r = R("label")
    g = grid3(r.d)
    y = next(i for i, row in enumerate(g.rows) if any(c.text.startswith("2.申请人逾期") for c in row))
    row = g.rows[y]
    full = row[0].text
    row[0].text = full[:18]
    g.rows.insert(y + 1, [C(full[18:])] + [C("") for _ in COLS])
    for rw in g.rows[:y + 1]:
        for c in rw:
            if c.text == OUT or c.text == GRP["oth"]:
                c.rs += 1
    std("pb", "label-broken", "html", r, "a label is broken: its second half stands alone in a row", s3=[g])
    r = R("groups")
    std("pb", "heads-each-group", "bar", r, "heads repeated before each group, one line", s3=[grid3(r.d, ORDERS["otherfirst"], style="one", repeat_at=(4, 12, 15, 20, 23))])
    r = R("note")
    a, b = cut(r.d, 20)
    std("pb", "note-between", "cellbar", r, "a note with figures between the parts", s3=[grid3(r.d, rows=a, style="one"), ("p", f"注：以上数据截至{r.year}年12月31日，由12个股室、8个乡镇汇总，共3页，此为第2页。"), grid3(r.d, rows=b, style="one")])
    r = R("heads2")
    g = grid3(r.d, ORDERS["swap"])
    g.rows[3:3] = [list(x) for x in grid3(r.d, ORDERS["swap"]).rows[:3]]
    std("pb", "heads-twice-at-start", "html", r, "the page broke after the heads: they stand twice at the start", s3=[g])
    r = R("t2")
    b1 = [["第二十条第（一）项", ["in_force", "issued", "repealed"], [("rules", "规章")]]]
    b2 = [["第二十条第（一）项", ["in_force", "issued", "repealed"], [("normative_documents", "行政规范性文件")]]] + D21[1:]
    std("pb", "table-two", "tab", r, "table 二 broken between 规章 and 行政规范性文件, title and heads repeated", s2=[grid2(r.d, b1), ("p", "第2页 共6页"), grid2(r.d, b2)])
    r = R("st", edition="2014")
    d0 = make_stat(r.rng)
    oldc = X("上年数", lambda i, c, d: "" if c is None else num(d0.v["statistics", c, "count"]))
    doc = report14(r, [grid_stat(r.d, ["label", "unit", oldc, "count"], heads={"count": "本年数"}, repeat_at=(20, 40))])
    emit("pb", "list", doc.render("html", r.rng), "html", r.d.truth(), "the list of 2014 with repeated heads, 上年数 before 本年数")


# ------------------------------------------------------------------ tw: tables that stand twice

GRIDS = {2: grid2, 3: grid3, 4: grid4}
TNAME = {2: "disclosure", 3: "requests", 4: "disputes"}


def tw():
    def at(t, els):
        return {f"s{t}": els}

    def R(slug, **kw):
        r = Rep(rng("tw" + slug), **kw)
        return r, make(random.Random("old" + slug), r.edition, kw.get("size", "big"))
    n = 0
    for t in (2, 3, 4):
        for order in ("old", "new"):
            lay = [("html", "tab"), ("html", "md"), ("bar", "html")][t - 2][order == "new"]
            slug = f"years-t{t}-{order}first-{lay}"
            r, d0 = R(slug)
            cap = [lambda y: f"{y}年", lambda y: f"{y}年度数据", lambda y: f"表{y - r.year + 2} {y}年度情况"][n % 3]
            n += 1
            two = [(r.year - 1, d0), (r.year, r.d)][::1 if order == "old" else -1]
            std("tw", slug, lay, r, f"table {'二三四'[t - 2]} twice, {order} year first, captions as lines", **at(t, [e for y, d in two for e in (("p", cap(y)), GRIDS[t](d))]))
    for t, lay, words in ((3, "html", ("上年度", "本年度")), (4, "tab", ("本年数据", "上年同期数据")), (2, "html", ("上一年度对照", "本年度"))):
        slug = f"words-t{t}"
        r, d0 = R(slug)
        els = []
        for w in words:
            els += [("p", w), GRIDS[t](r.d if w.startswith("本") else d0)]
        std("tw", slug, lay, r, f"table twice, captions {words}", **at(t, els))
    r, d0 = R("incell")
    std("tw", "caption-in-grid", "html", r, "the caption is the first row of each grid, old first", s3=[grid3(d0).captioned(f"{r.year - 1}年度依申请公开情况"), grid3(r.d).captioned(f"{r.year}年度依申请公开情况")])
    r, d0 = R("captag")
    a, b = grid4(r.d), grid4(d0)
    a.caption, b.caption = f"{r.year}年", f"{r.year - 1}年"
    std("tw", "caption-element", "html", r, "the years stand in caption elements, new first", s4=[a, b])
    r, d0 = R("corner")
    std("tw", "year-in-corner", "html", r, "the year stands in the corner cell of each grid", s3=[grid3(d0, corner=f"{r.year - 1}年"), grid3(r.d, corner=f"{r.year}年")])
    r, d0 = R("hanzi")
    hz = lambda y: "".join("〇一二三四五六七八九"[int(c)] for c in str(y))
    std("tw", "year-hanzi", "bar", r, "years in Chinese numerals, old first", s3=[("p", f"（一）{hz(r.year - 1)}年度"), grid3(d0), ("p", f"（二）{hz(r.year)}年度"), grid3(r.d)])
    r, d0 = R("future", year=2022)
    std("tw", "report-is-older", "html", r, "the report is of 2022; a later year (2023) stands first", s3=[("p", "2023年"), grid3(d0), ("p", "2022年"), grid3(r.d)], end=False)
    r, d0 = R("onegrid")
    g = grid3(d0).captioned(f"{r.year - 1}年")
    g.rows += grid3(r.d).captioned(f"{r.year}年").rows
    std("tw", "one-grid-two-years", "html", r, "both years in one grid, one below the other", s3=[g])
    # side by side
    r, d0 = R("side4")
    g = grid4(d0)
    for x, y in zip(g.rows, grid4(r.d).rows):
        x += y
    w = g.width()
    g.rows.insert(0, [C(f"{r.year - 1}年", cs=w // 2), C(f"{r.year}年", cs=w // 2)])
    std("tw", "side-t4", "html", r, "table 四 of two years side by side in one grid", s4=[g])
    for lay, order in (("html", 0), ("tab", 1)):
        r, d0 = R("side3" + lay)
        yy = [(r.year - 1, d0), (r.year, r.d)][::-1 if order else 1]
        cols = []
        for y, dd in yy:
            cols += [c if dd is r.d else X(NAMES3[c], lambda i, row, d, c=c, dd=dd: num(dd.v["requests", row.code, c])) for c in COLS]
        g = grid3(r.d, cols, style="one")
        g.rows.insert(0, [C("项目", cs=3)] + [C(f"{y}年", cs=7) for y, _ in yy])
        std("tw", f"side-t3-{lay}", lay, r, "table 三 of two years side by side, the years in a line above the heads", s3=[g])
    r, d0 = R("side3in")
    cols = []
    for c in COLS:
        cols += [X(f"{NAMES3[c]}{r.year - 1}年", lambda i, row, d, c=c: num(d0.v["requests", row.code, c])), c]
    std("tw", "side-t3-each", "html", r, "each applicant has two columns, last year's and this year's", s3=[grid3(r.d, cols, names={c: f"{NAMES3[c]}{r.year}年" for c in COLS}, style="one")])
    r, d0 = R("side2")
    g = []
    for title, cols, rows in D21:
        g.append([C(title, cs=7)])
        k = 3 // len(cols)
        g.append([C("信息内容", rs=2), C(f"{r.year}年", cs=3), C(f"{r.year - 1}年", cs=3)])
        g.append([C(NAMES2[c], cs=k) for _ in (0, 1) for c in cols])
        for code, text in rows:
            g.append([C(text)] + [C(dd.text("disclosure", code, c), cs=k) for dd in (r.d, d0) for c in cols])
    std("tw", "side-t2", "html", r, "table 二: this year left, last year right", s2=[Grid(g, 0)])
    r, d0 = R("nested")
    std("tw", "side-nested", "html", r, "two tables in the two cells of a layout table, last year left", s3=[Raw(f"<table><tr><td>{r.year - 1}年<br>{table_html(grid3(d0))}</td><td>{r.year}年<br>{table_html(grid3(r.d))}</td></tr></table>")])
    # parts and whole
    for t, lay, order in ((3, "html", "parts"), (3, "md", "whole"), (4, "html", "parts"), (2, "tab", "parts"), (3, "bar", "three")):
        slug = f"parts-t{t}-{order}-{lay}"
        g = rng(slug)
        d1, d2 = make(g), make(g)
        whole = plus(d1, d2)
        els = [(("p", "（一）县政府本级"), GRIDS[t](d1)), (("p", "（二）县直部门及乡镇"), GRIDS[t](d2)), (("p", "（三）全县合计"), GRIDS[t](whole))]
        if order == "whole":
            els = [(("p", "全县汇总"), GRIDS[t](whole)), (("p", "其中：县政府本级"), GRIDS[t](d1)), (("p", "其中：部门和乡镇"), GRIDS[t](d2))]
        if order == "three":
            d3 = make(g)
            whole = plus(whole, d3)
            els = [(("p", n), GRIDS[t](x)) for n, x in (("县政府部门", d1), ("乡镇", d2), ("街道", d3), ("合计", whole))]
        r = Rep(g, d=whole, gov=True)
        std("tw", slug, lay, r, "tables of the parts and of the whole, named by lines", **at(t, [e for x in els for e in x]))
    r, d0 = R("partsonly", gov=True)
    d1 = make(r.rng)
    r.d.lose("requests")
    std("tw", "parts-only", "html", r, "two tables, 县直部门 and 乡镇, without a whole: neither is the report's", s3=[("p", "县直部门"), grid3(d0), ("p", "各乡镇"), grid3(d1)], nar=False)
    # templates
    for t, z, where, lay, cap in ((3, zeros, "before", "html", None), (3, zeros, "after", "tab", None), (4, zeros, "after", "html", None), (2, zeros, "before", "md", None), (3, blanks, "before", "html", None),
                                  (3, blanks, "after", "bar", "空表"), (4, blanks, "after", "html", "附件：表样"), (2, blanks, "after", "html", "附：格式"), (4, blanks, "before", "tab", None)):
        slug = f"{z.__name__}-t{t}-{where}-{lay}"
        r, d0 = R(slug)
        tpl = ([("p", cap)] if cap else []) + [GRIDS[t](z(r.d))]
        std("tw", slug, lay, r, f"a copy of the table with {z.__name__} stands {where} the filled one", **at(t, tpl + [GRIDS[t](r.d)] if where == "before" else [GRIDS[t](r.d)] + tpl), nar=t == 3)
    r, d0 = R("blankend")
    doc = report(r, end=False)
    doc.p("附件：政府信息公开工作年度报告统计表（空白）").add(grid2(blanks(r.d)), grid3(blanks(r.d)), grid4(blanks(r.d)))
    emit("tw", "blank-form-at-end", doc.render("html", r.rng), "html", r.d.truth(), "the whole blank form stands behind the report")
    # samples
    for t, where, lay, cap in ((4, "after", "html", "示例："), (3, "before", "html", "填表示例（数据为虚构）"), (2, "after", "tab", "样表"), (3, "after", "md", "以下为某某县样表，仅供参考")):
        slug = f"sample-t{t}-{where}-{lay}"
        r, d0 = R(slug)
        smp = [("p", cap), GRIDS[t](d0)]
        std("tw", slug, lay, r, f"a filled sample stands {where} the report's table", **at(t, smp + [("p", "本机关数据如下："), GRIDS[t](r.d)] if where == "before" else [GRIDS[t](r.d)] + smp))
    # an older report
    r, d0 = R("older")
    r0 = Rep(r.rng, d=d0, year=r.year - 1)
    r0.name = r.name
    doc = report(r)
    doc.p("往年报告回顾")
    report(r0, doc=doc)
    emit("tw", "older-report-below", doc.render("html", r.rng), "html", r.d.truth(), "the whole report of the year before is left below the report")
    r, d0 = R("olderabove")
    r0 = Rep(r.rng, d=d0, year=r.year - 1)
    r0.name = r.name
    doc = Doc(r.title)
    doc.h1(r.title).p(f"（附：{r.year - 1}年报告，供对照）")
    report(r0, doc=doc)
    doc.p(f"{r.year}年报告正文")
    report(r, doc=doc)
    emit("tw", "older-report-above", doc.render("html", r.rng), "html", r.d.truth(), "the report of the year before stands above; the page's title is this year's")
    r, d0 = R("olderannex")
    std("tw", "older-table-annex", "html", r, "last year's tables as an annex behind the report", other=[("p", f"附件：{r.year - 1}年度统计表"), grid2(d0), grid3(d0), grid4(d0)])
    # copies
    r, d0 = R("same")
    std("tw", "identical-copy", "html", r, "the same table 三 stands twice, equal in every cell (screen and print): its figures are certain", s3=[grid3(r.d), ("p", "打印版"), grid3(r.d)])
    for t, lay in ((3, "html"), (4, "tab")):
        r, d0 = R("nothing" + str(t))
        els = [GRIDS[t](d0), GRIDS[t](r.d)]
        r.d.lose(TNAME[t])
        std("tw", f"nothing-decides-t{t}", lay, r, "two different tables, no caption, sums hold in both: neither is taken", **at(t, els), nar=False)
    r, d0 = R("narrative")
    std("tw", "narrative-decides", "html", r, "two tables without captions; the narrative states the figures of the second", s3=[grid3(d0), grid3(r.d)], nar=True)
    r, d0 = R("sums")
    bad = make(rng("bad"))
    g = rng("bad2")
    for row in rows3():
        bad.v["requests", row.code, TO] += g.randint(3, 40)
    std("tw", "sums-decide", "html", r, "two tables without captions; the sums hold only in the second, the first's totals fail in every row", s3=[grid3(bad), grid3(r.d)], nar=True)
    r, d0 = R("corrected")
    std("tw", "corrected", "html", r, "更正前 and 更正后: the corrected one is the report's", s3=[("p", "更正前："), grid3(d0), ("p", "更正后："), grid3(r.d)])
    r, d0 = R("half")
    r.d = plus(r.d, d0)
    std("tw", "half-year-and-year", "tab", r, "figures to the end of June, then of the whole year", s4=[("p", f"{r.year}年上半年"), grid4(d0), ("p", f"{r.year}年全年"), grid4(r.d)])


# ------------------------------------------------------------------ mu: several bodies in a file

def mu():
    def bodies(slug, n, **kw):
        g = rng("mu" + slug)
        ci, year, out = g.randrange(len(COUNTIES)), g.choice([2021, 2022, 2023]), []
        depts = g.sample(DEPTS, n)
        for i in range(n):
            r = Rep(g, year=kw.get("years", [year] * n)[i], edition=kw.get("editions", ["2021"] * n)[i], county_at=ci)
            r.name = r.county + depts[i]
            out.append(r)
        return g, out

    def put(slug, lay, note, rs, doc, parts=None):
        parts = parts or [r.d.truth() for r in rs]
        union = {}
        for p in parts:
            for k, v in p.items():
                union.setdefault(k, v)
        emit("mu", slug, doc.render(lay, rng("mu" + slug)), ext(lay), union, note, parts=parts)

    def start(rs, what="政府信息公开工作年度报告汇编"):
        d = Doc(f"{rs[0].county}{rs[0].year}年{what}")
        return d.h1(f"{rs[0].county}{rs[0].year}年{what}")
    for slug, lay, n in (("two-html", "html", 2), ("three-tab", "tab", 3), ("three-bar", "bar", 3)):
        g, rs = bodies(slug, n)
        doc = start(rs)
        for r in rs:
            report(r, doc=doc)
        put(slug, lay, f"{n} bodies one after the other under a common title", rs, doc)
    g, rs = bodies("contents", 3)
    doc = start(rs)
    doc.p("目　录", *[f"{i + 1}. {r.title}……{i * 6 + 1}" for i, r in enumerate(rs)])
    for r in rs:
        report(r, doc=doc)
    put("contents", "html", "a table of contents repeats the titles before the reports", rs, doc)
    g, rs = bodies("editions", 2, editions=["2019", "2021"])
    for r in rs:
        r.year = 2021
    doc = start(rs)
    for r in rs:
        report(r, doc=doc)
    put("editions-md", "md", "the first body still uses the form of 2019, the second that of 2021", rs, doc)
    g, rs = bodies("swapped", 2)
    doc = start(rs)
    report(rs[0], doc=doc)
    report(rs[1], doc=doc, s3=[grid3(rs[1].d, ORDERS["swap"])], s4=[grid4(rs[1].d, [(LD, RES), (LA, RES), (RC, RES)])])
    put("second-swapped", "html", "the second body's tables 三 and 四 have another order", rs, doc)
    g, rs = bodies("blank", 3)
    for k in CASES:
        for c in RES:
            rs[1].d.v["disputes", k, c] = None
    doc = start(rs)
    for r in rs:
        report(r, doc=doc)
    put("second-blank-four", "html", "table 四 of the second body is blank throughout", rs, doc)
    g, rs = bodies("disjoint", 3)
    doc = start(rs)
    report(rs[0], doc=doc, s3=["本机关本年度未收到政府信息公开申请。"], s4=["未发生行政复议、行政诉讼。"], nar=False)
    report(rs[1], doc=doc, s2=["本机关无此项职权。"], s4=["未发生行政复议、行政诉讼。"])
    report(rs[2], doc=doc, s2=["本机关无此项职权。"], s3=["本机关本年度未收到政府信息公开申请。"], nar=False)
    put("disjoint", "html", "three bodies, each prints another one of the tables", rs, doc, [rs[0].d.truth(["disclosure"]), rs[1].d.truth(["requests"]), rs[2].d.truth(["disputes"])])
    g, rs = bodies("prose", 2)
    doc = start(rs)
    report(rs[0], doc=doc, s2=["本机关没有应当列表的事项。"], s3=["本年度没有收到申请。"], s4=["没有案件。"], nar=False)
    report(rs[1], doc=doc)
    put("first-prose", "html", "the first body's report has no tables, the second's has: nothing of the second is the first's", rs, doc, [{}, rs[1].d.truth()])
    g, rs = bodies("links", 2)
    doc = report(rs[0])
    doc.p("相关链接", rs[1].title, f"{rs[0].county}教育局{rs[0].year}年政府信息公开工作年度报告", f"{rs[0].county}审计局{rs[0].year}年政府信息公开工作年度报告")
    emit("mu", "links-only", doc.render("html", g), "html", rs[0].d.truth(), "one report; titles of other bodies' reports follow as links: still one report")


# ------------------------------------------------------------------ rw: rows

def sub(rows, code, text):
    for r in rows:
        if r.code == code:
            r.text = text
    return rows


def after(rows, code, *new):
    i = next(i for i, r in enumerate(rows) if r.code == code)
    rows[i + 1:i + 1] = list(new)
    return rows


def before(rows, code, *new):
    i = next(i for i, r in enumerate(rows) if r.code == code)
    rows[i:i] = list(new)
    return rows


def vals(g, hi=20):
    v = {c: g.randint(1, hi) for c in COLS[:-1]}
    v[TO] = sum(v.values())
    return v


def rw():
    def one3(slug, lay, note, f, edition="2021", size="big", prep=None, **kw):
        r = Rep(rng("rw" + slug), edition=edition, size=size)
        if prep:
            prep(r)
        std("rw", slug, lay, r, note, s3=[grid3(r.d, rows=f(rows3(edition), r), **kw)])

    def one2(slug, lay, note, blocks, edition="2021", prep=None, **kw):
        r = Rep(rng("rw" + slug), edition=edition)
        if prep:
            prep(r)
        std("rw", slug, lay, r, note, s2=[grid2(r.d, blocks(r), **kw)])
    for lay in ("html", "tab", "md", "cellbar", "bare"):
        one3(f"state-secret-{lay}", lay, "1.涉及国家秘密 (a label of the form of 2014) for 1.属于国家秘密", lambda x, r: sub(x, "denied_state_secret", "1.涉及国家秘密"))
    one3("other-form-many", "html", "labels of 2014: 1.涉及国家秘密, 4.涉及商业秘密、个人隐私等第三方合法权益, 1.申请信息不存在", lambda x, r: (r.d.lean("requests", "unavailable_not_held"), sub(sub(sub(x, "denied_state_secret", "1.涉及国家秘密"), "denied_third_party_rights", "4.涉及商业秘密、个人隐私等第三方合法权益"), "unavailable_not_held", "1.申请信息不存在"))[1])
    one3("other-form-granted", "bar", "（一）同意公开答复数 and （二）同意部分公开答复数 (2014) for the first two outcomes", lambda x, r: sub(sub(x, "granted", "（一）同意公开"), "partially_granted", "（二）同意部分公开"))
    # sub-rows under 其他对外管理服务事项, 2019
    chk = lambda r: [(None, "行政检查", {"prior_items": "11", "item_change": "2", "decisions": "77"}), (None, "行政确认", {"prior_items": "5", "item_change": "0", "decisions": "33"}), (None, "行政裁决", {"prior_items": "1", "item_change": "0", "decisions": "4"})]
    for lay in ("html", "tab", "bar"):
        one2(f"sub-other-services-{lay}", lay, "行政检查, 行政确认, 行政裁决 as rows below 其他对外管理服务事项", lambda r: [D19[0], [D19[1][0], D19[1][1], D19[1][2] + chk(r)]] + D19[2:], "2019")
    one2("sub-licensing-html", "html", "其中：不动产登记 and 其中：工程许可 below 行政许可", lambda r: [D21[0], [D21[1][0], D21[1][1], [("licensing", "行政许可"), (None, "其中：不动产登记", {"decisions": "412"}), (None, "其中：工程规划许可", {"decisions": "55"})]]] + D21[2:])
    one2("sub-licensing-bare", "bare", "其中：不动产登记 below 行政许可, one cell a line", lambda r: [D21[0], [D21[1][0], D21[1][1], [("licensing", "行政许可"), (None, "其中：不动产登记", {"decisions": "412"})]]] + D21[2:])
    one2("sub-licensing-cellbar", "cellbar", "其中：行政许可（延续） below 行政许可", lambda r: [D21[0], [D21[1][0], D21[1][1], [("licensing", "行政许可"), (None, "其中：行政许可（延续）", {"decisions": "38"})]]] + D21[2:])
    one2("sub-licensing-parts-first", "html", "行政许可（新办） and 行政许可（变更） stand before the row 行政许可 itself", lambda r: [D21[0], [D21[1][0], D21[1][1], [(None, "行政许可（新办）", {"decisions": "300"}), (None, "行政许可（变更）", {"decisions": "45"}), ("licensing", "行政许可")]]] + D21[2:])
    one2("sub-penalty-inside", "tab", "其中：行政处罚（简易程序） below 行政处罚, 其中：行政强制执行 below 行政强制", lambda r: D21[:2] + [[D21[2][0], D21[2][1], [("penalties", "行政处罚"), (None, "其中：行政处罚（简易程序）", {"decisions": "61"}), ("compulsory_measures", "行政强制"), (None, "其中：行政强制执行", {"decisions": "3"})]], D21[3]])
    one2("extra-row-disclosure", "html", "extra rows 其他主动公开文件 and 地方性法规 in the first block", lambda r: [[D21[0][0], D21[0][1], [(None, "地方性法规", {"issued": "1", "repealed": "2", "in_force": "9"})] + D21[0][2] + [(None, "其他主动公开文件", {"issued": "61", "repealed": "4", "in_force": "88"})]]] + D21[1:])
    one2("extra-row-fee", "bar", "其中：诉讼费 below the fee", lambda r: D21[:3] + [[D21[3][0], D21[3][1], [("fees", "行政事业性收费"), (None, "其中：不动产登记费", {"fee_amount": "3.21"})]]])
    z = lambda g: vals(g, 9)

    def of(code, label, grp):
        return lambda x, r: after(x, code, Row(None, grp, label, z(r.rng)))
    one3("sub-received", "html", "其中：网上申请 and 其中：当面申请 below 本年新收", lambda x, r: after(x, "received", Row(None, None, "其中：网上申请", z(r.rng)), Row(None, None, "其中：当面申请", z(r.rng))))
    one3("sub-granted-bare", "bare", "其中：部分予以公开 below 予以公开, one cell a line", lambda x, r: after(x, "granted", Row(None, "out", "其中：按期公开", z(r.rng))))
    one3("sub-granted-tab", "tab", "其中：延期答复 below （一）予以公开", of("granted", "其中：延期答复", "out"))

    def ninth(x, r):
        v = z(r.rng)
        for c in COLS:
            r.d.v["requests", "processed", c] += v[c]
            r.d.v["requests", "received", c] += v[c]
        return after(x, "denied_administrative_query", Row(None, "denied", "9.其他不予公开情形", v))
    for lay in ("html", "tab"):
        one3(f"ninth-denied-{lay}", lay, "a row 9.其他不予公开情形 that the form has not, counted in the total", ninth)

    def subt(x, r):
        out = []
        for i, row in enumerate(x):
            out.append(row)
            if row.grp in GRP and (i + 1 == len(x) or x[i + 1].grp != row.grp):
                codes = [q.code for q in x if q.grp == row.grp]
                out.append(Row(None, row.grp, "小计", {c: sum(r.d.v["requests", k, c] for k in codes) for c in COLS}))
        return out
    one3("group-subtotals", "html", "a row 小计 at the end of each group", subt)
    one3("group-subtotals-bar", "bar", "a row 小计 at the end of each group", subt)

    def titled(x, r):
        out = []
        for i, row in enumerate(x):
            if row.grp in GRP and x[i - 1].grp != row.grp:
                codes = [q.code for q in x if q.grp == row.grp]
                out.append(Row(None, "out", GRP[row.grp], {c: sum(r.d.v["requests", k, c] for k in codes) for c in COLS}))
            out.append(row)
        return out
    one3("group-rows-filled", "html", "the group rows （三）不予公开 … hold the sum of their rows", titled, stub="single")
    one3("group-rows-filled-tab", "tab", "the group rows hold the sum of their rows; no stub columns", titled, stub="single", style="one")
    one3("group-rows-blank", "md0", "the group rows are rows of their own with blank cells", lambda x, r: x, stub="single", grouprows=True, style="one")
    # explanations
    ex2 = lambda r: [[D21[0][0], D21[0][1], [("rules", "规章(设区的市、自治州人民政府应提供相关数据)"), ("normative_documents", "行政规范性文件（不含规章，含以政府办公室名义印发的文件）")]], [D21[1][0], D21[1][1], [("licensing", "行政许可（不含行政处罚、行政强制和行政事业性收费）")]], [D21[2][0], D21[2][1], [("penalties", "行政处罚（含简易程序，不含行政强制）"), ("compulsory_measures", "行政强制（指行政强制措施和行政强制执行，不计行政处罚）")]], [D21[3][0], D21[3][1], [("fees", "行政事业性收费（以财政部门核定为准，行政许可收费计入）")]]]
    for lay in ("html", "bar", "bare"):
        one2(f"explained-t2-{lay}", lay, "labels of table 二 with explanations that name other rows", ex2)
    exp3 = {"received": "一、本年新收政府信息公开申请数量（不含上年结转政府信息公开申请数量）", "granted": "（一）予以公开（不含部分公开）", "denied_law_prohibits": "2.其他法律行政法规禁止公开（属于国家秘密的计入第1项）", "unavailable_not_held": "1.本机关不掌握相关政府信息（含没有现成信息但无需另行制作的）", "other_misc": "3.其他（不含重复申请、信访举报投诉类申请）", "processed": "（七）总计（不含结转下年度继续办理）"}
    for lay in ("html", "tab"):
        one3(f"explained-t3-{lay}", lay, "labels of table 三 with explanations that name other rows", lambda x, r: [sub(x, k, v) for k, v in exp3.items()][-1])
    one2("explained-2019", "html", "2019: 其他对外管理服务事项 explained with the names of the rows below it", lambda r: [D19[0], [D19[1][0], D19[1][1], [("licensing", "行政许可（行政处罚、行政强制除外）"), ("other_services", "其他对外管理服务事项（除行政许可、行政处罚、行政强制、行政事业性收费、政府集中采购以外的事项）")]]] + D19[2:], "2019")
    # out of order
    swapped = lambda r: [[D21[0][0], D21[0][1], D21[0][2][::-1]], D21[1], [D21[2][0], D21[2][1], D21[2][2][::-1]], D21[3]]
    for lay in ("html", "tab", "bare"):
        one2(f"order-t2-{lay}", lay, "行政强制 before 行政处罚, 行政规范性文件 before 规章", swapped)
    for lay in ("html", "md", "flat"):
        one2(f"blocks-moved-{lay}", lay, "the blocks in the order fees, penalties, licences, rules", lambda r: [D21[3], D21[2], D21[1], D21[0]])
    one2("order-one-block", "cellbar", "许可, 强制, 处罚 in one block, fees first of all", lambda r: [D21[3], ["第二十条第（五）项、第（六）项", ["decisions"], [("compulsory_measures", "行政强制"), ("licensing", "行政许可"), ("penalties", "行政处罚")]], D21[0]])
    one3("denied-backwards", "html", "the rows of （三） backwards, numbers as printed in the form", lambda x, r: x[:4] + x[4:12][::-1] + x[12:])
    one3("denied-moved-bare", "bare", "7.属于行政执法案卷 stands before 1.属于国家秘密, one cell a line", lambda x, r: x[:4] + [x[10]] + x[4:10] + x[11:])
    one3("groups-moved", "tab", "（五）不予处理 before （三）不予公开", lambda x, r: x[:4] + x[15:20] + x[4:15] + x[20:])
    one3("carried-out-before-total", "html", "四、结转下年度继续办理 stands before （七）总计, 上年结转 before 本年新收", lambda x, r: [x[1], x[0]] + x[2:-2] + [x[-1], x[-2]])
    one3("total-row-first", "bar", "（七）总计 is the first outcome", lambda x, r: x[:2] + [x[-2]] + x[2:-2] + [x[-1]])
    # other wordings
    one3("wordings", "html", "other wordings with the right numbers between certain neighbours", lambda x, r: [sub(x, k, v) for k, v in {"denied_law_prohibits": "2.其他法律行政止公开", "denied_security_stability": "3.危及国家安全、公共安全、经济安全、社会稳定", "other_not_corrected": "1.逾期不补正", "not_processed_published": "3.索取公开出版物"}.items()][-1])
    one3("wordings-tab", "tab", "other wordings, `1、` for `1.`", lambda x, r: ([setattr(q, "text", q.text[:1] + "、" + q.text[2:]) for q in x if q.text[1] == "."], [sub(x, k, v) for k, v in {"other_fee_unpaid": "2、逾期未缴费", "other_not_corrected": "1、逾期不补正", "denied_internal_affairs": "5、内部事务"}.items()][-1])[1])
    one3("numbers-other-dress", "md", "①②③ and (1) (2) for the numbers", lambda x, r: ([setattr(q, "text", "①②③④⑤⑥⑦⑧"[int(q.text[0]) - 1] + q.text[2:]) for q in x if q.text[1] == "."], x)[1])
    one3("numbers-none", "bar", "no numbers before the labels of the groups", lambda x, r: ([setattr(q, "text", q.text[2:]) for q in x if q.text[1] == "."], x)[1])

    def contra(x, r):
        r.d.lose("requests", "denied_internal_affairs")
        return sub(x, "denied_internal_affairs", "9.其他情形")
    one3("number-contradicts", "html", "between 4. and 6. stands 9.其他情形: its number speaks against the free place", contra)

    def twofor(x, r):
        v, w = z(r.rng), None
        for c in COLS:
            v[c] = min(v[c], r.d.v["requests", "denied_process_information", c]) if c != TO else 0
        v[TO] = sum(v[c] for c in COLS[:-1])
        w = {c: r.d.v["requests", "denied_process_information", c] - v[c] for c in COLS}
        r.d.lose("requests", "denied_process_information")
        i = next(i for i, q in enumerate(x) if q.code == "denied_process_information")
        x[i:i + 1] = [Row(None, "denied", "6.讨论记录", v), Row(None, "denied", "6.请示报告", w)]
        return x
    one3("two-for-one-place", "html", "two rows 6.讨论记录 and 6.请示报告 stand where one place is free: neither is 过程性信息", twofor)

    def lessrow(x, r):
        for k in ("denied_security_stability", "not_processed_published"):
            for c in COLS:
                v = r.d.v.pop(("requests", k, c))
                r.d.v["requests", "processed", c] -= v
                r.d.v["requests", "carried_out", c] += v
        return [q for q in x if q.code not in ("denied_security_stability", "not_processed_published")]
    for lay in ("html", "bare"):
        one3(f"rows-less-{lay}", lay, "two rows of the form are not there: their neighbours keep their places", lessrow)

    def hongze(r):
        o = {c: r.d.v.pop(("requests", "other_misc", c)) + r.d.v.pop(("requests", "other_fee_unpaid", c)) + r.d.v.pop(("requests", "other_not_corrected", c)) for c in COLS}
        for c in COLS:
            r.d.v["requests", "other", c] = o[c]
    r = Rep(rng("mixed-other"))
    hongze(r)
    std("rw", "one-row-other", "html", r, "table 二 of 2021 beside one row （六）其他处理 of 2019", s3=[grid3(r.d, rows=rows3("2019"))])


# ------------------------------------------------------------------ ce: cells

def ce():
    def one(slug, lay, note, f, edition="2021", size="big", nar=False, **kw):
        r = Rep(rng("ce" + slug), edition=edition, size=size)
        r.d.html = {}
        s = f(r.d, r) or {}
        std("ce", slug, lay, r, note, nar=nar, **s, **kw)
    Q = "requests"

    def words(d, r):
        d.odd(Q, "granted", EN, "见附件"), d.odd(Q, "denied_state_secret", TO, "数据核实中"), d.odd(Q, "received", NP, "不适用"), d.odd("disputes", RC, "upheld", "待统计"), d.odd("disclosure", "penalties", "decisions", "以司法局公布为准")
    for lay in ("html", "tab", "bar"):
        one(f"words-{lay}", lay, "words in five cells: only these are lost", words)

    def blanktot(d, r):
        for k in ("received", "denied_enforcement_file", "processed"):
            d.set(Q, k, TO, None)
    for lay in ("html", "md", "barfull"):
        one(f"blank-totals-{lay}", lay, "blank 总计 in three rows", blanktot)

    def blankcols(d, r):
        for row in rows3():
            for c in ORGS:
                d.set(Q, row.code, c, None)
            d.v[Q, row.code, TO] = d.v[Q, row.code, NP]
    for lay in ("html", "tab"):
        one(f"blank-orgs-{lay}", lay, "the organisations' columns are blank throughout", blankcols)

    def blankall(d, r):
        for row in rows3():
            d.set(Q, row.code, TO, None)
    for lay in ("html", "md0"):
        one(f"blank-total-column-{lay}", lay, "the column 总计 is blank throughout; swapped organisations", lambda d, r: (blankall(d, r), {"s3": [grid3(d, ORDERS["swap"])]})[1])

    def onlytot(d, r):
        for row in rows3():
            for c in COLS[:-1]:
                d.set(Q, row.code, c, None)
    one("only-total", "html", "only 总计 is filled", onlytot)

    def err(d, r):
        d.v[Q, "granted", TO] += 3
        d.v[Q, "processed", EN] -= 10
        d.v["disputes", LD, "total"] += 1
    for lay in ("html", "tab", "bare"):
        one(f"errors-{lay}", lay, "three arithmetic errors: the figures are as printed", err)
    one("errors-every-total", "html", "every total of table 三 is too large by a different number, heads in the form's order", lambda d, r: [d.v.__setitem__((Q, row.code, TO), d.v[Q, row.code, TO] + i + 1) for i, row in enumerate(rows3())] and None)

    def blank4(d, r):
        for k in CASES:
            for c in RES:
                d.set("disputes", k, c, None)
    for lay in ("html", "md", "tab"):
        one(f"blank-four-{lay}", lay, "table 四 is blank throughout: fifteen blanks", blank4)

    def picture(d, r):
        blank4(d, r)
        d.drop.add(("disputes", RC, "total"))
        d.html["disputes", RC, "total"] = '<img src="t4.png" alt="">'
    one("blank-four-picture", "html", "table 四 blank, one cell holds a picture: it is not blank", picture)

    def inputs(d, r):
        for i, row in enumerate(rows3()[4:9]):
            d.drop.add((Q, row.code, NP))
            d.html[Q, row.code, NP] = '<input type="text" name="a">' if i % 2 else '<object data="c.svg"></object>'
    one("inputs", "html", "five cells hold inputs without a value or objects: unreadable", inputs)
    one("fee-blank-bar", "bar", "`行政事业性收费 |` is a blank cell", lambda d, r: d.set("disclosure", "fees", "fee_amount", None))

    def dashes(d, r):
        for i, row in enumerate(rows3()[4:20]):
            d.set(Q, row.code, [LE, SO, OT][i % 3], None, ["/", "-", "—", "无", "——", "－"][i % 6])
        d.set("disputes", LA, "other", None, "/"), d.set("disclosure", "rules", "repealed", None, "无")
    for lay in ("html", "tab"):
        one(f"dashes-{lay}", lay, "/, -, —, 无 in cells: blanks", dashes)

    def dress(d, r):
        fw = lambda v: "".join(chr(ord(c) + 0xFEE0) for c in str(v))
        more = 12345 - d.v[Q, "granted", NP]
        for k in ("granted", "processed", "received"):
            d.v[Q, k, NP] += more
            d.v[Q, k, TO] += more
        d.show[Q, "granted", NP] = "12,345"
        d.show[Q, "received", EN] = f"{d.v[Q, 'received', EN]}件"
        d.show[Q, "received", RE] = fw(d.v[Q, "received", RE])
        d.show[Q, "carried_in", NP] = f" {d.v[Q, 'carried_in', NP]} 件 "
        d.show[Q, "processed", TO] = f"{d.v[Q, 'processed', TO]:,}".replace(",", "，")
        d.show[Q, "received", TO] = f"{d.v[Q, 'received', TO]:,}".replace(",", " ")
        d.set("disclosure", "licensing", "decisions", 11900, "1.19万")
        d.set("disclosure", "penalties", "decisions", 105, "1O5")
        d.set("disclosure", "compulsory_measures", "decisions", 0, ". 0")
        d.show["disputes", RC, "upheld"] = f"{d.v['disputes', RC, 'upheld']}.0"
    for lay in ("html", "bar"):
        one(f"dress-{lay}", lay, "thousands, 件, full-width digits, 1.19万, O for 0, `. 0`", dress)

    def guess(d, r):
        for k, s in (("granted", "约120"), ("denied_law_prohibits", "20余"), ("not_processed_repeated", "3+2"), ("unavailable_unclear", "5-7"), ("denied_state_secret", "12%"), ("partially_granted", "=SUM(C9:C12)"), ("denied_internal_affairs", "3/4")):
            d.odd(Q, k, NP, s)
    one("guesses", "html", "约120, 20余, 3+2, 5-7, 12%, a formula's text: no figure may be taken", guess)

    def note(d, r):
        for row in rows3()[2:20:3]:
            d.show[Q, row.code, NP] = f"{d.v[Q, row.code, NP]}（其中网上申请1件）"
            d.html[Q, row.code, TO] = f"{d.v[Q, row.code, TO]}<sup>{row.code.count('_') + 1}</sup>"
    one("notes", "html", "a note in words in cells, raised digits after totals", note)

    def merged(d, r):
        g = grid3(d)
        y = next(i for i, row in enumerate(g.rows) if any(c.text.startswith("2.重复") for c in row))
        cells = g.rows[y]
        s = d.v[Q, "not_processed_repeated", RE] + d.v[Q, "not_processed_repeated", SO]
        cells[-5] = C(str(s), cs=2)
        del cells[-4]
        d.lose(Q, "not_processed_repeated", RE), d.lose(Q, "not_processed_repeated", SO)
        return {"s3": [g]}
    one("merged-columns", "html", "one figure in a cell over 科研机构 and 社会公益组织: neither's", merged)

    def mergedrows(d, r):
        g = grid2(d)
        y = next(i for i, row in enumerate(g.rows) if row[0].text == "行政处罚")
        g.rows[y][1].rs = 2
        g.rows[y][1].text = str(d.v["disclosure", "penalties", "decisions"] + d.v["disclosure", "compulsory_measures", "decisions"])
        del g.rows[y + 1][1]
        d.lose("disclosure", "penalties"), d.lose("disclosure", "compulsory_measures")
        return {"s2": [g]}
    one("merged-rows", "html", "one figure in a cell over the rows 行政处罚 and 行政强制: neither's", mergedrows)

    def sentence(d, r):
        g = grid4(d)
        g.rows[-1] = [C("本年度没有发生行政复议、行政诉讼案件", cs=15)]
        d.lose("disputes")
        return {"s4": [g]}
    one("sentence-over-row", "html", "a sentence in one cell over all fifteen columns", sentence)

    def struck(d, r):
        for row in rows3()[3:20:4]:
            v = d.v[Q, row.code, EN]
            d.html[Q, row.code, EN] = f"<del>{v + 7}</del> <ins>{v}</ins>" if row.code.count("_") % 2 else f'<span style="display:none">{v}9</span>{v}'
    one("struck-hidden", "html", "struck and hidden figures beside the right ones", struck)

    def trueblank(d, r):
        for k in list(d.v):
            if k[0] != "disclosure":
                d.set(*k, None)
    one("own-blank-form", "html", "a report of a body whose tables 三 and 四 are blank throughout", trueblank)
    one("own-zero", "tab", "a report of a body with zeros throughout", lambda d, r: [d.v.__setitem__(k, 0) for k in d.v] and None)


# ------------------------------------------------------------------ nr: no annual report

def nr():
    def put(slug, lay, note, doc):
        emit("nr", slug, doc.render(lay, rng("nr" + slug)), ext(lay), {}, note, status="not_a_report")

    def body(slug):
        g = rng("nr" + slug)
        return g, Rep(g)
    T = lambda rows, h=1: Grid([[C(str(x)) for x in r] for r in rows], h)
    g, r = body("enf")
    put("enforcement", "html", "statistics of enforcement", Doc(f"{r.county}综合行政执法局{r.year}年度行政执法统计年报").h1(f"{r.county}综合行政执法局{r.year}年度行政执法统计年报").p("现将全年行政执法数据公布如下。").add(T([["执法类别", "本年处理决定数量"], ["行政许可", 512], ["行政处罚", 231], ["行政强制", 18], ["行政事业性收费", 45.5]])))
    g, r = body("enf2")
    put("enforcement-info-heads", "html", "statistics of enforcement with the heads 信息内容 and 本年处理决定数量", Doc("行政执法数据").h1(f"{r.county}{r.year}年行政执法信息公示年度统计").p(f"统计期限自{r.year}年1月1日起至{r.year}年12月31日止。").add(T([["信息内容", "本年处理决定数量"], ["行政许可", 1203], ["行政处罚", 310], ["行政强制", 44]]), T([["信息内容", "本年收费金额（单位：万元）"], ["行政事业性收费", 77.31]])))
    put("enforcement-info-tab", "tab", "the same in tab rows", Doc("x").h1(f"{r.county}{r.year}年行政执法工作年度报告").p("一、总体情况", "全年执法平稳。", "二、执法数据").add(T([["信息内容", "本年处理决定数量"], ["行政许可", 903], ["行政处罚", 210], ["行政强制", 14]])).p("三、行政复议和行政诉讼情况").add(T([["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"], [4, 1, 0, 2, 7]])))
    for lay in ("html", "tab", "md"):
        bd = blanks(r.d)
        d = Doc("年度报告格式").h1("国务院办公厅政府信息与政务公开办公室关于印发政府信息公开工作年度报告格式的通知").p("各地区各部门办公厅（室）：现将格式印发，请照此编制。").h1("（机关名称）××××年政府信息公开工作年度报告")
        for k, s in ((2, grid2(bd)), (3, grid3(bd)), (4, grid4(bd))):
            d.h2(H2[k]).add(s)
        put(f"official-blank-{lay}", lay, "the official notice with the blank form", d)
    d = Doc("格式").h1("政府信息公开工作年度报告（格式）")
    zd = zeros(r.d)
    for k, s in ((2, grid2(zd)), (3, grid3(zd)), (4, grid4(zd))):
        d.h2(H2[k]).add(s)
    put("zero-form", "html", "the form of no body, with zeros as placeholders", d)
    for slug, ttl, intro in (("sample-filled", "××县××局2023年政府信息公开工作年度报告（示例）", "以下数据均为虚构，供填报时参考。"), ("sample-manual", "政府信息公开工作年度报告填报手册", "填写样例见下，A县为虚拟单位。"), ("sample-model", "某某市某某区政府信息公开工作年度报告（参考范本）", "各单位可参照此范本编写。")):
        g, r = body(slug)
        d = Doc(ttl).h1(ttl).p(intro).h2("一、总体情况").p("（此处填写本机关工作概况，字数不超过八百字。）")
        for k, s in ((2, grid2(r.d)), (3, grid3(r.d)), (4, grid4(r.d))):
            d.h2(H2[k]).add(s)
        put(slug, "html" if slug != "sample-manual" else "md", "a filled sample of no body", d)
    for slug, ttl, per in (("half-year", "{n}{y}年上半年政府信息公开工作情况统计", "统计期限为{y}年1月1日至{y}年6月30日。"), ("quarter", "{n}{y}年第三季度政府信息公开工作情况报告", "统计期限为{y}年7月1日至{y}年9月30日。"), ("half-report", "{n}{y}年上半年政府信息公开工作报告", "现将{y}年1—6月有关情况报告如下。")):
        g, r = body(slug)
        d = Doc(ttl.format(n=r.name, y=r.year)).h1(ttl.format(n=r.name, y=r.year)).p(per.format(y=r.year))
        for k, s in ((2, grid2(r.d)), (3, grid3(r.d)), (4, grid4(r.d))):
            d.h2(H2[k]).add(s)
        put(slug, "tab" if slug == "quarter" else "html", "half a year or a quarter: no annual report", d)
    g, r = body("reg")
    put("regulation", "html", "measures with the form attached", Doc("办法").h1(f"{r.county}政府信息公开工作年度报告编制办法").p("第一条 为规范年度报告的编制，制定本办法。", "第二条 第二十条第（一）项所列事项，按规章、行政规范性文件分别统计。", "第三条 行政许可、行政处罚、行政强制按处理决定数量统计；行政事业性收费按本年收费金额统计。", "第四条 本办法自2022年3月1日起施行，有效期5年。", "附件：统计表").add(grid2(blanks(r.d)), grid3(blanks(r.d)), grid4(blanks(r.d))))
    put("regulation-text", "tab", "the Regulations' articles, which name rows and columns at the start of lines", Doc("x").h1("中华人民共和国政府信息公开条例（节选）").p("第二十条 行政机关应当依照规定主动公开本行政机关的下列政府信息：", "（一）行政法规、规章和规范性文件；", "（五）办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果；", "（六）实施行政处罚、行政强制的依据、条件、程序；", "（八）行政事业性收费项目及其依据、标准；", "（九）政府集中采购项目的目录、标准及实施情况；", "第五十条 年度报告应当包括：", "（一）主动公开政府信息的情况；", "（二）收到和处理政府信息公开申请的情况；", "（三）因政府信息公开工作被申请行政复议、提起行政诉讼的情况。"))
    g, r = body("news")
    put("news", "html", "news about the report with its main figures in a small table", Doc("新闻").h1(f"{r.name}公布{r.year}年政府信息公开工作年度报告").p(f"本报讯 {r.name}日前公布了年度报告。报告显示，全年新收申请{r.d.g(Q3, 'received', TO)}件。", "主要数据见下表。").add(T([["指标", "数量"], ["本年新收政府信息公开申请数量", r.d.g(Q3, "received", TO)], ["予以公开", r.d.g(Q3, "granted", TO)], ["不予公开", 31], ["行政复议", 5]])))
    g, r = body("infographic")
    put("infographic", "html", "一图读懂 the report, with rows of the form and one figure each", Doc("图解").h1(f"一图读懂{r.name}{r.year}年政府信息公开工作年度报告").add(T([["信息内容", "数据"], ["规章", 1], ["行政规范性文件", 12], ["行政许可", 880], ["行政处罚", 91], ["行政强制", 3], ["行政事业性收费", 20.1]])))
    for slug, lay in (("compare-years", "html"), ("compare-years-md", "md")):
        g, r = body(slug)
        d0 = make(g)
        d = Doc("对比").h1(f"{r.name}{r.year - 1}年与{r.year}年政府信息公开工作年度报告数据对比").p("为便于公众了解变化，将两年数据并列。")
        cols = [x for c in COLS for x in (X(NAMES3[c] + f"({r.year - 1})", lambda i, row, d, c=c: num(d0.v["requests", row.code, c])), X(NAMES3[c] + f"({r.year})", lambda i, row, d, c=c: num(d.v["requests", row.code, c])))]
        d.add(grid3(r.d, cols, style="one"))
        put(slug, lay, "a comparison of two years: no report of either", d)
    g, r = body("bodies")
    names = [county(COUNTIES[i]) for i in g.sample(range(len(COUNTIES)), 6)]
    put("bodies-table", "html", "a table of many bodies with the columns of the form", Doc("汇总").h1(f"全市各县区{r.year}年政府信息公开申请办理情况通报").add(T([["县区", "本年新收政府信息公开申请数量", "予以公开", "部分公开", "不予公开", "无法提供", "总计"]] + [[n] + [g.randint(1, 90) for _ in range(6)] for n in names] + [["合计", 300, 120, 30, 40, 50, 240]])))
    g, r = body("fazhi")
    put("rule-of-law", "html", "法治政府建设年度报告 with licences, penalties, reconsideration and suits", Doc("法治").h1(f"{r.county}{r.year}年法治政府建设工作年度报告").h2("一、总体情况").p("全年依法行政水平稳步提升。").h2("二、行政执法情况").add(T([["事项", "本年处理决定数量"], ["行政许可", 1822], ["行政处罚", 415], ["行政强制", 27]])).h2("三、行政复议、行政诉讼情况").add(grid4(r.d)))
    g, r = body("fuyi")
    put("reconsideration-stats", "tab", "annual statistics of reconsideration in general", Doc("x").h1(f"{r.county}{r.year}年度行政复议、行政应诉案件统计").add(T([["案由", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"], ["行政处罚", 5, 2, 3, 1, 11], ["行政许可", 1, 0, 0, 0, 1], ["行政强制", 2, 1, 0, 0, 3], ["政府信息公开", 3, 0, 1, 0, 4]])))
    g, r = body("website")
    put("website-report", "html", "政府网站工作年度报表 of a body", Doc("报表").h1(f"政府网站工作年度报表（{r.year}年度）").p(f"填报单位：{r.name}").add(T([["指标", "数量"], ["独立用户访问总量（单位：个）", 81230], ["信息发布总数（单位：条）", 2210], ["概况类信息更新量", 31], ["政务动态信息更新量", 1500], ["信息公开目录信息更新量", 679], ["政策解读稿件发布数", 22], ["政府网站在线访谈次数", 3], ["网民留言办理数", 45]])))
    g, r = body("shuang")
    put("double-publicity", "html", "双公示 statistics", Doc("双公示").h1(f"{r.name}{r.year}年度行政许可和行政处罚信息公示情况年度报告").p("信息内容与数量如下。").add(T([["信息内容", "公示数量", "应公示数量"], ["行政许可", 88, 88], ["行政处罚", 21, 22]])))
    g, r = body("fees")
    put("fee-list", "html", "list of administrative fees", Doc("收费").h1(f"{r.county}{r.year}年行政事业性收费目录清单").add(T([["部门", "项目", "本年收费金额（单位：万元）"], ["自然资源局", "不动产登记费", 211.3], ["水务局", "水资源费", 90.1], ["合计", "行政事业性收费", 301.4]])))
    g, r = body("notice")
    d = Doc("通知").h1(f"关于做好{r.year}年政府信息公开工作年度报告编制发布工作的通知").p("各乡镇人民政府、县直各单位：请于1月20日前报送。", "附件1：统计表（填写说明：本年新收政府信息公开申请数量指当年1月1日至12月31日新收数）").add(grid3(blanks(r.d)))
    put("notice-blank", "html", "the notice that asks for the reports, blank table 三 attached", d)
    g, r = body("score")
    put("score-sheet", "html", "marks for annual reports: labels of the form with points", Doc("评分").h1(f"{r.year}年政府信息公开工作年度报告质量评估评分表").add(T([["评估内容", "分值", "得分"], ["总体情况", 10, 9], ["主动公开政府信息情况", 20, 18], ["规章", 3, 3], ["行政规范性文件", 3, 2], ["行政许可", 4, 4], ["收到和处理政府信息公开申请情况", 20, 20], ["行政复议", 5, 5], ["总计", 65, 61]])))
    g, r = body("guide")
    put("guide", "tab", "政府信息公开指南", Doc("x").h1(f"{r.name}政府信息公开指南").p("一、主动公开", "公开范围包括规章、行政规范性文件、行政许可、行政处罚、行政强制、行政事业性收费。", "二、依申请公开", "自然人、法人或其他组织可以提出申请，电话0318-1234567。", "三、收费标准").add(T([["申请件数", "收费标准（元/件）"], ["10件以下", 0], ["11—30件", 100]])))
    g, r = body("plan")
    put("work-plan", "md", "a plan with targets for the form's rows", Doc("x").h1(f"{r.county}{r.year + 1}年政务公开工作要点").p("到年底力争完成下列目标。").add(T([["信息内容", "本年目标件数"], ["行政规范性文件", 20], ["行政许可", 3000]])))
    g, r = body("index")
    put("index", "html", "a list of links to annual reports", Doc("年报").h1("政府信息公开年报").add(T([["序号", "标题", "发布日期"]] + [[i + 1, f"{county(c)}人民政府{r.year}年政府信息公开工作年度报告", f"{r.year + 1}-01-{15 + i}"] for i, c in enumerate(COUNTIES[:7])])))
    g, r = body("hotline")
    put("hotline", "tab", "annual report of the hotline with 自然人, 商业企业 and 总计", Doc("x").h1(f"{r.county}{r.year}年12345政务服务便民热线年度报告").add(T([["诉求人", "自然人", "商业企业", "科研机构", "其他", "总计"], ["本年新收诉求数量", 912, 201, 3, 15, 1131], ["上年结转诉求数量", 9, 1, 0, 0, 10], ["重复申请", 12, 3, 0, 0, 15]])))
    g, r = body("interpret")
    put("interpretation", "html", "解读 of the form for those who fill it in: every label with an example figure", Doc("解读").h1("政府信息公开工作年度报告新格式解读").p("问：表格怎么填？答：举例说明如下。").add(grid3(r.d, corner="（举例）")))
    g, r = body("errata")
    put("errata", "html", "corrigendum: three cells before and after, no report", Doc("更正").h1(f"关于更正{r.name}{r.year}年政府信息公开工作年度报告有关数据的公告").p("因统计有误，现更正如下。").add(T([["项目", "更正前", "更正后"], ["行政许可", 120, 210], ["本年新收政府信息公开申请数量", 12, 15], ["（七）总计", 12, 15]])))


Q3 = "requests"


# ------------------------------------------------------------------ pa: reports of one paragraph

def pa():
    def spaced(g, s):
        out = ""
        for ch in s:
            out += ch + (" " if g.random() < 0.12 and ch not in " \n0123456789" else "")
        return out

    def one(slug, note, body, title=None, lay="tab", space=True, status="no_tables"):
        g = rng("pa" + slug)
        r = Rep(g)
        if slug == "before-2014":
            r.year = 2012
        t = (title or "{n}{y}年政府信息公开工作年度报告").format(n=r.name, y=r.year)
        b = body.format(n=r.name, y=r.year, a=g.randint(3, 90), b=g.randint(3, 900), c=g.randint(1, 9))
        b = spaced(g, b) if space else b
        text = t + "\n" + b + "\n" if lay == "tab" else Doc(t).h1(t).p(b).render("html", g)
        emit("pa", slug, text, "txt" if lay == "tab" else "html", {}, note, status=status)
    base = "根据条例规定，现公布本年度报告。一、总体情况 {y}年，{n}在网站公开信息{b}条。二、主动公开政府信息情况 制发行政规范性文件{c}件，作出行政许可决定{b}件、行政处罚{a}件、行政强制{c}件，行政事业性收费{a}万元。三、收到和处理政府信息公开申请情况 新收申请{a}件，全部办结，其中予以公开{c}件。四、政府信息公开行政复议、行政诉讼情况 无。五、存在的主要问题及改进情况 更新不够及时，将加强督促。六、其他需要报告的事项 无。"
    one("spaced", "one paragraph with blanks inside words below a clean title", base)
    one("html", "the same as one p element", base, lay="html")
    one("plain", "one paragraph without stray blanks", base, space=False)
    one("many-figures", "the chapters' sentences list figures in the form's order, as a row would", "一、总体情况 概况略。二、主动公开政府信息情况 规章 0 0 0 均无，行政规范性文件本年制发{c}件、废止{c}件、现行有效{a}件。三、收到和处理政府信息公开申请情况 自然人{a}件、商业企业{c}件、科研机构0件、社会公益组织0件、法律服务机构{c}件、其他0件。四、行政复议维持{c}件、纠正0件。五、问题 人手紧。六、其他 无。")
    one("before-2014", "a report in the old chapters, one paragraph", "一、概述 {n}高度重视公开工作。二、主动公开情况 全年公开{b}条，其中规范性文件{c}条。三、依申请公开情况 收到申请{a}件，同意公开{c}件，不同意公开0件。四、收费情况 收取费用0元。五、行政复议和行政诉讼情况 行政复议0件、行政诉讼0件。六、问题与改进 略。")
    one("pictures", "chapters follow each other, the tables are pictures", "一、总体情况 工作平稳。二、主动公开政府信息情况 （见图一） 三、收到和处理政府信息公开申请情况 （见图二） 四、政府信息公开行政复议、行政诉讼情况 （见图三） 五、存在的主要问题及改进情况 将继续改进。六、其他需要报告的事项 无。")
    one("township", "the title has the year first", base, title="{y}年度{n}政府信息公开工作年度报告")
    one("long-no-chapters", "no chapters at all, only sentences", "{y}年，{n}认真落实条例，公开各类信息{b}条，其中政策类{a}条、动态类{c}条。全年受理政府信息公开申请{a}件，均在期限内答复，没有因政府信息公开引起的行政复议和行政诉讼。存在的不足是栏目更新偏慢，明年将安排专人维护。本报告所列数据的统计期限自{y}年1月1日起至{y}年12月31日止。")


# ------------------------------------------------------------------ nm: near-misses

def nm():
    def R(slug, **kw):
        return Rep(rng("nm" + slug), **kw)
    T = lambda rows, h=1: Grid([[C(str(x)) for x in r] for r in rows], h)
    # rows of column numbers below the heads
    r = R("colno3")
    std("nm", "column-numbers-t3", "html", r, "a row 甲 1 2 … 7 of column numbers below the heads", s3=[grid3(r.d, ORDERS["swap"], colrow=("甲", [str(i) for i in range(1, 8)]))])
    r = R("colno3t")
    std("nm", "column-numbers-t3-tab", "tab", r, "a row 栏次 1 2 … 7 below the heads, tab rows", s3=[grid3(r.d, colrow=("栏次", [str(i) for i in range(1, 8)]))])
    for lay in ("html", "tab", "bare"):
        r = R("colno4" + lay)
        std("nm", f"column-numbers-t4-{lay}", lay, r, "a line 1 … 15 of column numbers between the heads and the figures of table 四", s4=[grid4(r.d, colrow=[str(i) for i in range(1, 16)])])
    r = R("colnost", edition="2014")
    doc = report14(r, [grid_stat(r.d, colrow=["甲", "乙", "1"])])
    emit("nm", "column-numbers-list", doc.render("bar", r.rng), "txt", r.d.truth(), "a row 甲 乙 1 below the heads of the list of 2014")
    # labels on the right, in the middle
    r = R("right3")
    std("nm", "labels-right-t3", "html", r, "the labels of table 三 stand right of the figures", s3=[grid3(r.d, right=True, stub="single", style="one")])
    r = R("right2")
    std("nm", "labels-right-t2", "tab", r, "the labels of table 二 stand right of the figures", s2=[grid2(r.d, right=True)])
    r = R("middle")
    g = Grid([[C("上年处理决定数量"), C("信息内容"), C("本年处理决定数量")]] + [[C(str(77 + i)), C(t), C(r.d.text("disclosure", k, "decisions"))] for i, (k, t) in enumerate((("licensing", "行政许可"), ("penalties", "行政处罚"), ("compulsory_measures", "行政强制")))], 1)
    std("nm", "label-in-the-middle", "html", r, "last year's figures left of the label, this year's right of it", s2=[grid2(r.d, D21[:1]), g, grid2(r.d, D21[3:])])
    # bodies down
    r = R("bodies4", gov=True)
    d1, d2 = make(r.rng), make(r.rng)
    r.d = plus(d1, d2)
    std("nm", "bodies-down-t4", "html", r, "table 四 has a line for each of two offices and 合计: the sum is the report's", s4=[grid4(r.d, lines=[("县公安局", d1), ("县自然资源局", d2), ("合计", r.d)], stubhead="单位")], nar=False)
    # other tables in the chapters
    r = R("narr2")
    std("nm", "table-in-chapter-one", "html", r, "chapter 一 holds a small table of published licences and penalties", over=[("p", "政务服务平台公示信息情况："), T([["类别", "公示数量"], ["行政许可", 4021], ["行政处罚", 377], ["行政强制", 5]])])
    r = R("narr2b")
    std("nm", "table-in-chapter-one-heads", "tab", r, "chapter 一 holds a table with 信息内容 and 发布数量", over=[T([["信息内容", "发布数量"], ["规章", 3], ["行政规范性文件", 41], ["财政信息", 200]])])
    r = R("narr6")
    std("nm", "table-in-chapter-six", "html", r, "chapter 六 holds a table of information-processing fees", other=[T([["项目", "本年收费金额（单位：元）"], ["信息处理费", 1200], ["行政事业性收费", 0]])])
    r = R("narr4")
    std("nm", "general-reconsideration", "html", r, "chapter 四: after the form's table stands one of all reconsideration cases of the county", s4=[grid4(r.d), ("p", "全县行政复议案件总体情况（不限于政府信息公开）："), grid4(make(r.rng), [(RC, RES)], litline=False)])
    r = R("dept3")
    dd = make(r.rng)
    std("nm", "department-annex-t3", "html", r, "chapter 三: after the form's table stands 其中：县公安局 as a table of the same form", s3=[grid3(r.d), ("p", "其中：县公安局办理情况"), grid3(dd)])
    r = R("online")
    dd = make(r.rng)
    std("nm", "online-annex", "bar", r, "before the form's table stands one of online requests only", s3=[("p", "表一：网上申请办理情况（部分）"), grid3(dd), ("p", "表二：全部申请办理情况"), grid3(r.d)])
    # small figures for which no sum decides
    r = R("zeroswap", size="small")
    for row in rows3():
        for c in ORGS:
            r.d.v["requests", row.code, c] = 0
        r.d.v["requests", row.code, EN] = r.d.v["requests", row.code, NP] // 2
        r.d.v["requests", row.code, TO] = r.d.v["requests", row.code, NP] + r.d.v["requests", row.code, EN]
    for c in (EN, TO):
        v = lambda k: r.d.v["requests", k, c]
        r.d.v["requests", "processed", c] = sum(v(k) for k in outcome_codes("2021"))
        r.d.v["requests", "received", c] = v("processed") + v("carried_out") - v("carried_in")
    r.d.v["requests", "received", TO] = sum(r.d.v["requests", "received", c] for c in COLS[:-1])
    std("nm", "one-filled-organisation", "tab", r, "only one of the organisations has figures, heads backwards: no sum decides", s3=[grid3(r.d, [NP] + ORGS[::-1] + [TO])])
    # the sum of the organisations beside blank organisations
    r = R("subonly")
    for row in rows3():
        for c in ORGS:
            r.d.set("requests", row.code, c, None)
    dv = dict(r.d.v)
    subt = X("小计", lambda i, row, d: num(dv["requests", row.code, TO] - dv["requests", row.code, NP]), "org")
    std("nm", "subtotal-with-blank-parts", "html", r, "小计 is filled, the five organisations are blank", s3=[grid3(r.d, [NP, subt] + ORGS + [TO])])
    # heads of different width than the figures: a spare blank column
    r = R("spare")
    std("nm", "spare-columns", "tab", r, "a spare blank column after every figure, heads and all", s3=[grid3(r.d, [x for c in ORDERS["swap"] for x in (c, X("", lambda i, row, d: ""))], style="one")])
    # a menu with labels, a report in a layout table
    r = R("layout")
    doc = report(r, s3=[grid3(r.d, ORDERS["totalfirst"])])
    inner = "\n".join(e.text if isinstance(e, Raw) else table_html(e) if isinstance(e, Grid) else f"<p>{esc(e[1])}</p>" for e in doc.els)
    emit("nm", "layout-table", f"<html><head><meta charset=utf-8><title>{r.title}</title></head><body><table><tr><td width=200><ul><li>规章</li><li>行政规范性文件</li><li>行政许可</li><li>行政处罚 12</li><li>政府集中采购</li></ul></td><td>{inner}</td></tr></table></body></html>\n", "html", r.d.truth(), "the page is a layout table: a menu with labels on the left, the report with nested tables on the right")
    r = R("period")
    std("nm", "year-in-head", "html", r, "years in the heads of table 二: 本年(2023)制发件数 …; they are no figures", s2=[grid2(r.d, names={"issued": f"本年（{r.year}）制发件数", "in_force": f"现行有效件数（截至{r.year}年12月31日）", "decisions": f"本年处理决定数量（指{r.year}年1—12月）"})])
    r = R("flatpage")
    r.d.lean("disclosure"), r.d.lean("requests"), r.d.lean("disputes")
    std("nm", "flat-page", "flatpage", r, "the whole page in one line, tables and all, columns swapped", s3=[grid3(r.d, ORDERS["swap"])])
    r = R("dedup")
    seen, lines = set(), []
    for line in report(r, nar=False).render("bare", r.rng).split("\n"):
        if not line.strip() or line not in seen:
            lines.append(line)
            seen.add(line)
    # a row of table 三 that kept all seven figures is whole; the others, and table 四, have lost some
    r.d.lose("disputes")
    r.d.lean("disclosure"), r.d.lean("requests")
    for row in rows3():
        y = lines.index(row.text)
        kept = 0
        while lines[y + 1 + kept].isdigit():
            kept += 1
        if kept < 7:
            r.d.lose("requests", row.code)
    for k in list(r.d.v):
        if k[0] == "disclosure":
            y = lines.index(dict((c, t) for b in D21 for c, t in b[2])[k[1]])
            n = 3 if k[1] in ("rules", "normative_documents") else 1
            if not all(x.replace(".", "").isdigit() for x in lines[y + 1:y + 1 + n]):
                r.d.lose("disclosure", k[1])
    emit("nm", "deduplicated", "\n".join(lines), "txt", r.d.truth(), "a dump that left out every line that stood before: only rows that kept all their figures are certain", r.d.lenient)


def write(home, pages):
    shutil.rmtree(home / "pages", ignore_errors=True)
    (home / "pages").mkdir(parents=True)
    count = {}
    for o in pages:
        count[o["kind"]] = count.get(o["kind"], 0) + 1
        o["name"] = f"{o['kind']}-{count[o['kind']]:02d}-{o['slug']}.{o['suffix']}"
    rows = {"expected": [["source_path", "table", "row", "column", "value"]], "expected_parts": [["source_path", "part", "table", "row", "column", "value"]],
            "lenient": [["source_path", "table", "row", "column"]], "kinds": [["source_path", "kind", "status", "parts", "cells", "note"]]}
    for o in sorted(pages, key=lambda o: o["name"]):
        (home / "pages" / o["name"]).write_text(o["text"], encoding="utf-8")
        rows["expected"] += [[o["name"], *k, num(o["truth"][k])] for k in sorted(o["truth"])]
        rows["expected_parts"] += [[o["name"], i, *k, num(p[k])] for i, p in enumerate(o["parts"] or [], 1) for k in sorted(p)]
        rows["lenient"] += [[o["name"], *k] for k in sorted(o["lenient"] & set(o["truth"]))]
        rows["kinds"].append([o["name"], o["kind"], o["status"], len(o["parts"]) if o["parts"] else 0 if o["status"] == "not_a_report" else 1, len(o["truth"]), o["note"]])
    for k, v in rows.items():
        with open(home / f"{k}.csv", "w", newline="", encoding="utf-8") as f:
            csv.writer(f, lineterminator="\n").writerows(v)
    print(home.name, len(pages), "pages;", " ".join(f"{k} {v}" for k, v in count.items()), "; cells", len(rows["expected"]) - 1)


if __name__ == "__main__":
    for f in (c3, c2, c4, st, tr, pb, tw, mu, rw, ce, nr, pa, nm):
        f()
    for k, v in HOLDOUT.items():
        assert not v - {o["slug"] for o in PAGES if o["kind"] == k}, (k, v - {o["slug"] for o in PAGES if o["kind"] == k})
    held = lambda o: o["slug"] in HOLDOUT.get(o["kind"], ())
    write(HERE, [o for o in PAGES if not held(o)])
    write(HERE / "holdout", [o for o in PAGES if held(o)])
