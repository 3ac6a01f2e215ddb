"""Names of persons and their numbers are hidden in what is published; the text keeps its length.

A name is recognised by the construction it stands in (a title before or after it, a verb of saying,
a byline, 患者, 的微信), by a surname and by characters that given names are made of. National leaders
and namesakes (李时珍, 邵逸夫医院, 王庆坨镇) stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from yigai.places import folded

MARK = "×"
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊"
    "秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤葛赖洪申樊安康柯翟岑兰欧阎牛温芦季俞章鲁殷庞骆聂焦关巩祝左纪庄柴辛管包裴舒甘耿"
    "屈祁项尚尤詹凌费翁梅桂柳路隋童卜单邢齐苗岳喻靳鲍涂卞褚娄窦乔游阮游牟宁阳盛狄米贝臧古池冉辜逄解仇匡蒲戚佟栾冀霍蓝苟晏蔺乐闵郎鄢"
    "庹敖车桑阙麦晋农练甄邬冼瞿钮迟边肇綦束鞠"
)
DOUBLE = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|长孙|宇文|呼延"
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰红玲梅琴辉波斌宇浩凯健俊帆鹏飞林峰鑫欣雪倩婷慧颖莉佳怡琳晶洁萍燕芬云凤珍荣华国建文志庆光"
    "海山川江河春夏秋冬东南西北金银玉宝珠瑞祥福禄寿喜德仁义礼智信忠孝廉良善美成立功业安康宁泰顺利达通新民生世代永长久远高大小少立正直清廉政"
    "学思哲睿聪慧博文武斌彬毅坚刚勤俭朴素真诚恒心爱家邦国振兴卫保中外天地日月星辰晨曦旭阳晓昕昊昱晴雨霖露霜雷电风虹霓彩炜炎炳焕焱烨煜煌灿辉耀"
    "鹤鸿鹰燕莺凤凰龙虎麟骏驰骥腾跃翔翼羽松柏柳杨桐梓楠桦榕槐枫梧桃李杏梨莲荷菊竹兰芝芸苗茜茹莎菲萌萱葵蓉蓓蔚薇蕊蕾藻馨香芹苹茂荣"
    "钧钢铁铭锋锐锦镇铮钰鉴铜鑫均培基坤城堂增壮声士夫奇奎奕妍妮姗姣娇婉婕媛嫣嫒嘉子孟季宏宗定宜宝富尧山岩岚岳峻崇巍川州巧帅希平年广庭延弘强彦"
    "彤彪徐恩悦惠愉慈懿戈成才扬承抒振捷敬文斐方旋时昌昭晋景智曼朋本来根格栋桥棋森楚樱欢武殿毓民水永汉汝江池沁沛沙泉法泽洁洋洪津洲浦浩涵淑淇淼清渊渝"
    "源溪滔滢潇澄澜濤灵烈然爽牧特珂珊珏珑珮理琛琦琪琳琼瑛瑜瑞瑶璇璐璟璞瓊甜用甫男略登百皓益盈盛盟直真睦石矿硕碧磊礼祖祺福禹秉科程稳立章端笑笛策"
    "筠筱简米粒红纯纲经绍继维绪绮缘罡群翠翰老耘耿聪育胜能臣舒良艺艾芃若英范茵莹莺菁菡葆蒙蓝虎蝶衍裕西言训许词诗诚谊谦豪贝贤贵赐超路跃轩辰运进远连逸"
    "道遥邦郁配重野钦钊长门闻阔阳雄雅雨雯震霄青靖静韬韵音顶顺颂领颖飒飞首馥骁魁鲁鸣默齐君葛乾亚亦京亭亮人仙仪仲任伊伍优会传伦伯佐佑佩侃依俐俏信修"
    "倍倡偲傲元允充兆先克全公兴其典内军农冠冰冲冶凌凡凯凱刘列初利前力劲励勋化匀千升午卉卓博卫印原友双发叔可史叶司吉同名启吟含听吾员周和咏品哲唯唱善喆"
    "谱器四团园圆圣在坚埔塔士处复夕多夜太央奂好妙姿娅娥媚字存孜守宏宛宪宵寒寅寒寿尊尔尚尤展履屹岑岱岷峡崧崴嵘川工左巨己布常干幸幼序库应府度庚廷开异弟张弥彬微征"
    "心必念怀思恒恺情惟意愫感慕憬我战所才抗折拓持挺掌揚援播支收攀敦斗斯新方施旦旺昀昂明映显晏晖普曙更月有望朗未术权村束来杭杰极果柏柔树校桑梁械棠楷概榜"
    "模欧正步比毛气沐沧河治沫波泓注泳洛流浪浴海消深淳温港湘湛溢满漫潮火点烁焰照熙牛物犀独狄猛玄率王玛玟玥现球琬琰瑄瑾璋璧甄生田申电畅留白皎皑目相省眉看知矩"
)
BEFORE = (
    "院长助理|副院长|院长|副主任|主任|副局长|局长|副市长|市长|副区长|区长|副县长|县长|副书记|书记|副处长|处长|科长|所长|站长|会长|秘书长|副省长|省长|部长|司长|主席|"
    "常委|委员|代表|组长|护士长|护士|医师|医生|大夫|专家|教授|院士|会员|负责人|村民|居民|市民|患者|病人|老人|村医|记者|通讯员|编辑|责编|责任编辑|作者|摄影|校对|审核|撰稿|"
    "联系人|经办人|提供|签发人|同志|先生|女士|编审|校审|监制|审稿|实习生"
)
AFTER = (
    "代表|委员|先生|女士|同志|同学|老人|大爷|大妈|大娘|阿姨|医生|医师|大夫|教授|院士|主任|副主任|院长|副院长|局长|副局长|书记|副书记|市长|副市长|区长|县长|主席|处长|科长|"
    "护士|护士长|记者|老师|村医|部长|省长|副省长"
)
SAYING = "介绍说|介绍道|介绍|表示|告诉记者|告诉|坦言|感慨|感叹|回忆|强调|指出|认为|说道|说|称|透露|主持|出席|参加|一行|带队|带领|率队|率|讲话|宣读|陪同|致辞|作了?报告|作政府工作报告|作政府|深有感触|激动|高兴"
NAMESAKE = r"(?!镇|乡|村|庄|街|路|社区|医院|基金|奖|大学|学院|小学|中学|学校|中医|诊所|药|牌|纪念|故居|工作室|传承)"

ONE = f"[{''.join(sorted(set(SURNAMES)))}]"
LETTER = f"[{''.join(sorted(set(GIVEN)))}]"
NAME = f"(?:(?:{DOUBLE}){LETTER}{{1,2}}|{ONE}{LETTER}{{1,2}})"
HAN = "\u4e00-\u9fff"
EDGE = f"(?=[^{HAN}]|$|{SAYING}|等|和|与|及|的|在|到|也|向|就|对|从|为|来|正|已|接受|在内|{AFTER})"
FOUND: tuple[re.Pattern[str], ...] = (
    re.compile(f"(?:{BEFORE})(?:[:：]|\\s)?\\s?({NAME}){EDGE}"),
    re.compile(f"(?:^|(?<=[^{HAN}]))({NAME})(?=(?:{AFTER}|{SAYING}))", re.MULTILINE),
    re.compile(
        f"(?<![{HAN}])({NAME})(?=的(?:微信|手机|电话))|(?<=[加找])({NAME})(?=的(?:微信|手机|电话))"
    ),
    re.compile(f"(?:{BEFORE})(?:[:：]|\\s)?\\s?{NAME}[、\\s]({NAME})(?=[^{HAN}]|$|{SAYING}|等)"),
)
SPEAKING = "(?:介绍说|表示|告诉|坦言|说道|说[,，:：。]|作政府工作报告|向大会)"
FOUND += (
    re.compile(f"(?:{BEFORE})(?:[:：]|\\s)?\\s?((?:{ONE}|{DOUBLE})[{HAN}]{{1,2}})(?={SPEAKING})"),
)
NO_GIVEN = frozenset(
    {
        "人大",
        "国有",
        "全国",
        "党委",
        "大会",
        "代表",
        "委员",
        "部门",
        "单位",
        "医院",
        "组长",
        "村民",
        "居民",
    }
)
# 肖煒(wěi): the notes of a dirty page stand between the characters of a name
NOTE = re.compile("[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,7}[)）]")
# (李秉钧 李 李), (营口之窗网讯 赢君、李妍), a line that is one name and nothing else
BYLINE = re.compile(
    f"[（(](?:[{HAN}]{{2,8}}(?:讯|电|报)\\s)?(?:(?:记者|通讯员|文|图|摄影)[/:：\\s]\\s?)?((?:[{HAN}]{{1,4}}[\\s、,，]\\s?){{0,5}}[{HAN}]{{1,4}})[)）]"
)
ALONE = re.compile(
    f"^[\\s\u3000]{{0,12}}({ONE}[\\s\u3000]?{LETTER}{{1,2}}|{ONE} [{HAN}])[\\s\u3000]{{0,4}}$",
    re.MULTILINE,
)
PHONE = re.compile(
    r"(?<![0-9.,])(?:(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}|0[1-9][0-9]{1,2}[-—– ]{1,2}[0-9]{7,8}(?:-[0-9]{1,4})?|[48]00[- ]?[0-9]{3,4}[- ]?[0-9]{3,4})(?![0-9])"
)
CALLED = re.compile(
    r"(?:电话|热线|手机|传真|微信号?|QQ群?|Q群|联系方式)(?:号码?)?[^0-9A-Za-z\n]{0,4}([0-9]{6,12}|[A-Za-z][-_A-Za-z0-9]{5,19})"
)
ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}(?=@[A-Za-z0-9-]{1,63}\.)")
CITIZEN = re.compile(
    r"(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{2}[01][0-9][0-3][0-9][0-9]{3}[0-9Xx](?![0-9])"
)
DIGIT = re.compile(r"[0-9A-Za-z]")


@cache
def listed(name: str) -> frozenset[str]:
    """Read a list of words that comes with the package: words (no names) or public (names that stay)."""
    text = files("yigai").joinpath("data", "privacy", f"{name}.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def names(text: str) -> Iterator[tuple[int, int]]:
    """Find the spans of persons' names that a construction shows to be names.

    >>> text = "院长助理肖炜介绍说,69岁患者何庆光已康复,高血压患者纳入管理。"
    >>> [text[start:end] for start, end in names(text)]
    ['肖炜', '何庆光']
    """
    found = {
        match.span(group)
        for pattern in FOUND
        for match in pattern.finditer(text)
        for group in range(1, pattern.groups + 1)
        if match[group]
    }
    found |= {match.span(1) for match in ALONE.finditer(text)}
    yield from (span for span in sorted(found) if is_name(text, *span))


def is_name(text: str, start: int, end: int) -> bool:
    """Judge a candidate: no common word, no public name, no town or institution called after someone."""
    name = text[start:end].replace(" ", "").replace("\u3000", "")
    if (
        name in listed("public")
        or name[1:] in NO_GIVEN
        or name in listed("words")
        or name[:2] in listed("words")
        or name[:3] in listed("words")
    ):
        return False
    return bool(re.compile(NAMESAKE).match(text, end))


def bylines(text: str) -> Iterator[tuple[int, int]]:
    """Find the names in a bracket of authors.

    >>> [text[a:b] for text in ["满意度达92.01%。(李秉钧 李 李)"] for a, b in bylines(text)]
    ['李秉钧', '李', '李']
    """
    for match in BYLINE.finditer(text):
        parts = [
            (match.start(1) + part.start(), match.start(1) + part.end())
            for part in re.finditer(f"[{HAN}]+", match[1])
        ]
        whole = [text[low:high] for low, high in parts]
        full = [name for name in whole if re.fullmatch(NAME, name) and name not in listed("words")]
        reported = re.search("讯|记者|通讯员", text[match.start() : match.start(1)])
        listing = len(parts) > 1 and all(len(name) <= 3 and name[0] in SURNAMES for name in whole)
        if full and (reported or (listing and closes(text, match))):
            roles = ("实习生", "通讯员", "记者")
            yield from (
                (low, high)
                for low, high in parts
                if high - low <= 4 and text[low:high] not in roles
            )


def closes(text: str, match: re.Match[str]) -> bool:
    """Tell whether a bracket stands after the last sentence of a line, where authors sign."""
    before = text[max(0, match.start() - 3) : match.start()].strip()
    after = text[match.end() : match.end() + 3]
    return (not before or before[-1] in "。！？”.!?") and (
        not after or "\n" in after or not after.strip()
    )


def numbers(text: str) -> Iterator[tuple[int, int]]:
    """Find telephone, WeChat and identity numbers and the names in mail addresses.

    >>> [text[a:b] for text in ["手机:13524678515, 0839-2398127, 40000平方米"] for a, b in numbers(text)]
    ['13524678515', '0839-2398127']
    """
    found = {
        match.span() for pattern in (CITIZEN, PHONE, ADDRESS) for match in pattern.finditer(text)
    }
    yield from sorted(found | {match.span(1) for match in CALLED.finditer(text)})


def mask(text: str) -> str:
    """Hide persons' given names and numbers; every offset stays.

    >>> mask("黄君兰代表:联系电话0839-2398127,院长助理肖炜介绍。")
    '黄××代表:联系电话××××-×××××××,院长助理肖×介绍。'
    >>> mask("王庆坨镇卫生院在张庄镇开展高血压患者管理。")
    '王庆坨镇卫生院在张庄镇开展高血压患者管理。'
    """
    plain, at = without_notes(folded(text))
    chars = list(text)
    found = [*names(plain), *bylines(plain)]
    for start, end in (*found, *repeated(plain, found)):
        keep = 2 if re.match(DOUBLE, plain[start:end]) else 1
        for position in range(start + keep, end):
            if not plain[position].isspace():
                chars[at[position]] = MARK
    for start, end in numbers(plain):
        for position in range(start, end):
            if DIGIT.match(plain[position]):
                chars[at[position]] = MARK
    return "".join(chars)


def without_notes(text: str) -> tuple[str, Sequence[int]]:
    """Take pinyin notes out and say where each character left was.

    >>> without_notes("肖煒(wěi)說")
    ('肖煒說', [0, 1, 7])
    """
    notes = [match.span() for match in NOTE.finditer(text)]
    if not notes:
        return text, range(len(text))
    left: list[int] = []
    free = 0
    for start, end in [*notes, (len(text), len(text))]:
        left += range(free, start)
        free = end
    return "".join(text[position] for position in left), left


def repeated(text: str, found: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Find the other places of names of three characters that were shown to be names."""
    known = sorted(
        {text[start:end] for start, end in found if end - start == 3 and " " not in text[start:end]}
    )
    for name in known:
        at = text.find(name)
        while at >= 0:
            if is_name(text, at, at + 3):
                yield at, at + 3
            at = text.find(name, at + 3)
