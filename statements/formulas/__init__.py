"""Travelling formulas: what texts repeat of earlier texts, what they alter, and what they no longer say."""
