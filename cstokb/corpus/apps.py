"""What the texts hold as a body of words: in context, over time, in whose company, and what is peculiar to whom."""

from django.apps import AppConfig


class CorpusConfig(AppConfig):
    """What the texts hold as a body of words: in context, over time, in whose company, and what is peculiar to whom."""

    name = "cstokb.corpus"
    label = "corpus"
