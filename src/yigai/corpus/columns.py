"""The names that columns have in the tables of researchers: of the text, and of each field of a card."""

from __future__ import annotations

#: Where the text of a page stands, the surest name first.
TEXTS = (
    "text content 正文 内容 全文 body 文本 正文内容 文章内容 fulltext full_text article maintext raw raw_text "
    "paragraph 政策文本 政策内容 文本内容"
)
TEXT_COLUMNS = tuple(TEXTS.split())
#: Field of a card -> the names of its column.
FIELDS = {
    "title": "title 标题 题名 题目 政策名称 文件名称 headline",
    "publisher": "publisher 发布机构 发文机关 发布单位 来源 source 发文单位 site",
    "genre": "genre 文种 体裁",
    "level": "level 级别 层级",
    "province": "province 省 省份",
    "city": "city 市 城市 地市",
    "county": "county 县 区县 县区",
    "adcode": "adcode 行政区划代码 区划代码 code",
    "published": "published date 日期 发布日期 发布时间 pubdate publish_date published_at",
    "issued": "issued 成文日期 发文日期 issue_date",
    "doc_no": "doc_no 文号 发文字号",
    "url": "url 链接 网址 link",
    "region": "region 地区 地域",
}
COLUMNS = {name: field for field, names in FIELDS.items() for name in names.split()}
