"""Places of China down to the county: codes since 1981, names in text, and what proves a document's place."""

from yigai.places.gazetteer import Place, by_code, named, stem
from yigai.places.mentions import Mention, folded, mentions
from yigai.places.proofs import Proof, proof
from yigai.places.slugs import SLUGS, province, slug

__all__ = [
    "SLUGS",
    "Mention",
    "Place",
    "Proof",
    "by_code",
    "folded",
    "mentions",
    "named",
    "proof",
    "province",
    "slug",
    "stem",
]
