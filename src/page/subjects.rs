//! What the page is about: the series that it draws and the severities that it counts.
//!
//! Owns their codes with their names on the page. Refuses to count or to draw.

/// Series that the page draws: code, name, what to know.
pub(super) const SERIES: [(&str, &str, &str); 6] = [
    ("requests_received", "新收申请", "2018 年度及以前按申请渠道统计，何为一件申请没有统一规定"),
    ("requests_processed", "办理总计", "2018 年度及以前为“申请办结数”"),
    ("granted", "予以公开", "2018 年度及以前为“已主动公开”与“同意公开”之和"),
    ("denied", "不予公开", "八类情形中有四类自 2019 年度才有"),
    ("reconsideration_total", "行政复议", "2018 年度及以前没有“尚未审结”一栏"),
    ("litigation_total", "行政诉讼", "2018 年度及以前不分是否经过复议"),
];
/// Severities: code, name, class.
pub(super) const SEVERITIES: [(&str, &str, &str); 3] =
    [("error", "错误", "e"), ("warning", "警告", "w"), ("info", "提示", "i")];
