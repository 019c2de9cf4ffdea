-- 依申请公开情况汇总：每个填报单位一行，取表三“总计”列；县级另有小计、合计。
-- 出处：《政府信息公开工作年度报告格式》表三（2021年度起国办公开办函〔2021〕30号，2019、2020年度〔2019〕60号）。
-- 不予公开 ＝ 第（三）项八目之和；无法提供 ＝ 第（四）项三目之和；不予处理 ＝ 第（五）项五目之和；其他处理 ＝ 第（六）项（2021年版为三目
-- 之和）。任何一目空白、缺失或无法辨认，该项留空：空白不是零。
-- 小计按地级、合计按省级，只加县级：“县级政府”与“县级部门”各有小计、合计，互不相加——县级政府的数已含其部门、乡镇，相加即重复
-- 计算。地级、省级政府的数可能已含下级，只列不加；乡镇、街道、开发区等也只列不加。政府办公室（厅）的报告可能就是政府的报告，
-- 列入“部门”而不加。省直辖县和直辖市的区县不属任何地级，无小计，直接计入合计。
-- 小计、合计是有数的报告之和：空白、缺失或无法辨认的单元格不计入，也不当作零。“所加报告”为所加份数；某项只有其中几份有数的，在
-- “不全的合计项”列出项名与有数的份数；各份都无数的，和数留空。
-- “不成立勾稽关系”在小计、合计行为所加报告之和。区划代码（GB/T 2260）取可确定的最低一级，小计为地级、合计为省级代码。
WITH levels AS (
  SELECT 1 AS level UNION ALL SELECT 2 AS level UNION ALL SELECT 3 AS level
),
bodies AS (
  SELECT
    r.year, r.province, r.province_name, r.prefecture, r.county, r.prefecture_code, r.county_code, r.agency,
    r.report_id, r.checks_failed,
    CASE r.agency_kind
      WHEN 'government' THEN '政府' WHEN 'department' THEN '部门' WHEN 'township' THEN '乡镇' WHEN 'street' THEN '街道'
      WHEN 'zone' THEN '开发区' WHEN 'institution' THEN '事业单位' WHEN 'national' THEN '国家级' END AS kind,
    CASE r.agency_kind
      WHEN 'government' THEN 1 WHEN 'department' THEN 2 WHEN 'township' THEN 3 WHEN 'street' THEN 4 WHEN 'zone' THEN 5
      WHEN 'institution' THEN 6 WHEN 'national' THEN 7 ELSE 8 END AS class,
    CASE
      WHEN r.province = 10 THEN '国家级' WHEN r.county_code IS NOT NULL THEN '县级'
      WHEN r.prefecture_code IS NOT NULL THEN '地级' ELSE '省级或地区未定' END AS tier,
    r.county_code IS NOT NULL
      AND (r.agency_kind = 'government'
        OR (r.agency_kind = 'department' AND r.agency NOT LIKE '%政府办公室' AND r.agency NOT LIKE '%政府办公厅'
          AND r.agency NOT LIKE '%政府办')) AS added,
    q.received,
    q.carried_in,
    q.granted,
    q.partially_granted,
    q.denied_state_secret + q.denied_law_prohibits + q.denied_security_stability + q.denied_third_party_rights
      + q.denied_internal_affairs + q.denied_process_information + q.denied_enforcement_file
      + q.denied_administrative_query AS denied,
    q.unavailable_not_held + q.unavailable_needs_creation + q.unavailable_unclear AS unavailable,
    q.not_processed_petition + q.not_processed_repeated + q.not_processed_published + q.not_processed_excessive
      + q.not_processed_reissue AS not_processed,
    COALESCE(q.other, q.other_not_corrected + q.other_fee_unpaid + q.other_misc) AS other,
    q.processed,
    q.carried_out
  FROM requests AS q
  JOIN reports AS r ON q.report_id = r.report_id
  WHERE q.applicant = 'total' AND r.is_primary
),
-- 每份报告一行（level 1），所加报告再各计入其地级小计（2）与省级合计（3）。
placed AS (
  SELECT
    b.*, l.level,
    CASE l.level WHEN 1 THEN b.report_id WHEN 2 THEN b.prefecture_code ELSE '' END AS part
  FROM bodies AS b
  CROSS JOIN levels AS l
  WHERE l.level = 1 OR (b.added AND (l.level = 3 OR b.prefecture_code IS NOT NULL))
),
grouped AS (
  SELECT
    year, province, class, level, part,
    MAX(province_name) AS province_name, MAX(kind) AS kind, MAX(tier) AS tier, MAX(prefecture) AS prefecture,
    MAX(prefecture_code) AS prefecture_code, MAX(county) AS county, MAX(county_code) AS county_code,
    MAX(agency) AS agency, MAX(report_id) AS report_id, COUNT(report_id) AS n, SUM(checks_failed) AS failed,
    COUNT(received) AS n_received, CASE WHEN COUNT(received) > 0 THEN SUM(received) END AS received,
    COUNT(carried_in) AS n_carried_in, CASE WHEN COUNT(carried_in) > 0 THEN SUM(carried_in) END AS carried_in,
    COUNT(granted) AS n_granted, CASE WHEN COUNT(granted) > 0 THEN SUM(granted) END AS granted,
    COUNT(partially_granted) AS n_partially_granted, CASE WHEN COUNT(partially_granted) > 0 THEN SUM(partially_granted) END AS partially_granted,
    COUNT(denied) AS n_denied, CASE WHEN COUNT(denied) > 0 THEN SUM(denied) END AS denied,
    COUNT(unavailable) AS n_unavailable, CASE WHEN COUNT(unavailable) > 0 THEN SUM(unavailable) END AS unavailable,
    COUNT(not_processed) AS n_not_processed, CASE WHEN COUNT(not_processed) > 0 THEN SUM(not_processed) END AS not_processed,
    COUNT(other) AS n_other, CASE WHEN COUNT(other) > 0 THEN SUM(other) END AS other,
    COUNT(processed) AS n_processed, CASE WHEN COUNT(processed) > 0 THEN SUM(processed) END AS processed,
    COUNT(carried_out) AS n_carried_out, CASE WHEN COUNT(carried_out) > 0 THEN SUM(carried_out) END AS carried_out
  FROM placed
  GROUP BY year, province, class, level, part
)
SELECT
  year AS "年度",
  province_name AS "省级",
  CASE WHEN level < 3 THEN prefecture END AS "地级",
  CASE WHEN level = 1 THEN county END AS "县级",
  CASE
    WHEN level = 1 AND county_code IS NOT NULL THEN county_code
    WHEN level < 3 AND prefecture_code IS NOT NULL THEN prefecture_code
    WHEN province > 10 THEN CAST(province * 10000 AS VARCHAR) END AS "区划代码",
  CASE level
    WHEN 1 THEN agency WHEN 2 THEN CONCAT('小计（县级', kind, '）') ELSE CONCAT('合计（县级', kind, '）') END AS "填报单位",
  kind AS "单位类别",
  tier AS "层级",
  received AS "本年新收（件）",
  carried_in AS "上年结转（件）",
  granted AS "予以公开（件）",
  partially_granted AS "部分公开（件）",
  denied AS "不予公开（件）",
  unavailable AS "无法提供（件）",
  not_processed AS "不予处理（件）",
  other AS "其他处理（件）",
  processed AS "办理总计（件）",
  carried_out AS "结转下年度（件）",
  failed AS "不成立勾稽关系（个）",
  CASE WHEN level > 1 THEN n END AS "所加报告（份）",
  CASE WHEN level > 1 THEN NULLIF(CONCAT_WS('、',
    CASE WHEN n_received > 0 AND n_received < n THEN CONCAT('本年新收', CAST(n_received AS VARCHAR), '份') END,
    CASE WHEN n_carried_in > 0 AND n_carried_in < n THEN CONCAT('上年结转', CAST(n_carried_in AS VARCHAR), '份') END,
    CASE WHEN n_granted > 0 AND n_granted < n THEN CONCAT('予以公开', CAST(n_granted AS VARCHAR), '份') END,
    CASE WHEN n_partially_granted > 0 AND n_partially_granted < n THEN CONCAT('部分公开', CAST(n_partially_granted AS VARCHAR), '份') END,
    CASE WHEN n_denied > 0 AND n_denied < n THEN CONCAT('不予公开', CAST(n_denied AS VARCHAR), '份') END,
    CASE WHEN n_unavailable > 0 AND n_unavailable < n THEN CONCAT('无法提供', CAST(n_unavailable AS VARCHAR), '份') END,
    CASE WHEN n_not_processed > 0 AND n_not_processed < n THEN CONCAT('不予处理', CAST(n_not_processed AS VARCHAR), '份') END,
    CASE WHEN n_other > 0 AND n_other < n THEN CONCAT('其他处理', CAST(n_other AS VARCHAR), '份') END,
    CASE WHEN n_processed > 0 AND n_processed < n THEN CONCAT('办理总计', CAST(n_processed AS VARCHAR), '份') END,
    CASE WHEN n_carried_out > 0 AND n_carried_out < n THEN CONCAT('结转下年度', CAST(n_carried_out AS VARCHAR), '份') END), '') END AS "不全的合计项（有数的份数）",
  year AS part_year,
  province AS part_province
FROM grouped
ORDER BY province NULLS FIRST, year NULLS FIRST, class, CASE WHEN level = 3 THEN 1 ELSE 0 END,
  CASE WHEN level < 3 THEN prefecture_code END NULLS FIRST, level, CASE WHEN level = 1 THEN county_code END NULLS FIRST,
  CASE WHEN level = 1 THEN agency END NULLS FIRST, part;

-- 表下注：所据报告、应报与已报、勾稽关系、格式与可比性。
WITH numbers AS (
  SELECT 1 AS place UNION ALL SELECT 2 AS place UNION ALL SELECT 3 AS place UNION ALL SELECT 4 AS place
  UNION ALL SELECT 5 AS place
),
used AS (
  SELECT report_id AS id, edition AS form FROM requests WHERE applicant = 'total'
),
counts AS (
  SELECT
    r.year, r.province,
    COUNT(t.id) AS n,
    COUNT(CASE WHEN t.id IS NOT NULL AND r.agency_kind = 'government' AND r.county_code IS NOT NULL THEN 1 END) AS counties,
    COUNT(CASE WHEN t.id IS NOT NULL AND r.agency_kind = 'government' AND r.county_code IS NULL THEN 1 END) AS above,
    COUNT(CASE WHEN t.id IS NOT NULL AND r.agency_kind = 'department' THEN 1 END) AS departments,
    COUNT(CASE WHEN t.id IS NULL THEN 1 END) AS without,
    COUNT(CASE WHEN t.id IS NOT NULL AND r.checks_failed > 0 THEN 1 END) AS faulty,
    COUNT(CASE WHEN t.form = '2021' THEN 1 END) AS form_2021,
    COUNT(CASE WHEN t.form = '2019' THEN 1 END) AS form_2019
  FROM reports AS r
  LEFT JOIN used AS t ON r.report_id = t.id
  WHERE r.is_primary
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
    COALESCE(e.counties, 0) AS expected_counties,
    COALESCE(e.found, 0) AS expected_found
  FROM counts AS c
  LEFT JOIN expected AS e ON c.year = e.year AND c.province = e.province
)
SELECT
  CASE k.place
    WHEN 1 THEN CONCAT('注：本表依据', CAST(c.n AS VARCHAR), '份报告：县级政府', CAST(c.counties AS VARCHAR), '份，地级、省级政府',
      CAST(c.above AS VARCHAR), '份，部门', CAST(c.departments AS VARCHAR), '份，乡镇、街道等其他单位',
      CAST(c.n - c.counties - c.above - c.departments AS VARCHAR), '份。另有', CAST(c.without AS VARCHAR),
      '份报告没有可用的表三。')
    WHEN 2 THEN CONCAT('注：本年度应有报告的县级政府', CAST(c.expected_counties AS VARCHAR), '个，存档中有报告的', CAST(c.expected_found AS VARCHAR), '个，缺',
      CAST(c.expected_counties - c.expected_found AS VARCHAR), '个；缺报只说明存档中没有，见“缺报与迟报清单”。')
    WHEN 3 THEN CONCAT('注：所据报告中', CAST(c.faulty AS VARCHAR), '份有勾稽关系不成立，见“勾稽关系核查清单”；数均照报告原文，未作更正。')
    WHEN 4 THEN CONCAT('注：用2021年版格式（国办公开办函〔2021〕30号）的', CAST(c.form_2021 AS VARCHAR), '份，用2019年版格式（〔2019〕60号）的',
      CAST(c.form_2019 AS VARCHAR), '份；两版的“补正后申请内容仍不明确”（计入无法提供）和其他处理口径略有不同。2014—2018年统计表口径不同，不在本表。')
    WHEN 5 THEN '注：空白表示未填、未印或无法辨认，不是零。小计、合计只加县级，政府与部门分别计算，不得相加；各级政府的数也不得相加。' END AS "注",
  c.year AS part_year,
  c.province AS part_province
FROM numbers AS k
CROSS JOIN told AS c
ORDER BY k.place;
