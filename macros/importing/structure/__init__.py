"""The order of a document: numbering, headings, parts, sections, clauses.

In: paragraphs and tables. Out: sections and clauses.
Must not know: file formats, Markdown.
"""
