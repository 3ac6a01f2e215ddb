"""Cleaning: raw pages become clean official text, and a ledger tells how.

>>> from yigai import clean
>>> clean.text("自201410月起").text
'自2014年10月起'
"""

from yigai.clean import ablation, audit
from yigai.clean.draft import Draft
from yigai.clean.ledger import Change, Cleaned, Edit, Flag, Line, Override, replay, undo
from yigai.clean.pipeline import RULES, text
from yigai.clean.tables import edits_table, overrides

__all__ = [
    "RULES", "Change", "Cleaned", "Draft", "Edit", "Flag", "Line", "Override", "ablation", "audit", "edits_table",
    "overrides", "replay", "text", "undo",
]  # fmt: skip
