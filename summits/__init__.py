"""Sessions of the organs, who sat and who chaired, invocations, activities and milestones."""
