"""Tables of staff: which column means what, what a post says, and the persons behind the posts."""

from __future__ import annotations

from ownership_graph.readers.staff.columns import columns_of, filled, found_in, is_staff
from ownership_graph.readers.staff.persons import Staff
from ownership_graph.readers.staff.posts import Post, Words, post_of, words

__all__ = [
    "Post",
    "Staff",
    "Words",
    "columns_of",
    "filled",
    "found_in",
    "is_staff",
    "post_of",
    "words",
]
