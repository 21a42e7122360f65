"""The picture of the review page in docs/: `python tests/picture.py` takes it anew, with Chromium."""

from __future__ import annotations

import tempfile
from pathlib import Path

import chromium

from seedclean.packs.registry import load
from seedclean.review.run import review

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "tests" / "fixtures" / "unknown" / "page.html"
PICTURE = ROOT / "docs" / "review.png"


def main() -> None:
    """Show a removed block of a fixture with its reason and a rule to copy."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "page.html"
        review(str(DOCUMENT), load(), file)
        with chromium.browser(Path(folder)) as tab:
            tab.screen(1040, 780)
            tab.open(file)
            tab.value("[...document.querySelectorAll('.kept')].at(-1).nextElementSibling.focus()")
            tab.value("document.activeElement.querySelector('.reason details').open = true")
            tab.value("scrollTo(0, document.activeElement.offsetTop - 300)")
            PICTURE.write_bytes(tab.picture())
    print(f"wrote {PICTURE}")


if __name__ == "__main__":
    main()
