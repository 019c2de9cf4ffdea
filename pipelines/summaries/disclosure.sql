-- 主动公开情况汇总：每个填报单位一行，取表二；县级另有小计、合计。
-- 出处：《政府信息公开工作年度报告格式》表二（2021年度起国办公开办函〔2021〕30号，2019、2020年度〔2019〕60号）。
-- 2019 与 2021 两版格式的栏目分列（表头注明 2019 版的为旧格式），不相加：2019 版的规范性文件范围较宽，处理决定数多为事项数或累计数。
-- 小计按地级、合计按省级，只加县级：“县级政府”与“县级部门”各有小计、合计，互不相加——县级政府的数已含其部门、乡镇，相加即重复
-- 计算。地级、省级政府的数可能已含下级，只列不加；乡镇、街道、开发区等也只列不加。政府办公室（厅）的报告可能就是政府的报告，
-- 列入“部门”而不加。省直辖县和直辖市的区县不属任何地级，无小计，直接计入合计。
-- 小计、合计是有数的报告之和：空白、缺失或无法辨认的单元格不计入，也不当作零。“所加报告”为所加份数；某项只有其中几份有数的，在
-- “不全的合计项”列出项名与有数的份数；各份都无数的，和数留空。
-- “不成立勾稽关系”在小计、合计行为所加报告之和。区划代码（GB/T 2260）取可确定的最低一级，小计为地级、合计为省级代码。
WITH levels AS (
  SELECT 1 AS level UNION ALL SELECT 2 AS level UNION ALL SELECT 3 AS level
),
items AS (
  SELECT
    report_id,
    MAX(CASE WHEN item = 'rules' THEN issued END) AS rules_issued,
    MAX(CASE WHEN item = 'rules' THEN repealed END) AS rules_repealed,
    MAX(CASE WHEN item = 'rules' THEN in_force END) AS rules_in_force,
    MAX(CASE WHEN item = 'normative_documents' THEN issued END) AS documents_issued,
    MAX(CASE WHEN item = 'normative_documents' THEN repealed END) AS documents_repealed,
    MAX(CASE WHEN item = 'normative_documents' THEN in_force END) AS documents_in_force,
    MAX(CASE WHEN item = 'licensing' AND edition = '2021' THEN decisions END) AS licensing,
    MAX(CASE WHEN item = 'penalties' AND edition = '2021' THEN decisions END) AS penalties,
    MAX(CASE WHEN item = 'compulsory_measures' AND edition = '2021' THEN decisions END) AS compulsory,
    MAX(CASE WHEN item = 'fees' THEN fee_amount END) AS fees,
    MAX(CASE WHEN item = 'rules' THEN created END) AS rules_created,
    MAX(CASE WHEN item = 'normative_documents' THEN created END) AS documents_created,
    MAX(CASE WHEN item = 'licensing' AND edition = '2019' THEN decisions END) AS licensing_2019,
    MAX(CASE WHEN item = 'penalties' AND edition = '2019' THEN decisions END) AS penalties_2019,
    MAX(CASE WHEN item = 'compulsory_measures' AND edition = '2019' THEN decisions END) AS compulsory_2019
  FROM disclosure
  GROUP BY report_id
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
    d.rules_issued,
    d.rules_repealed,
    d.rules_in_force,
    d.documents_issued,
    d.documents_repealed,
    d.documents_in_force,
    d.licensing,
    d.penalties,
    d.compulsory,
    d.fees,
    d.rules_created,
    d.documents_created,
    d.licensing_2019,
    d.penalties_2019,
    d.compulsory_2019
  FROM items AS d
  JOIN reports AS r ON d.report_id = r.report_id
  WHERE r.is_primary
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
    COUNT(rules_issued) AS n_rules_issued, CASE WHEN COUNT(rules_issued) > 0 THEN SUM(rules_issued) END AS rules_issued,
    COUNT(rules_repealed) AS n_rules_repealed, CASE WHEN COUNT(rules_repealed) > 0 THEN SUM(rules_repealed) END AS rules_repealed,
    COUNT(rules_in_force) AS n_rules_in_force, CASE WHEN COUNT(rules_in_force) > 0 THEN SUM(rules_in_force) END AS rules_in_force,
    COUNT(documents_issued) AS n_documents_issued, CASE WHEN COUNT(documents_issued) > 0 THEN SUM(documents_issued) END AS documents_issued,
    COUNT(documents_repealed) AS n_documents_repealed, CASE WHEN COUNT(documents_repealed) > 0 THEN SUM(documents_repealed) END AS documents_repealed,
    COUNT(documents_in_force) AS n_documents_in_force, CASE WHEN COUNT(documents_in_force) > 0 THEN SUM(documents_in_force) END AS documents_in_force,
    COUNT(licensing) AS n_licensing, CASE WHEN COUNT(licensing) > 0 THEN SUM(licensing) END AS licensing,
    COUNT(penalties) AS n_penalties, CASE WHEN COUNT(penalties) > 0 THEN SUM(penalties) END AS penalties,
    COUNT(compulsory) AS n_compulsory, CASE WHEN COUNT(compulsory) > 0 THEN SUM(compulsory) END AS compulsory,
    COUNT(fees) AS n_fees, CASE WHEN COUNT(fees) > 0 THEN SUM(fees) END AS fees,
    COUNT(rules_created) AS n_rules_created, CASE WHEN COUNT(rules_created) > 0 THEN SUM(rules_created) END AS rules_created,
    COUNT(documents_created) AS n_documents_created, CASE WHEN COUNT(documents_created) > 0 THEN SUM(documents_created) END AS documents_created,
    COUNT(licensing_2019) AS n_licensing_2019, CASE WHEN COUNT(licensing_2019) > 0 THEN SUM(licensing_2019) END AS licensing_2019,
    COUNT(penalties_2019) AS n_penalties_2019, CASE WHEN COUNT(penalties_2019) > 0 THEN SUM(penalties_2019) END AS penalties_2019,
    COUNT(compulsory_2019) AS n_compulsory_2019, CASE WHEN COUNT(compulsory_2019) > 0 THEN SUM(compulsory_2019) END AS compulsory_2019
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
  rules_issued AS "规章本年制发（件）",
  rules_repealed AS "规章本年废止（件）",
  rules_in_force AS "规章现行有效（件）",
  documents_issued AS "行政规范性文件本年制发（件）",
  documents_repealed AS "行政规范性文件本年废止（件）",
  documents_in_force AS "行政规范性文件现行有效（件）",
  licensing AS "行政许可处理决定（件）",
  penalties AS "行政处罚处理决定（件）",
  compulsory AS "行政强制处理决定（件）",
  CASE WHEN level = 1 THEN fees ELSE ROUND(fees, 6) END AS "行政事业性收费（万元）",
  rules_created AS "规章本年新制作（件，2019版）",
  documents_created AS "规范性文件本年新制作（件，2019版）",
  licensing_2019 AS "行政许可处理决定（件，2019版）",
  penalties_2019 AS "行政处罚处理决定（件，2019版）",
  compulsory_2019 AS "行政强制处理决定（件，2019版）",
  failed AS "不成立勾稽关系（个）",
  CASE WHEN level > 1 THEN n END AS "所加报告（份）",
  CASE WHEN level > 1 THEN NULLIF(CONCAT_WS('、',
    CASE WHEN n_rules_issued > 0 AND n_rules_issued < n THEN CONCAT('规章本年制发', CAST(n_rules_issued AS VARCHAR), '份') END,
    CASE WHEN n_rules_repealed > 0 AND n_rules_repealed < n THEN CONCAT('规章本年废止', CAST(n_rules_repealed AS VARCHAR), '份') END,
    CASE WHEN n_rules_in_force > 0 AND n_rules_in_force < n THEN CONCAT('规章现行有效', CAST(n_rules_in_force AS VARCHAR), '份') END,
    CASE WHEN n_documents_issued > 0 AND n_documents_issued < n THEN CONCAT('行政规范性文件本年制发', CAST(n_documents_issued AS VARCHAR), '份') END,
    CASE WHEN n_documents_repealed > 0 AND n_documents_repealed < n THEN CONCAT('行政规范性文件本年废止', CAST(n_documents_repealed AS VARCHAR), '份') END,
    CASE WHEN n_documents_in_force > 0 AND n_documents_in_force < n THEN CONCAT('行政规范性文件现行有效', CAST(n_documents_in_force AS VARCHAR), '份') END,
    CASE WHEN n_licensing > 0 AND n_licensing < n THEN CONCAT('行政许可处理决定', CAST(n_licensing AS VARCHAR), '份') END,
    CASE WHEN n_penalties > 0 AND n_penalties < n THEN CONCAT('行政处罚处理决定', CAST(n_penalties AS VARCHAR), '份') END,
    CASE WHEN n_compulsory > 0 AND n_compulsory < n THEN CONCAT('行政强制处理决定', CAST(n_compulsory AS VARCHAR), '份') END,
    CASE WHEN n_fees > 0 AND n_fees < n THEN CONCAT('行政事业性收费', CAST(n_fees AS VARCHAR), '份') END,
    CASE WHEN n_rules_created > 0 AND n_rules_created < n THEN CONCAT('规章本年新制作（2019版）', CAST(n_rules_created AS VARCHAR), '份') END,
    CASE WHEN n_documents_created > 0 AND n_documents_created < n THEN CONCAT('规范性文件本年新制作（2019版）', CAST(n_documents_created AS VARCHAR), '份') END,
    CASE WHEN n_licensing_2019 > 0 AND n_licensing_2019 < n THEN CONCAT('行政许可处理决定（2019版）', CAST(n_licensing_2019 AS VARCHAR), '份') END,
    CASE WHEN n_penalties_2019 > 0 AND n_penalties_2019 < n THEN CONCAT('行政处罚处理决定（2019版）', CAST(n_penalties_2019 AS VARCHAR), '份') END,
    CASE WHEN n_compulsory_2019 > 0 AND n_compulsory_2019 < n THEN CONCAT('行政强制处理决定（2019版）', CAST(n_compulsory_2019 AS VARCHAR), '份') END), '') END AS "不全的合计项（有数的份数）",
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
  SELECT report_id AS id, MAX(edition) AS form FROM disclosure GROUP BY report_id
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
      '份报告没有可用的表二。')
    WHEN 2 THEN CONCAT('注：本年度应有报告的县级政府', CAST(c.expected_counties AS VARCHAR), '个，存档中有报告的', CAST(c.expected_found AS VARCHAR), '个，缺',
      CAST(c.expected_counties - c.expected_found AS VARCHAR), '个；缺报只说明存档中没有，见“缺报与迟报清单”。')
    WHEN 3 THEN CONCAT('注：所据报告中', CAST(c.faulty AS VARCHAR), '份有勾稽关系不成立，见“勾稽关系核查清单”；数均照报告原文，未作更正。')
    WHEN 4 THEN CONCAT('注：用2021年版格式（国办公开办函〔2021〕30号）的', CAST(c.form_2021 AS VARCHAR), '份，用2019年版格式（〔2019〕60号）的',
      CAST(c.form_2019 AS VARCHAR), '份；两版栏目不同，分列而不相加，两版之间不可比。2014—2018年统计表口径不同，不在本表。')
    WHEN 5 THEN '注：空白表示未填、未印或无法辨认，不是零。小计、合计只加县级，政府与部门分别计算，不得相加；各级政府的数也不得相加。' END AS "注",
  c.year AS part_year,
  c.province AS part_province
FROM numbers AS k
CROSS JOIN told AS c
ORDER BY k.place;
