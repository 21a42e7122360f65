"""An extractor in code, for documents whose first line is `@bulletin`; the pack beside it is data."""

from __future__ import annotations

from seedclean import Decision, Document


class Bulletin:
    id = "sample-bulletin"

    def detect(self, document: Document) -> str:
        return "first-line" if document.blocks and document.blocks[0].text == "@bulletin" else ""

    def judge(self, document: Document) -> list[Decision]:
        return [
            Decision(block, "remove", "sample-bulletin/mark", "residue")
            if block.text.startswith("@")
            else Decision(block, "keep", "sample-bulletin/text")
            for block in document.blocks
        ]


bulletin = Bulletin()
