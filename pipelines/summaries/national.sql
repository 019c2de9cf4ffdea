-- 全国汇总：每年度、省级、层级一行；省级代码依 GB/T 2260；末行组“合计（存档各省）”为存档所有各省同一层级之和，存档以外的省不在其内。
-- 件数只加政府的报告（主要版本），部门、乡镇等只计份数：政府的数已含其部门，两者相加即重复计算。
-- 县级、地级、省级政府分行：上级政府的数可能已含下级，也不得相加。层级依区划代码；有省级而无县级、地级代码的报告，可能是省级
-- 机关，也可能是地区未能确定的县级、地级机关，列为“省级或地区未定”。
-- N 为该项有数的政府个数：空白、缺失或无法辨认的单元格不计入和数，也不当作零；N 小于政府报告数时，和数只是其中 N 个政府之和。
-- 不予公开、无法提供、不予处理为各分项之和，行政诉讼为两类起诉之和，任一分项空白的报告不计入该项。
-- 出处：《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号、〔2019〕60号）表三、表四。
-- 数取 2019、2021 版格式的表三“总计”列和表四；2014-2018 年统计表口径不同，不并入，该年度只有份数。
WITH q AS (
  SELECT
    report_id, received, carried_in, granted, partially_granted, processed, carried_out,
    denied_state_secret + denied_law_prohibits + denied_security_stability + denied_third_party_rights
      + denied_internal_affairs + denied_process_information + denied_enforcement_file
      + denied_administrative_query AS denied,
    unavailable_not_held + unavailable_needs_creation + unavailable_unclear AS unavailable,
    not_processed_petition + not_processed_repeated + not_processed_published + not_processed_excessive
      + not_processed_reissue AS not_processed
  FROM requests
  WHERE applicant = 'total'
),
cases AS (
  SELECT
    report_id,
    MAX(CASE WHEN "case" = 'reconsideration' THEN total END) AS fu,
    MAX(CASE WHEN "case" = 'litigation_direct' THEN total END)
      + MAX(CASE WHEN "case" = 'litigation_after_reconsideration' THEN total END) AS suits
  FROM disputes
  GROUP BY report_id
),
governments AS (
  SELECT
    r.report_id AS id, q.received, q.carried_in, q.granted, q.partially_granted, q.denied, q.unavailable,
    q.not_processed, q.processed, q.carried_out, d.fu, d.suits
  FROM reports AS r
  LEFT JOIN q ON r.report_id = q.report_id
  LEFT JOIN cases AS d ON r.report_id = d.report_id
  WHERE r.is_primary AND r.agency_kind = 'government'
),
bodies AS (
  SELECT
    r.year,
    COALESCE(r.province, 0) AS province, r.province_name,
    CASE
      WHEN r.province IS NULL THEN 4 WHEN r.province = 10 THEN 0 WHEN r.county_code IS NOT NULL THEN 3
      WHEN r.prefecture_code IS NOT NULL THEN 2 ELSE 1 END AS level,
    COALESCE(r.agency_kind, 'unknown') AS kind,
    g.id, g.received, g.carried_in, g.granted, g.partially_granted, g.denied, g.unavailable, g.not_processed, g.processed,
    g.carried_out, g.fu, g.suits
  FROM reports AS r
  LEFT JOIN governments AS g ON r.report_id = g.id
  WHERE r.is_primary
),
-- 每份报告计入其省级与合计（99）。
twice AS (
  SELECT 0 AS all_provinces UNION ALL SELECT 1 AS all_provinces
),
doubled AS (
  SELECT
    b.year, CASE WHEN t.all_provinces = 1 THEN 99 ELSE b.province END AS province, b.province_name, b.level, b.kind, b.id,
    b.received, b.carried_in, b.granted, b.partially_granted, b.denied, b.unavailable, b.not_processed, b.processed,
    b.carried_out, b.fu, b.suits
  FROM bodies AS b
  CROSS JOIN twice AS t
),
grouped AS (
  SELECT
    year, province, level, MAX(province_name) AS province_name,
    SUM(CASE WHEN kind = 'government' THEN 1 ELSE 0 END) AS n_government,
    SUM(CASE WHEN kind = 'department' THEN 1 ELSE 0 END) AS n_department,
    SUM(CASE WHEN kind = 'township' OR kind = 'street' THEN 1 ELSE 0 END) AS n_town,
    SUM(CASE WHEN kind <> 'government' AND kind <> 'department' AND kind <> 'township' AND kind <> 'street'
      THEN 1 ELSE 0 END) AS n_rest,
    COUNT(received) AS n_received,
    CASE WHEN COUNT(received) > 0 THEN SUM(received) END AS received,
    COUNT(carried_in) AS n_carried_in,
    CASE WHEN COUNT(carried_in) > 0 THEN SUM(carried_in) END AS carried_in,
    COUNT(granted) AS n_granted,
    CASE WHEN COUNT(granted) > 0 THEN SUM(granted) END AS granted,
    COUNT(partially_granted) AS n_partially_granted,
    CASE WHEN COUNT(partially_granted) > 0 THEN SUM(partially_granted) END AS partially_granted,
    COUNT(denied) AS n_denied,
    CASE WHEN COUNT(denied) > 0 THEN SUM(denied) END AS denied,
    COUNT(unavailable) AS n_unavailable,
    CASE WHEN COUNT(unavailable) > 0 THEN SUM(unavailable) END AS unavailable,
    COUNT(not_processed) AS n_not_processed,
    CASE WHEN COUNT(not_processed) > 0 THEN SUM(not_processed) END AS not_processed,
    COUNT(processed) AS n_processed,
    CASE WHEN COUNT(processed) > 0 THEN SUM(processed) END AS processed,
    COUNT(carried_out) AS n_carried_out,
    CASE WHEN COUNT(carried_out) > 0 THEN SUM(carried_out) END AS carried_out,
    COUNT(fu) AS n_fu,
    CASE WHEN COUNT(fu) > 0 THEN SUM(fu) END AS fu,
    COUNT(suits) AS n_suits,
    CASE WHEN COUNT(suits) > 0 THEN SUM(suits) END AS suits
  FROM doubled
  GROUP BY year, province, level
)
SELECT
  year AS "年度",
  CASE WHEN province > 0 AND province < 99 THEN CAST(province * 10000 AS VARCHAR) END AS "省级代码",
  CASE province
    WHEN 0 THEN '省级未定' WHEN 10 THEN '国家级' WHEN 99 THEN '合计（存档各省）' ELSE province_name END AS "省级",
  CASE level
    WHEN 0 THEN '国家级' WHEN 1 THEN '省级或地区未定' WHEN 2 THEN '地级' WHEN 3 THEN '县级' WHEN 4 THEN '地区未定' END AS "层级",
  n_government AS "政府报告（份）",
  n_department AS "部门报告（份）",
  n_town AS "乡镇街道报告（份）",
  n_rest AS "其他单位报告（份）",
  received AS "新收申请（件）",
  n_received AS "N：有新收申请数的政府（个）",
  carried_in AS "上年结转（件）",
  n_carried_in AS "N：有上年结转数的政府（个）",
  granted AS "予以公开（件）",
  n_granted AS "N：有予以公开数的政府（个）",
  partially_granted AS "部分公开（件）",
  n_partially_granted AS "N：有部分公开数的政府（个）",
  denied AS "不予公开（件）",
  n_denied AS "N：有不予公开数的政府（个）",
  unavailable AS "无法提供（件）",
  n_unavailable AS "N：有无法提供数的政府（个）",
  not_processed AS "不予处理（件）",
  n_not_processed AS "N：有不予处理数的政府（个）",
  processed AS "办理总计（件）",
  n_processed AS "N：有办理总计数的政府（个）",
  carried_out AS "结转下年度（件）",
  n_carried_out AS "N：有结转下年度数的政府（个）",
  fu AS "行政复议（件）",
  n_fu AS "N：有行政复议数的政府（个）",
  suits AS "行政诉讼（件）",
  n_suits AS "N：有行政诉讼数的政府（个）"
FROM grouped
ORDER BY province, year NULLS FIRST, level;

-- 表下注：所据报告、应报与已报、可比性。
WITH numbers AS (
  SELECT 1 AS place UNION ALL SELECT 2 AS place UNION ALL SELECT 3 AS place UNION ALL SELECT 4 AS place
  UNION ALL SELECT 5 AS place
),
counts AS (
  SELECT
    COUNT(report_id) AS n,
    COUNT(CASE WHEN agency_kind = 'government' AND county_code IS NOT NULL THEN 1 END) AS counties,
    COUNT(CASE WHEN agency_kind = 'government' AND county_code IS NULL THEN 1 END) AS above,
    COUNT(CASE WHEN agency_kind = 'department' THEN 1 END) AS departments,
    COUNT(CASE WHEN checks_failed > 0 THEN 1 END) AS faulty,
    COUNT(CASE WHEN edition = '2021' THEN 1 END) AS form_2021,
    COUNT(CASE WHEN edition = '2019' THEN 1 END) AS form_2019,
    COUNT(CASE WHEN edition = '2014' THEN 1 END) AS form_2014
  FROM reports
  WHERE is_primary
),
expected AS (
  SELECT COUNT(county_code) AS counties, COUNT(CASE WHEN status = 'found' THEN 1 END) AS found
  FROM coverage
  WHERE subject = 'government'
)
SELECT
  CASE k.place
    WHEN 1 THEN CONCAT('注：本表依据各年度', CAST(c.n AS VARCHAR), '份报告：县级政府', CAST(c.counties AS VARCHAR), '份，地级、省级政府等',
      CAST(c.above AS VARCHAR), '份，部门', CAST(c.departments AS VARCHAR), '份，乡镇、街道等其他单位',
      CAST(c.n - c.counties - c.above - c.departments AS VARCHAR), '份；件数只加政府的。')
    WHEN 2 THEN CONCAT('注：存档各省首年至末年，应有县级政府报告', CAST(e.counties AS VARCHAR), '份，存档中有', CAST(e.found AS VARCHAR), '份；和数只是有数的政府之和，份数见各 N，不能当作全省、全国的总数。')
    WHEN 3 THEN CONCAT('注：所据报告中', CAST(c.faulty AS VARCHAR), '份有勾稽关系不成立；数均照报告原文，未作更正。')
    WHEN 4 THEN CONCAT('注：用2021年版格式的', CAST(c.form_2021 AS VARCHAR), '份，2019年版', CAST(c.form_2019 AS VARCHAR), '份，2014—2018年统计表',
      CAST(c.form_2014 AS VARCHAR), '份；统计表口径不同，只计份数，2018与2019年度之间不可比。各年度所据政府不同，比较前先看 N。')
    WHEN 5 THEN '注：空白表示没有一个政府有数，不是零。政府与部门不得相加，各层级也不得相加。' END AS "注"
FROM numbers AS k
CROSS JOIN counts AS c
CROSS JOIN expected AS e
ORDER BY k.place;
