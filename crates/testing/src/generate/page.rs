//! The page around the tables: titles, chapters, menus, places and agencies, sample archives, padding.

use super::grid::{Grid, Style};
use super::kinds::Layout;
use super::{Edition, Rendered, Report, Rng};
use std::fmt::Write;

/// One piece of a page, in order.
pub enum Block {
    Menu(String),
    Title(String),
    Heading(String),
    Para(String),
    Table(Grid),
}

/// Province, prefecture, county ("" = none).
pub const PLACES: [[&str; 3]; 34] = [
    ["宁夏回族自治区", "中卫市", "中宁县"],
    ["宁夏回族自治区", "银川市", "贺兰县"],
    ["新疆维吾尔自治区", "伊犁哈萨克自治州", "新源县"],
    ["黑龙江省", "牡丹江市", "绥芬河市"],
    ["福建省", "泉州市", "晋江市"],
    ["福建省", "厦门市", "海沧区"],
    ["江苏省", "苏州市", "昆山市"],
    ["浙江省", "杭州市", "余杭区"],
    ["广东省", "广州市", "天河区"],
    ["云南省", "大理白族自治州", "大理市"],
    ["陕西省", "西安市", "蓝田县"],
    ["甘肃省", "酒泉市", "敦煌市"],
    ["甘肃省", "兰州市", "城关区"],
    ["四川省", "甘孜藏族自治州", "稻城县"],
    ["广西壮族自治区", "桂林市", "阳朔县"],
    ["湖南省", "长沙市", "岳麓区"],
    ["湖北省", "武汉市", "黄陂区"],
    ["河南省", "开封市", "兰考县"],
    ["山东省", "济宁市", "曲阜市"],
    ["河北省", "石家庄市", "桥西区"],
    ["河北省", "张家口市", "桥西区"],
    ["山西省", "晋中市", "平遥县"],
    ["内蒙古自治区", "呼和浩特市", "玉泉区"],
    ["辽宁省", "大连市", "瓦房店市"],
    ["吉林省", "延边朝鲜族自治州", "珲春市"],
    ["安徽省", "滁州市", "凤阳县"],
    ["江西省", "上饶市", "婺源县"],
    ["贵州省", "遵义市", "赤水市"],
    ["青海省", "海北藏族自治州", "门源回族自治县"],
    ["西藏自治区", "拉萨市", "城关区"],
    ["重庆市", "", "渝中区"],
    ["北京市", "", "海淀区"],
    ["上海市", "", "浦东新区"],
    ["海南省", "", "琼海市"],
];

const OFFICES: [&str; 12] = [
    "人民政府",
    "人民政府办公室",
    "教育局",
    "财政局",
    "卫生健康局",
    "文化旅游广电局",
    "自然资源局",
    "市场监督管理局",
    "交通运输局",
    "农业农村局",
    "统计局",
    "医疗保障局",
];

const TOWNS: [&str; 6] = ["新桥镇", "石塘镇", "青山乡", "柳林镇", "东关街道", "河西街道"];

/// A random place and an agency in it.
pub fn body(rng: &mut Rng) -> ([Option<String>; 3], String) {
    let [province, prefecture, county] = rng.pick(&PLACES);
    let some = |name: &str| (!name.is_empty()).then(|| name.to_string());
    if rng.chance(1, 8) && !prefecture.is_empty() {
        let agency = format!("{prefecture}{}", rng.pick(&OFFICES));
        return ([some(province), some(prefecture), None], agency);
    }
    let agency = match rng.below(6) {
        0 => {
            let town = rng.pick(&TOWNS);
            format!("{county}{town}{}", if town.ends_with("街道") { "办事处" } else { "人民政府" })
        }
        1 => format!("{county}人民政府"),
        _ => format!("{county}{}", rng.pick(&OFFICES)),
    };
    ([some(province), some(prefecture), some(county)], agency)
}

/// The title in its plainest form.
pub fn short_title(report: &Report) -> String {
    format!("{}{}年政府信息公开工作年度报告", report.agency, report.year)
}

const CHAPTERS: [[&str; 3]; 6] = [
    ["一、总体情况", "一、 总体情况", "一、概述"],
    ["二、主动公开政府信息情况", "二、主动公开政府信息情况", "二、主动公开政府信息的情况"],
    [
        "三、收到和处理政府信息公开申请情况",
        "三、收到和处理政府信息公开申请情况",
        "三、收到和处理政府信息公开申请的情况",
    ],
    [
        "四、政府信息公开行政复议、行政诉讼情况",
        "四、政府信息公开行政复议和行政诉讼情况",
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    ],
    ["五、存在的主要问题及改进情况", "五、存在的主要问题及改进情况", "五、政府信息公开工作存在的主要问题及改进情况"],
    ["六、其他需要报告的事项", "六、其他需要报告的事项", "六、其它需要报告的事项"],
];

/// Chapters of a report of 2014-2018, in order.
pub const OLD_CHAPTERS: [&str; 7] = [
    "一、概述",
    "二、主动公开政府信息的情况",
    "三、依申请公开政府信息和不予公开政府信息的情况",
    "四、政府信息公开的收费及减免情况",
    "五、因政府信息公开申请行政复议、提起行政诉讼的情况",
    "六、政府信息公开工作存在的主要问题及改进情况",
    "七、其他需要报告的事项",
];

const SENTENCES: [&str; 18] = [
    "{y}年，我单位把公开工作同日常业务放在一起安排，由办公室牵头，各科室各指定一名联络员。",
    "全年在门户网站更新信息{n}条，其中工作动态{m}条，通知公告{k}条。",
    "微信公众号推送图文{n}篇，累计阅读{m}次。",
    "对照条例第二十条列出的范围，逐项核对了栏目内容，补充缺少的材料{k}份。",
    "窗口全年接待来访群众{n}人次，电话答复咨询{m}次。",
    "办理行政许可事项{n}件，结果均在七个工作日内上网。",
    "做出行政处罚决定{k}件，已按程序录入公示平台。",
    "部门预算、决算按规定的时间和格式放在统一平台，便于查找比较。",
    "收到的申请都由专人登记，答复前请法律顾问看过一遍。",
    "组织业务培训{k}次，参加的有{n}人，讲了常见问题和办理流程。",
    "信息上网前由起草人、科室负责人和分管负责人依次审看，留有记录。",
    "清理多年不更新的栏目{k}个，合并内容重复的栏目{k}个。",
    "本级查阅点设在一楼大厅，备有电脑两台，供群众自行检索。",
    "年内没有因公开工作受到通报。",
    "有的科室送交材料偏慢，个别文稿写得不够清楚。",
    "今后将按月查看更新情况，把容易迟交的事项列成清单。",
    "政策文件出台后三天内配上问答或图表，用平常的话说明白。",
    "与上一年相比，公开的数量增加{k}个百分点，群众来信减少。",
];

/// One narrative sentence.
pub fn sentence(rng: &mut Rng, year: i32) -> String {
    let mut text = rng.pick(&SENTENCES).replace("{y}", &year.to_string());
    for (key, high) in [("{n}", 3000), ("{m}", 900), ("{k}", 40)] {
        text = text.replace(key, &rng.between(2, high).to_string());
    }
    text
}

fn paragraph(rng: &mut Rng, year: i32) -> String {
    (0..1 + rng.below(4)).map(|_| sentence(rng, year)).collect()
}

fn title(report: &Report, rng: &mut Rng) -> Option<String> {
    let (agency, year) = (&report.agency, report.year);
    Some(match rng.below(8) {
        0 => format!("{agency} {year} 年政府信息公开工作年度报告"),
        1 => format!("{year}年{agency}政府信息公开工作年度报告"),
        2 => format!("{agency}{year}年度政府信息公开工作年度报告"),
        3 => format!("{agency}\n{year}年政府信息公开工作年度报告"),
        4 => format!("{agency}{year}年政府信息公开\n工作年度报告"),
        5 => return None,
        _ => short_title(report),
    })
}

fn menus(report: &Report, layout: Layout, rng: &mut Rng) -> Vec<String> {
    let mut out = Vec::new();
    let county = report.place.iter().flatten().next_back().cloned().unwrap_or_default();
    if rng.chance(1, 3) {
        out.push(format!("首页 > 政务公开 > 政府信息公开年报 > {county}"));
    }
    if rng.chance(1, 4) {
        // A deduplicated page may lose 规章 as a label, but not two labels running.
        let last = if layout == Layout::BareDeduplicated { "政府公报" } else { "行政规范性文件" };
        out.push(format!("地方性法规 规章 {last} 其他文件").replace(' ', rng.pick(&["\n", " "])));
    }
    let date = report.published.map(|(y, m, d)| format!("{y}-{m:02}-{d:02}")).unwrap_or_default();
    let (number, colon) = (format!("11{:06}/{}-{:05}", rng.below(999_999), report.year + 1, rng.below(9999)), ": ");
    if !date.is_empty() {
        let agency = &report.agency;
        out.push(match (rng.below(5), layout) {
            (0..=2, Layout::PipeRowLeading | Layout::Markdown) => {
                format!("| 索引号 | {number} | 发布日期 | {date} |\n|---|---|---|---|\n| 发文机关 | {agency} | 有效性 | 有效 |")
            }
            (0, _) => format!("索引号: {number} 发布日期{colon}{date} 发布机构: {agency}"),
            (1, _) => format!("索 引 号: {number}\n发文机关: {agency}\n成文日期: {date}\n有效性: 有效"),
            (2, _) => format!("发布日期: {date} 浏览次数: {} 字体:【大 中 小】", rng.below(9000)),
            _ => return out,
        });
    }
    out
}

/// The pieces of the page for `report`, with its printed tables.
pub fn blocks(report: &Report, style: &Style, grids: Vec<Grid>, layout: Layout, rng: &mut Rng) -> Vec<Block> {
    let (agency, year) = (&report.agency, report.year);
    let mut out: Vec<Block> = menus(report, layout, rng).into_iter().map(Block::Menu).collect();
    let head = title(report, rng);
    let period = head.is_none() || rng.chance(2, 3);
    let mut intro = format!("根据条例的规定和上级通知的要求，{agency}编写了《{}》。", short_title(report));
    if period {
        let _ = write!(intro, "报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。");
    }
    let _ = write!(
        intro,
        "如有疑问，请与{agency}联系，电话：0{}-{}。",
        rng.between(310, 999),
        rng.between(2_000_000, 9_000_000)
    );
    out.extend(head.map(Block::Title));
    out.push(Block::Para(style.text(&intro)));
    let prose = |out: &mut Vec<Block>, most: usize, rng: &mut Rng| {
        for _ in 0..1 + rng.below(most) {
            out.push(Block::Para(style.text(&paragraph(rng, year))));
        }
    };
    if report.edition == Edition::E2014 {
        for chapter in OLD_CHAPTERS {
            out.push(Block::Heading(chapter.into()));
            prose(&mut out, 2, rng);
        }
        out.push(Block::Heading(style.text(rng.pick(&[
            "附：政府信息公开情况统计表",
            "附表：政府信息公开情况统计表",
            "政府信息公开情况统计表",
        ]))));
        if rng.chance(1, 2) {
            out.push(Block::Para(style.text(&format!("（{year}年度）\n填报单位（盖章）：{agency}"))));
        }
        out.extend(grids.into_iter().map(Block::Table));
    } else {
        let wording = rng.below(3);
        let mut grids = grids.into_iter().peekable();
        for (i, chapter) in CHAPTERS.iter().enumerate() {
            out.push(Block::Heading(chapter[if rng.chance(1, 4) { wording } else { 0 }].to_string()));
            let code = ["", "disclosure", "requests", "disputes"].get(i).copied().unwrap_or_default();
            if code.is_empty() {
                prose(&mut out, if i == 0 { 5 } else { 2 }, rng);
            } else if let Some(grid) = grids.next_if(|grid| grid.table == code) {
                if rng.chance(1, 8) {
                    out.push(Block::Para(style.text("该部分以表格形式报告，表格如下：")));
                }
                out.push(Block::Table(grid));
                if style.extra == 5 && i == 1 {
                    out.push(Block::Para(format!("本年度政府信息公开发布总数量(含各类平台): {}", rng.below(3000))));
                }
            }
        }
    }
    let signed = report.published.filter(|_| rng.chance(2, 3)).map(|(y, m, d)| format!("{y}年{m}月{d}日"));
    out.push(Block::Para(agency.clone()));
    out.extend(signed.map(Block::Para));
    let tails = [
        "分享到: 微信 微博 QQ空间",
        "打印 保存 收藏 【关闭窗口】",
        "扫一扫在手机打开当前页",
        "上一篇：公示 下一篇：没有了",
    ];
    if rng.chance(1, 2) {
        out.push(Block::Menu(rng.pick(&tails).into()));
    }
    out
}

/// Lengthens chapter 一 (or the head of the page) until the text has at least `bytes` bytes.
pub fn pad(rendered: &mut Rendered, bytes: usize, rng: &mut Rng) {
    let missing = bytes.saturating_sub(rendered.text.len());
    let before = rendered.tables.first().map_or(rendered.text.len(), |range| range.start);
    let found = ["一、总体情况", "一、 总体情况", "一、概述"].iter().find_map(|h| rendered.text[..before].find(h));
    let mut at = found.unwrap_or(0);
    if rendered.html {
        let next = |tag| rendered.text[at..before].find(tag);
        at += next("<p").or_else(|| next("<P")).unwrap_or(0);
    } else {
        at += rendered.text[at..].find('\n').map_or(0, |i| i + 1);
    }
    let mut extra = String::with_capacity(missing + 1000);
    while extra.len() < missing {
        let text = paragraph(rng, 2023).replace("2023年，", "");
        extra.push_str(&if rendered.html { format!("<p>{text}</p>\n") } else { format!("\n{text}\n") });
    }
    rendered.text.insert_str(at, &extra);
    for range in rendered.tables.iter_mut().filter(|range| range.start >= at) {
        *range = range.start + extra.len()..range.end + extra.len();
    }
}
