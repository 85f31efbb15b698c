"""Guide → Markdown and HTML, by the templates beside this file and nothing else.

In: the guide and its pages. Out: a page's Markdown, the HTML that stands around it, whole policies.
Must not know: rules, the files that authors write, MkDocs.
"""
