"""Facts: what was promised or reached, by whom, when."""

from yigai.facts.beside import BENCHMARK, NO_PARENT, benchmark, printed_numbers, side_by_side
from yigai.facts.checks import checks
from yigai.facts.duties import duties
from yigai.facts.indicators import indicators
from yigai.facts.institutions import institutions
from yigai.facts.programmes import programmes
from yigai.facts.synopsis import synopses, synopsis
from yigai.facts.tables import indicator_table
from yigai.facts.timeline import timeline

__all__ = ["BENCHMARK", "NO_PARENT", "benchmark", "checks", "duties", "indicator_table", "indicators", "institutions", "printed_numbers", "programmes", "side_by_side", "synopses", "synopsis", "timeline"]
