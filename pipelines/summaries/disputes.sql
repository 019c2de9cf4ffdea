-- 行政复议诉讼情况汇总：每个填报单位、每类案件一行，取表四。
SELECT
  r.year AS "年度",
  r.province_name AS "省级",
  r.prefecture AS "地级",
  r.county AS "县级",
  r.agency AS "填报单位",
  CASE d."case"
    WHEN 'reconsideration' THEN '行政复议' WHEN 'litigation_direct' THEN '未经复议直接起诉'
    WHEN 'litigation_after_reconsideration' THEN '复议后起诉' END AS "案件类别",
  d.upheld AS "结果维持（件）",
  d.corrected AS "结果纠正（件）",
  d.other AS "其他结果（件）",
  d.pending AS "尚未审结（件）",
  d.total AS "总计（件）"
FROM disputes AS d
JOIN reports AS r ON d.report_id = r.report_id
WHERE r.is_primary
ORDER BY r.prefecture_code NULLS FIRST, r.county_code NULLS FIRST, r.agency, r.report_id, d."case" DESC
