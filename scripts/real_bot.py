"""The bot on Telegram, able to lay the sample town around its owner: `python -m scripts.real_bot`.

`python -m bot` is the same bot without that; the product knows no sample shop.
"""

import sys

from bot.__main__ import main
from scripts.demo.moving import town_at

if __name__ == "__main__":
    sys.exit(main(town_at))
