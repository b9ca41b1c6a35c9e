"""How a change is written: rows, satellites, visibility, history and events, one concern a file."""
