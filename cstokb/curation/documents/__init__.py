"""Documents that curators bring: what a text says of which records, from where to where, and with what certainty.

The reader (`cstokb.curation.reading`) makes clean text of a file; here names, dates, articles, topics and quotations
are found in it. Finding is pure: a text and a gazetteer give the same findings, and nothing is written.
"""
