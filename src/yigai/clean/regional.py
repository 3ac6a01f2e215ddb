"""Words of Taiwan that a converter put for mainland ones, turned back where the page never writes the mainland word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yigai.clean import script
from yigai.clean.draft import Draft
from yigai.clean.ledger import Change

_WORDS = (
    ("专案", "项目"), ("资讯", "信息"), ("支援", "支持"), ("网路", "网络"), ("网际网路", "互联网"), ("软体", "软件"), ("硬体", "硬件"), ("数位", "数字"),
    ("伺服器", "服务器"), ("登入", "登录"), ("透过", "通过"), ("宣告", "声明"), ("联络", "联系"), ("最佳化", "优化"), ("全域性", "全局"), ("释出", "发布"), ("连结", "链接"),
    ("开启", "打开"), ("资料库", "数据库"), ("人工智慧", "人工智能"), ("智慧型手机", "智能手机"), ("程式", "程序"), ("许可权", "权限"), ("使用者", "用户"),
)  # fmt: skip
_LEAST = 2


def restorations(draft: Draft) -> Iterator[Change]:
    """The mainland words: a converter of vocabulary leaves none, so their absence shows it.

    A traditional page with two such words and without their mainland forms was converted so.
    """
    if not script.is_traditional(draft.raw):
        return
    text = draft.text
    found = [(word, own) for word, own in _WORDS if word in text and own not in text]
    if len(found) < _LEAST:
        return
    wording = dict(found)
    for m in re.finditer("|".join(sorted(wording, key=lambda w: (-len(w), w))), text):
        yield Change(m.start(), m.end(), wording[m[0]], "script", "regional", 0.9, f"the page never writes {wording[m[0]]}")
