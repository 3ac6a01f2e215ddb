"""Words of the other language on a page: what a reader of one edition cannot read."""

import re

from lxml import html

from yigai.publish import phrases, words

#: Elements whose words are not the site's: code, names of files, quotes, the other language said to be so.
#: Pages with notebooks of the tests, whose prose is deliberately of one language only.
IN_ONE_TONGUE = ("zh/notebooks/01_clean.html", "zh/regions/hunan.html")
NOT_OURS = ("code", "pre", "script", "style", "head")
LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]{2,}(?: [A-Za-z'’-]{2,}){0,9}")
#: Names that are the same in both languages.
NAMES = {
    "yigai", "TF-IDF", "Jaccard", "Ochiai", "ICP", "GBK", "Monroe", "Hood", "NATO", "WHO", "English", "CSV", "Parquet", "Excel", "SHA-", "BOM", "UTF-",
    "jieba", "Dunning", "Benjamini-Hochberg", "HTML", "JavaScript", "Wilson", "DRG", "DIP", "NPMI", "PCR", "MDT", "IPD", "CMI", "GitHub", "Frictionless", "BibTeX", "JupyterLab", "papermill", "Dirichlet",
}  # fmt: skip
CODES = re.compile(r"[A-Z]{2,4}|[A-Z]{3}\.[A-Z]{2,6}")
#: What is typed, not read: names of documents and hexadecimal marks, a parameter with its value.
TYPED = re.compile(r"\b[a-z0-9_]{0,40}(?:\d[a-z]|[a-z]\d|\d_)[a-z0-9_]{0,40}\b|scope = health|[a-z]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]*")


def latin_words(page):
    """Latin words of a Chinese page outside code, codes, names and quotes, with repeats."""
    return [word for text in own_texts(page) for word in LATIN.findall(TYPED.sub(" ", text)) if word not in NAMES and not CODES.fullmatch(word)]


def own_texts(page):
    """The texts of a page that are the site's own."""
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        for owner, text in ((element, element.text), (element.getparent(), element.tail)):
            if text and text.strip() and owner is not None and not foreign(owner):
                yield text


def foreign(element):
    """Whether the words of an element are not the site's: code, a quote, or said to be of another language."""
    for one in (element, *element.iterancestors()):
        if "why" in (one.get("class") or "").split():  # the notes beside a raw page are the site's own
            return False
        if one.tag in NOT_OURS or (one.get("lang") and one.tag != "html") or "data" in (one.get("class") or "").split():
            return True
        if one.tag in {"span", "td", "a"} and {"s", "doc", "raw"} & set((one.get("class") or "").split()):
            return True
        if one.tag == "div" and "raw" in (one.get("class") or "").split():
            return True
    return False


def test_the_chinese_edition_has_no_english_words(site):
    pages = {str(path.relative_to(site)): html.parse(str(path)).getroot() for path in sorted((site / "zh").rglob("*.html")) if "methodology" not in path.parts}
    left = {path: found for path, page in pages.items() if path not in IN_ONE_TONGUE and (found := latin_words(page))}
    assert left == {} and len(pages) > 20


def test_the_check_of_tongues_sees_english():
    page = html.fromstring("<html lang='zh-Hans'><p>检查 every region has <code>one genre</code> DRG <span lang='en'>of its own</span></p></html>")
    assert latin_words(page) == ["every region has"]


def test_the_english_edition_has_no_chinese_words_of_ours(site):
    ours = {pair.zh for vocabulary in words.VOCABULARIES.values() for pair in vocabulary.values()} | set(phrases.PAIRS.values())
    pages = {path: html.parse(str(path)).getroot() for path in sorted(site.rglob("*.html")) if not {"zh", "methodology"} & set(path.relative_to(site).parts)}
    left = {(path.name, text.strip()) for path, page in pages.items() for text in own_texts(page) if text.strip() in ours and not text.isascii()}
    assert left == set() and len(pages) > 20
