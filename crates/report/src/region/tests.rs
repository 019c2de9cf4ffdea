//! Places of single reports: each kind of evidence, and what it must not decide.

use std::sync::LazyLock;

use super::*;
use crate::finding::Rule;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::load().unwrap());

fn at(clues: &Clues<'_>) -> (String, &'static str) {
    let (place, _) = resolve(&GAZETTEER, clues);
    let code = place.county_code.or(place.prefecture_code).or(place.province).unwrap_or_default();
    (code, place.evidence.map_or("", Evidence::code))
}

fn agency(agency: &str, path: &str, year: i32) -> String {
    at(&Clues { agency: Some(agency), path, year: Some(year), ..Clues::default() }).0
}

fn texts(agency: Option<&str>, path: &str, texts: &[&str]) -> (String, &'static str) {
    at(&Clues { agency, path, year: Some(2023), texts, ..Clues::default() })
}

#[test]
fn names_that_begin_an_agency() {
    for (name, year, code) in [
        ("中宁县文化旅游广电局", 2023, "640521"),
        ("新源县文化体育广播电视和旅游局", 2023, "654025"),
        ("徐州市鼓楼区教育局", 2023, "320302"),
        ("乐山市市中区人民政府", 2023, "511102"),
        ("长沙市长沙县教育局", 2023, "430121"),
        ("北京市朝阳区民政局", 2023, "110105"),
        ("银川市教育局", 2023, "640100"),
        ("国家税务总局中宁县税务局", 2023, "640521"),
        ("国家统计局徐州调查队", 2023, "320300"),
        ("国家税务总局", 2023, "10"),
        ("宁夏回族自治区财政厅", 2023, "64"),
        ("宁夏财政厅", 2023, "64"),
        ("吉林教育厅", 2023, "22"),
        ("第八师石河子市教育局", 2023, "659001"),
        ("新疆生产建设兵团教育局", 2023, "65"),
        ("徐州市公安局鼓楼分局", 2023, "320302"),
        ("徐州市公安局高新分局", 2023, "320300"),
        ("南京鼓楼区教育局", 2023, "320106"),
        ("中宁文旅局", 2023, "640521"),
        ("朝阳教育局", 2023, ""),
        ("公安交通管理局", 2023, ""),
        ("资源规划局", 2023, ""),
        ("西区街道办事处", 2023, ""),
        ("江苏省福州市鼓楼区财政局", 2023, ""),
        ("乐山市中区财政局", 2023, "511102"),
        ("武汉东湖新技术开发区管理委员会", 2023, "420100"),
        ("生态环境部", 2023, "10"),
        ("国家电网公司中宁县供电公司", 2023, "640521"),
        ("中国人民大学", 2023, ""),
        ("城关镇人民政府", 2023, ""),
        ("南京路街道办事处", 2023, ""),
        ("长安大学", 2023, ""),
        ("郑州市鼓楼区教育局", 2023, ""),
        ("中山市东区街道办事处", 2023, "442000"),
        ("长阳县教育局", 2023, "420528"),
        ("昌吉州教育局", 2023, "652300"),
        ("前郭县民政局", 2023, "220721"),
        ("昆山市花桥镇人民政府", 2023, "320583"),
        ("巢湖市教育局", 2009, "341400"),
        ("巢湖市教育局", 2020, "340181"),
        ("桥东区教育局", 2020, "13"),
        ("四平市公主岭市教育局", 2022, "220184"),
        ("石家庄市桥东区教育局", 2016, "130100"),
        ("唐海县教育局", 2015, "13"),
        ("共青团中宁县委员会", 2023, "640521"),
    ] {
        assert_eq!(agency(name, "x.txt", year), code, "{name} {year}");
    }
}

#[test]
fn ambiguity_stays_open_unless_a_second_kind_settles_it() {
    assert_eq!(agency("鼓楼区教育局", "x.txt", 2023), "");
    assert_eq!(agency("鼓楼区教育局", "江苏省/徐州市/x.txt", 2023), "320302");
    assert_eq!(agency("鼓楼区教育局", "江苏/徐州/x.txt", 2023), "320302");
    assert_eq!(agency("鼓楼区教育局", "江苏省/x.txt", 2023), "32", "two in Jiangsu");
    let name = Some("鼓楼区教育局");
    assert_eq!(texts(name, "x.txt", &["电话：0516-83722211"]), ("320302".to_owned(), "title+area_code"));
    assert_eq!(texts(name, "x.txt", &["地址：福州市津泰路98号"]), ("350102".to_owned(), "title+text"));
    assert_eq!(texts(name, "x.txt", &["邮编：475000"]), ("410204".to_owned(), "title+postal_code"));
    assert_eq!(texts(name, "x.txt", &["登录www.ha.gov.cn查阅"]), ("410204".to_owned(), "title+host"));
    assert_eq!(texts(name, "江苏省/徐州市/x.txt", &["地址：福州市津泰路98号"]).0, "", "no vote");
    assert_eq!(texts(Some("朝阳教育局"), "北京市/x.txt", &[]), ("110105".to_owned(), "short_name+folder"));
    let clues = Clues { agency: name, path: "x.txt", year: Some(2023), ..Clues::default() };
    let (_, findings) = resolve(&GAZETTEER, &clues);
    assert_eq!(findings.first().map(|f| f.rule), Some(Rule::RegionAmbiguous));
}

#[test]
fn bodies_without_a_place() {
    let line = ["由中宁县文旅局编制，可在中宁县人民政府网站查阅", "电话0955-5021892"];
    assert_eq!(texts(Some("县文旅局"), "x.txt", &line), ("640521".to_owned(), "text"));
    assert_eq!(texts(None, "宁夏/x.txt", &line), ("640521".to_owned(), "text"));
    assert_eq!(texts(None, "宁夏/中卫/中宁/x.txt", &["我局高度重视"]), ("640521".to_owned(), "folder"));
    assert_eq!(texts(Some("县文旅局"), "中卫市/x.txt", &[]).0, "640500", "some county of the city");
    assert_eq!(texts(Some("县文旅局"), "江苏省/徐州市/沛县/x.txt", &line).0, "", "contradiction");
    assert_eq!(texts(Some("教育局"), "x.txt", &["地址：中卫市沙坡头区鼓楼东街1号"]).0, "640500");
    assert_eq!(texts(Some("市教育局"), "x.txt", &["地址：中卫市沙坡头区鼓楼东街1号"]).0, "640500");
    assert_eq!(texts(None, "x.txt", &["全年组织干部赴北京市学习"]).0, "", "in passing");
    assert_eq!(texts(Some("省教育厅"), "宁夏/中卫市/x.txt", &[]).0, "64", "a body of the province");
    assert_eq!(texts(Some("县文旅局"), "x.txt", &["电话0955-5021892"]), ("640500".to_owned(), "area_code"));
    assert_eq!(texts(Some("教育局"), "中宁县/x.txt", &["电话0516-83722211"]).0, "", "a folder contradicted");
}

#[test]
fn conflicts_warn_and_do_not_move_a_place() {
    for (path, line, warns) in [
        ("x.txt", "邮编：755100；电话0955-5021892", false),
        ("x.txt", "邮编：221000", true),
        ("x.txt", "电话：0516-83722211", true),
        ("江苏省/x.txt", "", true),
        ("宁夏/中卫市/x.txt", "", false),
    ] {
        let texts = [line];
        let clues =
            Clues { agency: Some("中宁县教育局"), path, year: Some(2023), texts: &texts, ..Clues::default() };
        let (place, findings) = resolve(&GAZETTEER, &clues);
        assert_eq!(place.county_code.as_deref(), Some("640521"));
        assert_eq!(findings.iter().any(|f| f.rule == Rule::RegionConflict), warns, "{path} {line}");
    }
}

#[test]
fn the_rest_of_a_name() {
    for (name, rest, division) in [
        ("中宁县文化旅游广电局", Some("文化旅游广电局"), false),
        ("中宁县", Some(""), true),
        ("中宁县人民政府", Some("人民政府"), true),
        ("国家税务总局中宁县税务局", Some("国家税务总局税务局"), false),
        ("中宁文旅局", Some("文旅局"), false),
        ("县文旅局", None, false),
    ] {
        let clues = Clues { agency: Some(name), year: Some(2023), ..Clues::default() };
        let (place, _) = resolve(&GAZETTEER, &clues);
        assert_eq!((place.rest.as_deref(), place.is_division), (rest, division), "{name}");
    }
}

#[test]
fn two_chains_of_one_name_contradict() {
    let (code, _) = texts(Some("徐州市鼓楼区教育局"), "x.txt", &["福州市鼓楼区教育局"]);
    assert_eq!(code, "");
    let (code, _) = texts(Some("徐州市鼓楼区教育局"), "x.txt", &["赴福州市考察学习"]);
    assert_eq!(code, "320302");
}
