"""coding: what each reform model consists of, sentence by sentence, every code with its cue."""

from yigai.coding import attention, worksheet
from yigai.coding.agreement import agreement, alpha, kappa
from yigai.coding.attention import cross, families, shares
from yigai.coding.codebook import Codebook, codebook
from yigai.coding.coder import code, table, uncoded
from yigai.coding.evidence import NO_CUE, matrix, policy_force, tightness
from yigai.coding.scores import score
from yigai.coding.sheets import sheets

__all__ = [
    "NO_CUE",
    "Codebook",
    "agreement",
    "alpha",
    "attention",
    "code",
    "codebook",
    "cross",
    "families",
    "kappa",
    "matrix",
    "policy_force",
    "score",
    "shares",
    "sheets",
    "table",
    "tightness",
    "uncoded",
    "worksheet",
]
