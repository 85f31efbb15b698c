"""The adopted editions of a policy, and what changed from one text to the next.

In: edition files and the model. Out: editions, changes, redlines.
Must not know: how authors write pages, or how changes are rendered.
"""
