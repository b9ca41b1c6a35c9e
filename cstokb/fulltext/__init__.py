"""Full text over integer record ids: terms, the query language, matching, ranking and passages."""
