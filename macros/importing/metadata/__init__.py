"""What a document states of itself: title, body, dates, laws, people.

In: lines and sections. Out: the cover, laws, personal data.
Must not know: file formats, Markdown.
"""
