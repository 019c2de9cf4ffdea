//! Arbitrary bytes: no panic, one outcome, whatever the bytes are. Inputs that once failed stand here by name.

use nianbao_dataset::{Bounds, FileFacts, Outcome, read_bytes};
use nianbao_report::Knowledge;
use nianbao_report::finding::Settings;
use nianbao_testing::shared;
use proptest::prelude::*;

fn outcome(tools: &Knowledge, name: &str, bytes: &[u8]) -> Outcome {
    let outcome = read_bytes(tools, FileFacts::named(name), bytes, &Bounds::default()).remove(0);
    let reason = outcome.facts.reason.clone().unwrap_or_default();
    assert!(!reason.contains("reader failed"), "a panic: {reason}");
    outcome
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..4000), html in any::<bool>()) {
        thread_local!(static TOOLS: Knowledge = Knowledge::load(Settings::default()).unwrap());
        TOOLS.with(|tools| outcome(tools, if html { "x.html" } else { "x.txt" }, &bytes));
    }

    #[test]
    fn any_text_of_table_words(words in proptest::collection::vec(
        prop::sample::select(vec![
            "规章", "行政规范性文件", "行政许可", "第二十条第（一）项", "信息内容", "本年制发件数", "0", "12", "-", "|", "||", "\t", "\n", "\n\n", " ",
            "一、本年新收政府信息公开申请数量", "（七）总计", "其他", "总计", "自然人", "行政复议", "复议后起诉", "结果维持", "四、结转下年度继续办理",
            "<table>", "<tr>", "<td>", "<td colspan=3>", "</table>", "<td rowspan=0>", "2023年", "政府信息公开工作年度报告", "《", "》", "00", "1.", "（三）",
            "指标名称", "计量单位", "统计数", "收到申请数", "件", "条", "999999999999999999999", "减8", "1,2", "联系", "请与", "1月1日", "12月31日",
        ]), 0..300)) {
        thread_local!(static TOOLS: Knowledge = Knowledge::load(Settings::default()).unwrap());
        TOOLS.with(|tools| outcome(tools, "x.txt", words.concat().as_bytes()));
    }

    #[test]
    fn mutated_seeds(seed in 0usize..5, at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>(), swap in any::<prop::sample::Index>()) {
        if let Some(shared) = shared() {
            let mut files: Vec<_> = std::fs::read_dir(shared.join("seeds")).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
            files.sort();
            let mut bytes = std::fs::read(&files[seed]).unwrap();
            let i = at.index(bytes.len());
            bytes[i] = byte;
            let (a, b) = (swap.index(bytes.len()), cut.index(bytes.len()));
            bytes.swap(a, b);
            bytes.truncate(bytes.len().min(b + 2000));
            thread_local!(static TOOLS: Knowledge = Knowledge::load(Settings::default()).unwrap());
            TOOLS.with(|tools| outcome(tools, "x.txt", &bytes));
        }
    }
}

#[test]
fn odd_files() {
    let tools = Knowledge::load(Settings::default()).unwrap();
    for (name, bytes) in [
        ("empty", Vec::new()),
        ("bom only", b"\xEF\xBB\xBF".to_vec()),
        ("half a unit", b"\xFF\xFE1".to_vec()),
        ("one line of bars", "|".repeat(100_000).into_bytes()),
        ("one line of digits", "9".repeat(100_000).into_bytes()),
        ("glued digits", format!("规章{}", "1".repeat(5000)).into_bytes()),
        ("deep tables", "<table><tr><td>".repeat(5000).into_bytes()),
        ("wide spans", "<table><tr><td colspan=99999 rowspan=99999>规章<td>0</table>".repeat(50).into_bytes()),
        ("many labels", "一、本年新收政府信息公开申请数量\n".repeat(3000).into_bytes()),
        ("many rows", "行政许可\t1\t2\t3\n".repeat(20_000).into_bytes()),
        ("lone tags", "<".repeat(50_000).into_bytes()),
    ] {
        outcome(&tools, name, &bytes);
    }
}
