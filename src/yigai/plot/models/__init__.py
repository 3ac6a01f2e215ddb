"""Figures of what each reform model consists of: calendar, duties, tightness, who is tied to whom."""

from yigai.plot.models.dates import calendar, gantt, moment
from yigai.plot.models.duties import co_tasks, responsibilities, unit_network
from yigai.plot.models.ties import institution_links, institution_network, ladder

__all__ = [
    "calendar",
    "co_tasks",
    "gantt",
    "institution_links",
    "institution_network",
    "ladder",
    "moment",
    "responsibilities",
    "unit_network",
]
