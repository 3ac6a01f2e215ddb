"""Page furniture of sites that do not exist, and the spam that others put there."""

from collections.abc import Sequence
from random import Random

from benchmarks.cleaning.cells import Cell, Page, inserted

SYLLABLES = "鸿运金沙永利新葡凯发天博星耀万豪亿乐皇冠恒盛百汇速盈嘉年"
TRADES = ("娱乐", "体育", "棋牌", "彩票", "电竞", "国际")
TAILS = ("在线", "官网", "投注", "平台", "登录", "注册")
ADULT = ("欧美一区二区三区免费观看", "国产精品久久在线视频", "亚洲中文字幕日韩无码", "成人免费高清影院在线")
SITES = ("晨光资讯网", "江畔新闻网", "云岭之窗", "东桥在线", "北湖热线", "青山日报网")
SECTIONS = ("要闻", "政务", "民生", "卫生健康", "医疗动态", "通知公告")
FIRMS = ("恒拓产业招商", "启程厂房租赁", "佳禾企业服务")
CITIES = ("云州", "临川", "江宁", "平阳", "安丘", "长乐", "青田", "武宁", "清河", "新野", "宁海", "泰和")


def brand(rng: Random) -> str:
    """Return an invented gambling brand, with or without a topic word, Latin, digits, a trailing mark."""
    name = "".join(rng.sample(SYLLABLES, 2))
    latin = "".join(rng.choice("abeghjkmnptuvwxy") for _ in range(3))
    shapes = (
        name + rng.choice(TRADES) + rng.choice(TAILS) + ":",
        name + rng.choice(TRADES) + rng.choice(TAILS),
        name + rng.choice(TRADES),
        name + rng.choice(("亚洲", "国际厅", "会所")),
        f"{latin.upper()}{rng.randrange(10, 9999)}{name}:",
        f"{name}({latin})中国官方网站",
        f"{latin}{rng.randrange(100, 999)}{rng.choice(TRADES)}",
        name + rng.choice(TRADES) + "-",
    )
    return rng.choice(shapes)


def phone(rng: Random) -> str:
    """Return an invented mobile number."""
    return "1" + rng.choice("3578") + "".join(str(rng.randrange(10)) for _ in range(9))


def stamp(rng: Random) -> str:
    """Return an invented moment of publication."""
    return f"20{rng.randrange(15, 25)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02} {rng.randrange(8, 20):02}:{rng.randrange(60):02}"


def top(rng: Random, title: str) -> list[str]:
    """Return the lines above a text: navigation, breadcrumbs, source, sharing."""
    site, section = rng.choice(SITES), rng.choice(SECTIONS)
    pool = [
        f"欢迎光临{site}",
        "网站首页 | 新闻中心 | 政务公开 | 办事服务 | 互动交流 | 专题专栏",
        "地方: " + " ".join(rng.sample(CITIES, 9)),
        f"当前位置:首页 > {section} > 正文",
        f"您的位置: {site} > {section} > 内容",
        f"{stamp(rng)} 来源:{site} 编辑:李某",
        f"发布时间:{stamp(rng)[:10]} 浏览次数:{rng.randrange(20, 9000)} 字体:[大 中 小]",
        "分享到: 微信 微博 QQ空间",
        f"来源:{site} 点击:{rng.randrange(20, 9000)}次",
    ]
    return [pool[i] for i in sorted(rng.sample(range(len(pool)), 4))]


def bottom(rng: Random, title: str) -> list[str]:
    """Return the lines below a text: counters, neighbours, copyright, filing numbers."""
    site = rng.choice(SITES)
    pool = [
        f"责任编辑:王某 阅读:{rng.randrange(20, 9000)} 点赞:{rng.randrange(90)}",
        f"上一篇:{rng.choice(CITIES)}市召开卫生健康工作会议",
        "下一篇:没有了",
        "相关热词搜索:医改 卫生 健康",
        "【打印本页】 【关闭窗口】 返回顶部",
        f"版权所有 © {site} All Rights Reserved",
        f"主办单位:{site} 联系电话:0{rng.randrange(310, 999)}-{rng.randrange(2000000, 8999999)}",
        f"京ICP备{rng.randrange(10000000, 19999999)}号-1 京公网安备 {rng.randrange(11010100000001, 11010199999999)}号",
        "扫一扫在手机打开当前页",
    ]
    return [pool[i] for i in sorted(rng.sample(range(len(pool)), 5))]


def promotion(rng: Random) -> list[str]:
    """Return the footer of an account that lives on other people's news."""
    firm = rng.choice(FIRMS)
    return [
        f"{firm}/厂房土地租售:400 {rng.randrange(1000, 9999)} {rng.randrange(100, 999)}",
        f"或微信/手机:{phone(rng)};{phone(rng)}",
        "请说明您的需求、用途、公司、联系人、手机号,以便快速帮您对接资源。",
        "扫一扫关注公众号",
        f"版权声明:本文由公众号:{firm}发布,部分内容收集于网络,如有不妥之处请联系我们删除 {phone(rng)}",
    ]


def spam(rng: Random, name: str) -> list[str]:
    """Return an injected title or footer line."""
    return [rng.choice(ADULT) + name.rstrip(":") + "_" + name.rstrip(":") + "¥【游戏官网娱乐】", "|".join(rng.sample(ADULT, 3))]


def frame(rng: Random) -> list[str]:
    """Return an obfuscation frame of empty tags with one random identifier."""
    name = "".join(rng.choice("acegikmosuwy") for _ in range(5))
    return [
        f'<li id="{name}"><acronym id="{name}"></acronym></li>',
        f'• <dd id="{name}"><rt id="{name}"></rt></dd>',
        f'<blockquote id="{name}"><s id="{name}"></s></blockquote>',
    ]


def cells(rows: Sequence[str], kind: str) -> Page:
    """Return furniture lines as cells that never belonged to the text."""
    return tuple(inserted(row + "\n", kind) for row in rows)


def framed(body: Page, *, above: Sequence[Cell], below: Sequence[Cell]) -> Page:
    """Return a page between furniture."""
    return (*above, *body, inserted("\n", "layout"), *below)
