#!/usr/bin/env python3
"""The only commands to remember. Needs nothing but Python 3.11 or newer.

python3 start.py            makes all that is needed, and serves the product on this machine
python3 start.py test       installs what tests need; runs them on both databases and in a browser
python3 start.py lint       style, types, module contracts, templates, migrations, translations
python3 start.py format     puts the code in the house style
python3 start.py bench      measures the pages against their budgets
python3 start.py translate  takes new texts into the English catalogue, and compiles it
python3 start.py lock       locks the dependencies with hashes; --upgrade takes newer versions
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 -- said in words, before newer syntax is read
    sys.exit("Partnerwijzer heeft Python 3.11 of nieuwer nodig. Dit is Python " + sys.version[:6])

from tools.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
