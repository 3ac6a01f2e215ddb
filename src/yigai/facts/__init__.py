"""Facts: what was promised or reached, by whom, when."""

from yigai.facts.duties import duties
from yigai.facts.indicators import indicators
from yigai.facts.tables import indicator_table

__all__ = ["duties", "indicator_table", "indicators"]
