import random
import time

import pandas as pd

from yigai import corpus

SENTENCES = [
    f"第{number}条为深化医药卫生体制改革推进第{number * 7}项工作任务落实到位单位编号{number * 13}。"
    for number in range(400)
]


def page(seed, length=40):
    return "".join(random.Random(seed).sample(SENTENCES, length))


def groups(texts):
    return corpus.reposts(texts).to_dict("records")


def test_equal_pages_keep_the_first():
    rows = groups([page(1), page(2), page(1)])
    assert [(row["position"], row["group"], row["kept"], row["similarity"]) for row in rows] == [
        (0, 1, True, 1.0),
        (2, 1, False, 1.0),
    ]


def test_the_fullest_page_is_kept():
    whole = page(1)
    rows = groups([whole[: len(whole) // 2], whole, "来源:某网 " + whole])
    assert [(row["position"], row["kept"]) for row in rows] == [(0, False), (1, True), (2, False)]


def test_a_few_changed_words_still_repeat():
    changed = page(1).replace("推进", "促进", 8)
    rows = groups([page(1), changed])
    assert len(rows) == 2
    assert 0.6 < rows[1]["similarity"] < 1


def test_documents_of_one_template_do_not_repeat():
    one = "阳泉市" + "".join(SENTENCES[:20]) + page(1, 30)
    other = "大同市" + "".join(SENTENCES[:20]) + page(2, 30)
    assert groups([one, other]) == []


def test_empty_and_short_texts_repeat_only_when_equal():
    assert groups(["", "", "通知", "通报"]) == []
    assert [row["position"] for row in groups(["", "通知公告", "另一篇", "通知公告"])] == [1, 3]


def test_width_of_marks_and_spaces_make_no_difference():
    text = page(1)
    assert len(groups([text, text.replace("。", " . \n")])) == 2


def test_columns_and_types_hold_without_reposts():
    found = corpus.reposts([])
    assert list(found.columns) == ["position", "group", "kept", "similarity"]
    assert isinstance(found, pd.DataFrame)
    assert found["kept"].dtype == bool


def test_groups_do_not_depend_on_order_except_for_the_keeper():
    texts = [page(seed) for seed in (1, 2, 3, 1, 2)]
    assert len(groups(texts)) == len(groups(texts[::-1])) == 4


def test_cost_grows_with_the_corpus_not_with_its_square():
    def cost(count):
        texts = [page(seed) for seed in range(count)]
        begin = time.process_time()
        corpus.reposts(texts)
        return time.process_time() - begin

    cost(50)
    assert cost(800) < 5.5 * cost(200) + 0.5
