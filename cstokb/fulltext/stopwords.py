"""Words too common to search for by themselves, folded. Phrases keep them."""

_ENGLISH = """
a about after all also an and any are as at be been before being between both but by can could did
do does down during each few for from further had has have he her here hers him his how i if in into
is it its itself just may me more most my no nor not of off on once only or other our out over own s
same she should so some such t than that the their them then there these they this those through to
too under until up upon very was we were what when where which while who whom why will with would
you your
"""
_RUSSIAN = """
а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до
его ее ей ему если есть еще же за здесь и из или им их к как какой ко когда кто ли либо между меня
мне много может можно мой мы на над надо наш не него нее нет ни них но ну о об однако он она они оно
от отчего очень по под после при про с сам себя свое своей своих со так такой там тебя тем теперь то
тогда того тоже той только том тот ту ты у уже хотя чего чей чем что чтобы эта эти этим этих это
этого этой этом этот я
"""

#: Words with which one asks and is answered by records: they are common ones too, whatever else they may mean.
_ASKING = """
how many much what when where which who whom whose why
где зачем каков какова каково каковы какая какие каким какими каких какого какое какой каком какому какою какую
когда кого кому кто куда откуда почему сколько скольких скольким чей чем чего чему что чье чьего чьи чьих чья
"""
#: What only joins who is asked about to what is asked, and pronouns that take up who was named.
_JOINING = """
является являются являлась являлись являлся
такая такие таков такова таковы такое
которая которого которое которой котором которую которые который которых
"""

QUESTION_WORDS = frozenset(_ASKING.split())
STOP_WORDS = frozenset((_ENGLISH + _RUSSIAN + _JOINING).split()) | QUESTION_WORDS
