"""Reading tables: bytes of CSV, TSV or XLSX become rows of cells with their places.

Nothing of records is known here. Whatever the bytes hold, the only error that comes out is DocumentRefused.
"""

from cstokb.curation.tables.reading.grid import Broken, Cell, Dated, Grid, Row, letter_of
from cstokb.curation.tables.reading.read import LARGEST, read_table

__all__ = ["LARGEST", "Broken", "Cell", "Dated", "Grid", "Row", "letter_of", "read_table"]
