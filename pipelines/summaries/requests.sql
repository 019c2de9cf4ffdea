-- 依申请公开情况汇总：每个填报单位一行，取表三“总计”列。
-- A null (blank, missing or unreadable cell) stays null, in sums too: a blank is never zero.
SELECT
  r.year AS "年度",
  r.province_name AS "省级",
  r.prefecture AS "地级",
  r.county AS "县级",
  r.agency AS "填报单位",
  CASE r.agency_kind
    WHEN 'government' THEN '政府' WHEN 'department' THEN '部门' WHEN 'township' THEN '乡镇' WHEN 'street' THEN '街道'
    WHEN 'zone' THEN '开发区' WHEN 'institution' THEN '事业单位' WHEN 'national' THEN '国家级' END AS "单位类别",
  q.received AS "本年新收（件）",
  q.carried_in AS "上年结转（件）",
  q.granted AS "予以公开（件）",
  q.partially_granted AS "部分公开（件）",
  q.denied_state_secret + q.denied_law_prohibits + q.denied_security_stability + q.denied_third_party_rights
    + q.denied_internal_affairs + q.denied_process_information + q.denied_enforcement_file
    + q.denied_administrative_query AS "不予公开（件）",
  q.unavailable_not_held + q.unavailable_needs_creation + q.unavailable_unclear AS "无法提供（件）",
  q.not_processed_petition + q.not_processed_repeated + q.not_processed_published + q.not_processed_excessive
    + q.not_processed_reissue AS "不予处理（件）",
  COALESCE(q.other, q.other_not_corrected + q.other_fee_unpaid + q.other_misc) AS "其他处理（件）",
  q.processed AS "办理总计（件）",
  q.carried_out AS "结转下年度（件）",
  r.checks_failed AS "不成立勾稽关系（个）"
FROM requests AS q
JOIN reports AS r ON q.report_id = r.report_id
WHERE q.applicant = 'total' AND r.is_primary
ORDER BY r.prefecture_code NULLS FIRST, r.county_code NULLS FIRST, r.agency, r.report_id
