//! The official forms as literal data: codes, labels, groups, order and sums, written by hand.

use super::Edition;

/// One block of table 二: its group row, its columns and rows as (code, label).
pub struct Block {
    pub group: &'static str,
    pub columns: &'static [(&'static str, &'static str)],
    pub rows: &'static [(&'static str, &'static str)],
}

const RULES_2021: Block = Block {
    group: "一",
    columns: &[("issued", "本年制发件数"), ("repealed", "本年废止件数"), ("in_force", "现行有效件数")],
    rows: &[("rules", "规章"), ("normative_documents", "行政规范性文件")],
};

const RULES_2019: Block = Block {
    group: "一",
    columns: &[
        ("created", "本年新制作数量"),
        ("newly_disclosed", "本年新公开数量"),
        ("total_disclosed", "对外公开总数量"),
    ],
    rows: &[("rules", "规章"), ("normative_documents", "规范性文件")],
};

const ITEMS: &[(&str, &str)] =
    &[("prior_items", "上一年项目数量"), ("item_change", "本年增/减"), ("decisions", "处理决定数量")];

const REST_2021: [Block; 3] = [
    Block {
        group: "五", columns: &[("decisions", "本年处理决定数量")], rows: &[("licensing", "行政许可")]
    },
    Block {
        group: "六",
        columns: &[("decisions", "本年处理决定数量")],
        rows: &[("penalties", "行政处罚"), ("compulsory_measures", "行政强制")],
    },
    Block {
        group: "八",
        columns: &[("fee_amount", "本年收费金额（单位：万元）")],
        rows: &[("fees", "行政事业性收费")],
    },
];

const REST_2019: [Block; 4] = [
    Block {
        group: "五",
        columns: ITEMS,
        rows: &[("licensing", "行政许可"), ("other_services", "其他对外管理服务事项")],
    },
    Block {
        group: "六", columns: ITEMS, rows: &[("penalties", "行政处罚"), ("compulsory_measures", "行政强制")]
    },
    Block {
        group: "八",
        columns: &[("prior_items", "上一年项目数量"), ("item_change", "本年增/减")],
        rows: &[("fees", "行政事业性收费")],
    },
    Block {
        group: "九",
        columns: &[("procurement_items", "采购项目数量"), ("procurement_amount", "采购总金额")],
        rows: &[("procurement", "政府集中采购")],
    },
];

/// The blocks of table 二; `old_first` puts the 2019 first block on the 2021 form (a mixture that occurs).
pub fn blocks(edition: Edition, old_first: bool) -> Vec<&'static Block> {
    match edition {
        Edition::E2014 => Vec::new(),
        Edition::E2019 => std::iter::once(&RULES_2019).chain(&REST_2019).collect(),
        Edition::E2021 => {
            std::iter::once(if old_first { &RULES_2019 } else { &RULES_2021 }).chain(&REST_2021).collect()
        }
    }
}

/// The columns of table 三.
pub const APPLICANTS: [(&str, &str); 7] = [
    ("natural_person", "自然人"),
    ("enterprise", "商业企业"),
    ("research_institution", "科研机构"),
    ("social_organization", "社会公益组织"),
    ("legal_service", "法律服务机构"),
    ("other_organization", "其他"),
    ("total", "总计"),
];

/// The columns of each case of table 四.
pub const RESULTS: [(&str, &str); 5] = [
    ("upheld", "结果维持"),
    ("corrected", "结果纠正"),
    ("other", "其他结果"),
    ("pending", "尚未审结"),
    ("total", "总计"),
];

/// The cases of table 四, as printed from left to right.
pub const CASES: [(&str, &str); 3] = [
    ("reconsideration", "行政复议"),
    ("litigation_direct", "未经复议直接起诉"),
    ("litigation_after_reconsideration", "复议后起诉"),
];

/// A row of table 三: code, place (`top`, `outcome` or the number of its sub-section), ordinal, label.
pub type Line = (&'static str, &'static str, &'static str, &'static str);

/// Sub-sections of 三、本年度办理结果.
pub const SUBSECTIONS: [(&str, &str); 4] =
    [("（三）", "不予公开"), ("（四）", "无法提供"), ("（五）", "不予处理"), ("（六）", "其他处理")];

const LINES: [Line; 26] = [
    ("received", "top", "一、", "本年新收政府信息公开申请数量"),
    ("carried_in", "top", "二、", "上年结转政府信息公开申请数量"),
    ("granted", "outcome", "（一）", "予以公开"),
    ("partially_granted", "outcome", "（二）", "部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("denied_state_secret", "（三）", "1.", "属于国家秘密"),
    ("denied_law_prohibits", "（三）", "2.", "其他法律行政法规禁止公开"),
    ("denied_security_stability", "（三）", "3.", "危及“三安全一稳定”"),
    ("denied_third_party_rights", "（三）", "4.", "保护第三方合法权益"),
    ("denied_internal_affairs", "（三）", "5.", "属于三类内部事务信息"),
    ("denied_process_information", "（三）", "6.", "属于四类过程性信息"),
    ("denied_enforcement_file", "（三）", "7.", "属于行政执法案卷"),
    ("denied_administrative_query", "（三）", "8.", "属于行政查询事项"),
    ("unavailable_not_held", "（四）", "1.", "本机关不掌握相关政府信息"),
    ("unavailable_needs_creation", "（四）", "2.", "没有现成信息需要另行制作"),
    ("unavailable_unclear", "（四）", "3.", "补正后申请内容仍不明确"),
    ("not_processed_petition", "（五）", "1.", "信访举报投诉类申请"),
    ("not_processed_repeated", "（五）", "2.", "重复申请"),
    ("not_processed_published", "（五）", "3.", "要求提供公开出版物"),
    ("not_processed_excessive", "（五）", "4.", "无正当理由大量反复申请"),
    ("not_processed_reissue", "（五）", "5.", "要求行政机关确认或重新出具已获取信息"),
    ("other", "outcome", "（六）", "其他处理"),
    ("other_not_corrected", "（六）", "1.", "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("other_fee_unpaid", "（六）", "2.", "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other_misc", "（六）", "3.", "其他"),
    ("processed", "outcome", "（七）", "总计"),
    ("carried_out", "top", "四、", "结转下年度继续办理"),
];

/// The rows of table 三.
pub fn lines(edition: Edition) -> Vec<Line> {
    let drop: &[&str] = match edition {
        Edition::E2019 => &["other_not_corrected", "other_fee_unpaid", "other_misc"],
        _ => &["other"],
    };
    LINES.into_iter().filter(|line| !drop.contains(&line.0)).collect()
}

/// The 2014 list: code (empty = heading), ordinal, label, unit.
pub const LIST: [(&str, &str, &str, &str); 65] = [
    ("", "一、", "主动公开情况", ""),
    ("proactive_total", "（一）", "主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条"),
    ("proactive_normative_documents", "其中：", "主动公开规范性文件数", "条"),
    ("normative_documents_issued", "", "制发规范性文件总数", "件"),
    ("", "（二）", "通过不同渠道和方式公开政府信息的情况", ""),
    ("channel_gazette", "1.", "政府公报公开政府信息数", "条"),
    ("channel_website", "2.", "政府网站公开政府信息数", "条"),
    ("channel_weibo", "3.", "政务微博公开政府信息数", "条"),
    ("channel_wechat", "4.", "政务微信公开政府信息数", "条"),
    ("channel_other", "5.", "其他方式公开政府信息数", "条"),
    ("", "二、", "回应解读情况", ""),
    ("responses_total", "（一）", "回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）", "次"),
    ("", "（二）", "通过不同渠道和方式回应解读的情况", ""),
    ("press_conferences", "1.", "参加或举办新闻发布会总次数", "次"),
    ("press_conferences_leader", "其中：", "主要负责同志参加新闻发布会次数", "次"),
    ("online_interviews", "2.", "政府网站在线访谈次数", "次"),
    ("online_interviews_leader", "其中：", "主要负责同志参加政府网站在线访谈次数", "次"),
    ("policy_explainers", "3.", "政策解读稿件发布数", "篇"),
    ("responses_social_media", "4.", "微博微信回应事件数", "次"),
    ("responses_other", "5.", "其他方式回应事件数", "次"),
    ("", "三、", "依申请公开情况", ""),
    ("received", "（一）", "收到申请数", "件"),
    ("received_in_person", "1.", "当面申请数", "件"),
    ("received_fax", "2.", "传真申请数", "件"),
    ("received_online", "3.", "网络申请数", "件"),
    ("received_letter", "4.", "信函申请数", "件"),
    ("closed", "（二）", "申请办结数", "件"),
    ("closed_on_time", "1.", "按时办结数", "件"),
    ("closed_extended", "2.", "延期办结数", "件"),
    ("answered", "（三）", "申请答复数", "件"),
    ("answered_already_published", "1.", "属于已主动公开范围数", "件"),
    ("granted", "2.", "同意公开答复数", "件"),
    ("partially_granted", "3.", "同意部分公开答复数", "件"),
    ("denied", "4.", "不同意公开答复数", "件"),
    ("denied_state_secret", "其中：", "涉及国家秘密", "件"),
    ("denied_trade_secret", "", "涉及商业秘密", "件"),
    ("denied_privacy", "", "涉及个人隐私", "件"),
    ("denied_security_stability", "", "危及国家安全、公共安全、经济安全和社会稳定", "件"),
    ("denied_not_government_information", "", "不是《条例》所指政府信息", "件"),
    ("denied_other_legal", "", "法律法规规定的其他情形", "件"),
    ("answered_not_this_agency", "5.", "不属于本行政机关公开数", "件"),
    ("answered_not_existing", "6.", "申请信息不存在数", "件"),
    ("answered_told_to_amend", "7.", "告知作出更改补充数", "件"),
    ("answered_told_other_channel", "8.", "告知通过其他途径办理数", "件"),
    ("reconsideration_total", "四、", "行政复议数量", "件"),
    ("reconsideration_upheld", "（一）", "维持具体行政行为数", "件"),
    ("reconsideration_corrected", "（二）", "被依法纠错数", "件"),
    ("reconsideration_other", "（三）", "其他情形数", "件"),
    ("litigation_total", "五、", "行政诉讼数量", "件"),
    ("litigation_upheld", "（一）", "维持具体行政行为或者驳回原告诉讼请求数", "件"),
    ("litigation_corrected", "（二）", "被依法纠错数", "件"),
    ("litigation_other", "（三）", "其他情形数", "件"),
    ("complaints", "六、", "举报投诉数量", "件"),
    ("fees_collected", "七、", "依申请公开信息收取的费用", "万元"),
    ("", "八、", "机构建设和保障经费情况", ""),
    ("dedicated_offices", "（一）", "政府信息公开工作专门机构数", "个"),
    ("reading_points", "（二）", "设置政府信息公开查阅点数", "个"),
    ("staff", "（三）", "从事政府信息公开工作人员数", "人"),
    ("staff_full_time", "1.", "专职人员数（不包括政府公报及政府网站工作人员数）", "人"),
    ("staff_part_time", "2.", "兼职人员数", "人"),
    ("budget", "（四）", "政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）", "万元"),
    ("", "九、", "政府信息公开会议和培训情况", ""),
    ("meetings", "（一）", "召开政府信息公开工作会议或专题会议数", "次"),
    ("trainings", "（二）", "举办各类培训班数", "次"),
    ("trainees", "（三）", "接受培训人员数", "人次"),
];

const SUMS: &str = "\
received received_in_person received_fax received_online received_letter
closed closed_on_time closed_extended
denied denied_state_secret denied_trade_secret denied_privacy denied_security_stability \
denied_not_government_information denied_other_legal
answered answered_already_published granted partially_granted denied answered_not_this_agency \
answered_not_existing answered_told_to_amend answered_told_other_channel
reconsideration_total reconsideration_upheld reconsideration_corrected reconsideration_other
litigation_total litigation_upheld litigation_corrected litigation_other
staff staff_full_time staff_part_time";

/// Sums inside the 2014 list, inner sums first: the total, then its parts.
pub fn sums() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    SUMS.lines().map(|line| {
        let mut codes = line.split(' ');
        (codes.next().unwrap_or_default(), codes.collect())
    })
}

/// Row labels of all forms, without ordinals, that are long enough to be told from column headers.
pub fn row_labels() -> Vec<&'static str> {
    let mut out: Vec<&str> = Vec::new();
    for block in [&RULES_2021, &RULES_2019].into_iter().chain(&REST_2021).chain(&REST_2019) {
        out.extend(block.rows.iter().map(|row| row.1));
    }
    out.extend(LINES.iter().map(|line| line.3).filter(|label| label.chars().count() > 2));
    out.extend(LIST.iter().filter(|item| !item.0.is_empty()).map(|item| item.2));
    out
}
