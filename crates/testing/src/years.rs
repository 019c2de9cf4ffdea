//! A small archive of reports over several years in which errors are put with a record of each: what cross-checks must
//! find, and nothing else. Written by its own rules, without a line of the program.

use std::fmt::Write as _;

/// Rows of the request table that are outcomes, as the form prints them, with those kept at 0 left out of the truth.
const OUTCOMES: [&str; 21] = [
    "（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
    "1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
];

/// A small random generator of its own: the test must not depend on the order of another library's numbers.
pub struct Random(pub u64);

impl Random {
    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// What one report says.
#[derive(Clone)]
pub struct Said {
    pub year: i32,
    /// Received, carried in, granted, other outcomes in the row of petitions, carried out: by natural persons.
    pub received: u64,
    pub carried_in: u64,
    pub granted: u64,
    pub petitions: u64,
    pub carried_out: u64,
    /// Issued, repealed, in force.
    pub documents: [u64; 3],
    pub licences: i64,
    pub penalties: u64,
    pub disputes: [u64; 5],
    pub narrative: String,
    /// Chapter left out.
    pub without: Option<usize>,
    pub published: (i32, u32, u32),
    /// Year of the stated period, where it differs.
    pub period: i32,
    /// A figure of the narrative that differs from the table.
    pub told: Option<u64>,
    /// A cell of the request table that is printed with another value: row (0 received, 1 granted, 2 carried out).
    pub misprint: Option<(usize, u64)>,
}

/// Random Chinese sentences without a figure.
pub fn prose(random: &mut Random, sentences: u64) -> String {
    let mut out = String::new();
    for _ in 0..sentences {
        for _ in 0..14 + random.below(10) {
            out.push(char::from_u32(0x4E00 + u32::try_from(random.below(6000)).unwrap()).unwrap());
        }
        out.push('。');
    }
    out
}

/// The page of a report as text with tabs.
pub fn page(agency: &str, said: &Said) -> String {
    let Said { year, received, carried_in, granted, petitions, carried_out, .. } = *said;
    let mut out = format!("{agency}{year}年政府信息公开工作年度报告\n\n");
    let _ = writeln!(
        out,
        "本报告所列数据的统计期限自{0}年1月1日起，至{0}年12月31日止。{agency}编制本报告。\n",
        said.period
    );
    let told = said.told.unwrap_or(received);
    let opening = format!("一、总体情况\n\n{}\n\n本年度新收政府信息公开申请{told}件。\n", said.narrative);
    let mut disclosure = String::from("二、主动公开政府信息情况\n\n第二十条第（一）项\n");
    let [issued, repealed, in_force] = said.documents;
    let _ = write!(
        disclosure,
        "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n行政规范性文件\t{issued}\t{repealed}\t{in_force}\n\
         第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t{}\n第二十条第（六）项\n信息内容\t本年处理决定数量\n\
         行政处罚\t{}\n行政强制\t0\n第二十条第（八）项\n信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t0\n",
        said.licences, said.penalties
    );
    let mut requests = String::from(
        "三、收到和处理政府信息公开申请情况\n\n（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n",
    );
    let mut row = |label: &str, person: u64, printed: u64| {
        let _ = writeln!(requests, "{label}\t{printed}\t0\t0\t0\t0\t0\t{person}");
    };
    let misprint = |which: usize, value: u64| said.misprint.filter(|m| m.0 == which).map_or(value, |m| m.1);
    row("一、本年新收政府信息公开申请数量", received, misprint(0, received));
    row("二、上年结转政府信息公开申请数量", carried_in, carried_in);
    for label in OUTCOMES {
        let value = match label {
            "（一）予以公开" => granted,
            "1.信访举报投诉类申请" => petitions,
            _ => 0,
        };
        row(label, value, if label == OUTCOMES[0] { misprint(1, value) } else { value });
    }
    row("（七）总计", granted + petitions, granted + petitions);
    row("四、结转下年度继续办理", carried_out, misprint(2, carried_out));
    let [upheld, corrected, other, pending, total] = said.disputes;
    let disputes = format!(
        "四、政府信息公开行政复议、行政诉讼情况\n\n行政复议\t\t\t\t\t行政诉讼\n\
         结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t\t\t\t\t复议后起诉\n\
         {upheld}\t{corrected}\t{other}\t{pending}\t{total}\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\n"
    );
    let chapters = [
        opening,
        disclosure,
        requests,
        disputes,
        "五、存在的主要问题及改进情况\n\n人手不足，将逐步改进。\n".to_owned(),
        "六、其他需要报告的事项\n\n无。\n".to_owned(),
    ];
    for (i, chapter) in chapters.iter().enumerate() {
        if said.without != Some(i) {
            let _ = writeln!(out, "{chapter}");
        }
    }
    let (y, m, d) = said.published;
    let _ = writeln!(out, "{agency}\n{y}年{m}月{d}日");
    out
}
