"""Corpora whose topics are known."""

import numpy as np
import pytest

from yigai.topics import words


@pytest.fixture(scope="session")
def planted():
    """Texts of k planted topics: 60 % words of the topic, 40 % words that all topics share."""
    terms = sorted(term for term in words.lexicon() if term.isalpha() and len(term) > 2)

    def make(k, *, texts=120, seed=0):
        random = np.random.default_rng(seed)
        mixed = list(random.permutation(terms))
        common, pools = mixed[:60], [mixed[60 + 25 * i : 85 + 25 * i] for i in range(k)]
        truth = random.integers(0, k, texts)
        made = []
        for topic in truth:
            own = random.random(40) < 0.6
            made.append("，".join(random.choice(pools[topic]) if o else random.choice(common) for o in own))
        return made, truth

    return make


def shuffle(texts, seed=0):
    """The words of the texts, shuffled over the texts."""
    random = np.random.default_rng(seed)
    cut = [text.split("，") for text in texts]
    flat = list(random.permutation([word for one in cut for word in one]))
    return ["，".join(flat.pop() for _ in one) for one in cut]
