"""States, people, organs, and the periods in which they stood where they stood."""
