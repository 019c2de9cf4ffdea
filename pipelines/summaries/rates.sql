-- 指标：每个填报单位一行，率以 % 计、保留两位小数，旁列 N 为分母（件）。数取 2019、2021 版格式的表三“总计”列和表四。
-- 实质公开率（一）＝（予以公开＋部分公开）÷ 办理总计
-- 实质公开率（二）＝（予以公开＋部分公开）÷（办理总计－不予处理－其他处理），即只看实际作出公开与否答复的申请
-- 不予公开率 ＝ 不予公开八项之和 ÷ 办理总计
-- 无法提供率 ＝ 无法提供三项之和 ÷ 办理总计
-- 结转率 ＝ 结转下年度继续办理 ÷（本年新收＋上年结转）
-- 复议纠错率 ＝ 行政复议结果纠正 ÷ 行政复议已审结（结果维持＋结果纠正＋其他结果）
-- 诉讼纠错率 ＝ 行政诉讼结果纠正 ÷ 行政诉讼已审结（未经复议直接起诉与复议后起诉相加）
-- 出处：各数依《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号，2019、2020年度为〔2019〕60号）；各率的公式国家没有统一
-- 规定，此处为常用口径，与他处比较前应先核对公式。
-- 分母小于 10 的不计率（N 照列）；任何一项空白、缺失或无法辨认的不计率：空白不是零。不成立勾稽关系多的报告，率不可靠。
-- 政府与部门各自成行，政府的数已含其部门，不得相加。2014-2018 年统计表口径不同，不在其内。
WITH q AS (
  SELECT
    report_id,
    processed,
    carried_out,
    received + carried_in AS due,
    granted + partially_granted AS opened,
    denied_state_secret + denied_law_prohibits + denied_security_stability + denied_third_party_rights
      + denied_internal_affairs + denied_process_information + denied_enforcement_file
      + denied_administrative_query AS denied,
    unavailable_not_held + unavailable_needs_creation + unavailable_unclear AS unavailable,
    processed - (not_processed_petition + not_processed_repeated + not_processed_published + not_processed_excessive
      + not_processed_reissue) - COALESCE(other, other_not_corrected + other_fee_unpaid + other_misc) AS answered
  FROM requests
  WHERE applicant = 'total'
),
fu AS (
  SELECT report_id, corrected, upheld + corrected + other AS concluded FROM disputes WHERE "case" = 'reconsideration'
),
direct AS (
  SELECT report_id, corrected, upheld + corrected + other AS concluded FROM disputes WHERE "case" = 'litigation_direct'
),
later AS (
  SELECT report_id, corrected, upheld + corrected + other AS concluded
  FROM disputes
  WHERE "case" = 'litigation_after_reconsideration'
),
suits AS (
  SELECT
    d.report_id,
    d.corrected + a.corrected AS corrected,
    d.concluded + a.concluded AS concluded
  FROM direct AS d
  JOIN later AS a ON d.report_id = a.report_id
),
figures AS (
  SELECT
    r.year, r.province_name, r.prefecture, r.county, r.prefecture_code, r.county_code, r.agency, r.agency_kind,
    r.report_id, r.checks_failed,
    CAST(q.processed AS DOUBLE) AS processed,
    CAST(q.opened AS DOUBLE) AS opened,
    CAST(q.denied AS DOUBLE) AS denied,
    CAST(q.unavailable AS DOUBLE) AS unavailable,
    CAST(q.answered AS DOUBLE) AS answered,
    CAST(q.carried_out AS DOUBLE) AS carried_out,
    CAST(q.due AS DOUBLE) AS due,
    CAST(f.corrected AS DOUBLE) AS fu_corrected,
    CAST(f.concluded AS DOUBLE) AS fu_concluded,
    CAST(s.corrected AS DOUBLE) AS suit_corrected,
    CAST(s.concluded AS DOUBLE) AS suit_concluded,
    q.report_id AS has_requests,
    f.report_id AS has_fu,
    s.report_id AS has_suits
  FROM reports AS r
  LEFT JOIN q ON r.report_id = q.report_id
  LEFT JOIN fu AS f ON r.report_id = f.report_id
  LEFT JOIN suits AS s ON r.report_id = s.report_id
  WHERE r.is_primary
)
SELECT
  year AS "年度",
  province_name AS "省级",
  prefecture AS "地级",
  county AS "县级",
  COALESCE(county_code, prefecture_code) AS "区划代码",
  agency AS "填报单位",
  CASE agency_kind
    WHEN 'government' THEN '政府' WHEN 'department' THEN '部门' WHEN 'township' THEN '乡镇' WHEN 'street' THEN '街道'
    WHEN 'zone' THEN '开发区' WHEN 'institution' THEN '事业单位' WHEN 'national' THEN '国家级' END AS "单位类别",
  CASE WHEN processed >= 10 THEN ROUND(opened * 100 / processed, 2) END AS "实质公开率（一）（%）",
  CASE WHEN processed >= 10 THEN ROUND(denied * 100 / processed, 2) END AS "不予公开率（%）",
  CASE WHEN processed >= 10 THEN ROUND(unavailable * 100 / processed, 2) END AS "无法提供率（%）",
  CAST(processed AS BIGINT) AS "N：办理总计（件）",
  CASE WHEN answered >= 10 THEN ROUND(opened * 100 / answered, 2) END AS "实质公开率（二）（%）",
  CAST(answered AS BIGINT) AS "N：办理总计减不予处理和其他处理（件）",
  CASE WHEN due >= 10 THEN ROUND(carried_out * 100 / due, 2) END AS "结转率（%）",
  CAST(due AS BIGINT) AS "N：新收加上年结转（件）",
  CASE WHEN fu_concluded >= 10 THEN ROUND(fu_corrected * 100 / fu_concluded, 2) END AS "复议纠错率（%）",
  CAST(fu_concluded AS BIGINT) AS "N：复议已审结（件）",
  CASE WHEN suit_concluded >= 10 THEN ROUND(suit_corrected * 100 / suit_concluded, 2) END AS "诉讼纠错率（%）",
  CAST(suit_concluded AS BIGINT) AS "N：诉讼已审结（件）",
  checks_failed AS "不成立勾稽关系（个）"
FROM figures
WHERE has_requests IS NOT NULL OR has_fu IS NOT NULL OR has_suits IS NOT NULL
ORDER BY prefecture_code NULLS FIRST, county_code NULLS FIRST, agency, report_id
