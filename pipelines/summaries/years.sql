-- 年度对比：每个政府、每项指标、每两个相邻年度一行；只有两年都有主要版本报告、且两年该项都有数的才列出。一省各年度在一个文件内。
-- 同一政府依机关编号（body_id）认定，编号缺失的不列；指标取 series 表（data/harmonised.toml），不依各年格式另行推算。
-- 变化 ＝ 本年 － 上年；变化率 ＝ 变化 ÷ 上年 × 100，保留两位小数；上年为 0 的不计变化率。空白、缺失或无法辨认的不是零，不列。
-- 出处：《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号、〔2019〕60号）和 2014-2018 年统计表；各指标的算式见
-- data/harmonised.toml。
-- 口径：两年都可与最新格式直接比较，或都是 2014-2018 年统计表的为“一致”；否则为“近似”，变化可能来自口径（如 2018 与 2019 年之间）。
-- 所列各项在 series 中只有统计表的数是 approximate，故比较 comparability 即可；增列指标时应先核对 data/harmonised.toml。
WITH bodies AS (
  SELECT
    report_id, year, province, province_name, prefecture, county, prefecture_code, county_code, agency, body_id,
    year - 1 AS prior
  FROM reports
  WHERE is_primary AND agency_kind = 'government' AND body_id IS NOT NULL AND year IS NOT NULL
),
figures AS (
  SELECT
    report_id, value, comparability, series,
    CASE series
      WHEN 'requests_received' THEN 1
      WHEN 'requests_carried_in' THEN 2
      WHEN 'granted' THEN 3
      WHEN 'partially_granted' THEN 4
      WHEN 'denied' THEN 5
      WHEN 'unavailable' THEN 6
      WHEN 'not_processed' THEN 7
      WHEN 'requests_processed' THEN 8
      WHEN 'requests_carried_out' THEN 9
      WHEN 'reconsideration_total' THEN 10
      WHEN 'reconsideration_corrected' THEN 11
      WHEN 'litigation_total' THEN 12
      WHEN 'litigation_corrected' THEN 13
      ELSE 0 END AS place
  FROM series
  WHERE value IS NOT NULL
    AND series IN ('requests_received', 'requests_carried_in', 'granted', 'partially_granted',
      'denied', 'unavailable', 'not_processed', 'requests_processed',
      'requests_carried_out', 'reconsideration_total', 'reconsideration_corrected', 'litigation_total',
      'litigation_corrected')
),
pairs AS (
  SELECT
    b.year, b.province, b.province_name, b.prefecture, b.county, b.prefecture_code, b.county_code, b.agency, b.report_id,
    a.report_id AS prior_id
  FROM bodies AS b
  JOIN bodies AS a ON b.province = a.province AND b.body_id = a.body_id AND b.prior = a.year
),
compared AS (
  SELECT
    p.year, p.province, p.province_name, p.prefecture, p.county, p.prefecture_code, p.county_code, p.agency, p.report_id,
    t.series, t.place, t.value AS now, l.value AS then_value,
    CASE WHEN t.comparability = l.comparability THEN '一致' ELSE '近似' END AS basis
  FROM pairs AS p
  JOIN figures AS t ON p.report_id = t.report_id
  JOIN figures AS l ON p.prior_id = l.report_id AND t.series = l.series
)
SELECT
  province_name AS "省级",
  year AS "本年度",
  year - 1 AS "上年度",
  prefecture AS "地级",
  county AS "县级",
  CASE
    WHEN county_code IS NOT NULL THEN county_code WHEN prefecture_code IS NOT NULL THEN prefecture_code
    WHEN province > 10 THEN CAST(province * 10000 AS VARCHAR) END AS "区划代码",
  agency AS "政府",
  CASE series
    WHEN 'requests_received' THEN '新收申请'
    WHEN 'requests_carried_in' THEN '上年结转'
    WHEN 'granted' THEN '予以公开'
    WHEN 'partially_granted' THEN '部分公开'
    WHEN 'denied' THEN '不予公开'
    WHEN 'unavailable' THEN '无法提供'
    WHEN 'not_processed' THEN '不予处理'
    WHEN 'requests_processed' THEN '办理总计'
    WHEN 'requests_carried_out' THEN '结转下年度'
    WHEN 'reconsideration_total' THEN '行政复议总计'
    WHEN 'reconsideration_corrected' THEN '行政复议结果纠正'
    WHEN 'litigation_total' THEN '行政诉讼总计'
    WHEN 'litigation_corrected' THEN '行政诉讼结果纠正' END AS "指标",
  now AS "本年（件）",
  then_value AS "上年（件）",
  now - then_value AS "变化（件）",
  CASE WHEN then_value <> 0 THEN ROUND((now - then_value) * 100 / then_value, 2) END AS "变化率（%）",
  basis AS "口径",
  province AS part_province
FROM compared
ORDER BY province NULLS FIRST, year, prefecture_code NULLS FIRST, county_code NULLS FIRST, agency NULLS FIRST, report_id,
  place;

-- 表下注：所据报告、应报与已报、可比性。
WITH numbers AS (
  SELECT 1 AS place UNION ALL SELECT 2 AS place UNION ALL SELECT 3 AS place UNION ALL SELECT 4 AS place
),
bodies AS (
  SELECT report_id, year, province, body_id, county_code, checks_failed, year - 1 AS prior
  FROM reports
  WHERE is_primary AND agency_kind = 'government' AND body_id IS NOT NULL AND year IS NOT NULL
),
counts AS (
  SELECT
    b.province,
    COUNT(b.report_id) AS n,
    COUNT(CASE WHEN b.county_code IS NOT NULL THEN 1 END) AS counties,
    COUNT(CASE WHEN b.checks_failed > 0 OR a.checks_failed > 0 THEN 1 END) AS faulty
  FROM bodies AS b
  JOIN bodies AS a ON b.province = a.province AND b.body_id = a.body_id AND b.prior = a.year
  GROUP BY b.province
),
governments AS (
  SELECT province, COUNT(report_id) AS n
  FROM reports
  WHERE is_primary AND agency_kind = 'government'
  GROUP BY province
),
expected AS (
  SELECT
    province,
    COUNT(county_code) AS counties, COUNT(CASE WHEN status = 'found' THEN 1 END) AS found
  FROM coverage
  WHERE subject = 'government'
  GROUP BY province
),
told AS (
  SELECT
    c.*,
    COALESCE(g.n, 0) AS governments_n,
    COALESCE(e.counties, 0) AS expected_counties,
    COALESCE(e.found, 0) AS expected_found
  FROM counts AS c
  LEFT JOIN governments AS g ON c.province = g.province
  LEFT JOIN expected AS e ON c.province = e.province
)
SELECT
  CASE k.place
    WHEN 1 THEN CONCAT('注：存档中有政府报告', CAST(c.governments_n AS VARCHAR), '份，相邻两年都有报告、可以对比的', CAST(c.n AS VARCHAR), '对，其中县级政府', CAST(c.counties AS VARCHAR),
      '对；部门不在本表。')
    WHEN 2 THEN CONCAT('注：存档首年至末年，应有县级政府报告', CAST(c.expected_counties AS VARCHAR), '份，存档中有', CAST(c.expected_found AS VARCHAR), '份；缺任一年的无从对比。')
    WHEN 3 THEN CONCAT('注：可以对比的报告中', CAST(c.faulty AS VARCHAR), '对至少一份有勾稽关系不成立；数均照报告原文，未作更正。')
    WHEN 4 THEN '注：两年有一年空白的不列，空白不是零；上年为零的不计变化率。口径“近似”的（2014—2018年统计表与2019年版格式之间）变化可能只来自口径；2019、2021年版格式之间表三、表四可比。' END AS "注",
  c.province AS part_province
FROM numbers AS k
CROSS JOIN told AS c
ORDER BY k.place;
