"""How quick the product is at a thousand, ten thousand and a hundred thousand documents, beside other ways to do it."""
