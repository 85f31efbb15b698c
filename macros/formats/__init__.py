"""Markdown, HTML, fonts, QR codes and reports, as a program of any subject would have them.

In: text and files. Out: text, trees, pictures.
Must not know: policies, or any other room.
"""
