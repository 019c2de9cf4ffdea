-- 勾稽关系核查清单：每项不成立的勾稽关系一行，附文件与行号，供对照原文。
-- 表内关系：sum_broken（格式载明或必然成立，错误）、sum_unusual（通常成立，提示）、issued_above_in_force、negative_value；
-- 跨年关系：carried_over_differs、stock_differs、repealed_above_stock；suspect_cell 指出最可能有误的单元格，只作提示。
-- “实为”“应为”是关系式左边、右边依报告所载各数算得的数（式子见“说明”；左边为几项之和的，与“单元格原文”不同），数据未作任何改动。
-- 不等关系的“应为”是界限。核对时空白单元格按格式计作 0，“相差”依此计算；左边只有一个空白单元格的，“实为”留空。
-- 行名是报告原文，列名取自格式；单元格的原文、行名、列名、单位随 findings 记载。只看主要版本。
-- 出处：表内关系依《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号、〔2019〕60号）和 2014-2018 年统计表，见
-- data/editions；跨年关系依格式对“上年结转”“现行有效”的定义。各规则的出处见 docs/dictionary.md。
SELECT
  r.year AS "年度",
  r.province_name AS "省级",
  r.prefecture AS "地级",
  r.county AS "县级",
  CASE
    WHEN r.county_code IS NOT NULL THEN r.county_code WHEN r.prefecture_code IS NOT NULL THEN r.prefecture_code
    WHEN r.province > 10 THEN CAST(r.province * 10000 AS VARCHAR) END AS "区划代码",
  r.agency AS "填报单位",
  f.source_path AS "文件",
  f.page AS "页码",
  f.line AS "行号",
  CASE f.rule
    WHEN 'sum_broken' THEN '表内勾稽关系不成立' WHEN 'sum_unusual' THEN '通常成立的数量关系不成立'
    WHEN 'suspect_cell' THEN '最可能有误的单元格（提示）' WHEN 'negative_value' THEN '计数为负数'
    WHEN 'issued_above_in_force' THEN '本年制发大于现行有效与废止之和'
    WHEN 'carried_over_differs' THEN '上年结转与上一年度报告不一致'
    WHEN 'stock_differs' THEN '现行有效与上年推算不一致'
    WHEN 'repealed_above_stock' THEN '本年废止大于上年有效与本年制发之和' END AS "规则",
  f.rule AS "规则代码",
  CASE f.severity WHEN 'error' THEN '错误' WHEN 'warning' THEN '警告' ELSE '提示' END AS "严重程度",
  CASE f."table"
    WHEN 'disclosure' THEN '主动公开情况表' WHEN 'requests' THEN '依申请公开情况表' WHEN 'disputes' THEN '行政复议诉讼情况表'
    WHEN 'statistics' THEN '统计表（2014-2018）' ELSE f."table" END AS "表",
  f.row_label AS "行名（原文）",
  f.column_label AS "列名",
  CASE WHEN f.column_label IS NULL OR f.value IS NOT NULL OR f.actual <> 0 THEN f.actual END AS "实为",
  f.expected AS "应为",
  f.actual - f.expected AS "相差",
  f.unit AS "单位",
  f.raw AS "单元格原文",
  f.message_zh AS "说明",
  r.year AS part_year,
  r.province AS part_province
FROM findings AS f
JOIN reports AS r ON f.report_id = r.report_id
WHERE r.is_primary
  AND f.rule IN ('sum_broken', 'sum_unusual', 'suspect_cell', 'negative_value', 'issued_above_in_force',
    'carried_over_differs', 'stock_differs', 'repealed_above_stock')
ORDER BY r.province NULLS FIRST, r.year NULLS FIRST, r.prefecture_code NULLS FIRST, r.county_code NULLS FIRST,
  r.agency NULLS FIRST, r.report_id, f.line NULLS FIRST, f.rule, f."table" NULLS FIRST, f."row" NULLS FIRST,
  f."column" NULLS FIRST, f.message_zh;

-- 表下注：核对了多少、不成立多少、应报与已报、怎样看。
WITH numbers AS (
  SELECT 1 AS place UNION ALL SELECT 2 AS place UNION ALL SELECT 3 AS place UNION ALL SELECT 4 AS place
),
counts AS (
  SELECT
    year, province,
    COUNT(report_id) AS n,
    COUNT(CASE WHEN agency_kind = 'government' AND county_code IS NOT NULL THEN 1 END) AS counties,
    COUNT(CASE WHEN agency_kind = 'government' AND county_code IS NULL THEN 1 END) AS above,
    COUNT(CASE WHEN agency_kind = 'department' THEN 1 END) AS departments,
    COUNT(CASE WHEN checks_evaluated > 0 THEN 1 END) AS checked,
    COUNT(CASE WHEN checks_failed > 0 THEN 1 END) AS faulty,
    CASE WHEN COUNT(report_id) > 0 THEN SUM(checks_evaluated) ELSE 0 END AS evaluated,
    CASE WHEN COUNT(report_id) > 0 THEN SUM(checks_failed) ELSE 0 END AS failed
  FROM reports
  WHERE is_primary
  GROUP BY year, province
),
listed AS (
  SELECT
    r.year, r.province,
    COUNT(CASE WHEN f.severity = 'error' THEN 1 END) AS errors,
    COUNT(CASE WHEN f.severity = 'warning' THEN 1 END) AS warnings,
    COUNT(CASE WHEN f.severity <> 'error' AND f.severity <> 'warning' THEN 1 END) AS hints
  FROM findings AS f
  JOIN reports AS r ON f.report_id = r.report_id
  WHERE r.is_primary
    AND f.rule IN ('sum_broken', 'sum_unusual', 'suspect_cell', 'negative_value', 'issued_above_in_force',
    'carried_over_differs', 'stock_differs', 'repealed_above_stock')
  GROUP BY r.year, r.province
),
expected AS (
  SELECT
    year, province,
    COUNT(county_code) AS counties, COUNT(CASE WHEN status = 'found' THEN 1 END) AS found
  FROM coverage
  WHERE subject = 'government'
  GROUP BY year, province
),
told AS (
  SELECT
    c.*,
    COALESCE(l.errors, 0) AS listed_errors,
    COALESCE(l.warnings, 0) AS listed_warnings,
    COALESCE(l.hints, 0) AS listed_hints,
    COALESCE(e.counties, 0) AS expected_counties,
    COALESCE(e.found, 0) AS expected_found
  FROM counts AS c
  LEFT JOIN listed AS l ON c.year = l.year AND c.province = l.province
  LEFT JOIN expected AS e ON c.year = e.year AND c.province = e.province
)
SELECT
  CASE k.place
    WHEN 1 THEN CONCAT('注：本表依据', CAST(c.n AS VARCHAR), '份报告：县级政府', CAST(c.counties AS VARCHAR), '份，地级、省级政府',
      CAST(c.above AS VARCHAR), '份，部门', CAST(c.departments AS VARCHAR), '份，乡镇、街道等其他单位',
      CAST(c.n - c.counties - c.above - c.departments AS VARCHAR), '份。其中', CAST(c.checked AS VARCHAR), '份可核对，共核对勾稽关系',
      CAST(c.evaluated AS VARCHAR), '个，', CAST(c.faulty AS VARCHAR), '份报告的', CAST(c.failed AS VARCHAR), '个必然成立的关系不成立。')
    WHEN 2 THEN CONCAT('注：本年度应有报告的县级政府', CAST(c.expected_counties AS VARCHAR), '个，存档中有报告的', CAST(c.expected_found AS VARCHAR), '个，缺',
      CAST(c.expected_counties - c.expected_found AS VARCHAR), '个；没有列入的报告可能是没有收入或没有可核对的表，不说明数据无误。')
    WHEN 3 THEN CONCAT('注：本表列错误', CAST(c.listed_errors AS VARCHAR), '项、警告', CAST(c.listed_warnings AS VARCHAR), '项、提示', CAST(c.listed_hints AS VARCHAR),
      '项；“警告”“提示”是通常成立的关系或最可能的原因，是否有误以原文为准，数据未作任何改动。')
    WHEN 4 THEN '注：各版格式（2014—2018年统计表、2019年版、2021年版）各依自己的勾稽关系核对，项数不可比。核对时空白计作零，只为核对，不作为数据。政府与部门的项数不得相加比较。' END AS "注",
  c.year AS part_year,
  c.province AS part_province
FROM numbers AS k
CROSS JOIN told AS c
ORDER BY k.place;
