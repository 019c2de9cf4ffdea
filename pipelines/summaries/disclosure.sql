-- 主动公开情况汇总：每个填报单位一行，取表二；2019 与 2021 两版格式的栏目分列，不相加。
WITH items AS (
  SELECT
    report_id,
    MAX(CASE WHEN item = 'rules' THEN issued END) AS rules_issued,
    MAX(CASE WHEN item = 'rules' THEN repealed END) AS rules_repealed,
    MAX(CASE WHEN item = 'rules' THEN in_force END) AS rules_in_force,
    MAX(CASE WHEN item = 'normative_documents' THEN issued END) AS documents_issued,
    MAX(CASE WHEN item = 'normative_documents' THEN repealed END) AS documents_repealed,
    MAX(CASE WHEN item = 'normative_documents' THEN in_force END) AS documents_in_force,
    MAX(CASE WHEN item = 'rules' THEN created END) AS rules_created,
    MAX(CASE WHEN item = 'normative_documents' THEN created END) AS documents_created,
    MAX(CASE WHEN item = 'licensing' THEN decisions END) AS licensing,
    MAX(CASE WHEN item = 'penalties' THEN decisions END) AS penalties,
    MAX(CASE WHEN item = 'compulsory_measures' THEN decisions END) AS compulsory,
    MAX(CASE WHEN item = 'fees' THEN fee_amount END) AS fees
  FROM disclosure
  GROUP BY report_id
)
SELECT
  r.year AS "年度",
  r.province_name AS "省级",
  r.prefecture AS "地级",
  r.county AS "县级",
  r.agency AS "填报单位",
  d.rules_issued AS "规章本年制发（件）",
  d.rules_repealed AS "规章本年废止（件）",
  d.rules_in_force AS "规章现行有效（件）",
  d.documents_issued AS "行政规范性文件本年制发（件）",
  d.documents_repealed AS "行政规范性文件本年废止（件）",
  d.documents_in_force AS "行政规范性文件现行有效（件）",
  d.rules_created AS "规章本年新制作（件，2019版）",
  d.documents_created AS "规范性文件本年新制作（件，2019版）",
  d.licensing AS "行政许可处理决定（件）",
  d.penalties AS "行政处罚处理决定（件）",
  d.compulsory AS "行政强制处理决定（件）",
  d.fees AS "行政事业性收费（万元）"
FROM items AS d
JOIN reports AS r ON d.report_id = r.report_id
WHERE r.is_primary
ORDER BY r.prefecture_code NULLS FIRST, r.county_code NULLS FIRST, r.agency, r.report_id
