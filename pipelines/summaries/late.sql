-- 缺报与迟报清单：每个县级政府、机关与年度一行；全部省份、全部年度在一个文件内。
-- 缺报：存档中各省的县级政府，在存档的首年至末年之间没有该年度报告（coverage.status = 'missing'）。
-- 停报：其他机关上一年度有报告、本年度没有（coverage.status = 'stopped'）；没有名录可查，从未报告的机关不在其内。
-- 迟报：发布日期晚于法定期限（findings.rule = 'published_late'；2019年度起条例（国务院令第711号）第四十九条：部门1月31日、
-- 政府3月31日；以前条例（第492号）第三十一条：3月31日），只看每个机关每年度的主要版本。没有印明日期的报告无从判断。
-- 缺报、停报只说明存档中没有：也可能已发布而未收入，或文件是无法读取的图片（见 files 表的 status），或地区未能确定。
WITH lists AS (
  SELECT
    c.year, c.province, c.prefecture_code, c.county_code, c.prefecture, c.county,
    COALESCE(c.agency, '县级人民政府') AS agency,
    CASE c.status WHEN 'missing' THEN '缺报' ELSE '停报' END AS kind,
    CAST(NULL AS DATE) AS published_on,
    CASE c.status WHEN 'missing' THEN '存档中没有该县级政府本年度报告'
      ELSE '上一年度有报告，存档中没有本年度报告' END AS note,
    l.source_path,
    c.body_id AS id
  FROM coverage AS c
  LEFT JOIN reports AS l ON c.last_report_id = l.report_id
  WHERE c.status = 'missing' OR c.status = 'stopped'
  UNION ALL
  SELECT
    r.year, r.province, r.prefecture_code, r.county_code, r.prefecture, r.county,
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
  CASE province
    WHEN 10 THEN '国家级' WHEN 11 THEN '北京市' WHEN 12 THEN '天津市' WHEN 13 THEN '河北省' WHEN 14 THEN '山西省'
    WHEN 15 THEN '内蒙古自治区' WHEN 21 THEN '辽宁省' WHEN 22 THEN '吉林省' WHEN 23 THEN '黑龙江省' WHEN 31 THEN '上海市'
    WHEN 32 THEN '江苏省' WHEN 33 THEN '浙江省' WHEN 34 THEN '安徽省' WHEN 35 THEN '福建省' WHEN 36 THEN '江西省'
    WHEN 37 THEN '山东省' WHEN 41 THEN '河南省' WHEN 42 THEN '湖北省' WHEN 43 THEN '湖南省' WHEN 44 THEN '广东省'
    WHEN 45 THEN '广西壮族自治区' WHEN 46 THEN '海南省' WHEN 50 THEN '重庆市' WHEN 51 THEN '四川省' WHEN 52 THEN '贵州省'
    WHEN 53 THEN '云南省' WHEN 54 THEN '西藏自治区' WHEN 61 THEN '陕西省' WHEN 62 THEN '甘肃省' WHEN 63 THEN '青海省'
    WHEN 64 THEN '宁夏回族自治区' WHEN 65 THEN '新疆维吾尔自治区' END AS "省级",
  prefecture AS "地级",
  county AS "县级",
  COALESCE(county_code, prefecture_code) AS "区划代码",
  agency AS "单位",
  kind AS "情况",
  published_on AS "发布日期",
  note AS "说明",
  source_path AS "文件（停报为上一年度的报告）"
FROM lists
ORDER BY province NULLS FIRST, year NULLS FIRST, prefecture_code NULLS FIRST, county_code NULLS FIRST, agency, kind, id, note
