"""Apart: why a figure may not stand beside another of its family, however well dated it is."""

from __future__ import annotations

import re

# 只有部分市州达到85%以上 says that the others did not (seed 001).
SOME = re.compile(r"(?:部分|少数(?!民族)|个别|有些|一些)(?:先行|试点)?(?:[省市州县区旗乡镇村](?!级)|地[区方]|医院|机构|单位|科室|卫生院)[^,。;:\d]{0,12}$")
# 成为全国38个试点市之一: the size of a class that the place belongs to (seed 003).
CLASS = re.compile(r"[^,。;:]{0,24}之一")
# 每个乡镇有1所卫生院 is no number of hospitals (seed 002).
EACH = re.compile(r"(?:每个?|一个)(?:乡镇|行政村|建制村|街道|社区|县|市|区|旗|镇|乡|村)(?![\u4e00-\u9fff]{0,3}级)[^,。;:\d]{0,8}$")
# (6家乡镇卫生院、5家民营医院为成员单位): of a network, not of the place (seed 000).
MEMBERS = re.compile(r"为(?:其)?成员|成员单位|包含")
PARTNERS = re.compile(r"[与同和][^,。;:]{0,60}(?:建立|签[订署约]|结成|缔结|开展)了?[^,。;:]{0,16}(?:关系|合作|协作|医联体|联盟|协议|帮扶)")
HOUSES = ("家", "所", "个")
INSTITUTION = re.compile(r"(?:医院|卫生院|卫生室|机构|中心|单位)$")


def reason(folded: str, span: tuple[int, int], clause: tuple[int, int], name: str, unit: str) -> str:
    """Why the figure at `span` of its `clause` stands apart, '' when nothing speaks against comparing it.

    >>> text = "只有部分市州达到85%以上"
    >>> reason(text, (8, 11), (0, 13), "县域内住院率", "%")
    'no: reached by some only'
    """
    before = folded[clause[0] : span[0]]
    if SOME.search(before):
        return "no: reached by some only"
    if CLASS.match(folded, span[1]):
        return "no: the size of a class it belongs to"
    if unit not in HOUSES:
        return ""
    if EACH.search(before):
        return "no: so many in each place"
    said = folded[clause[0] : clause[1]]
    if INSTITUTION.search(name) and (MEMBERS.search(said) or PARTNERS.search(said)):
        return "no: members or partners of a network"
    return ""
