-- 两年对照：同一机关相邻两个年度的报告，表二、表三（“总计”列）、表四每个有数的单元格一行，上年与本年并列；一省在一个文件内。
-- 变化 ＝ 本年 － 上年；任何一年空白、缺失、无法辨认或该版格式没有此栏的不计变化：空白不是零。两年都空白或都是零的不列。
-- 同一机关依机关编号（body_id）认定，编号缺失的、只有一年的不列；只看主要版本。先后：表二、表三、表四，末为正文。
-- “两年格式”是上年与本年该表所用的格式版本；不同的，表二规章、规范性文件、收费等栏目不同、分行列出，处理决定数口径不同，变化可能只
-- 来自格式。2014-2018 年统计表不在本表，见“年度对比”。
-- 正文重复比例取 findings 的 narrative_copied（与上一年度正文重复的份额，Jaccard 相似度，× 100，保留两位小数），只有达到流程文件
-- copied_share 界限的才有；没有这一行的不等于没有重复。
-- 采购金额的单位随各报告所印，此处不能分辨，单位留空。
-- 列出各省存档中最近 years 个年度（流程文件的 parameters；每年各与其上一年对照），各年度都列会很大。
-- 出处：《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号，2019、2020年度〔2019〕60号）表二、三、四。
WITH bodies AS (
  SELECT
    report_id AS id, year, province, agency_kind, county_code, checks_failed,
    LAG(report_id) OVER (PARTITION BY province, body_id ORDER BY year) AS prior_id,
    LAG(year) OVER (PARTITION BY province, body_id ORDER BY year) AS prior,
    LAG(checks_failed) OVER (PARTITION BY province, body_id ORDER BY year) AS prior_failed,
    MAX(year) OVER (PARTITION BY province) AS latest
  FROM reports
  WHERE is_primary AND body_id IS NOT NULL AND year IS NOT NULL
),
pairs AS (
  SELECT b.id, b.prior_id, b.agency_kind, b.county_code, b.checks_failed, b.prior_failed
  FROM bodies AS b
  CROSS JOIN parameters AS p
  WHERE b.prior = b.year - 1 AND b.year > b.latest - p.years
),
rows_two AS (
  SELECT * FROM (VALUES
    (1, 'rules', '规章'),
    (2, 'normative_documents', '规范性文件'),
    (3, 'licensing', '行政许可'),
    (4, 'other_services', '其他对外管理服务事项'),
    (5, 'penalties', '行政处罚'),
    (6, 'compulsory_measures', '行政强制'),
    (7, 'fees', '行政事业性收费'),
    (8, 'procurement', '政府集中采购')
  ) AS v(place, code, label)
),
columns_two AS (
  SELECT * FROM (VALUES
    (1, '本年制发件数', '件'),
    (2, '本年废止件数', '件'),
    (3, '现行有效件数', '件'),
    (4, '处理决定数量', '件'),
    (5, '本年收费金额', '万元'),
    (6, '本年新制作数量', '件'),
    (7, '本年新公开数量', '件'),
    (8, '对外公开总数量', '件'),
    (9, '上一年项目数量', '项'),
    (10, '本年增/减', '项'),
    (11, '采购项目数量', '项'),
    (12, '采购总金额', NULL)
  ) AS v(at, heading, unit)
),
rows_three AS (
  SELECT * FROM (VALUES
    (1, '一、本年新收'),
    (2, '二、上年结转'),
    (3, '三（一）予以公开'),
    (4, '三（二）部分公开'),
    (5, '三（三）1.属于国家秘密'),
    (6, '三（三）2.其他法律行政法规禁止公开'),
    (7, '三（三）3.危及“三安全一稳定”'),
    (8, '三（三）4.保护第三方合法权益'),
    (9, '三（三）5.属于三类内部事务信息'),
    (10, '三（三）6.属于四类过程性信息'),
    (11, '三（三）7.属于行政执法案卷'),
    (12, '三（三）8.属于行政查询事项'),
    (13, '三（四）1.本机关不掌握相关政府信息'),
    (14, '三（四）2.没有现成信息需要另行制作'),
    (15, '三（四）3.补正后申请内容仍不明确'),
    (16, '三（五）1.信访举报投诉类申请'),
    (17, '三（五）2.重复申请'),
    (18, '三（五）3.要求提供公开出版物'),
    (19, '三（五）4.无正当理由大量反复申请'),
    (20, '三（五）5.要求行政机关确认或重新出具已获取信息'),
    (21, '三（六）1.逾期不补正、不再处理'),
    (22, '三（六）2.逾期未缴费、不再处理'),
    (23, '三（六）3.其他'),
    (24, '三（六）其他处理（2019版）'),
    (25, '三（七）总计'),
    (26, '四、结转下年度继续办理')
  ) AS v(place, label)
),
rows_four AS (
  SELECT * FROM (VALUES
    (1, 'reconsideration', '行政复议'),
    (2, 'litigation_direct', '未经复议直接起诉'),
    (3, 'litigation_after_reconsideration', '复议后起诉')
  ) AS v(place, code, label)
),
columns_four AS (
  SELECT * FROM (VALUES
    (1, '结果维持'),
    (2, '结果纠正'),
    (3, '其他结果'),
    (4, '尚未审结'),
    (5, '总计')
  ) AS v(at, heading)
),
three AS (
  SELECT * FROM requests WHERE applicant = 'total'
),
figures_three AS (
  SELECT
    p.id, k.place, k.label,
    t.edition AS form, l.edition AS prior_form,
    COALESCE(
      CASE WHEN k.place = 1 THEN t.received END, CASE WHEN k.place = 2 THEN t.carried_in END,
      CASE WHEN k.place = 3 THEN t.granted END, CASE WHEN k.place = 4 THEN t.partially_granted END,
      CASE WHEN k.place = 5 THEN t.denied_state_secret END, CASE WHEN k.place = 6 THEN t.denied_law_prohibits END,
      CASE WHEN k.place = 7 THEN t.denied_security_stability END,
      CASE WHEN k.place = 8 THEN t.denied_third_party_rights END,
      CASE WHEN k.place = 9 THEN t.denied_internal_affairs END,
      CASE WHEN k.place = 10 THEN t.denied_process_information END,
      CASE WHEN k.place = 11 THEN t.denied_enforcement_file END,
      CASE WHEN k.place = 12 THEN t.denied_administrative_query END,
      CASE WHEN k.place = 13 THEN t.unavailable_not_held END,
      CASE WHEN k.place = 14 THEN t.unavailable_needs_creation END,
      CASE WHEN k.place = 15 THEN t.unavailable_unclear END,
      CASE WHEN k.place = 16 THEN t.not_processed_petition END,
      CASE WHEN k.place = 17 THEN t.not_processed_repeated END,
      CASE WHEN k.place = 18 THEN t.not_processed_published END,
      CASE WHEN k.place = 19 THEN t.not_processed_excessive END,
      CASE WHEN k.place = 20 THEN t.not_processed_reissue END, CASE WHEN k.place = 21 THEN t.other_not_corrected END,
      CASE WHEN k.place = 22 THEN t.other_fee_unpaid END, CASE WHEN k.place = 23 THEN t.other_misc END,
      CASE WHEN k.place = 24 THEN t.other END, CASE WHEN k.place = 25 THEN t.processed END,
      CASE WHEN k.place = 26 THEN t.carried_out END) AS now,
    COALESCE(
      CASE WHEN k.place = 1 THEN l.received END, CASE WHEN k.place = 2 THEN l.carried_in END,
      CASE WHEN k.place = 3 THEN l.granted END, CASE WHEN k.place = 4 THEN l.partially_granted END,
      CASE WHEN k.place = 5 THEN l.denied_state_secret END, CASE WHEN k.place = 6 THEN l.denied_law_prohibits END,
      CASE WHEN k.place = 7 THEN l.denied_security_stability END,
      CASE WHEN k.place = 8 THEN l.denied_third_party_rights END,
      CASE WHEN k.place = 9 THEN l.denied_internal_affairs END,
      CASE WHEN k.place = 10 THEN l.denied_process_information END,
      CASE WHEN k.place = 11 THEN l.denied_enforcement_file END,
      CASE WHEN k.place = 12 THEN l.denied_administrative_query END,
      CASE WHEN k.place = 13 THEN l.unavailable_not_held END,
      CASE WHEN k.place = 14 THEN l.unavailable_needs_creation END,
      CASE WHEN k.place = 15 THEN l.unavailable_unclear END,
      CASE WHEN k.place = 16 THEN l.not_processed_petition END,
      CASE WHEN k.place = 17 THEN l.not_processed_repeated END,
      CASE WHEN k.place = 18 THEN l.not_processed_published END,
      CASE WHEN k.place = 19 THEN l.not_processed_excessive END,
      CASE WHEN k.place = 20 THEN l.not_processed_reissue END, CASE WHEN k.place = 21 THEN l.other_not_corrected END,
      CASE WHEN k.place = 22 THEN l.other_fee_unpaid END, CASE WHEN k.place = 23 THEN l.other_misc END,
      CASE WHEN k.place = 24 THEN l.other END, CASE WHEN k.place = 25 THEN l.processed END,
      CASE WHEN k.place = 26 THEN l.carried_out END) AS was
  FROM pairs AS p
  LEFT JOIN three AS t ON p.id = t.report_id
  LEFT JOIN three AS l ON p.prior_id = l.report_id
  CROSS JOIN rows_three AS k
),
items AS (
  SELECT
    p.id, k.place, k.label,
    t.edition AS form, l.edition AS prior_form,
    t.issued, l.issued AS was_issued,
    t.repealed, l.repealed AS was_repealed,
    t.in_force, l.in_force AS was_in_force,
    t.decisions, l.decisions AS was_decisions,
    t.fee_amount, l.fee_amount AS was_fee_amount,
    t.created, l.created AS was_created,
    t.newly_disclosed, l.newly_disclosed AS was_newly_disclosed,
    t.total_disclosed, l.total_disclosed AS was_total_disclosed,
    t.prior_items, l.prior_items AS was_prior_items,
    t.item_change, l.item_change AS was_item_change,
    t.procurement_items, l.procurement_items AS was_procurement_items,
    t.procurement_amount, l.procurement_amount AS was_procurement_amount
  FROM pairs AS p
  CROSS JOIN rows_two AS k
  LEFT JOIN disclosure AS t ON p.id = t.report_id AND k.code = t.item
  LEFT JOIN disclosure AS l ON p.prior_id = l.report_id AND k.code = l.item
  WHERE t.report_id IS NOT NULL OR l.report_id IS NOT NULL
),
figures_two AS (
  SELECT
    i.id, i.place, i.label, c.at, c.heading, c.unit, i.form, i.prior_form,
    COALESCE(
      CASE WHEN c.at = 1 THEN CAST(issued AS DOUBLE) END, CASE WHEN c.at = 2 THEN CAST(repealed AS DOUBLE) END,
      CASE WHEN c.at = 3 THEN CAST(in_force AS DOUBLE) END, CASE WHEN c.at = 4 THEN CAST(decisions AS DOUBLE) END,
      CASE WHEN c.at = 5 THEN CAST(fee_amount AS DOUBLE) END, CASE WHEN c.at = 6 THEN CAST(created AS DOUBLE) END,
      CASE WHEN c.at = 7 THEN CAST(newly_disclosed AS DOUBLE) END,
      CASE WHEN c.at = 8 THEN CAST(total_disclosed AS DOUBLE) END,
      CASE WHEN c.at = 9 THEN CAST(prior_items AS DOUBLE) END,
      CASE WHEN c.at = 10 THEN CAST(item_change AS DOUBLE) END,
      CASE WHEN c.at = 11 THEN CAST(procurement_items AS DOUBLE) END,
      CASE WHEN c.at = 12 THEN CAST(procurement_amount AS DOUBLE) END) AS now,
    COALESCE(
      CASE WHEN c.at = 1 THEN CAST(was_issued AS DOUBLE) END,
      CASE WHEN c.at = 2 THEN CAST(was_repealed AS DOUBLE) END,
      CASE WHEN c.at = 3 THEN CAST(was_in_force AS DOUBLE) END,
      CASE WHEN c.at = 4 THEN CAST(was_decisions AS DOUBLE) END,
      CASE WHEN c.at = 5 THEN CAST(was_fee_amount AS DOUBLE) END,
      CASE WHEN c.at = 6 THEN CAST(was_created AS DOUBLE) END,
      CASE WHEN c.at = 7 THEN CAST(was_newly_disclosed AS DOUBLE) END,
      CASE WHEN c.at = 8 THEN CAST(was_total_disclosed AS DOUBLE) END,
      CASE WHEN c.at = 9 THEN CAST(was_prior_items AS DOUBLE) END,
      CASE WHEN c.at = 10 THEN CAST(was_item_change AS DOUBLE) END,
      CASE WHEN c.at = 11 THEN CAST(was_procurement_items AS DOUBLE) END,
      CASE WHEN c.at = 12 THEN CAST(was_procurement_amount AS DOUBLE) END) AS was
  FROM items AS i
  CROSS JOIN columns_two AS c
),
cases AS (
  SELECT
    p.id, k.place, k.label,
    t.edition AS form, l.edition AS prior_form,
    t.upheld, l.upheld AS was_upheld,
    t.corrected, l.corrected AS was_corrected,
    t.other, l.other AS was_other,
    t.pending, l.pending AS was_pending,
    t.total, l.total AS was_total
  FROM pairs AS p
  CROSS JOIN rows_four AS k
  LEFT JOIN disputes AS t ON p.id = t.report_id AND k.code = t."case"
  LEFT JOIN disputes AS l ON p.prior_id = l.report_id AND k.code = l."case"
  WHERE t.report_id IS NOT NULL OR l.report_id IS NOT NULL
),
figures_four AS (
  SELECT
    i.id, i.place, i.label, c.at, c.heading, i.form, i.prior_form,
    COALESCE(
      CASE WHEN c.at = 1 THEN upheld END, CASE WHEN c.at = 2 THEN corrected END, CASE WHEN c.at = 3 THEN other END,
      CASE WHEN c.at = 4 THEN pending END, CASE WHEN c.at = 5 THEN total END) AS now,
    COALESCE(
      CASE WHEN c.at = 1 THEN was_upheld END, CASE WHEN c.at = 2 THEN was_corrected END,
      CASE WHEN c.at = 3 THEN was_other END, CASE WHEN c.at = 4 THEN was_pending END,
      CASE WHEN c.at = 5 THEN was_total END) AS was
  FROM cases AS i
  CROSS JOIN columns_four AS c
),
compared AS (
  SELECT id, '表二' AS form_table, place, at, label, heading, unit, form, prior_form, now, was
  FROM figures_two
  WHERE (now IS NOT NULL OR was IS NOT NULL) AND NOT (COALESCE(now, -1) = 0 AND COALESCE(was, -1) = 0)
  UNION ALL
  SELECT
    id, '表三' AS form_table, place, 0 AS at, label, '总计' AS heading, '件' AS unit, form, prior_form,
    CAST(now AS DOUBLE) AS now, CAST(was AS DOUBLE) AS was
  FROM figures_three
  WHERE (now IS NOT NULL OR was IS NOT NULL) AND NOT (COALESCE(now, -1) = 0 AND COALESCE(was, -1) = 0)
  UNION ALL
  SELECT
    id, '表四' AS form_table, place, at, label, heading, '件' AS unit, form, prior_form, CAST(now AS DOUBLE) AS now,
    CAST(was AS DOUBLE) AS was
  FROM figures_four
  WHERE (now IS NOT NULL OR was IS NOT NULL) AND NOT (COALESCE(now, -1) = 0 AND COALESCE(was, -1) = 0)
  UNION ALL
  SELECT
    p.id, '正文' AS form_table, 0 AS place, 0 AS at, '与上一年度正文重复的比例' AS label, CAST(NULL AS VARCHAR) AS heading, '%' AS unit,
    CAST(NULL AS VARCHAR) AS form, CAST(NULL AS VARCHAR) AS prior_form, ROUND(f.actual * 100, 2) AS now,
    CAST(NULL AS DOUBLE) AS was
  FROM pairs AS p
  JOIN findings AS f ON p.id = f.report_id
  WHERE f.rule = 'narrative_copied'
)
SELECT
  r.year AS "本年度",
  r.year - 1 AS "上年度",
  r.province_name AS "省级",
  r.prefecture AS "地级",
  r.county AS "县级",
  CASE
    WHEN r.county_code IS NOT NULL THEN r.county_code WHEN r.prefecture_code IS NOT NULL THEN r.prefecture_code
    WHEN r.province > 10 THEN CAST(r.province * 10000 AS VARCHAR) END AS "区划代码",
  r.agency AS "填报单位",
  CASE r.agency_kind
    WHEN 'government' THEN '政府' WHEN 'department' THEN '部门' WHEN 'township' THEN '乡镇' WHEN 'street' THEN '街道'
    WHEN 'zone' THEN '开发区' WHEN 'institution' THEN '事业单位' WHEN 'national' THEN '国家级' END AS "单位类别",
  c.form_table AS "表",
  c.label AS "行",
  c.heading AS "列",
  c.unit AS "单位",
  c.was AS "上年（见单位）",
  c.now AS "本年（见单位）",
  ROUND(c.now - c.was, 6) AS "变化（见单位）",
  CASE
    WHEN c.form IS NULL AND c.prior_form IS NULL THEN NULL
    WHEN c.prior_form IS NULL THEN CONCAT('上年无此表，本年', c.form, '版')
    WHEN c.form IS NULL THEN CONCAT('上年', c.prior_form, '版，本年无此表')
    WHEN c.form = c.prior_form THEN CONCAT('均为', c.form, '版') ELSE CONCAT('上年', c.prior_form, '版，本年', c.form, '版') END AS "两年格式",
  r.province AS part_province
FROM compared AS c
JOIN reports AS r ON c.id = r.report_id
ORDER BY r.province NULLS FIRST, r.year, r.prefecture_code NULLS FIRST, r.county_code NULLS FIRST, r.agency NULLS FIRST,
  r.report_id, CASE c.form_table WHEN '表二' THEN 2 WHEN '表三' THEN 3 WHEN '表四' THEN 4 ELSE 5 END, c.place, c.at;

-- 表下注：所据报告、应报与已报、可比性。
WITH numbers AS (
  SELECT 1 AS place UNION ALL SELECT 2 AS place UNION ALL SELECT 3 AS place UNION ALL SELECT 4 AS place
  UNION ALL SELECT 5 AS place
),
bodies AS (
  SELECT
    report_id AS id, year, province, agency_kind, county_code, checks_failed,
    LAG(report_id) OVER (PARTITION BY province, body_id ORDER BY year) AS prior_id,
    LAG(year) OVER (PARTITION BY province, body_id ORDER BY year) AS prior,
    LAG(checks_failed) OVER (PARTITION BY province, body_id ORDER BY year) AS prior_failed,
    MAX(year) OVER (PARTITION BY province) AS latest
  FROM reports
  WHERE is_primary AND body_id IS NOT NULL AND year IS NOT NULL
),
pairs AS (
  SELECT b.id, b.prior_id, b.province, b.agency_kind, b.county_code, b.checks_failed, b.prior_failed
  FROM bodies AS b
  CROSS JOIN parameters AS p
  WHERE b.prior = b.year - 1 AND b.year > b.latest - p.years
),
copied AS (
  SELECT report_id AS id, MAX(rule) AS rule FROM findings WHERE rule = 'narrative_copied' GROUP BY report_id
),
counts AS (
  SELECT
    p.province,
    COUNT(p.id) AS n,
    COUNT(CASE WHEN p.agency_kind = 'government' AND p.county_code IS NOT NULL THEN 1 END) AS counties,
    COUNT(CASE WHEN p.agency_kind = 'government' AND p.county_code IS NULL THEN 1 END) AS above,
    COUNT(CASE WHEN p.agency_kind = 'department' THEN 1 END) AS departments,
    COUNT(CASE WHEN p.checks_failed > 0 OR p.prior_failed > 0 THEN 1 END) AS faulty,
    COUNT(c.rule) AS copied
  FROM pairs AS p
  LEFT JOIN copied AS c ON p.id = c.id
  GROUP BY p.province
),
expected AS (
  SELECT
    c.province,
    COUNT(c.county_code) AS counties, COUNT(CASE WHEN c.status = 'found' THEN 1 END) AS found
  FROM coverage AS c
  JOIN (SELECT province, MAX(latest) AS latest FROM bodies GROUP BY province) AS l ON c.province = l.province
  CROSS JOIN parameters AS p
  WHERE c.subject = 'government' AND c.year > l.latest - p.years AND c.year <= l.latest
  GROUP BY c.province
),
told AS (
  SELECT
    c.*,
    COALESCE(e.counties, 0) AS expected_counties,
    COALESCE(e.found, 0) AS expected_found
  FROM counts AS c
  LEFT JOIN expected AS e ON c.province = e.province
)
SELECT
  CASE k.place
    WHEN 1 THEN CONCAT('注：本表列最近', CAST(CAST(p.years AS BIGINT) AS VARCHAR), '个年度，依据', CAST(c.n AS VARCHAR), '对相邻两年的报告：县级政府', CAST(c.counties AS VARCHAR),
      '对，地级、省级政府', CAST(c.above AS VARCHAR), '对，部门', CAST(c.departments AS VARCHAR), '对，乡镇、街道等其他单位',
      CAST(c.n - c.counties - c.above - c.departments AS VARCHAR), '对。只有一年报告的机关不在本表。')
    WHEN 2 THEN CONCAT('注：所列年度应有县级政府报告', CAST(c.expected_counties AS VARCHAR), '份，存档中有', CAST(c.expected_found AS VARCHAR), '份；缺报只说明存档中没有。')
    WHEN 3 THEN CONCAT('注：', CAST(c.faulty AS VARCHAR), '对至少一份有勾稽关系不成立；数均照报告原文，未作更正。')
    WHEN 4 THEN CONCAT('注：', CAST(c.copied AS VARCHAR), '份报告的正文与上一年度高度重复，比例见“正文”一行；没有这一行的，重复比例未达界限或正文过短，不等于没有重复。')
    WHEN 5 THEN '注：空白表示未填、未印、无法辨认或该版格式没有此栏，不是零，不计变化；两年都空白或都是零的不列。两年格式不同的，表二不可比。政府与部门不得相加。' END AS "注",
  c.province AS part_province
FROM numbers AS k
CROSS JOIN told AS c
CROSS JOIN parameters AS p
ORDER BY k.place;
