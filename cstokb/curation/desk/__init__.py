"""The curators' desk: everything that waits for a person, by type, computed when it is asked for."""
