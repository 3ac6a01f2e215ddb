"""yigai (医改): from dirty crawled Chinese web pages to comparisons of health-care reform models.

The stages, each a module: corpus, clean, passages, topics, coding, facts, compare, publish.
"""

__version__ = "0.2.0"

# Before any other module: what is loaded after it is the code that it has seen, or the run says so.
from yigai import code as code
