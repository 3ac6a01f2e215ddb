"""Names: the noun phrase a quantity measures or counts, read from the clause it stands in."""

from __future__ import annotations

import re
from functools import lru_cache

from yigai import places

LEADING = re.compile(
    r"^(?:[,、。;:)）”\s]|\d{1,2}[、.．)]|[一二三四五六七八九]是|第[一二三四五六七八九十]{1,3}条|“|并|且|也|还|又|而|其中|同时|此外|目前|现有?|共有?(?![同享建产青党管振])|仅|就(?![诊业医近学地读餐])|分别|累计|努力|力争|争取|确保|预计|总计|合计|均(?!衡)|都(?!市)|完成|计划(?=投资|投入|新|总|用)|将(?!军)|要(?!素|求|闻)|应当?(?!用|急|对)|须|以及|和(?!谐)|与|及(?!格|时)|使(?!用)|让|推动|推进|实现|按照|"
    r"达到|达(?!标)|至少|不少于|不低于|约|全年|年内|近(?!视|海|郊)|超(?!声|市|高|低|大)|继续|持续|到(?!位|诊|户|龄)|截至|截止|已经?|先后|每年|每月|每季度|每个?(?=[县市区村镇乡])|其(?!他)|该|由|从(?![业严事])|在(?![线校职岗建册编院研])|把|对(?![口外接象])|按|是|有(?!效)|为(?!民)|的|了|比(?![例重率值赛])|较(?![大高低多少好强])|再(?![生就])|年均|年度)"
)
TRAILING = re.compile(
    r"(?:[、,:(（“\s≥≤><=]|达到了?|达成|达|为|是|共|占|约|超过|超|突破|近|逾|不低于|不少于|不超过|不得少于|不得低于|不得超过|不高于|至少|仅|已|(?<![人日床])均|都|分别|有|各|到|至|在|由|从|了|的|(?<!比)较|稳定|保持|维持|控制|提高|提升|上升|增加|降低|下降|降|升|"
    r"减少|再|累计|高达|可|将|达标|完成|实现|接近|高于|低于|也|平均|不能|不宜|计划|全部|总计|合计|每人每[年月次]|每人次|每[人户名]|每年|每月|按|即|并|新增|建成|建设|设置|配备|拿出|投入|培养|选派|遴选|吸引|力争|确保|预计|大于|小于|不足|不到|满|年均|其中|拥有|组建|成立|布局|培育|打造|新建|争取|支持|推进|实施|开展|明确|要求|应当?|须|共计|又|全面|跨上|迈上|累计)$"
)
CHANGE = re.compile(r"(?P<verb>(?:同比|环比|年均|平均|累计|分别|均|再|又|约|比上年|较上年)?(?:增长|增加|提高|提升|上升|上涨|扩大|增|涨|降低|下降|减少|压减|削减|回落|缩短|压缩|下调|下浮|缩减|缩小|收窄|降|减|放缓|高于[^,。;、]{1,8}|低于[^,。;、]{1,8}))(?:了|约|近|超过|超|幅度|幅度达|达到|达|分别|均|为|不低于|不少于|不超过|至少)*$")
FALL = re.compile(r"(?:降低|下降|减少|压减|削减|回落|缩短|压缩|下调|下浮|缩减|缩小|收窄|(?<![升])降|再降|减|放缓)(?:了|约|近|比例|幅度|达|分别|均|为)*$")
REACHED = re.compile(r"(?:降|减|压缩|缩短|提高|提升|增长|增加|下降|降低|减少|压减)(?:到|至|为)")
VERBS = (
    "开展|实施|达到|纳入|接入|进入|通过|获得?|荣获|入选|提供|能够|能(?![力源效级])|建立|设立|设置|完成|实现|投入|用于|参加|参与|获批|落户|落地|建成|开工|投产|上线|运行|运营|投用|启用|签订|签约|先后|成立|形成|创建|推进|推动|推行|"
    r"享受|接受|采取|按照|根据|依托|由(?!于)|在(?!线|职|校|建|岗|编|研|册|院|辖)|为(?!民)|使|让|向(?!量)|给予?|对(?!口)|从|将|已|均|都|全部|分别|正式|县域内|域内|辖区内|加快|加强|(?<!能力)(?<!质量)提升|提高|升级|深入|赴|到(?!户)|组成|组建|启动|执行|制定|集中|覆盖|"
    r"增长|下降|降低|转化|惠及|服务(?!中心|站|团队|机构|平台|网|设施|业|点|项目|包|体系|能力|区|综合|人)|联合|共同|作为|成为|得到|受理|办理|办结|发挥|普及|居|位居|排名|跻身|跃升|落实|申报|晋升|转|实行|探索|打造|培育|牵头|引领|以(?!上|下|内)|上市|复工|分管|负责(?!人)|支援|免费|提质|增效|提档|有力|首次|首批|顺利|亮相|支持|保障|满足|带动|促进|持续|扎实|有效|如期|进行|予以|方可|不得|应当|必须|可以|并|联通|构成|包括|包含|分布|展开|下沉"
)
RIGHT_STOP = re.compile(rf"[,。;:!?、“”()（）《》\n\s]|(?<![级及])(?:以上|以下|左右|以内)|(?<=[\u4e00-\u9fff〇+A-Za-z\d]{{2}})(?:{VERBS}|和(?!谐)|与|自(?=\d)|及(?!以上|其他)|或)|(?<=[高长强好大多])[并且]")
QUOTED = re.compile(r"“[^“”]{1,24}”")
CLOSING = re.compile(r"(?:(?<!目)的|的(?:目标|要求|标准|任务)|和|与|及|等|之一|中|内|里|为|在|并|且|各|共|进行)$")
ADJECTIVE = re.compile(r"(?:较[长高强好大多]|[长高强好优]|丰富)$")
# 1-2个带动能力强、就业容量大的特色产业: the head stands after the last 的.
HEAD = re.compile(r"^[^,。;:]{2,24}的(?P<head>[\u4e00-\u9fff〇]{2,14})(?=[,。;:]|$)")
SOFT = re.compile(r"联合|创新|服务|转|提档|升级|集中|发展|提升|综合|共同|引领|保障|重点|运行|运营|普及|联通")
GENERIC = re.compile(r"^(?:(?:目标|基期|现状|完成|预期|指标)值|最高|最低|最多|增|降|减|升|涨|缩短|压缩|扩大|上升|总数|总量|总额|规模|总规模|总面积|占比|比例|其中|总投资|总产值|增速|增幅|降幅|涨幅|累计|总数量|数量|面积|总人数|人数|高于.{1,8}|低于.{1,8}|增长|下降|提高|提升|降低|占.{1,10}|同比增长|同比下降|增加|减少|净增|年均增长|比上年.{0,4}|较上年.{0,4}|排名)$")
WHOLE = "全国|全省|全市|全县|全区|全州|全镇|全乡|全院|我省|我市|我县|我区|我州|我国|本省|本市|本县|本区|该省|该市|该县|该区|各地|各县|各市|各区"
WHOLE_AT = re.compile(rf"(?:{WHOLE})(?!属|直|域)")
OPENING = re.compile(r"(?:^|[,。;:“\s]|今年|目前|其中)")
NAMED_PLACE = re.compile(r"[\u4e00-\u9fff]{1,7}?(?:自治区|自治州|自治县|省|市|县|区|州)")
# 湖南省人民医院 names an institution, not the place a figure is about.
OF_INSTITUTION = re.compile(r"^(?:第[一二三四五六七八九十]|人民|中心|中医|妇幼|儿童|精神|疾控|卫生|政府|委|人大|医)")


@lru_cache(maxsize=2048)
def is_place(name: str) -> bool:
    """Whether the gazetteer knows a name with its suffix.

    >>> is_place("资兴市"), is_place("包含了市")
    (True, False)
    """
    return len(name) > 2 and bool(places.named(name))


def place_at(text: str) -> str:
    """The place or whole (全市, 资兴市) a phrase begins with, or ''.

    >>> place_at("资兴市基层医疗机构"), place_at("全省新增三级医院"), place_at("健康城市试点")
    ('资兴市', '全省', '')
    """
    whole = WHOLE_AT.match(text)
    if whole:
        return whole[0]
    for match in (NAMED_PLACE.match(text, 0, end) for end in range(3, min(len(text), 10) + 1)):
        if match and match.end() == match.endpos and is_place(match[0]):
            return match[0]
    return ""


TIME_WORDS = re.compile(
    r"按(?:当年|可比|不变)价格(?:计算)?|在(?:19|20)\d{2}年?的?基础上|连续[一二两三四五六七八九十\d]{1,2}年|改革[前后]|(?:力争|确保|截止?至?|到|至|自|从)?(?:19|20)\d{2}年?(?:(?:-{1,2}|~|至|到)(?:19|20)?\d{2,4}年)?(?:度)?(?:\d{1,2}(?:-|至|到)?\d{0,2}月(?:\d{1,2}日|份|底|末|初)?|底|末|初|上半年|前三季度)?(?:以前|之前|前|以来|起|期间|后)?"
    r"|\d{1,2}(?:-|至|到)?\d{0,2}月(?:\d{1,2}日|份|底|末|初)?(?:前|以来|起)?|(?<!第)“?十[一二三四]?五”?(?:期间|时期|期?末|以来)?|(?:近|未来|今后)?[一二两三四五六七八九十\d]{1,2}年内|今年以?来?|(?:上年|去年)同期|去年|上年|明年|年底前?|年初|年内|全年|目前|近年来|近[一二两三四五\d]年|过去一年|截至|截止"
)


def strip_edges(phrase: str) -> str:
    """The phrase without leading adverbs and trailing verbs.

    >>> strip_edges("力争县域内就诊率达到")
    '县域内就诊率'
    """
    previous = None
    while phrase != previous:
        previous = phrase
        phrase = LEADING.sub("", phrase, count=1)
        phrase = TRAILING.sub("", phrase, count=1)
    return phrase


# 1个以县医院为牵头单位的医共体 counts communities.
LED = re.compile(r"^以[^,。;:]{2,24}为[^,。;:]{1,8}的")


PLACE_ALONE = re.compile(r"[省市县区乡镇村](?=推进|推开|推广|开展|实施|实现|启动)")  # 在2188个县推进


def right_phrase(after: str) -> str:
    """The noun phrase after a classifier, up to the next verb or mark.

    >>> right_phrase("三甲医院建立了多种形式的医联体"), right_phrase(",总投资")
    ('三甲医院', '')
    """
    text = LED.sub("", after[1:] if after[:1] == "的" else after)
    if PLACE_ALONE.match(text):
        return text[0]
    hidden = QUOTED.sub(lambda match: "〇" * len(match[0]), re.sub(r"[((][^()()]{0,20}[))]", lambda match: "〇" * len(match[0]), text))
    stop = RIGHT_STOP.search(hidden)
    while stop and stop.start() <= 3 and (SOFT.match(stop[0]) or (stop[0] in "和与、" and hidden[stop.start() - 1] == "级")):
        stop = RIGHT_STOP.search(hidden, stop.end())  # 提档升级村, 省级和国家级绿色工厂: not yet the noun
    cut = stop.start() if stop else len(text)
    phrase = CLOSING.sub("", text[:cut][:36])
    qualified = ADJECTIVE.search(phrase) if stop and stop[0] in "并且、的" else None
    if qualified and cut + 1 < len(text) and not after.startswith("的的"):
        return right_phrase(re.sub(r"^(?:并|且|、|的)?(?:具备|具有|拥有|熟悉|从事)?", "", text[cut:])) or phrase
    head = HEAD.match(hidden)
    if head and (len(phrase) <= 2 or re.match(r"(?:具有|具备|从事|持有|取得|年满|熟悉)", phrase)):
        return text[head.start("head") : head.end("head")]
    return phrase


# 每辆救护车应当至少配备急救医师: the thing counted follows the verb of having.
GOVERNOR = re.compile(r"应当|至少|配备了?(?!使用|率)|拥有|设有|共有(?!产)|现有|建有|配有|力争|争取|不少于|不低于")


# 其中护士居多(2622人): a bare number in brackets counts what stands before them.
BRACKET_OPEN = re.compile(r"(?P<noun>[\u4e00-\u9fff]{2,16}?)(?:居多|较[多少]|最[多少]|为主|不足|偏[多少])?[((](?:共|约|达)?$")
PER_PEOPLE_END = re.compile(r"(?:达到|达|为)?每(?:10|十)?[万千百](?:名|个)?(?:常住|户籍|服务)?(?:人口|人|居民)(?:拥有|达到?)?$")
PAID_EACH = re.compile(r"^每[名个位](?=[\u4e00-\u9fff]{2})|每人?每?[年月季](?=补助|补贴|发放|安排|投入)")
PER_PEOPLE = re.compile(r"^每(?:10|十)?[万千百](?:名|个)?(?:常住|户籍|服务)?(?:人口|人|居民)(?:拥有)?")


def left_phrase(before: str) -> str:
    """The noun phrase before a number, without dates, scope and verbs of reaching.

    >>> left_phrase("到2025年,全市基层医疗机构诊疗人次占比达")
    '基层医疗机构诊疗人次占比'
    """
    clause = re.split(r"[,。;:!?\n]", before)[-1]
    if not clause.strip():
        return ""
    clause = TIME_WORDS.sub("", clause)
    clause = re.sub(r"(?<![\u4e00-\u9fff])[((][^()()]{0,40}[))]|[((](?![\u4e00-\u9fff]{1,3}[))][\u4e00-\u9fff])[^()()]{0,40}[))]", "", clause)  # 执业(助理)医师 keeps its bracket
    opened = BRACKET_OPEN.search(clause)
    clause = opened["noun"] if opened else re.sub(r"^.*[((](?![\u4e00-\u9fff]{1,3}[))])", "", clause)
    if clause.count("“") > clause.count("”"):  # a quotation that has only begun
        clause = clause.rsplit("“", 1)[-1]
    phrase = PAID_EACH.sub("", strip_edges(PER_PEOPLE_END.sub("", clause)))
    told = [part for part in GOVERNOR.split(phrase) if part]
    phrase = told[-1] if told else phrase
    place = place_at(phrase)
    if place and len(phrase) - len(place) >= 2 and not OF_INSTITUTION.match(phrase[len(place) :]):
        phrase = phrase[len(place) :]
    return PER_PEOPLE.sub("", strip_edges(phrase))[-32:]


def scope(before: str) -> str:
    """The place a clause opens with before a number, or the whole right before it; '' rather than a guess.

    >>> scope("截至11月底,今年资兴市基层医疗机构诊疗人次占比达"), scope("成为了全国"), scope("包含了市第一人民医院")
    ('资兴市', '全国', '')
    """
    text = TIME_WORDS.sub(",", before)
    direct = re.search(rf"(?:{WHOLE})(?:共|累计|已|新增)?$", text)
    if direct:
        return re.sub(r"(?:共|累计|已|新增)$", "", direct[0])
    for opening in reversed([match.end() for match in OPENING.finditer(text)]):
        place = place_at(text[opening : opening + 12])
        if place and not OF_INSTITUTION.match(text[opening + len(place) :]):
            return place
    return ""
