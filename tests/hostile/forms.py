"""The forms as data, invented figures, grids and their renderings in many layouts. Standard library only."""
import html as _html
import random

COLS = ["natural_person", "enterprise", "research_institution", "social_organization", "legal_service", "other_organization", "total"]
NP, EN, RE, SO, LE, OT, TO = COLS
ORGS = [EN, RE, SO, LE, OT]
NAMES3 = {NP: "自然人", EN: "商业企业", RE: "科研机构", SO: "社会公益组织", LE: "法律服务机构", OT: "其他", TO: "总计"}
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
GRP = {"denied": "（三）不予公开", "unav": "（四）无法提供", "notp": "（五）不予处理", "oth": "（六）其他处理"}
OUT = "三、本年度办理结果"
_HEAD = [
    ("received", None, "一、本年新收政府信息公开申请数量"),
    ("carried_in", None, "二、上年结转政府信息公开申请数量"),
    ("granted", "out", "（一）予以公开"),
    ("partially_granted", "out", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("denied_state_secret", "denied", "1.属于国家秘密"),
    ("denied_law_prohibits", "denied", "2.其他法律行政法规禁止公开"),
    ("denied_security_stability", "denied", "3.危及“三安全一稳定”"),
    ("denied_third_party_rights", "denied", "4.保护第三方合法权益"),
    ("denied_internal_affairs", "denied", "5.属于三类内部事务信息"),
    ("denied_process_information", "denied", "6.属于四类过程性信息"),
    ("denied_enforcement_file", "denied", "7.属于行政执法案卷"),
    ("denied_administrative_query", "denied", "8.属于行政查询事项"),
    ("unavailable_not_held", "unav", "1.本机关不掌握相关政府信息"),
    ("unavailable_needs_creation", "unav", "2.没有现成信息需要另行制作"),
    ("unavailable_unclear", "unav", "3.补正后申请内容仍不明确"),
    ("not_processed_petition", "notp", "1.信访举报投诉类申请"),
    ("not_processed_repeated", "notp", "2.重复申请"),
    ("not_processed_published", "notp", "3.要求提供公开出版物"),
    ("not_processed_excessive", "notp", "4.无正当理由大量反复申请"),
    ("not_processed_reissue", "notp", "5.要求行政机关确认或重新出具已获取信息"),
]
_TAIL = [("processed", "out", "（七）总计"), ("carried_out", None, "四、结转下年度继续办理")]
_OTH21 = [
    ("other_not_corrected", "oth", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("other_fee_unpaid", "oth", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other_misc", "oth", "3.其他"),
]
_OTH19 = [("other", "out", "（六）其他处理")]


class Row:
    def __init__(self, code, grp, text, vals=None, show=None):
        self.code, self.grp, self.text, self.vals, self.show = code, grp, text, vals, show or {}


def rows3(edition="2021"):
    return [Row(*x) for x in _HEAD + (_OTH21 if edition == "2021" else _OTH19) + _TAIL]


def outcome_codes(edition):
    return [r.code for r in rows3(edition) if r.code not in ("received", "carried_in", "processed", "carried_out")]


D21 = [
    ("第二十条第（一）项", ["issued", "repealed", "in_force"], [("rules", "规章"), ("normative_documents", "行政规范性文件")]),
    ("第二十条第（五）项", ["decisions"], [("licensing", "行政许可")]),
    ("第二十条第（六）项", ["decisions"], [("penalties", "行政处罚"), ("compulsory_measures", "行政强制")]),
    ("第二十条第（八）项", ["fee_amount"], [("fees", "行政事业性收费")]),
]
NAMES2 = {"issued": "本年制发件数", "repealed": "本年废止件数", "in_force": "现行有效件数", "decisions": "本年处理决定数量",
          "fee_amount": "本年收费金额（单位：万元）", "created": "本年新制作数量", "newly_disclosed": "本年新公开数量",
          "total_disclosed": "对外公开总数量", "prior_items": "上一年项目数量", "item_change": "本年增/减",
          "procurement_items": "采购项目数量", "procurement_amount": "采购总金额"}
NAMES2_19 = dict(NAMES2, decisions="处理决定数量")
D19 = [
    ("第二十条第（一）项", ["created", "newly_disclosed", "total_disclosed"], [("rules", "规章"), ("normative_documents", "规范性文件")]),
    ("第二十条第（五）项", ["prior_items", "item_change", "decisions"], [("licensing", "行政许可"), ("other_services", "其他对外管理服务事项")]),
    ("第二十条第（六）项", ["prior_items", "item_change", "decisions"], [("penalties", "行政处罚"), ("compulsory_measures", "行政强制")]),
    ("第二十条第（八）项", ["prior_items", "item_change"], [("fees", "行政事业性收费")]),
    ("第二十条第（九）项", ["procurement_items", "procurement_amount"], [("procurement", "政府集中采购")]),
]
CASES = ["reconsideration", "litigation_direct", "litigation_after_reconsideration"]
RC, LD, LA = CASES
RES = ["upheld", "corrected", "other", "pending", "total"]
NAMES4 = {RC: "行政复议", LD: "未经复议直接起诉", LA: "复议后起诉", "lit": "行政诉讼", "upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结", "total": "总计"}

# statistics list 2014-2018: code, text, unit, level; code None = heading
STAT = [
    (None, "一、主动公开情况", "——"),
    ("proactive_total", "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条"),
    ("proactive_normative_documents", "其中：主动公开规范性文件数", "条"),
    ("normative_documents_issued", "制发规范性文件总数", "件"),
    (None, "（二）通过不同渠道和方式公开政府信息的情况", "——"),
    ("channel_gazette", "1.政府公报公开政府信息数", "条"),
    ("channel_website", "2.政府网站公开政府信息数", "条"),
    ("channel_weibo", "3.政务微博公开政府信息数", "条"),
    ("channel_wechat", "4.政务微信公开政府信息数", "条"),
    ("channel_other", "5.其他方式公开政府信息数", "条"),
    (None, "二、回应解读情况", "——"),
    ("responses_total", "（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）", "次"),
    (None, "（二）通过不同渠道和方式回应解读的情况", "——"),
    ("press_conferences", "1.参加或举办新闻发布会总次数", "次"),
    ("press_conferences_leader", "其中：主要负责同志参加新闻发布会次数", "次"),
    ("online_interviews", "2.政府网站在线访谈次数", "次"),
    ("online_interviews_leader", "其中：主要负责同志参加政府网站在线访谈次数", "次"),
    ("policy_explainers", "3.政策解读稿件发布数", "篇"),
    ("responses_social_media", "4.微博微信回应事件数", "次"),
    ("responses_other", "5.其他方式回应事件数", "次"),
    (None, "三、依申请公开情况", "——"),
    ("received", "（一）收到申请数", "件"),
    ("received_in_person", "1.当面申请数", "件"),
    ("received_fax", "2.传真申请数", "件"),
    ("received_online", "3.网络申请数", "件"),
    ("received_letter", "4.信函申请数", "件"),
    ("closed", "（二）申请办结数", "件"),
    ("closed_on_time", "1.按时办结数", "件"),
    ("closed_extended", "2.延期办结数", "件"),
    ("answered", "（三）申请答复数", "件"),
    ("answered_already_published", "1.属于已主动公开范围数", "件"),
    ("granted", "2.同意公开答复数", "件"),
    ("partially_granted", "3.同意部分公开答复数", "件"),
    ("denied", "4.不同意公开答复数", "件"),
    ("denied_state_secret", "其中：涉及国家秘密", "件"),
    ("denied_trade_secret", "涉及商业秘密", "件"),
    ("denied_privacy", "涉及个人隐私", "件"),
    ("denied_security_stability", "危及国家安全、公共安全、经济安全和社会稳定", "件"),
    ("denied_not_government_information", "不是《条例》所指政府信息", "件"),
    ("denied_other_legal", "法律法规规定的其他情形", "件"),
    ("answered_not_this_agency", "5.不属于本行政机关公开数", "件"),
    ("answered_not_existing", "6.申请信息不存在数", "件"),
    ("answered_told_to_amend", "7.告知作出更改补充数", "件"),
    ("answered_told_other_channel", "8.告知通过其他途径办理数", "件"),
    ("reconsideration_total", "四、行政复议数量", "件"),
    ("reconsideration_upheld", "（一）维持具体行政行为数", "件"),
    ("reconsideration_corrected", "（二）被依法纠错数", "件"),
    ("reconsideration_other", "（三）其他情形数", "件"),
    ("litigation_total", "五、行政诉讼数量", "件"),
    ("litigation_upheld", "（一）维持具体行政行为或者驳回原告诉讼请求数", "件"),
    ("litigation_corrected", "（二）被依法纠错数", "件"),
    ("litigation_other", "（三）其他情形数", "件"),
    ("complaints", "六、举报投诉数量", "件"),
    ("fees_collected", "七、依申请公开信息收取的费用", "万元"),
    (None, "八、机构建设和保障经费情况", "——"),
    ("dedicated_offices", "（一）政府信息公开工作专门机构数", "个"),
    ("reading_points", "（二）设置政府信息公开查阅点数", "个"),
    ("staff", "（三）从事政府信息公开工作人员数", "人"),
    ("staff_full_time", "1.专职人员数（不包括政府公报及政府网站工作人员数）", "人"),
    ("staff_part_time", "2.兼职人员数", "人"),
    ("budget", "（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）", "万元"),
    (None, "九、政府信息公开会议和培训情况", "——"),
    ("meetings", "（一）召开政府信息公开工作会议或专题会议数", "次"),
    ("trainings", "（二）举办各类培训班数", "次"),
    ("trainees", "（三）接受培训人员数", "人次"),
]


class Data:
    """v: what is printed, as value (None: blank). show: other text in the cell. drop: keys nothing may be taken for."""

    def __init__(self, edition):
        self.edition, self.v, self.show, self.drop, self.lenient = edition, {}, {}, set(), set()

    def g(self, t, r, c):
        return self.v[t, r, c]

    def text(self, t, r, c):
        if (t, r, c) in self.show:
            return self.show[t, r, c]
        return num(self.v[t, r, c])

    def set(self, t, r, c, value, show=None):
        self.v[t, r, c] = value
        if show is not None:
            self.show[t, r, c] = show

    def odd(self, t, r, c, show):
        """text from which nothing may be taken"""
        self.show[t, r, c] = show
        self.drop.add((t, r, c))

    def lose(self, t, r=None, c=None):
        for k in self.v:
            if k[0] == t and (r is None or k[1] == r) and (c is None or k[2] == c):
                self.drop.add(k)

    def lean(self, t, r=None, c=None):
        for k in self.v:
            if k[0] == t and (r is None or k[1] == r) and (c is None or k[2] == c):
                self.lenient.add(k)

    def truth(self, tables=None):
        return {k: v for k, v in self.v.items() if k not in self.drop and (tables is None or k[0] in tables)}


def num(v):
    return "" if v is None else str(int(v)) if float(v) == int(v) else repr(round(v, 6))


def make(rng, edition="2021", size="big"):
    d = Data(edition)
    put = lambda t, r, c, x: d.v.__setitem__((t, r, c), x)
    hi = {"big": 60, "mid": 14, "small": 4, "zero": 0}[size]
    if edition == "2021":
        for r, top in (("rules", 40), ("normative_documents", 90)):
            a, b = rng.randint(3, 30), rng.randint(31, 50)
            if size in ("small", "zero"):
                a, b = (0, 0) if r == "rules" else (rng.randint(1, 3), 0)
            c = a + b + rng.randint(20, top + 60)
            if size in ("small", "zero") and r == "rules":
                c = 0
            put("disclosure", r, "issued", a), put("disclosure", r, "repealed", b), put("disclosure", r, "in_force", c)
        put("disclosure", "licensing", "decisions", rng.randint(1000, 9000))
        put("disclosure", "penalties", "decisions", rng.randint(100, 900))
        put("disclosure", "compulsory_measures", "decisions", rng.randint(11, 99))
        put("disclosure", "fees", "fee_amount", round(rng.randint(1000, 99999) / 100 + 0.01, 2))
    else:
        for r in ("rules", "normative_documents"):
            a, b = rng.randint(11, 30), rng.randint(31, 49)
            put("disclosure", r, "created", b), put("disclosure", r, "newly_disclosed", a), put("disclosure", r, "total_disclosed", rng.randint(60, 400))
        for r in ("licensing", "other_services", "penalties", "compulsory_measures"):
            put("disclosure", r, "prior_items", rng.randint(100, 300)), put("disclosure", r, "item_change", rng.randint(1, 40)), put("disclosure", r, "decisions", rng.randint(400, 5000))
        put("disclosure", "fees", "prior_items", rng.randint(5, 30)), put("disclosure", "fees", "item_change", rng.randint(31, 40))
        put("disclosure", "procurement", "procurement_items", rng.randint(3, 60)), put("disclosure", "procurement", "procurement_amount", round(rng.randint(100000, 9999999) / 100 + 0.03, 2))
    codes = outcome_codes(edition)
    for c in COLS[:-1]:
        for r in codes:
            x = rng.randint(1, hi) if size == "big" else rng.randint(0, hi) if size == "mid" else (rng.randint(0, hi) if c == NP or rng.random() < 0.12 else 0) if size == "small" else 0
            put("requests", r, c, x)
        proc = sum(d.v["requests", r, c] for r in codes)
        cin = rng.randint(1, 40) if size in ("big", "mid") else rng.randint(0, 2) if size == "small" and proc else 0
        cout = rng.randint(1, 40) if size in ("big", "mid") else rng.randint(0, 2) if size == "small" and proc > 3 else 0
        cin = min(cin, proc + cout)
        put("requests", "carried_in", c, cin), put("requests", "carried_out", c, cout)
        put("requests", "processed", c, proc), put("requests", "received", c, proc + cout - cin)
    for r in codes + ["received", "carried_in", "processed", "carried_out"]:
        put("requests", r, TO, sum(d.v["requests", r, c] for c in COLS[:-1]))
    used = set()
    for k in CASES:
        for c in RES[:-1]:
            if size == "big":
                x = rng.choice([x for x in range(1, 60) if x not in used])
                used.add(x)
            else:
                x = rng.randint(0, hi)
            put("disputes", k, c, x)
        put("disputes", k, "total", sum(d.v["disputes", k, c] for c in RES[:-1]))
    return d


def make_stat(rng):
    d = Data("2014")
    p = lambda r, x: d.v.__setitem__(("statistics", r, "count"), x)
    q = lambda r: d.v["statistics", r, "count"]
    n = [rng.randint(2, 9) * 10 ** rng.randint(0, 1) + rng.randint(0, 9) for _ in range(60)]
    p("channel_gazette", n[0]), p("channel_website", n[1] + 900), p("channel_weibo", n[2] + 300), p("channel_wechat", n[3] + 200), p("channel_other", n[4])
    p("proactive_total", sum(q("channel_" + x) for x in ("gazette", "website", "weibo", "wechat", "other")) - rng.randint(3, 40))
    p("proactive_normative_documents", rng.randint(10, 60)), p("normative_documents_issued", q("proactive_normative_documents") + rng.randint(1, 30))
    p("responses_total", n[5]), p("press_conferences", 10 + n[6]), p("press_conferences_leader", rng.randint(1, 9)), p("online_interviews", 10 + n[7]), p("online_interviews_leader", rng.randint(1, 9))
    p("policy_explainers", n[8]), p("responses_social_media", n[9]), p("responses_other", n[10])
    ans = ["answered_already_published", "granted", "partially_granted", "denied", "answered_not_this_agency", "answered_not_existing", "answered_told_to_amend", "answered_told_other_channel"]
    den = ["denied_state_secret", "denied_trade_secret", "denied_privacy", "denied_security_stability", "denied_not_government_information", "denied_other_legal"]
    for i, r in enumerate(den):
        p(r, rng.randint(1, 20))
    for i, r in enumerate(ans):
        p(r, sum(q(x) for x in den) if r == "denied" else n[12 + i])
    p("answered", sum(q(x) for x in ans)), p("closed", q("answered"))
    p("closed_extended", rng.randint(1, 30)), p("closed_on_time", q("closed") - q("closed_extended"))
    rec = q("closed") + rng.randint(0, 12)
    a, b, c = rng.randint(1, rec // 5), rng.randint(1, rec // 5), rng.randint(1, rec // 5)
    p("received", rec), p("received_in_person", a), p("received_fax", b), p("received_letter", c), p("received_online", rec - a - b - c)
    for k in ("reconsideration", "litigation"):
        for i, r in enumerate(("upheld", "corrected", "other")):
            p(f"{k}_{r}", rng.randint(1, 30))
        p(f"{k}_total", sum(q(f"{k}_{r}") for r in ("upheld", "corrected", "other")))
    p("complaints", rng.randint(1, 40)), p("fees_collected", round(rng.randint(11, 990) / 100 + 0.01, 2))
    p("dedicated_offices", rng.randint(2, 40)), p("reading_points", rng.randint(2, 60))
    p("staff_full_time", rng.randint(2, 60)), p("staff_part_time", rng.randint(61, 200)), p("staff", q("staff_full_time") + q("staff_part_time"))
    p("budget", round(rng.randint(100, 9900) / 100 + 0.01, 2)), p("meetings", rng.randint(2, 40)), p("trainings", rng.randint(2, 40)), p("trainees", rng.randint(100, 900))
    return d


def plus(a, b):
    d = Data(a.edition)
    d.v = {k: (round(a.v[k] + b.v[k], 6)) for k in a.v}
    return d


def zeros(d):
    z = Data(d.edition)
    z.v = {k: 0 for k in d.v}
    return z


def blanks(d):
    z = Data(d.edition)
    z.v = {k: None for k in d.v}
    return z


# ------------------------------------------------------------------ grids

class C:
    def __init__(self, text="", cs=1, rs=1, html=None, attr=""):
        self.text, self.cs, self.rs, self.html, self.attr = text, cs, rs, html, attr


class Grid:
    def __init__(self, rows, heads=0, attr="", caption=None, group=None):
        self.rows, self.heads, self.attr, self.caption = rows, heads, attr, caption

    def width(self):
        return max(len(x) for x in self.matrix())

    def matrix(self, mode="first"):
        """mode first: text top left only; repeat: in every place of the span; row: repeated along the row only"""
        out, busy = [], {}
        for y, row in enumerate(self.rows):
            line, x, cells = {}, 0, list(row)
            while cells or (y, x) in busy:
                if (y, x) in busy:
                    line[x] = busy[y, x]
                    x += 1
                    continue
                c = cells.pop(0)
                for i in range(c.cs):
                    line[x + i] = c.text if i == 0 or mode in ("repeat", "row") else ""
                    for j in range(1, c.rs):
                        busy[y + j, x + i] = c.text if mode == "repeat" else ""
                x += c.cs
            out.append([line[i] for i in range(x)])
        return out

    def captioned(self, text):
        self.rows.insert(0, [C(text, cs=self.width())])
        self.heads += 1
        return self


class X:
    """an extra column: head, text of the cell from (index, row, data), its group of heads"""

    def __init__(self, head, fn, grp="top"):
        self.head, self.fn, self.grp = head, fn, grp


def cell3(d, row, col):
    if col in row.show:
        return row.show[col]
    if row.code is None:
        return "" if row.vals is None else num(row.vals[col])
    return d.text("requests", row.code, col)


def val3(d, row, col):
    return (row.vals or {}).get(col, 0) if row.code is None else d.v["requests", row.code, col]


def grid3(d, cols=COLS, rows=None, names=None, style="official", stub="official", pre=(), mid=(), right=False, corner=CORNER, colrow=None, total_top=False, norg=False, grouprows=False, groupname=None, repeat_at=(), headcell=None):
    """style: official (three lines of heads with spans) | one (one line) | none. stub: official (three stub columns) | single."""
    names, rows, gname = dict(NAMES3, **(names or {})), rows or rows3(d.edition), dict(GRP, **(groupname or {}))
    hc = headcell or (lambda s: C(s))
    sw = 3 if stub == "official" else 1
    g = []
    org = lambda c: (c in ORGS) if isinstance(c, str) else c.grp == "org"
    nm = lambda c: names[c] if isinstance(c, str) else c.head

    def heads(out):
        if style == "official":
            stubs = [C(x.head, rs=3) for x in pre] + [C(corner, cs=sw, rs=3)] + [C(x.head, rs=3) for x in mid]
            l1, l2, l3 = [], [], []
            body = [c for c in cols if not (total_top and c == TO)]
            l1.append(C("申请人情况", cs=len(body)))
            if total_top:
                l1.append(C(names[TO], rs=3))
            i = 0
            while i < len(body):
                if org(body[i]) and not norg:
                    j = i
                    while j < len(body) and org(body[j]):
                        j += 1
                    l2.append(C("法人或其他组织", cs=j - i))
                    for c in body[i:j]:
                        e = hc(nm(c))
                        l3.append(e)
                    i = j
                else:
                    e = hc(nm(body[i]))
                    e.rs = 2
                    l2.append(e)
                    i += 1
            out += [stubs + l1, l2, l3] if not right else [l1 + stubs, l2, l3]
        elif style == "one":
            stubs = [C(x.head) for x in pre] + [C(corner, cs=sw)] + [C(x.head) for x in mid]
            vs = [hc(nm(c)) for c in cols]
            out.append(vs + stubs if right else stubs + vs)

    heads(g)
    hl = len(g)
    if colrow:
        stubs = [C("") for x in pre] + [C(colrow[0], cs=sw)] + [C("") for x in mid]
        vs = [C(t) for t in colrow[1]]
        g.append(vs + stubs if right else stubs + vs)
    n = len(rows)
    i = -1
    out_until = grp_until = 0
    for y, r in enumerate(rows):
        if y in repeat_at:
            heads(g)
        i += 1
        st = []
        if stub == "official":
            inside = r.grp is not None
            if inside and y >= out_until:
                k = y
                while k < n and rows[k].grp is not None and not (k > y and k in repeat_at):
                    k += 1
                st.append(C(OUT, rs=k - y))
                out_until = k
                grp_until = min(grp_until, y)
            if not inside:
                st.append(C(r.text, cs=3))
            elif r.grp == "out":
                st.append(C(r.text, cs=2))
            else:
                if y >= grp_until or rows[y - 1].grp != r.grp:
                    k = y
                    while k < n and rows[k].grp == r.grp and not (k > y and k in repeat_at):
                        k += 1
                    st.append(C(gname[r.grp], rs=k - y))
                    grp_until = k
                st.append(C(r.text))
        else:
            if grouprows and r.grp and (y == 0 or rows[y - 1].grp != r.grp):
                if y and rows[y - 1].grp is None:
                    g.append([C("") for _ in pre] + [C(OUT)] + [C("") for _ in mid] + [C("") for _ in cols])
                if r.grp != "out":
                    g.append([C("") for _ in pre] + [C(gname[r.grp])] + [C("") for _ in mid] + [C("") for _ in cols])
            st.append(C(r.text))
        p = [C(x.fn(i, r, d)) for x in pre]
        m = [C(x.fn(i, r, d)) for x in mid]
        vs = []
        for c in cols:
            if isinstance(c, str):
                key = ("requests", r.code, c)
                vs.append(C(cell3(d, r, c), html=getattr(d, "html", {}).get(key)))
            else:
                vs.append(C(c.fn(i, r, d)))
        g.append(vs + p + st + m if right else p + st + m + vs)
    return Grid(g, hl)


def grid2(d, blocks=None, names=None, pre=(), right=False, head0="信息内容", titles=True, onehead=False):
    names = dict(NAMES2 if d.edition == "2021" else NAMES2_19, **(names or {}))
    blocks = blocks or (D21 if d.edition == "2021" else D19)
    w = max(len(b[1]) for b in blocks) + 1
    g, n = [], 0
    for b in blocks:
        title, cols, rows = b[:3]
        nm = dict(names, **(b[3] if len(b) > 3 else {}))
        if titles and title is not None:
            g.append([C(title, cs=w + len(pre))])

        def spread(cells):
            room = w - 1 - len(cells)
            if room:
                cells[-1].cs += room
            return cells
        if cols is not None and not (onehead and n):
            hs = spread([C(nm[c] if isinstance(c, str) else c.head) for c in cols])
            st = [C(x.head) for x in pre] + [C(head0)]
            g.append(hs + st if right else st + hs)
        for r in rows:
            code, text = r[:2]
            n += 1
            row = Row(code, None, text, r[2] if len(r) > 2 else None)
            vs = []
            for c in cols:
                if isinstance(c, str):
                    if code is None or ("disclosure", code, c) not in d.v:
                        vs.append(C((row.vals or {}).get(c, "") if row.vals else ""))
                    else:
                        vs.append(C(d.text("disclosure", code, c), html=getattr(d, "html", {}).get(("disclosure", code, c))))
                else:
                    vs.append(C(c.fn(n, row, d)))
            st = [C(x.fn(n, row, d)) for x in pre] + [C(text)]
            spread(vs)
            g.append(vs + st if right else st + vs)
    return Grid(g, 0)


def grid4(d, groups=None, names=None, litline=True, style="official", lines=None, stubhead=None, colrow=None, extra=None):
    """groups: list of (case, [result or X]); lines: list of (stub text, Data) for several value rows"""
    names = dict(NAMES4, **(names or {}))
    groups = groups or [(k, RES) for k in CASES]
    groups = [(k, list(rs)) for k, rs in groups]
    nm = lambda c: names[c] if isinstance(c, str) else c.head
    l1, l2, l3 = [], [], []
    hl = 3 if litline else 2
    if lines:
        l1.append(C(stubhead or "年度", rs=hl))
    i = 0
    while i < len(groups):
        k, rs = groups[i]
        if litline and k in (LD, LA):
            j = i
            while j < len(groups) and groups[j][0] in (LD, LA):
                j += 1
            l1.append(C(names["lit"], cs=sum(len(groups[x][1]) for x in range(i, j))))
            for x in range(i, j):
                l2.append(C(names[groups[x][0]], cs=len(groups[x][1])))
                l3 += [C(nm(c)) for c in groups[x][1]]
            i = j
        else:
            l1.append(C(names.get(k, k), cs=len(rs)))
            if litline:
                l2 += [C(nm(c), rs=2) for c in rs]
            else:
                l2 += [C(nm(c)) for c in rs]
            i += 1
    g = [l1, l2] + ([l3] if litline else [])
    if colrow:
        g.append([C(t) for t in colrow])
    for stub, dd in (lines or [(None, d)]):
        row = [C(stub)] if stub is not None else []
        for k, rs in groups:
            for c in rs:
                if isinstance(c, str):
                    key = ("disputes", k, c)
                    row.append(C(dd.text(*key), html=getattr(dd, "html", {}).get(key)))
                else:
                    row.append(C(c.fn(0, k, dd)))
        g.append(row)
    return Grid(g, hl)


def grid4_upright(d, cases=None, res=None, names=None, pre=(), corner="案件类型", group_stub=True):
    names = dict(NAMES4, **(names or {}))
    cases, res = cases or CASES, res or RES
    nm = lambda c: names[c] if isinstance(c, str) else c.head
    sw = 2 if group_stub else 1
    g = [[C(x.head) for x in pre] + [C(corner, cs=sw)] + [C(nm(c)) for c in res]]
    for i, k in enumerate(cases):
        st = [C(x.fn(i, k, d)) for x in pre]
        if group_stub and k in (LD, LA):
            if i == 0 or cases[i - 1] not in (LD, LA):
                st.append(C(names["lit"], rs=2 if i + 1 < len(cases) and cases[i + 1] in (LD, LA) else 1))
            st.append(C(names[k]))
        else:
            st.append(C(names[k], cs=sw))
        g.append(st + [C(d.text("disputes", k, c)) if isinstance(c, str) else C(c.fn(i, k, d)) for c in res])
    return Grid(g, 1)


def grid_stat(d, cols=None, rows=None, blank="", colrow=None, heads=None, repeat_at=()):
    """cols: list of 'label' | 'unit' | 'count' | X"""
    cols = cols or ["label", "unit", "count"]
    hd = dict({"label": "统计指标", "unit": "单位", "count": "统计数"}, **(heads or {}))
    head = lambda: [C(hd[c]) if isinstance(c, str) else C(c.head) for c in cols]
    g = [head()]
    if colrow:
        g.append([C(t) for t in colrow])
    for i, (code, text, unit) in enumerate(rows or STAT):
        if i in repeat_at:
            g.append(head())
        row = []
        for c in cols:
            if c == "label":
                row.append(C(text))
            elif c == "unit":
                row.append(C(unit))
            elif c == "count":
                row.append(C(blank if code is None else d.text("statistics", code, "count") if not isinstance(code, int) else str(code)))
            else:
                row.append(C(c.fn(i, code, d)))
        g.append(row)
    return Grid(g, 1)


# ------------------------------------------------------------------ documents and layouts

class Raw:
    """text put as it is (html in html layouts)"""

    def __init__(self, text):
        self.text = text


def esc(s):
    return _html.escape(s, quote=False)


def table_html(g, th=False, wrap="{}", blank="", thead=False):
    out = [f"<table{(' ' + g.attr) if g.attr else ' border=1 cellspacing=0'}>"]
    if g.caption:
        out.append(f"<caption>{esc(g.caption)}</caption>")
    for y, row in enumerate(g.rows):
        tag = "th" if th and y < g.heads else "td"
        if thead and g.heads and y == 0:
            out.append("<thead>")
        cells = ""
        for c in row:
            a = (f' rowspan="{c.rs}"' if c.rs > 1 else "") + (f' colspan="{c.cs}"' if c.cs > 1 else "") + (f" {c.attr}" if c.attr else "")
            inner = c.html if c.html is not None else wrap.format(esc(c.text).replace("\n", "<br>")) if c.text else blank
            cells += f"<{tag}{a}>{inner}</{tag}>"
        out.append(f"<tr>{cells}</tr>")
        if thead and g.heads and y == g.heads - 1:
            out.append("</thead><tbody>")
    out.append("</tbody></table>" if thead and g.heads else "</table>")
    return "\n".join(out)


def one_line(s):
    return s.replace("\n", "")


def table_text(g, lay):
    own = [[(one_line(c.text), c) for c in row] for row in g.rows]
    if lay in ("tab", "tabs"):
        return "\n".join("\t".join(one_line(t) for t in row) for row in g.matrix("first"))
    if lay == "bar":
        out = []
        for row in own:
            extra = sum(c.cs - 1 for _, c in row)
            out.append(" | ".join(t for t, _ in row) + " |" + (" " + "|" * extra if extra else ""))
        return "\n".join(out)
    if lay == "barshort":
        return "\n".join(" | ".join(t for t, _ in row) + " |" for row in own)
    if lay == "barfull":
        return "\n".join(" | ".join(one_line(t) for t in row) + " |" for row in g.matrix("first"))
    if lay == "barlead":
        return "\n".join("| " + " | ".join(one_line(t) for t in row) + " |" for row in g.matrix("first"))
    if lay in ("md", "md0"):
        m = g.matrix("repeat" if lay == "md" else "first")
        w = max(len(x) for x in m)
        lines = ["| " + " | ".join(one_line(t).replace("|", "\\|") for t in row + [""] * (w - len(row))) + " |" for row in m]
        lines.insert(1, "|" + " --- |" * w)
        return "\n".join(lines)
    if lay == "cellbar":
        out = []
        for row in own:
            for i, (t, c) in enumerate(row):
                extra = sum(x.cs - 1 for _, x in row) if i == len(row) - 1 else 0
                out.append((t + " |" if t else "|") + (" " + "|" * extra if extra else ""))
        return "\n".join(out)
    if lay in ("bare", "bareblank"):
        end = "\n" if lay == "bare" else "\n\n"
        return end.join(c.text.replace("\n", end) if c.text else "\u00a0" for row in own for _, c in row)
    if lay == "space":
        return "\n".join(" ".join(t for t, _ in row if t) for row in own)
    if lay in ("flat", "flatpage"):
        return " ".join(t for row in own for t, _ in row if t)
    raise ValueError(lay)


HTML_LAYS = ("html", "htmlth", "htmlp", "htmlpre", "htmldiv")


class Doc:
    def __init__(self, title):
        self.title, self.els = title, []

    def h1(self, t):
        self.els.append(("h1", t))
        return self

    def h2(self, t):
        self.els.append(("h2", t))
        return self

    def p(self, *ts):
        self.els += [("p", t) for t in ts]
        return self

    def add(self, *xs):
        for x in xs:
            if isinstance(x, (list, tuple)) and not (isinstance(x, tuple) and len(x) == 2 and x[0] in ("p", "h1", "h2", "h3")):
                self.add(*x)
            else:
                self.els.append(("p", x) if isinstance(x, str) else x)
        return self

    def render(self, lay, rng=None, head="", wrap=None, blank=None, around=True, css=True):
        rng = rng or random.Random(1)
        if lay in HTML_LAYS:
            w = wrap or rng.choice(["{}", "{}", "<p>{}</p>", '<p class="MsoNormal"><span style="font-size:12pt">{}</span></p>', " {} ", "\n  {}\n"])
            b = blank if blank is not None else rng.choice(["", "&nbsp;", "<p>&nbsp;</p>"])
            hs = rng.choice([("h1", "h2"), ("h2", "h3"), ("p", "p"), ("div", "p")]) if around else ("h1", "h2")
            out = [f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{esc(self.title)}</title>{head}</head><body>']
            if around and rng.random() < 0.5:
                out.append('<div class="nav"><a href="/">首页</a> &gt; <a href="/zwgk/">政府信息公开</a> &gt; 政府信息公开年报</div>')
            for e in self.els:
                if isinstance(e, Raw):
                    out.append(e.text)
                elif isinstance(e, Grid):
                    if lay in ("html", "htmlth"):
                        out.append(table_html(e, th=lay == "htmlth", thead=lay == "htmlth", wrap=w, blank=b))
                    elif lay == "htmlp":
                        out.append("\n".join(f"<p>{esc(one_line(c.text)) or '&nbsp;'}</p>" for row in e.rows for c in row))
                    elif lay == "htmlpre":
                        out.append("<pre>" + esc(table_text(e, "tab")) + "</pre>")
                    elif lay == "htmldiv":
                        out.append("\n".join("<div>" + esc(table_text(Grid([r]), "barshort")) + "</div>" for r in e.rows))
                else:
                    k, t = e
                    tag = hs[0] if k == "h1" else hs[1] if k == "h2" else "p"
                    cl = ' style="text-align:center"' if k == "h1" else ""
                    out.append(f"<{tag}{cl}>{esc(t)}</{tag}>")
            if around and rng.random() < 0.4:
                out.append('<div class="foot">扫一扫在手机打开当前页　【打印】【关闭】</div>')
            out.append("</body></html>")
            return "\n".join(out) + "\n"
        out = []
        md = lay in ("md", "md0")
        for e in self.els:
            if isinstance(e, Raw):
                out.append(e.text)
            elif isinstance(e, Grid):
                out.append(table_text(e, lay))
            else:
                k, t = e
                out.append(("# " if k == "h1" else "## " if k == "h2" else "") + t if md else t)
        if lay == "flatpage":
            return " ".join(out) + "\n"
        return "\n\n".join(out) + "\n"


def ext(lay):
    return "html" if lay in HTML_LAYS else "md" if lay in ("md", "md0") else "txt"
