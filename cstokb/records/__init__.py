"""Identity, publication, evidence and history: what every record of the knowledge base shares."""
