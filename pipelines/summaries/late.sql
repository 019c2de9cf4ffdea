-- 缺报与迟报清单：每个县级政府、机关与年度一行；一省各年度在一个文件内。
-- 缺报：存档中各省的县级政府，在存档的首年至末年之间没有该年度报告（coverage.status = 'missing'）。
-- 停报：其他机关上一年度有报告、本年度没有（coverage.status = 'stopped'）；没有名录可查，从未报告的机关不在其内。
-- 迟报：发布日期晚于法定期限（findings.rule = 'published_late'；2019年度起条例（国务院令第711号）第四十九条：部门1月31日、
-- 政府3月31日；以前条例（第492号）第三十一条：3月31日），只看每个机关每年度的主要版本。没有印明日期的报告无从判断。
-- 地区未能确定到省的报告不在各省清单内；只看主要版本。
-- 缺报、停报只说明存档中没有：也可能已发布而未收入，或文件是无法读取的图片（见 files 表的 status），或地区未能确定。
WITH lists AS (
  SELECT
    c.year, c.province, c.province_name, c.prefecture_code, c.county_code, c.prefecture, c.county,
    COALESCE(c.agency, '县级人民政府') AS agency,
    CASE c.status WHEN 'missing' THEN '缺报' ELSE '停报' END AS kind,
    NULL AS published_on,
    CASE c.status WHEN 'missing' THEN '存档中没有该县级政府本年度报告'
      ELSE '上一年度有报告，存档中没有本年度报告' END AS note,
    l.source_path,
    c.body_id AS id
  FROM coverage AS c
  LEFT JOIN reports AS l ON c.last_report_id = l.report_id
  WHERE c.status = 'missing' OR c.status = 'stopped'
  UNION ALL
  SELECT
    r.year, r.province, r.province_name, r.prefecture_code, r.county_code, r.prefecture, r.county,
    r.agency,
    '迟报' AS kind,
    r.published_on,
    f.message_zh AS note,
    r.source_path,
    r.report_id AS id
  FROM findings AS f
  JOIN reports AS r ON f.report_id = r.report_id
  WHERE f.rule = 'published_late' AND r.is_primary
)
SELECT
  year AS "年度",
  CASE WHEN province = 10 THEN '国家级' ELSE province_name END AS "省级",
  prefecture AS "地级",
  county AS "县级",
  CASE
    WHEN county_code IS NOT NULL THEN county_code WHEN prefecture_code IS NOT NULL THEN prefecture_code
    WHEN province > 10 THEN CAST(province * 10000 AS VARCHAR) END AS "区划代码",
  agency AS "单位",
  kind AS "情况",
  published_on AS "发布日期",
  note AS "说明",
  source_path AS "文件（停报为上一年度的报告）",
  province AS part_province
FROM lists
ORDER BY province NULLS FIRST, year NULLS FIRST, prefecture_code NULLS FIRST, county_code NULLS FIRST, agency NULLS FIRST,
  kind, id NULLS FIRST, note NULLS FIRST;

-- 表下注：所据报告、应报与已报、迟报怎样判断。
WITH numbers AS (
  SELECT 1 AS place UNION ALL SELECT 2 AS place UNION ALL SELECT 3 AS place UNION ALL SELECT 4 AS place
),
counts AS (
  SELECT
    province,
    COUNT(report_id) AS n,
    COUNT(CASE WHEN agency_kind = 'government' AND county_code IS NOT NULL THEN 1 END) AS counties,
    COUNT(CASE WHEN agency_kind = 'government' AND county_code IS NULL THEN 1 END) AS above,
    COUNT(CASE WHEN agency_kind = 'department' THEN 1 END) AS departments,
    COUNT(CASE WHEN published_on IS NULL THEN 1 END) AS undated,
    COUNT(CASE WHEN checks_failed > 0 THEN 1 END) AS faulty
  FROM reports
  WHERE is_primary
  GROUP BY province
),
expected AS (
  SELECT
    province,
    COUNT(CASE WHEN subject = 'government' THEN 1 END) AS counties,
    COUNT(CASE WHEN subject = 'government' AND status = 'found' THEN 1 END) AS found,
    COUNT(CASE WHEN status = 'missing' THEN 1 END) AS missing,
    COUNT(CASE WHEN status = 'stopped' THEN 1 END) AS stopped
  FROM coverage
  GROUP BY province
),
lateness AS (
  SELECT r.province, COUNT(f.report_id) AS n
  FROM findings AS f
  JOIN reports AS r ON f.report_id = r.report_id
  WHERE f.rule = 'published_late' AND r.is_primary
  GROUP BY r.province
),
told AS (
  SELECT
    c.*,
    COALESCE(e.counties, 0) AS expected_counties,
    COALESCE(e.found, 0) AS expected_found,
    COALESCE(e.missing, 0) AS expected_missing,
    COALESCE(e.stopped, 0) AS expected_stopped,
    COALESCE(l.n, 0) AS lateness_n
  FROM counts AS c
  LEFT JOIN expected AS e ON c.province = e.province
  LEFT JOIN lateness AS l ON c.province = l.province
)
SELECT
  CASE k.place
    WHEN 1 THEN CONCAT('注：本表依据各年度', CAST(c.n AS VARCHAR), '份报告：县级政府', CAST(c.counties AS VARCHAR), '份，地级、省级政府',
      CAST(c.above AS VARCHAR), '份，部门', CAST(c.departments AS VARCHAR), '份，乡镇、街道等其他单位',
      CAST(c.n - c.counties - c.above - c.departments AS VARCHAR), '份；其中', CAST(c.faulty AS VARCHAR), '份有勾稽关系不成立。')
    WHEN 2 THEN CONCAT('注：存档首年至末年，应有县级政府报告', CAST(c.expected_counties AS VARCHAR), '份，存档中有', CAST(c.expected_found AS VARCHAR), '份，缺报',
      CAST(c.expected_missing AS VARCHAR), '份；停报', CAST(c.expected_stopped AS VARCHAR), '个机关次；迟报', CAST(c.lateness_n AS VARCHAR), '份。缺报、停报只说明存档中没有。')
    WHEN 3 THEN CONCAT('注：', CAST(c.undated AS VARCHAR), '份报告没有印明日期，是否迟报无从判断。期限：2019年度起部门1月31日、政府3月31日（国务院令第711号第四十九条），以前均为3月31日（第492号第三十一条）；两段时间的迟报数不可比。')
    WHEN 4 THEN '注：乡镇、街道的期限条例没有规定，不判断迟报。政府与部门的份数不得相加比较。' END AS "注",
  c.province AS part_province
FROM numbers AS k
CROSS JOIN told AS c
ORDER BY k.place;
