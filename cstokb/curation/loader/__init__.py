"""The starter data: reading data/, writing it through the one writer, and accounting for every input record."""
