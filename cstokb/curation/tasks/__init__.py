"""Work on the whole knowledge base that is begun from a page: the search index made anew, and every law checked."""
