"""Statements, their language versions and passages, and who stood behind them."""
