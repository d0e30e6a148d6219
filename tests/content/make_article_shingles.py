"""Write article_shingles.txt from the article the app was built on, which is not copied into this repository.

python -m tests.content.make_article_shingles path/to/article.txt
"""

import sys
from pathlib import Path

from tests.content.prose import SHINGLES, shingles

if __name__ == "__main__":
    found = sorted(shingles(Path(sys.argv[1]).read_text("utf-8")))
    SHINGLES.write_text("\n".join(found) + "\n", "utf-8")
