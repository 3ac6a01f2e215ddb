"""topics: what is talked about, and how firmly that can be said.

Words are jieba's with the reform lexicon (`tokens`), texts become TF-IDF rows, `cluster` cuts them into
topics by consensus, says how many there are or that no number is stable, and certifies each topic.
"""

from yigai.topics.describe import concordance
from yigai.topics.keeping import packed, unpacked
from yigai.topics.lasting import lasting, likeness, renamed
from yigai.topics.model import BadTopics, Topics, cluster
from yigai.topics.tables import (
    agreement,
    align,
    alike,
    by_document,
    difference,
    main_dimensions,
    of_sentences,
    passage_topics,
    quotes,
    table,
)
from yigai.topics.words import lexicon, reference, segment, stop_words, tokens

__all__ = [
    "BadTopics",
    "Topics",
    "agreement",
    "align",
    "alike",
    "by_document",
    "cluster",
    "concordance",
    "difference",
    "lasting",
    "lexicon",
    "likeness",
    "main_dimensions",
    "of_sentences",
    "packed",
    "passage_topics",
    "quotes",
    "reference",
    "renamed",
    "segment",
    "stop_words",
    "table",
    "tokens",
    "unpacked",
]
