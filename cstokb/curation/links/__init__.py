"""Whether the addresses of sources still answer: what may be asked, asking, and what the answers mean."""
