-- 指标与排名：每个填报单位一行，率以 % 计、保留两位小数，旁列 N 为分母（件）。数取 2019、2021 版格式的表三“总计”列和表四。
-- 实质公开率（一）＝（予以公开＋部分公开）÷ 办理总计
-- 实质公开率（二）＝（予以公开＋部分公开）÷（办理总计－不予处理－其他处理），即只看实际作出公开与否答复的申请
-- 不予公开率 ＝ 不予公开八项之和 ÷ 办理总计
-- 无法提供率 ＝ 无法提供三项之和 ÷ 办理总计
-- 结转率 ＝ 结转下年度继续办理 ÷（本年新收＋上年结转）
-- 争议转化率 ＝（行政复议总计＋未经复议直接起诉总计＋复议后起诉总计）÷ 办理总计；复议后又起诉的计两次，案件也可能出自以前年度的
-- 申请，故可大于 100%
-- 复议纠错率 ＝ 行政复议结果纠正 ÷ 行政复议已审结（结果维持＋结果纠正＋其他结果）
-- 诉讼纠错率 ＝ 行政诉讼结果纠正 ÷ 行政诉讼已审结（未经复议直接起诉与复议后起诉相加）
-- 出处：各数依《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号，2019、2020年度为〔2019〕60号）；各率的公式国家没有统一
-- 规定，此处为常用口径，与他处比较前应先核对公式。
-- 分母小于 min_n 的不计率、不排名、不亮牌（N 照列）；任何一项空白、缺失或无法辨认的不计率：空白不是零。
-- 名次：同一年度、同一省级之内的县级政府之间，只排计得出率的；依未舍入的率，相同的并列，其后名次空出。实质公开率由高到低，其余由低
-- 到高。各项参加排名的政府个数见表下注。
-- 红黄牌：实质公开率低于、其余各率高于 xxx_yellow 为黄牌，xxx_red 为红牌，等于界限的不亮；min_n 和各界限由流程文件的 parameters
-- 给出，是各地自定的工作尺度，没有国家标准。
-- 政府与部门各自成行，政府的数已含其部门，不得相加。2014-2018 年统计表口径不同，不在其内。
WITH q AS (
  SELECT
    report_id,
    processed,
    carried_out,
    received + carried_in AS due,
    granted + partially_granted AS opened,
    denied_state_secret + denied_law_prohibits + denied_security_stability + denied_third_party_rights
      + denied_internal_affairs + denied_process_information + denied_enforcement_file
      + denied_administrative_query AS denied,
    unavailable_not_held + unavailable_needs_creation + unavailable_unclear AS unavailable,
    processed - (not_processed_petition + not_processed_repeated + not_processed_published + not_processed_excessive
      + not_processed_reissue) - COALESCE(other, other_not_corrected + other_fee_unpaid + other_misc) AS answered
  FROM requests
  WHERE applicant = 'total'
),
cases AS (
  SELECT
    report_id,
    COUNT(CASE WHEN "case" = 'reconsideration' THEN report_id END) AS has_review,
    COUNT(CASE WHEN "case" <> 'reconsideration' THEN report_id END) AS has_suits,
    MAX(CASE WHEN "case" = 'reconsideration' THEN corrected END) AS fu_corrected,
    MAX(CASE WHEN "case" = 'reconsideration' THEN upheld + corrected + other END) AS fu_concluded,
    MAX(CASE WHEN "case" = 'reconsideration' THEN total END) AS fu_total,
    MAX(CASE WHEN "case" = 'litigation_direct' THEN corrected END)
      + MAX(CASE WHEN "case" = 'litigation_after_reconsideration' THEN corrected END) AS suit_corrected,
    MAX(CASE WHEN "case" = 'litigation_direct' THEN upheld + corrected + other END)
      + MAX(CASE WHEN "case" = 'litigation_after_reconsideration' THEN upheld + corrected + other END) AS suit_concluded,
    MAX(CASE WHEN "case" = 'litigation_direct' THEN total END)
      + MAX(CASE WHEN "case" = 'litigation_after_reconsideration' THEN total END) AS suit_total
  FROM disputes
  GROUP BY report_id
),
figures AS (
  SELECT
    r.year, r.province, r.province_name, r.prefecture, r.county, r.prefecture_code, r.county_code, r.agency,
    r.agency_kind, r.report_id, r.checks_failed,
    CAST(q.processed AS DOUBLE) AS processed,
    CAST(q.opened AS DOUBLE) AS opened,
    CAST(q.denied AS DOUBLE) AS denied,
    CAST(q.unavailable AS DOUBLE) AS unavailable,
    CAST(q.answered AS DOUBLE) AS answered,
    CAST(q.carried_out AS DOUBLE) AS carried_out,
    CAST(q.due AS DOUBLE) AS due,
    CAST(d.fu_total + d.suit_total AS DOUBLE) AS cases,
    CAST(d.fu_corrected AS DOUBLE) AS fu_corrected,
    CAST(d.fu_concluded AS DOUBLE) AS fu_concluded,
    CAST(d.suit_corrected AS DOUBLE) AS suit_corrected,
    CAST(d.suit_concluded AS DOUBLE) AS suit_concluded
  FROM reports AS r
  LEFT JOIN q ON r.report_id = q.report_id
  LEFT JOIN cases AS d ON r.report_id = d.report_id
  WHERE r.is_primary AND (q.report_id IS NOT NULL OR d.has_review > 0 OR d.has_suits = 2)
),
rated AS (
  SELECT
    f.*,
    COALESCE(f.agency_kind = 'government' AND f.county_code IS NOT NULL, false) AS county_government,
    CASE WHEN processed >= p.min_n AND processed > 0 THEN opened * 100 / processed END AS open_rate,
    CASE WHEN processed >= p.min_n AND processed > 0 THEN denied * 100 / processed END AS denied_rate,
    CASE WHEN processed >= p.min_n AND processed > 0 THEN unavailable * 100 / processed END AS unavailable_rate,
    CASE WHEN processed >= p.min_n AND processed > 0 THEN cases * 100 / processed END AS dispute_rate,
    CASE WHEN answered >= p.min_n AND answered > 0 THEN opened * 100 / answered END AS answered_rate,
    CASE WHEN due >= p.min_n AND due > 0 THEN carried_out * 100 / due END AS carried_rate,
    CASE WHEN fu_concluded >= p.min_n AND fu_concluded > 0 THEN fu_corrected * 100 / fu_concluded END AS review_rate,
    CASE WHEN suit_concluded >= p.min_n AND suit_concluded > 0 THEN suit_corrected * 100 / suit_concluded END AS suit_rate,
    p.open_yellow, p.open_red,
    p.denied_yellow, p.denied_red,
    p.unavailable_yellow, p.unavailable_red,
    p.dispute_yellow, p.dispute_red,
    p.answered_yellow, p.answered_red,
    p.carried_yellow, p.carried_red,
    p.review_yellow, p.review_red,
    p.suit_yellow, p.suit_red
  FROM figures AS f
  CROSS JOIN parameters AS p
),
-- 只有县级政府参加排名。
entered AS (
  SELECT
    *,
    CASE WHEN county_government THEN open_rate END AS open_in,
    CASE WHEN county_government THEN denied_rate END AS denied_in,
    CASE WHEN county_government THEN unavailable_rate END AS unavailable_in,
    CASE WHEN county_government THEN dispute_rate END AS dispute_in,
    CASE WHEN county_government THEN answered_rate END AS answered_in,
    CASE WHEN county_government THEN carried_rate END AS carried_in,
    CASE WHEN county_government THEN review_rate END AS review_in,
    CASE WHEN county_government THEN suit_rate END AS suit_in
  FROM rated
),
-- 先编不重复的序号，再取同率者最小的为名次（此引擎没有 RANK）。
numbered AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY year, province ORDER BY COALESCE(open_in, -1000000000000.0) DESC) AS open_at,
    ROW_NUMBER() OVER (PARTITION BY year, province ORDER BY COALESCE(denied_in, 1000000000000.0)) AS denied_at,
    ROW_NUMBER() OVER (PARTITION BY year, province ORDER BY COALESCE(unavailable_in, 1000000000000.0)) AS unavailable_at,
    ROW_NUMBER() OVER (PARTITION BY year, province ORDER BY COALESCE(dispute_in, 1000000000000.0)) AS dispute_at,
    ROW_NUMBER() OVER (PARTITION BY year, province ORDER BY COALESCE(answered_in, -1000000000000.0) DESC) AS answered_at,
    ROW_NUMBER() OVER (PARTITION BY year, province ORDER BY COALESCE(carried_in, 1000000000000.0)) AS carried_at,
    ROW_NUMBER() OVER (PARTITION BY year, province ORDER BY COALESCE(review_in, 1000000000000.0)) AS review_at,
    ROW_NUMBER() OVER (PARTITION BY year, province ORDER BY COALESCE(suit_in, 1000000000000.0)) AS suit_at
  FROM entered
)
SELECT
  year AS "年度",
  province_name AS "省级",
  prefecture AS "地级",
  county AS "县级",
  CASE
    WHEN county_code IS NOT NULL THEN county_code WHEN prefecture_code IS NOT NULL THEN prefecture_code
    WHEN province > 10 THEN CAST(province * 10000 AS VARCHAR) END AS "区划代码",
  agency AS "填报单位",
  CASE agency_kind
    WHEN 'government' THEN '政府' WHEN 'department' THEN '部门' WHEN 'township' THEN '乡镇' WHEN 'street' THEN '街道'
    WHEN 'zone' THEN '开发区' WHEN 'institution' THEN '事业单位' WHEN 'national' THEN '国家级' END AS "单位类别",
  CAST(processed AS BIGINT) AS "N：办理总计（件）",
  ROUND(open_rate, 2) AS "实质公开率（一）（%）",
  CASE
    WHEN open_in IS NOT NULL THEN MIN(open_at) OVER (PARTITION BY year, province, open_in) END AS "实质公开率（一）名次",
  CASE
    WHEN open_rate < open_red THEN '红牌' WHEN open_rate < open_yellow THEN '黄牌' END AS "实质公开率（一）红黄牌",
  ROUND(denied_rate, 2) AS "不予公开率（%）",
  CASE
    WHEN denied_in IS NOT NULL THEN MIN(denied_at) OVER (PARTITION BY year, province, denied_in) END AS "不予公开率名次",
  CASE
    WHEN denied_rate > denied_red THEN '红牌' WHEN denied_rate > denied_yellow THEN '黄牌' END AS "不予公开率红黄牌",
  ROUND(unavailable_rate, 2) AS "无法提供率（%）",
  CASE
    WHEN unavailable_in IS NOT NULL THEN MIN(unavailable_at) OVER (PARTITION BY year, province, unavailable_in) END AS "无法提供率名次",
  CASE
    WHEN unavailable_rate > unavailable_red THEN '红牌' WHEN unavailable_rate > unavailable_yellow THEN '黄牌' END AS "无法提供率红黄牌",
  ROUND(dispute_rate, 2) AS "争议转化率（%）",
  CASE
    WHEN dispute_in IS NOT NULL THEN MIN(dispute_at) OVER (PARTITION BY year, province, dispute_in) END AS "争议转化率名次",
  CASE
    WHEN dispute_rate > dispute_red THEN '红牌' WHEN dispute_rate > dispute_yellow THEN '黄牌' END AS "争议转化率红黄牌",
  CAST(answered AS BIGINT) AS "N：办理总计减不予处理和其他处理（件）",
  ROUND(answered_rate, 2) AS "实质公开率（二）（%）",
  CASE
    WHEN answered_in IS NOT NULL THEN MIN(answered_at) OVER (PARTITION BY year, province, answered_in) END AS "实质公开率（二）名次",
  CASE
    WHEN answered_rate < answered_red THEN '红牌' WHEN answered_rate < answered_yellow THEN '黄牌' END AS "实质公开率（二）红黄牌",
  CAST(due AS BIGINT) AS "N：新收加上年结转（件）",
  ROUND(carried_rate, 2) AS "结转率（%）",
  CASE
    WHEN carried_in IS NOT NULL THEN MIN(carried_at) OVER (PARTITION BY year, province, carried_in) END AS "结转率名次",
  CASE
    WHEN carried_rate > carried_red THEN '红牌' WHEN carried_rate > carried_yellow THEN '黄牌' END AS "结转率红黄牌",
  CAST(fu_concluded AS BIGINT) AS "N：复议已审结（件）",
  ROUND(review_rate, 2) AS "复议纠错率（%）",
  CASE
    WHEN review_in IS NOT NULL THEN MIN(review_at) OVER (PARTITION BY year, province, review_in) END AS "复议纠错率名次",
  CASE
    WHEN review_rate > review_red THEN '红牌' WHEN review_rate > review_yellow THEN '黄牌' END AS "复议纠错率红黄牌",
  CAST(suit_concluded AS BIGINT) AS "N：诉讼已审结（件）",
  ROUND(suit_rate, 2) AS "诉讼纠错率（%）",
  CASE
    WHEN suit_in IS NOT NULL THEN MIN(suit_at) OVER (PARTITION BY year, province, suit_in) END AS "诉讼纠错率名次",
  CASE
    WHEN suit_rate > suit_red THEN '红牌' WHEN suit_rate > suit_yellow THEN '黄牌' END AS "诉讼纠错率红黄牌",
  checks_failed AS "不成立勾稽关系（个）",
  report_id AS part_report,
  year AS part_year,
  province AS part_province
FROM numbered
ORDER BY province NULLS FIRST, year NULLS FIRST, prefecture_code NULLS FIRST, county_code NULLS FIRST, agency NULLS FIRST,
  report_id;

-- 表下注：所据报告、应报与已报、参加排名的政府、界限、可比性。
WITH numbers AS (
  SELECT 1 AS place
  UNION ALL SELECT 2 AS place
  UNION ALL SELECT 3 AS place
  UNION ALL SELECT 4 AS place
  UNION ALL SELECT 5 AS place
  UNION ALL SELECT 6 AS place
),
q AS (
  SELECT
    report_id,
    processed,
    carried_out,
    received + carried_in AS due,
    granted + partially_granted AS opened,
    denied_state_secret + denied_law_prohibits + denied_security_stability + denied_third_party_rights
      + denied_internal_affairs + denied_process_information + denied_enforcement_file
      + denied_administrative_query AS denied,
    unavailable_not_held + unavailable_needs_creation + unavailable_unclear AS unavailable,
    processed - (not_processed_petition + not_processed_repeated + not_processed_published + not_processed_excessive
      + not_processed_reissue) - COALESCE(other, other_not_corrected + other_fee_unpaid + other_misc) AS answered
  FROM requests
  WHERE applicant = 'total'
),
cases AS (
  SELECT
    report_id,
    COUNT(CASE WHEN "case" = 'reconsideration' THEN report_id END) AS has_review,
    COUNT(CASE WHEN "case" <> 'reconsideration' THEN report_id END) AS has_suits,
    MAX(CASE WHEN "case" = 'reconsideration' THEN corrected END) AS fu_corrected,
    MAX(CASE WHEN "case" = 'reconsideration' THEN upheld + corrected + other END) AS fu_concluded,
    MAX(CASE WHEN "case" = 'reconsideration' THEN total END) AS fu_total,
    MAX(CASE WHEN "case" = 'litigation_direct' THEN corrected END)
      + MAX(CASE WHEN "case" = 'litigation_after_reconsideration' THEN corrected END) AS suit_corrected,
    MAX(CASE WHEN "case" = 'litigation_direct' THEN upheld + corrected + other END)
      + MAX(CASE WHEN "case" = 'litigation_after_reconsideration' THEN upheld + corrected + other END) AS suit_concluded,
    MAX(CASE WHEN "case" = 'litigation_direct' THEN total END)
      + MAX(CASE WHEN "case" = 'litigation_after_reconsideration' THEN total END) AS suit_total
  FROM disputes
  GROUP BY report_id
),
figures AS (
  SELECT
    r.year, r.province, r.province_name, r.prefecture, r.county, r.prefecture_code, r.county_code, r.agency,
    r.agency_kind, r.report_id, r.checks_failed,
    CAST(q.processed AS DOUBLE) AS processed,
    CAST(q.opened AS DOUBLE) AS opened,
    CAST(q.denied AS DOUBLE) AS denied,
    CAST(q.unavailable AS DOUBLE) AS unavailable,
    CAST(q.answered AS DOUBLE) AS answered,
    CAST(q.carried_out AS DOUBLE) AS carried_out,
    CAST(q.due AS DOUBLE) AS due,
    CAST(d.fu_total + d.suit_total AS DOUBLE) AS cases,
    CAST(d.fu_corrected AS DOUBLE) AS fu_corrected,
    CAST(d.fu_concluded AS DOUBLE) AS fu_concluded,
    CAST(d.suit_corrected AS DOUBLE) AS suit_corrected,
    CAST(d.suit_concluded AS DOUBLE) AS suit_concluded
  FROM reports AS r
  LEFT JOIN q ON r.report_id = q.report_id
  LEFT JOIN cases AS d ON r.report_id = d.report_id
  WHERE r.is_primary AND (q.report_id IS NOT NULL OR d.has_review > 0 OR d.has_suits = 2)
),
rated AS (
  SELECT
    f.year, f.province, f.report_id, f.agency_kind, f.county_code, f.checks_failed,
    COALESCE(f.agency_kind = 'government' AND f.county_code IS NOT NULL, false) AS county_government,
    CASE WHEN processed >= p.min_n AND processed > 0 THEN opened * 100 / processed END AS open_rate,
    CASE WHEN processed >= p.min_n AND processed > 0 THEN denied * 100 / processed END AS denied_rate,
    CASE WHEN processed >= p.min_n AND processed > 0 THEN unavailable * 100 / processed END AS unavailable_rate,
    CASE WHEN processed >= p.min_n AND processed > 0 THEN cases * 100 / processed END AS dispute_rate,
    CASE WHEN answered >= p.min_n AND answered > 0 THEN opened * 100 / answered END AS answered_rate,
    CASE WHEN due >= p.min_n AND due > 0 THEN carried_out * 100 / due END AS carried_rate,
    CASE WHEN fu_concluded >= p.min_n AND fu_concluded > 0 THEN fu_corrected * 100 / fu_concluded END AS review_rate,
    CASE WHEN suit_concluded >= p.min_n AND suit_concluded > 0 THEN suit_corrected * 100 / suit_concluded END AS suit_rate
  FROM figures AS f
  CROSS JOIN parameters AS p
),
counts AS (
  SELECT
    year, province,
    COUNT(report_id) AS n,
    COUNT(CASE WHEN county_government THEN 1 END) AS counties,
    COUNT(CASE WHEN agency_kind = 'government' AND NOT county_government THEN 1 END) AS above,
    COUNT(CASE WHEN agency_kind = 'department' THEN 1 END) AS departments,
    COUNT(CASE WHEN checks_failed > 0 THEN 1 END) AS faulty,
    COUNT(CASE WHEN county_government THEN open_rate END) AS in_open,
    COUNT(CASE WHEN county_government THEN denied_rate END) AS in_denied,
    COUNT(CASE WHEN county_government THEN unavailable_rate END) AS in_unavailable,
    COUNT(CASE WHEN county_government THEN dispute_rate END) AS in_dispute,
    COUNT(CASE WHEN county_government THEN answered_rate END) AS in_answered,
    COUNT(CASE WHEN county_government THEN carried_rate END) AS in_carried,
    COUNT(CASE WHEN county_government THEN review_rate END) AS in_review,
    COUNT(CASE WHEN county_government THEN suit_rate END) AS in_suit
  FROM rated
  GROUP BY year, province
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
      CAST(c.n - c.counties - c.above - c.departments AS VARCHAR), '份；其中', CAST(c.faulty AS VARCHAR),
      '份有勾稽关系不成立，率仅供参考。')
    WHEN 2 THEN CONCAT('注：本年度应有报告的县级政府', CAST(c.expected_counties AS VARCHAR), '个，存档中有报告的', CAST(c.expected_found AS VARCHAR), '个，缺',
      CAST(c.expected_counties - c.expected_found AS VARCHAR), '个；名次只在有报告且计得出率的县级政府之间。')
    WHEN 3 THEN CONCAT('注：参加排名的县级政府（个）：实质公开率（一）', CAST(c.in_open AS VARCHAR),
      '，不予公开率', CAST(c.in_denied AS VARCHAR),
      '，无法提供率', CAST(c.in_unavailable AS VARCHAR),
      '，争议转化率', CAST(c.in_dispute AS VARCHAR),
      '，实质公开率（二）', CAST(c.in_answered AS VARCHAR),
      '，结转率', CAST(c.in_carried AS VARCHAR),
      '，复议纠错率', CAST(c.in_review AS VARCHAR),
      '，诉讼纠错率', CAST(c.in_suit AS VARCHAR), '。实质公开率由高到低，其余由低到高。')
    WHEN 4 THEN CONCAT('注：分母 N 小于', RTRIM(RTRIM(CAST(p.min_n AS VARCHAR), '0'), '.'), '的不计率、不排名、不亮牌。')
    WHEN 5 THEN CONCAT('注：黄牌、红牌界限（%）：实质公开率（一）低于', RTRIM(RTRIM(CAST(p.open_yellow AS VARCHAR), '0'), '.'), '、',
        RTRIM(RTRIM(CAST(p.open_red AS VARCHAR), '0'), '.'),
      '，不予公开率高于', RTRIM(RTRIM(CAST(p.denied_yellow AS VARCHAR), '0'), '.'), '、',
        RTRIM(RTRIM(CAST(p.denied_red AS VARCHAR), '0'), '.'),
      '，无法提供率高于', RTRIM(RTRIM(CAST(p.unavailable_yellow AS VARCHAR), '0'), '.'), '、',
        RTRIM(RTRIM(CAST(p.unavailable_red AS VARCHAR), '0'), '.'),
      '，争议转化率高于', RTRIM(RTRIM(CAST(p.dispute_yellow AS VARCHAR), '0'), '.'), '、',
        RTRIM(RTRIM(CAST(p.dispute_red AS VARCHAR), '0'), '.'),
      '，实质公开率（二）低于', RTRIM(RTRIM(CAST(p.answered_yellow AS VARCHAR), '0'), '.'), '、',
        RTRIM(RTRIM(CAST(p.answered_red AS VARCHAR), '0'), '.'),
      '，结转率高于', RTRIM(RTRIM(CAST(p.carried_yellow AS VARCHAR), '0'), '.'), '、',
        RTRIM(RTRIM(CAST(p.carried_red AS VARCHAR), '0'), '.'),
      '，复议纠错率高于', RTRIM(RTRIM(CAST(p.review_yellow AS VARCHAR), '0'), '.'), '、',
        RTRIM(RTRIM(CAST(p.review_red AS VARCHAR), '0'), '.'),
      '，诉讼纠错率高于', RTRIM(RTRIM(CAST(p.suit_yellow AS VARCHAR), '0'), '.'), '、',
        RTRIM(RTRIM(CAST(p.suit_red AS VARCHAR), '0'), '.'), '；由流程文件给出，各地自定，没有国家标准。')
    WHEN 6 THEN '注：各率的公式国家没有统一规定，见本表查询文件；空白表示有数项空白、缺失或 N 过小，不是零。政府与部门不得相加。2019、2021年版格式的其他处理口径略有不同；2014—2018年统计表口径不同，不在本表。' END AS "注",
  c.year AS part_year,
  c.province AS part_province
FROM numbers AS k
CROSS JOIN told AS c
CROSS JOIN parameters AS p
ORDER BY k.place;
