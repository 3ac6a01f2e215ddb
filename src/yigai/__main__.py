"""``python -m yigai``: the command line."""

import sys

from yigai.cli import main

sys.exit(main())
