"""A paper that a school already has (Word, PDF, OpenDocument, HTML, text) → sources of the guide.

The way of a paper, room by room: `readers` gives its words as one stream, `furniture` takes out what
belongs to the paper's pages and not to its text, `outline` finds parts, sections and clauses, `cover` and
`law` and `people` say what they saw, `write` makes Markdown, `ledger` counts every word of what was written.
"""
