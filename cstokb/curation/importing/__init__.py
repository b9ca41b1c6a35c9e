"""Importing the text of an instrument: what a file would bring is planned, shown, and then written as drafts.

The plan and the writing are one engine: the page and the command ask the same questions and do the same.
"""
