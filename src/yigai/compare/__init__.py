"""compare: what differs between cases or regions, and what this corpus cannot say.

The gate comes first. `gate` looks at the corpus, `allows` says whether a statement may be printed,
`units` chooses what is compared: regions where that is sound, else the documents as cases. Every
function that gives an interval asks the gate and leaves it empty where it is refused.
"""

from yigai.compare.comparability import (
    STATEMENTS,
    allows,
    gate,
    names,
    note,
    unit,
    units,
    verdict,
    withhold,
)
from yigai.compare.keywords import (
    both_ends,
    document_intervals,
    quotes,
    top,
    typical,
    without_places,
)
from yigai.compare.likeness import (
    Tree,
    closest,
    cosine,
    cowords,
    dendrogram,
    ochiai,
    presence,
    share_weights,
    side_by_side,
    similarity,
    square,
    word_weights,
)
from yigai.compare.logodds import (
    benjamini_hochberg,
    counts,
    dispersion,
    g2,
    keyness,
    log_odds,
    pairwise,
)
from yigai.compare.reuse import parent_of, reuse, template
from yigai.compare.robustness import conclusions, drawn, ground, judged, sensitivity, steadfast
from yigai.compare.settings import Ground, Setting, grid
from yigai.compare.shares import crosstab, marks, profiles, shown, topic_marks, view_marks, views
from yigai.compare.subject import scope, within, words

__all__ = [
    "STATEMENTS",
    "Ground",
    "Setting",
    "Tree",
    "allows",
    "benjamini_hochberg",
    "both_ends",
    "closest",
    "conclusions",
    "cosine",
    "counts",
    "cowords",
    "crosstab",
    "dendrogram",
    "dispersion",
    "document_intervals",
    "drawn",
    "g2",
    "gate",
    "grid",
    "ground",
    "judged",
    "keyness",
    "log_odds",
    "marks",
    "names",
    "note",
    "ochiai",
    "pairwise",
    "parent_of",
    "presence",
    "profiles",
    "quotes",
    "reuse",
    "scope",
    "sensitivity",
    "share_weights",
    "shown",
    "side_by_side",
    "similarity",
    "square",
    "steadfast",
    "template",
    "top",
    "topic_marks",
    "typical",
    "unit",
    "units",
    "verdict",
    "view_marks",
    "views",
    "withhold",
    "within",
    "without_places",
    "word_weights",
    "words",
]
