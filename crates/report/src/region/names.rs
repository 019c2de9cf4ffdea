//! The forms of a place's name: stems (`中宁`), spoken forms (`长阳县`), and what may follow a stem in a body's name.
//!
//! Owns the lists of words behind them, after `guide/divisions.md` sections 1, 4 and 5. Refuses contractions that no
//! rule makes (`杜蒙县`): those are data, `data/divisions/aliases.csv`.

/// Full names that are plain words as well: a place only straight after another, or confirmed at the start of a body's
/// name.
const PLAIN_NAMES: &[&str] = &["城区", "郊区", "矿区", "新市区", "新城区", "东区", "西区", "市中区"];

/// Stems that are plain words: `公安交通管理局` is no body of 公安县, `资源规划局` none of 资源县.
const PLAIN_STEMS: &str = "\
    公安 资源 合作 平安 民权 政和 和政 共和 和平 友好 友谊 新华 向阳 红旗 东方 光明 前进 \
    解放 工农 通道 互助 新城 城东 城中 城关 城北 城西 城厢 江北 江南 江东 江岸 河东 河西 \
    河间 东城 西城 南岸 中原 同心 同德 同仁 市中 市北 市南 民乐 民丰 民勤 民和 站前 故城 \
    古城 老城 复兴 振兴 富民 惠民 爱民 回民 大通 太平 永和 海东 海港 湖滨 滨江 滨湖 滨海 \
    港口 河口 江口 湖口 桥东 桥西 东风 红星 双桥 运河 上城 下城 新建 新民 新兴 新市 新星 \
    无为 无极 比如 前锋 宏伟 安居 改则 中方 东海 南海 北海 全州 全南 山南 大方 大田 大城 \
    光山 兴业 通海 临江 临海 临港 进贤 集贤 社旗 城固 城口 城阳 平衡 长白 新和 团风 建安 \
    文安 自贡 礼泉 南部 西部 中部 北部 东部 中心 城郊 南郊 井陉矿 解州 点军 如东 安全 农安";

/// Peoples in the names of autonomous units; longer ones first where one ends another.
const PEOPLES: &str = "\
    柯尔克孜族 乌孜别克族 柯尔克孜 维吾尔族 哈萨克族 达斡尔族 鄂温克族 鄂伦春族 塔吉克族 俄罗斯族 \
    塔塔尔族 土家族 布依族 哈尼族 傈僳族 拉祜族 纳西族 景颇族 仫佬族 布朗族 撒拉族 毛南族 \
    仡佬族 锡伯族 阿昌族 普米族 裕固族 保安族 德昂族 独龙族 基诺族 朝鲜族 蒙古族 东乡族 维吾尔 \
    哈萨克 塔吉克 鄂温克 鄂伦春 达斡尔 回族 藏族 苗族 彝族 壮族 满族 侗族 瑶族 白族 傣族 \
    黎族 佤族 畲族 水族 土族 羌族 怒族 京族 各族 蒙古 锡伯";

/// Endings that a stem lacks. Autonomous units are looked at first.
const ENDINGS: &[&str] = &["特别行政区", "地区", "林区", "特区", "新区", "省", "市", "县", "区", "旗", "盟", "州"];

/// How the rest of a department's name begins behind a short place name.
const DEPARTMENTS: &str = "\
    人民政府 政府办 人力 人社 人防 人大 文旅 文化 文体 文广 文联 教育 教体 教科 财政 民政 \
    民族 民宗 公安局 公安分局 司法 自然资源 国土 国资 国税 国家 环保 环境 生态 住建 住房 \
    城乡 城市管理 城管 城建 交通 水利 水务 农业 农牧 农林 农机 农委 畜牧 林业 林草 园林 \
    商务 商业 卫健 卫生 计生 人口 退役 应急 安监 安全生产 审计 市场监 市监 工商 质监 质量 \
    食品 药品 统计 医保 医疗保障 扶贫 乡村振兴 信访 机关事务 综合行政 综合执法 行政审批 \
    行政服务 行政执法 政务 税务 地税 气象 地震 发改 发展 经信 经济和 经贸 经委 工信 工业和 \
    科技 科学 宗教 粮食 体育 广电 广播 新闻 供销 档案 史志 地方志 外事 侨 残联 残疾人 妇联 \
    物价 旅游 规划 房管 房产 招商 投资促进 金融 大数据 公积金 消防 烟草 邮政 调查队 调查总队 \
    海关 海事 银保监 监管分局 监管局 教委 煤炭 煤管 能源 知识产权 老龄 移民 法制 监察 编办 团委 \
    总工会 红十字";

/// Ministries, by the names of 2008-2025: the only bodies called 部 that publish these reports.
const MINISTRIES: &str = "\
    外交部 国防部 教育部 科学技术部 工业和信息化部 公安部 国家安全部 民政部 司法部 财政部 \
    人力资源和社会保障部 国土资源部 自然资源部 环境保护部 生态环境部 住房和城乡建设部 交通运输部 \
    铁道部 水利部 农业部 农业农村部 商务部 文化部 文化和旅游部 卫生部 应急管理部 退役军人事务部 \
    监察部";

/// National bodies whose names end like those of others.
const BODIES: &[&str] = &["中国气象局", "中国证券监督管理委员会", "中国银行保险监督管理委员会"];

/// What makes the rest of a name that of a zone.
const ZONES: &[&str] = &[
    "经济技术开发区",
    "经济开发区",
    "经开区",
    "高新",
    "工业园",
    "产业园",
    "开发区",
    "新区",
    "综合保税区",
    "保税区",
    "循环经济",
    "现代农业",
];

/// Whether a full name is a plain word too.
pub(super) fn is_plain_name(name: &str) -> bool {
    PLAIN_NAMES.contains(&name)
}

/// Whether a stem is a plain word too.
pub(super) fn is_plain_stem(stem: &str) -> bool {
    PLAIN_STEMS.split(' ').any(|s| s == stem)
}

/// Whether what follows a short place name is the name of a department.
pub(super) fn is_department(rest: &str) -> bool {
    DEPARTMENTS.split(' ').any(|d| rest.starts_with(d))
        && !["大学", "学院", "医院", "公司", "街道", "银行"].iter().any(|w| rest.contains(w))
}

/// Whether what follows a short place name is the name of a zone.
pub(super) fn is_zone(rest: &str) -> bool {
    ZONES.iter().any(|z| rest.starts_with(z))
        && !["大学", "学院", "医院", "公司", "街道"].iter().any(|w| rest.contains(w))
}

/// Whether a zone is named somewhere behind the short name of a province or prefecture: `武汉东湖新技术开发区`.
pub(super) fn names_zone(rest: &str) -> bool {
    ["开发区", "新区", "实验区", "度假区", "示范区", "园区", "保税区", "高新区"].iter().any(|z| rest.contains(z))
        && !["大学", "学院", "医院", "公司", "街道", "镇", "乡", "路"].iter().any(|w| rest.contains(w))
}

/// Whether a body's name is that of a ministry or another national body; branches of one are not.
pub(super) fn is_national(body: &str) -> bool {
    let name = body.strip_prefix("中华人民共和国").unwrap_or(body);
    if name.starts_with("国务院") || MINISTRIES.split(' ').any(|m| m == name) || BODIES.contains(&name) {
        return true;
    }
    crate::extract::agency_kind(body, false) == "national"
        && !["分局", "稽查局", "总队", "支队", "分行", "支行", "公司", "办事处", "特派办", "大学", "学院", "医院"]
            .iter()
            .any(|w| body.contains(w))
}

/// A name without its last word and its peoples: `中宁` of 中宁县, `长阳` of 长阳土家族自治县. None where fewer than two
/// characters would remain (赵县, 磁县).
pub(super) fn stem(name: &str) -> Option<&str> {
    if let Some(people) = autonomous(name) {
        return Some(people.0);
    }
    ENDINGS.iter().filter_map(|e| name.strip_suffix(e)).find(|s| s.chars().count() >= 2)
}

/// How an autonomous unit is called in texts: `长阳县`, `昌吉州`, `鄂温克旗`.
pub(super) fn spoken(name: &str) -> Option<String> {
    let (stem, kind) = autonomous(name)?;
    (kind != "区").then(|| format!("{stem}{kind}"))
}

/// Stem and kind of an autonomous unit. The people's name stays where it is all there is (东乡族自治县, 鄂伦春自治旗).
fn autonomous(name: &str) -> Option<(&str, &'static str)> {
    let (mut rest, kind) =
        ["县", "州", "旗", "区"].into_iter().find_map(|k| Some((name.strip_suffix(k)?.strip_suffix("自治")?, k)))?;
    while let Some(shorter) = PEOPLES.split(' ').filter_map(|p| rest.strip_suffix(p)).find(|s| s.chars().count() >= 2) {
        rest = shorter;
    }
    if PEOPLES.split(' ').any(|p| p == rest) {
        rest = rest.strip_suffix('族').unwrap_or(rest);
    }
    Some((rest, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems() {
        for (name, short) in [
            ("中宁县", Some("中宁")),
            ("赵县", None),
            ("沙县区", Some("沙县")),
            ("绥芬河市", Some("绥芬河")),
            ("神农架林区", Some("神农架")),
            ("滨海新区", Some("滨海")),
            ("长阳土家族自治县", Some("长阳")),
            ("龙胜各族自治县", Some("龙胜")),
            ("巴里坤哈萨克自治县", Some("巴里坤")),
            ("察布查尔锡伯自治县", Some("察布查尔")),
            ("和布克赛尔蒙古自治县", Some("和布克赛尔")),
            ("塔什库尔干塔吉克自治县", Some("塔什库尔干")),
            ("积石山保安族东乡族撒拉族自治县", Some("积石山")),
            ("双江拉祜族佤族布朗族傣族自治县", Some("双江")),
            ("克孜勒苏柯尔克孜自治州", Some("克孜勒苏")),
            ("鄂温克族自治旗", Some("鄂温克")),
            ("鄂伦春自治旗", Some("鄂伦春")),
            ("东乡族自治县", Some("东乡")),
            ("内蒙古自治区", Some("内蒙古")),
            ("西藏自治区", Some("西藏")),
            ("阿克苏地区", Some("阿克苏")),
        ] {
            assert_eq!(stem(name), short, "{name}");
        }
        assert_eq!(spoken("昌吉回族自治州").as_deref(), Some("昌吉州"));
        assert_eq!(spoken("融水苗族自治县").as_deref(), Some("融水县"));
        assert_eq!(spoken("宁夏回族自治区"), None);
    }
}
