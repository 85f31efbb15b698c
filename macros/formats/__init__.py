"""Markdown, HTML, fonts, QR codes, reports and files, as a program about anything would have them.

In: text and files. Out: text, trees, pictures, files written safely.
Must not know: policies, or any other room.
"""
