"""Tables that curators bring: CSV, TSV and XLSX for every kind of record.

``reading`` turns bytes into rows and knows nothing of records; ``layout`` says which columns a kind has; ``plan``
compares rows with what stands; ``carry`` writes through the one writer; ``undo`` takes a batch back.
"""
