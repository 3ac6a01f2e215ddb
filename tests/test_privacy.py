import pytest
from hypothesis import given
from hypothesis import strategies as st

from yigai import privacy

HIDDEN = [
    ("a deputy in the salutation", "黄君兰代表:", "黄××代表:"),
    (
        "a title before the name",
        "院长助理肖炜介绍说,项目将建成。",
        "院长助理肖×介绍说,项目将建成。",
    ),
    ("a patient", "复查的69岁患者何庆光说。", "复查的69岁患者何××说。"),
    ("an editor", "来自:四川新闻网 编辑:王云", "来自:四川新闻网 编辑:王×"),
    ("a byline with cut names", "92.01%。(李秉钧 李 李)", "92.01%。(李×× 李 李)"),
    ("a byline of reporters", "(营口之窗网讯 赢君、李妍)日前", "(营口之窗网讯 赢×、李×)日前"),
    ("a photographer", "部分图片提供:赵辉", "部分图片提供:赵×"),
    ("an account's owner", "长按/扫一扫加葛毅明的微信号", "长按/扫一扫加葛××的微信号"),
    ("an official who speaks", "县长陈建国表示,将继续推进。", "县长陈××表示,将继续推进。"),
    (
        "an official named again",
        "局长周海涛主持会议。会上,周海涛指出不足。",
        "局长周××主持会议。会上,周××指出不足。",
    ),
    ("a compound surname", "主任医师欧阳振华,主任欧阳振华说", "主任医师欧阳××,主任欧阳××说"),
    ("two reporters", "记者 张春莉 王思北 报道", "记者 张×× 王×× 报道"),
    ("a name before its title", "会后,刘志强院长查房。", "会后,刘××院长查房。"),
    ("a mobile number", "微信/手机:13524678515;13564686846", "微信/手机:×××××××××××;×××××××××××"),
    ("a hotline", "租售:400 0123 021", "租售:××× ×××× ×××"),
    ("an office number", "联系电话:0839-2398127", "联系电话:××××-×××××××"),
    ("a WeChat name", "微信号:abc_12345 备注", "微信号:×××_××××× 备注"),
    ("a mail address", "来信 li.ming@163.com", "来信 ××.××××@163.com"),
    ("a name with pinyin notes", "院長助理肖煒(wěi)介紹(shào)說,", "院長助理肖×(wěi)介紹(shào)說,"),
    ("traditional script", "患者何慶光說", "患者何××說"),
    (
        "a governor with a rare given name",
        "省人民政府省长王鬯罍作政府工作报告",
        "省人民政府省长王××作政府工作报告",
    ),
    ("an identity number", "身份证号510802198001011234", "身份证号××××××××××××××××××"),
]
SPARED = [
    "天津市武清区王庆坨镇卫生院",
    "平定县张庄镇、柏井镇",
    "高血压患者和严重精神障碍患者",
    "家庭医生签约、全科医生培养",
    "习近平总书记强调",
    "李克强总理主持",
    "患者满意度达92.01%",
    "市长任组长,市委副书记负总责",
    "院长负责制",
    "记者从会上获悉",
    "邵逸夫医院和白求恩医院",
    "区人大代表建议",
    "主任医师、副主任医师",
    "总建筑面积约为40000平方米,投入7346.47万元",
    "阳政发〔2024〕3号,000014349/2024-03835",
    "52个项目到位资金17亿元",
    "川公网安备 51080202000001号",
    "委员会和代表大会",
    "居民健康档案,村民自治",
    "患者平均住院日",
    "医生应当告知",
    "2021年12月8日11:20",
    "书记、院长分设",
    "专家高度评价",
    "网站标识码5108020014",
    "国家卫生健康委主任",
    "医生多点执业,护士延续护理",
    "患者安全目标",
    "患者住院费用",
    "门前三包(包秩序、包绿化、包卫生)的制度",
    "应当向村民公告,向村民代表会议授权",
    "教 育",
    "经主席许可发言",
    "专家组成员",
    "代表团审议",
    "向全省人民,向人大代表、政协委员",
    "局长安排表示",
]


@pytest.mark.parametrize(("claim", "text", "masked"), HIDDEN, ids=[case[0] for case in HIDDEN])
def test_persons_and_their_numbers_are_hidden(claim, text, masked):
    assert privacy.mask(text) == masked


@pytest.mark.parametrize("text", SPARED)
def test_what_names_no_person_stays(text):
    assert privacy.mask(text) == text


@given(st.text(alphabet="王李何庆光患者记者说:(、 )代表0123456789年abc@.微信号", max_size=80))
def test_masking_keeps_length_and_is_done_once(text):
    masked = privacy.mask(text)
    assert len(masked) == len(text)
    assert privacy.mask(masked) == masked
