"""Words of Taiwan that a converter put for mainland ones, turned back where the page never writes the mainland word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yigai.clean import script
from yigai.clean.draft import Draft
from yigai.clean.ledger import Change

# Words no mainland document writes; one has to be there.
_TELLING = (
    ("专案(?!组)", "项目"), ("资讯", "信息"), ("网际网路", "互联网"), ("网路", "网络"), ("软体(?!动物)", "软件"), ("硬体", "硬件"),
    ("数位(?=化|经|医|健|平|技)", "数字"), ("伺服器", "服务器"), ("登入", "登录"), ("最佳化", "优化"), ("释出", "发布"), ("人工智慧", "人工智能"),
    ("智慧型手机", "智能手机"), ("程式", "程序"), ("许可权", "权限"),
)  # fmt: skip
# Words it may write as well (联络员, 开启新征程, 药品使用者).
_SHARED = (
    ("(?<!对口)支援", "支持"), ("透过", "通过"), ("宣告", "声明"), ("联络(?![员人组处站点])", "联系"), ("全域性", "全局"), ("连结", "链接"),
    ("开启(?!新|.{0,6}征程)", "打开"), ("资料库", "数据库"), ("使用者", "用户"),
)  # fmt: skip
_LEAST = 2


def restorations(draft: Draft) -> Iterator[Change]:
    """The mainland words: a converter of vocabulary leaves none, so their absence shows it.

    A traditional page with two such words, one of them never official, and without their mainland forms was converted so.
    """
    if not script.is_traditional(draft.raw):
        return
    text = draft.text
    telling, shared = ([pair for pair in words if pair[1] not in text and re.search(pair[0], text)] for words in (_TELLING, _SHARED))
    if not telling or len(telling + shared) < _LEAST:
        return
    for word, own in telling + shared:
        for m in re.finditer(word, text):
            yield Change(m.start(), m.end(), own, "script", "regional", 0.9, f"the page never writes {own}")
