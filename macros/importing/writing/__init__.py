"""Sections and cover → Markdown files.

In: what structure and metadata found. Out: text of files.
Must not know: file formats, the project.
"""
