"""What changed between two texts, word by word.

Pure Python that knows nothing of the domain and imports nothing of the house: wordings of treaties and versions of
statements are compared by the same rules. Nothing is folded: a piece that is kept stands in both texts letter by
letter, so that both can be put together again exactly from a redline.
"""

from cstokb.redline.compare import redline
from cstokb.redline.pieces import Kind, Piece, Redline

__all__ = ["Kind", "Piece", "Redline", "redline"]
