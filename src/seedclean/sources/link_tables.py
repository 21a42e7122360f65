"""Tables of saved links that services for reading later export as CSV: how they are known.

Sources: Pocket's export of 2025 (`title,url,time_added,tags,status`, in some files with a cursor), Instapaper's
(`URL,Title,Selection,Folder,Timestamp`, since 2024 with tags).
"""

from __future__ import annotations

import re

_HEAD = re.compile(
    r"(title,url,time_added,(?:cursor,)?tags,status|URL,Title,Selection,Folder,Timestamp(?:,Tags)?)[ \t]*(?:\n|\Z)"
)


def columns(text: str) -> list[str]:
    """The columns of a table of saved links, in lower case, from its first line; empty if the text is none."""
    head = _HEAD.match(text)
    return head[1].lower().split(",") if head else []
