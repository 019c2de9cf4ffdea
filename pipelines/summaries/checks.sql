-- 勾稽关系核查清单：每项不成立的勾稽关系一行，附文件与行号，供对照原文。
-- 表内关系：sum_broken（格式载明或必然成立，错误）、sum_unusual（通常成立，提示）、issued_above_in_force、negative_value；
-- 跨年关系：carried_over_differs、stock_differs、repealed_above_stock；suspect_cell 指出最可能有误的单元格，只作提示。
-- “实为”“应为”是关系式左边、右边依报告所载各数算得的数（式子见“说明”；左边为几项之和的，与“单元格原文”不同），数据未作任何改动。
-- 不等关系的“应为”是界限。核对时空白单元格按格式计作 0，“相差”依此计算；左边只有一个空白单元格的，“实为”留空。
-- 行名是报告原文，列名取自格式。只看主要版本。
WITH failed AS (
  SELECT * FROM findings
  WHERE rule IN ('sum_broken', 'sum_unusual', 'suspect_cell', 'negative_value', 'issued_above_in_force',
    'carried_over_differs', 'stock_differs', 'repealed_above_stock')
),
-- Only the cells of reports that a check failed in: the join over four keys is the dear one.
labels AS (
  SELECT report_id, "table", "row", "column", row_label, column_label, raw, unit, value
  FROM cells
  WHERE report_id IN (SELECT report_id FROM failed)
)
SELECT
  r.year AS "年度",
  r.province_name AS "省级",
  r.prefecture AS "地级",
  r.county AS "县级",
  COALESCE(r.county_code, r.prefecture_code) AS "区划代码",
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
  l.row_label AS "行名（原文）",
  l.column_label AS "列名",
  CASE WHEN l.report_id IS NULL OR l.value IS NOT NULL OR f.actual <> 0 THEN f.actual END AS "实为",
  f.expected AS "应为",
  f.actual - f.expected AS "相差",
  l.unit AS "单位",
  l.raw AS "单元格原文",
  f.message_zh AS "说明"
FROM failed AS f
JOIN reports AS r ON f.report_id = r.report_id
LEFT JOIN labels AS l
  ON f.report_id = l.report_id AND f."table" = l."table" AND f."row" = l."row" AND f."column" = l."column"
WHERE r.is_primary
ORDER BY r.prefecture_code NULLS FIRST, r.county_code NULLS FIRST, r.agency, r.report_id, f.line NULLS FIRST, f.rule,
  f."table", f."row", f."column", f.message_zh
