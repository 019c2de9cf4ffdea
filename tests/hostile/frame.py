"""Bodies, sentences and the frame of a report. All sentences are made for this folder."""
from forms import *

COUNTIES = """河北省衡水市安平县 河北省保定市涞水县 山西省晋中市祁县 山西省临汾市洪洞县 内蒙古自治区赤峰市林西县 辽宁省朝阳市建平县 吉林省四平市梨树县 黑龙江省齐齐哈尔市龙江县 江苏省淮安市盱眙县
江苏省徐州市沛县 浙江省丽水市遂昌县 浙江省衢州市常山县 安徽省六安市霍山县 安徽省阜阳市太和县 福建省三明市宁化县 福建省龙岩市武平县 江西省赣州市于都县 江西省上饶市婺源县 山东省济宁市梁山县 山东省临沂市沂水县
河南省信阳市潢川县 河南省洛阳市嵩县 湖北省黄冈市罗田县 湖北省宜昌市秭归县 湖南省怀化市溆浦县 湖南省岳阳市平江县 广东省梅州市蕉岭县 广东省韶关市翁源县 广西壮族自治区桂林市灌阳县 海南省琼中黎族苗族自治县
四川省广元市旺苍县 四川省达州市渠县 贵州省遵义市湄潭县 贵州省毕节市织金县 云南省大理白族自治州祥云县 云南省曲靖市会泽县 陕西省安康市石泉县 陕西省榆林市绥德县 甘肃省天水市秦安县 甘肃省陇南市成县
宁夏回族自治区固原市隆德县 宁夏回族自治区吴忠市同心县 新疆维吾尔自治区伊犁哈萨克自治州新源县 新疆维吾尔自治区喀什地区泽普县 青海省海东市互助土族自治县 重庆市垫江县 重庆市云阳县""".split()
DEPTS = ["自然资源局", "教育局", "民政局", "财政局", "交通运输局", "水务局", "农业农村局", "卫生健康局", "市场监督管理局", "住房和城乡建设局", "审计局", "司法局"]


def county(s):
    for mark in ("地区", "自治州", "市", "省", "自治区"):
        if mark in s[:-1]:
            s = s[s.rindex(mark) + len(mark):] if not s.endswith(mark) or s.count(mark) > 1 else s
            break
    return s


class Rep:
    def __init__(self, rng, year=None, edition="2021", size="big", gov=None, d=None, county_at=None):
        self.rng = rng
        full = COUNTIES[county_at if county_at is not None else rng.randrange(len(COUNTIES))]
        self.county = county(full)
        gov = rng.random() < 0.6 if gov is None else gov
        self.name = self.county + ("人民政府" if gov else rng.choice(DEPTS))
        self.edition = edition
        self.year = year or (rng.choice([2021, 2022, 2023, 2024]) if edition == "2021" else rng.choice([2019, 2020]) if edition == "2019" else rng.choice([2014, 2015, 2016, 2017, 2018]))
        self.d = d or (make_stat(rng) if edition == "2014" else make(rng, edition, size))

    @property
    def title(self):
        return f"{self.name}{self.year}年政府信息公开工作年度报告" if self.edition != "2014" else f"{self.name}{self.year}年政府信息公开年度报告"


OVER = ["{y}年，{n}围绕群众关切做细做实信息公开，把该公开的事项及时放到网站上。", "全年组织业务学习四期，参训人员覆盖全部股室和二级单位。", "门户网站改版后新设了政策直通车栏目，检索更方便。",
        "对公开目录逐条核对，补齐了缺失的办事指南。", "公文办理时同步确定公开属性，不公开的写明理由。", "政务新媒体账号由专人值守，留言在两个工作日内回复。",
        "邀请居民代表走进机关，听取对公开工作的意见。", "保密审查与公开审核合并为一张流程单，责任到人。", "重大决策出台前在网上征求意见，采纳情况一并公布。", "图书馆与档案馆设有查阅点，备有纸质公报。"]
PROB = ["公开的内容与群众想看的还有距离，解读材料偏少。", "少数股室对公开时限把握不准，更新有快有慢。", "下一步将把公开要求写进岗位手册，按月检查。", "将安排新进人员跟班学习，提高答复文书质量。", "计划对历年文件再清理一次，及时标注效力。", "改进措施已列入明年工作计划，由办公室督办。"]
OTHERM = ["本年度没有收取信息处理费，没有其他需要报告的事项。", "按规定收取信息处理费的情况为零，其他事项无。", "没有其他需要说明的情况。"]


def narrative(r, kind="requests"):
    d = r.d
    t = lambda x: num(d.v["requests", x, TO])
    return f"全年新收政府信息公开申请{t('received')}件，上年结转{t('carried_in')}件，办结{t('processed')}件，结转下年度{t('carried_out')}件。"


H2 = {1: "一、总体情况", 2: "二、主动公开政府信息情况", 3: "三、收到和处理政府信息公开申请情况", 4: "四、政府信息公开行政复议、行政诉讼情况", 5: "五、存在的主要问题及改进情况", 6: "六、其他需要报告的事项"}


def report(r, s2=None, s3=None, s4=None, nar=None, period=True, title=None, doc=None, over=None, other=None, end=True, h=None, page_title=None):
    """the frame; s2, s3, s4: elements of the chapters (default: the official tables)"""
    rng, d, y = r.rng, r.d, r.year
    h = dict(H2, **(h or {}))
    doc = doc or Doc(page_title or title or r.title)
    doc.h1(title or r.title)
    if period:
        doc.p(rng.choice([f"本报告中所列数据的统计期限自{y}年1月1日起至{y}年12月31日止。", f"本报告依据政府信息公开条例编制，数据统计期限为{y}年1月1日至{y}年12月31日。"]))
    if h[1]:
        doc.h2(h[1])
    doc.p(*[s.format(y=y, n=r.name) for s in [OVER[0]] + rng.sample(OVER[1:], 3)])
    if over:
        doc.add(over)
    if nar is None:
        nar = rng.random() < 0.4 and not any(k[0] == "requests" for k in d.drop)
    if nar:
        doc.p(narrative(r))
    doc.h2(h[2])
    doc.add(s2 if s2 is not None else [grid2(d)])
    doc.h2(h[3])
    doc.add(s3 if s3 is not None else [grid3(d)])
    doc.h2(h[4])
    doc.add(s4 if s4 is not None else [grid4(d)])
    doc.h2(h[5]).p(*rng.sample(PROB, 3))
    doc.h2(h[6])
    if other:
        doc.add(other)
    doc.p(rng.choice(OTHERM))
    if end:
        doc.p(r.name, f"{y + 1}年1月{rng.randint(10, 30)}日")
    return doc


def report14(r, annex, doc=None, head=None):
    rng, y = r.rng, r.year
    doc = doc or Doc(r.title)
    doc.h1(r.title)
    doc.p(f"根据政府信息公开条例的要求，{r.name}编制本年度报告，统计期限为{y}年1月1日至{y}年12月31日。")
    doc.h2("一、概述").p(*[s.format(y=y, n=r.name) for s in [OVER[0]] + rng.sample(OVER[1:], 2)])
    doc.h2("二、主动公开政府信息的情况").p("主动公开的信息以机构职能、政策文件、财政资金和民生项目为主，均在网站专栏列出。")
    doc.h2("三、依申请公开政府信息和不予公开政府信息的情况").p("申请件按期答复，答复书使用统一文本，具体数字见附表。")
    doc.h2("四、政府信息公开的收费及减免情况").p("收费情况见附表。")
    doc.h2("五、因政府信息公开申请行政复议、提起行政诉讼的情况").p("有关案件数见附表。")
    doc.h2("六、政府信息公开工作存在的主要问题及改进情况").p(*rng.sample(PROB, 2))
    doc.h2("七、其他需要报告的事项").p(rng.choice(OTHERM))
    doc.h2(head or f"附：政府信息公开情况统计表（{y}年度）")
    doc.add(annex)
    return doc


TRAD = {p[0]: p[1] for p in """业業 机機 构構 组組 织織 务務 总總 计計 员員 会會 议議 规規 强強 罚罰 处處 许許 费費 额額 单單 万萬 诉訴 讼訟 结結 维維 纠糾 审審 决決 数數 现現 废廢 当當 获獲 确確 认認 补補 转轉 办辦 继繼 续續 类類 过過 属屬 执執 询詢 无無 关關 开開 请請 报報 举舉 访訪 应應 护護 权權 国國 稳穩 经經 济濟 复復 后後 发發 项項 条條 动動 况況 减減 对對 给給 于於 为為 与與 实實 时時 间間 县縣 区區 乡鄉 镇鎮 门門 网網 题題 问問 产產 农農 财財 书書 东東 车車 长長 专專 样樣 两兩 个個 众眾 优優 传傳 伤傷 体體 写寫 军軍 则則 创創 别別 势勢 华華 协協 卫衛 厅廳 压壓 参參 双雙 变變 号號 听聽 启啟 响響 园園 团團 围圍 图圖 场場 坚堅 备備 头頭 夺奪 学學 宁寧 宽寬 层層 岁歲 师師 带帶 广廣 庆慶 库庫 异異 张張 录錄 态態 户戶 担擔 择擇 据據 损損 换換 断斷 术術 极極 标標 树樹 检檢 楼樓 汇匯 没沒 测測 浓濃 温溫 满滿 灵靈 点點 热熱 独獨 环環 画畫 监監 盖蓋 着著 码碼 离離 种種 积積 称稱 笔筆 签簽 简簡 粮糧 紧緊 纪紀 级級 纯純 线線 细細 终終 绍紹 络絡 统統 综綜 职職 联聯 节節 范範 虑慮 视視 览覽 观觀 觉覺 订訂 让讓 训訓 记記 讲講 论論 设設 证證 评評 识識 词詞 译譯 试試 话話 该該 详詳 语語 说說 读讀 课課 调調 谁誰 谈談 负負 责責 质質 购購 资資 轮輪 较較 辆輛 输輸 边邊 达達 迁遷 运運 还還 这這 进進 远遠 迟遲 适適 选選 递遞 采採 释釋 钟鐘 钱錢 银銀 错錯 闻聞 阅閱 队隊 阶階 陆陸 险險 随隨 难難 静靜 页頁 须須 顾顧 预預 领領 频頻 颜顏 风風 饭飯 馆館 验驗 鱼魚 鲁魯 龙龍 征徵 并並 湄湄 织織""".split()}


def trad(s):
    return "".join(TRAD.get(c, c) for c in s).replace("本年制發", "本年製發").replace("關系", "關係")
