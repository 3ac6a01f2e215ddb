"""Units: what numbers are counted and measured in, and the quantity that a number and its unit make."""

from __future__ import annotations

import re
from dataclasses import dataclass

MEASURES = (
    "个百分点", "%", "‰", "微克/立方米", "毫克/升", "毫克/立方米", "吨标准煤", "千瓦时", "万千瓦时", "立方米", "平方公里", "平方千米", "平方米",
    "平米", "公顷", "千瓦", "吉瓦", "兆瓦", "公里", "千米", "海里", "标准煤", "标准箱", "标箱", "美元", "欧元", "港元", "人民币", "元", "吨", "公斤", "千克",
    "克", "斤", "亩", "㎡", "米", "千伏", "人次", "人日", "例次", "架次", "车次", "辆次", "班次", "件次", "户次", "场次", "台次", "剂次",
    "名次", "TEU", "GW", "MW", "MWp", "kW", "km", "kg", "EB", "PB", "TB", "EFLOPS", "PFLOPS", "万P", "倍", "番", "分贝", "℃", "摄氏度", "毫米", "厘米", "毫升", "分",
    "岁", "周岁", "成",
)  # fmt: skip
CLASSIFIERS = (
    "个", "家", "所", "名", "人", "位", "项", "例", "张", "台", "套", "辆", "架", "艘", "条", "部", "件", "份", "类", "种", "户", "座", "处",
    "支", "只", "批", "次", "场", "期", "门", "间", "栋", "幢", "宗", "起", "笔", "本", "册", "篇", "款", "株", "头", "尾", "羽", "枚", "颗",
    "块", "片", "组", "对", "双", "列", "趟", "床", "孔", "口", "眼", "盏", "根", "道", "课时", "学时", "学分", "卷", "幅", "剂", "针", "盒",
    "单", "员", "班", "队", "片区", "人份", "批次", "股", "团", "顶",
)  # fmt: skip
# Nouns that are counted without a classifier: 12市, 105县.
PLACES = ("省份", "省", "市州", "县区", "县市区", "市", "县", "区", "乡镇", "街道", "乡", "镇", "村", "国", "城")
TIMES = ("个工作日", "工作日", "个小时", "小时", "分钟", "个月", "天", "日", "周", "秒", "年", "月", "季度", "学年")


def alternation(*tables: tuple[str, ...]) -> str:
    """One pattern for all the words, the longest first."""
    words = {word for table in tables for word in table}
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@dataclass(frozen=True)
class Quantity:
    """A printed measurement: its worth, its unit, and where the number and the unit stand."""

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str
    about: bool
    chinese: bool = False
