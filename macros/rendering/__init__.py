"""Guide → HTML and Markdown, through the templates beside this file and nothing else.

In: the guide and its pages. Out: a page's Markdown, and the HTML that stands around it.
Must not know: files of authors, rules, MkDocs.
"""
