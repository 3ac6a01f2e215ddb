"""The publishing room: executed notebooks and tables in, a static site out, in English and Chinese.

Every number on the site is a link to the sentence it was read from, beside the raw page with its
edits. The pages work from a disk without a web server, without JavaScript except for the search
and the switch of theme, and ask no other host for anything.
"""

from yigai.publish.build import site

__all__ = ["site"]
