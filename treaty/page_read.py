"""What the pages of instruments and provisions say of amendments, and of the state for which a text is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cstokb.dates import Answer, sort_key
from cstokb.listing.ask import Ask
from cstokb.listing.names import Named, Names
from cstokb.records.choices import Language
from treaty.choices import AmendmentEffect, TextStanding, WordingState
from treaty.page_parts import Item, act_words, in_words, link, listed, own, state_words, with_time, within
from treaty.reader import Asked, Row, Study
from treaty.reading import Amending, Part, Reading, Wording


@dataclass(frozen=True)
class Reader:
    """Says in words how a text is read; ``names`` are those of all records that the page names."""

    study: Study
    names: Names
    path: str

    @property
    def ask(self) -> Ask:
        """The question."""
        return self.study.ask

    @property
    def state(self) -> Asked | None:
        """The state that the page names."""
        return self.study.state

    @cached_property
    def states(self) -> Mapping[str, Named]:
        """States by their row ids written out."""
        return {str(key): named for key, named in self.names.items() if named.kind == "state"}

    @cached_property
    def _facts_in_words(self) -> Mapping[str, str]:
        found = {act["entry__slug"]: self._act(act) for act in self.study.acts}
        for key, force in self.study.bonds.forces.items():
            words = {"instrument": self.label(key)}
            found[f"{force.id}.in_force_on"] = _("%(instrument)s: the day of entry into force") % words
            found[f"{force.id}.parties"] = _("%(instrument)s: for whom it is in force") % words
        return found

    def _act(self, act: Row) -> str:
        said = act_words(act["type"], act["done_on"] or act["effective_on"], self.ask)
        state, instrument = self.names.get(act["state_id"]), self.names.get(act["instrument_id"])
        return ", ".join(one.label(self.ask.language) for one in (state, instrument) if one) + f": {said}"

    def facts(self, blocked: Iterable[str]) -> str:
        """Facts that keep an answer from being known: acts and days in words, others by their names."""
        return "; ".join(self._facts_in_words.get(fact, fact) for fact in blocked)

    def label(self, key: int) -> str:
        """What an instrument is called."""
        named = self.names.get(key)
        return named.label(self.ask.language) if named else ""

    # -- the band --------------------------------------------------------------------------------------------------

    def subject(self, plain: str) -> str:
        """The words before the day in the band; they name the state whom the text binds."""
        if self.state is None:
            return plain
        bound = (
            _("As it binds %(state)s on")
            if self.study.reads_for
            else _("For %(state)s, not bound, as it stood on")
        )
        return bound % {"state": self.state.label(self.ask.language)}

    def choices(self) -> list[Item]:
        """The states for which the text can be read: those that acted upon the instrument, and the one asked about."""
        told = self.study.bonds.told.get(self.study.bonds.key)
        ids = {*(told.histories if told else ()), *([self.state.id] if self.state else ())}
        language, chosen = self.ask.language, self.state.id if self.state else ""
        options = [
            {
                "value": self.states[one].id,
                "label": self.states[one].label(language),
                "chosen": one == chosen,
            }
            for one in ids
            if one in self.states
        ]
        return sorted(options, key=lambda item: str(item["label"]))

    def notice(self, instrument: str) -> Item | None:
        """What is to be said first where it is not certain that the instrument binds the state asked about."""
        if self.state is None:
            return None
        party = self.study.bonds.standing(self.state.id).party
        words = {
            "state": self.state.label(self.ask.language),
            "instrument": instrument,
            "day": in_words(self.ask.day, self.ask),
        }
        if party.answer is Answer.NO:
            return {
                "kind": "warn",
                "title": _("%(instrument)s: not in force for %(state)s on %(day)s.") % words,
                "text": _(
                    "The text is shown as it stood in general, without a claim that it bound %(state)s."
                )
                % words,
                "links": [self._for_all()],
            }
        if party.answer is Answer.UNKNOWN:
            title = _("%(instrument)s: not known whether in force for %(state)s on %(day)s.") % words
            facts = _("What keeps it from being known: %(facts)s.") % {"facts": self.facts(party.blocked_by)}
            return {"kind": "warn", "title": title, "text": facts, "links": [self._for_all()]}
        return None

    def _for_all(self) -> Item:
        return {"label": _("Read it for all parties"), "url": with_time(self.ask, self.path)}

    # -- notes beside a wording --------------------------------------------------------------------------------------

    def notes(self, part: Part, reading: Reading, shown: Wording | None) -> list[Item]:
        """Whom the wording shown binds, which amendments are not in it, and other numbers; for the margin."""
        whose = self.whose(part, shown) if shown else []
        return [*whose, *self.not_in_it(reading), *self._numbers(part, reading)]

    def whose(self, part: Part, shown: Wording) -> list[Item]:
        """Whom a wording binds, or why it binds the state asked about."""
        note = self._why_older(part, shown) if self.study.reads_for else self._whom(shown)
        return [note] if note else []

    def not_in_it(self, reading: Reading) -> list[Item]:
        """The amendments that hold on the day, or may, without words that are held."""
        return [
            *(self._lacking(one) for one in reading.lacking),
            *(self._doubtful(one) for one in reading.doubtful),
        ]

    def _whom(self, shown: Wording) -> Item | None:
        """For whom the instrument that made a wording is in force, each state a way to its own reading."""
        if shown.made_by is None:
            return None
        reach = self.study.bonds.reach(shown.made_by)
        parts = [
            (words, states)
            for words, states in (
                (_("for"), reach.yes),
                (_("not for"), reach.no),
                (_("not known"), reach.unknown),
            )
            if states
        ]
        text = format_html_join(
            SafeString("; "), "{}: {}", ((words, self._linked(states)) for words, states in parts)
        )
        return {"title": _("In force"), "text": text} if parts else None

    def _linked(self, states: Iterable[str]) -> SafeString:
        named = sorted(
            (self.states[one].label(self.ask.language), self.states[one].id)
            for one in states
            if one in self.states
        )
        ways = ((within(self.ask, self.path, state=one), label) for label, one in named)
        return listed(ways)

    def _why_older(self, part: Part, shown: Wording) -> Item | None:
        """That an older wording binds the state, because what replaced it in general is not in force for the state."""
        state = self.study.reads_for
        if state is None:
            return None
        title = _("For %(state)s") % {"state": state.label(self.ask.language)}
        away = self._not_bound(part, state)
        if away and part.holds(shown, self.ask.day).answer is Answer.NO:
            words = _("The older wording binds it: %(makers)s is not in force for it.")
            return {"title": title, "text": words % {"makers": ", ".join(away)}}
        if shown.made_by is None:
            return None
        return {
            "title": title,
            "text": _("%(maker)s is in force for it.") % {"maker": self.label(shown.made_by)},
        }

    def _not_bound(self, part: Part, state: Asked) -> list[str]:
        """What changed the provision in general by the day and is not in force for the state."""
        made = [one.made_by for one in part.wordings if one.begun(self.ask.day).answer is Answer.YES]
        made += [one.made_by for one in part.amendments if one.on(self.ask.day).answer is Answer.YES]
        makers = dict.fromkeys(one for one in made if one is not None)
        bonds = self.study.bonds
        return [self.label(key) for key in makers if bonds.verdict(key, state.id).answer is Answer.NO]

    def _lacking(self, one: Amending) -> Item:
        said = lacking_words(one, self.ask)
        return {
            "title": _("Not yet consolidated"),
            "text": f"{said} {own(vars(one), 'description', self.ask)}",
        }

    def _doubtful(self, one: Amending) -> Item:
        said = _("%(maker)s: it is not known whether its amendment holds on this day.")
        facts = self.facts(self.study.doubt(one).blocked_by)
        parts = (
            said % {"maker": self.label(one.made_by)},
            own(vars(one), "description", self.ask),
            _("What keeps it from being known: %(facts)s.") % {"facts": facts},
        )
        return {"title": _("Amendment in doubt"), "text": " ".join(part for part in parts if part)}

    def _numbers(self, part: Part, reading: Reading) -> list[Item]:
        """The numbers that it bears on other days."""
        return [
            {"title": _("On other days"), "text": said} for said in renumbered_words(part, reading, self.ask)
        ]

    # -- where no wording is shown -----------------------------------------------------------------------------------

    def why_none(self, part: Part, reading: Reading) -> str:
        """Why a provision shows no wording on the day: a sentence; empty where one is shown."""
        words = {
            "day": in_words(self.ask.day, self.ask),
            "name": part.named(reading.number, self.ask.language),
        }
        state = self.study.reads_for
        if reading.state == WordingState.REPEALED:
            return repealed_words(part, self.study, words, self.ask)
        if state and reading.state == WordingState.UNKNOWN:
            said = _("It is not known which wording of %(name)s binds %(state)s on %(day)s.")
            return said % {**words, "state": state.label(self.ask.language)}
        return state_words(part, reading, self.ask)


def repealed_words(part: Part, study: Study, words: Mapping[str, str], ask: Ask) -> str:
    """That a provision is repealed, and from which day."""
    gone = part.repealed(ask.day, study.makers)
    since = gone.since if gone else None
    if since is None:
        return _("%(name)s is repealed.") % words
    return _("%(name)s is repealed from %(since)s.") % {
        **words,
        "since": in_words(since, ask, after_since=True),
    }


def lacking_words(one: Amending, ask: Ask) -> str:
    """That an amendment holds on the day though its words are not held."""
    if one.since is None:
        return _("An amendment is not yet consolidated.")
    return _("An amendment of %(day)s is not yet consolidated.") % {
        "day": in_words(one.since, ask, after_since=True)
    }


def renumbered_words(part: Part, reading: Reading, ask: Ask) -> list[str]:
    """The numbers that a provision bore before the one of the day, and those it got after, each with the day."""
    found = []
    for one in part.numbers:
        first, last = one.period.began_on, one.period.ended_on
        words = {"name": part.named(one.number, ask.language)}
        if one.number == reading.number:
            continue
        if last and last.latest and last.latest < ask.day:
            found.append(
                _("Until %(day)s: %(name)s.") % {**words, "day": in_words(last, ask, after_since=True)}
            )
        elif first:
            found.append(
                _("From %(day)s: %(name)s.") % {**words, "day": in_words(first, ask, after_since=True)}
            )
    return found


def lacking_notice(lacking: Iterable[tuple[Amending, str, str]], names: Names, ask: Ask) -> Item | None:
    """Amendments that hold on the day without a consolidated wording, given with what they change and its address."""
    grouped: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for one, label, url in lacking:
        grouped.setdefault((lacking_words(one, ask), one.made_by), []).append((label, url))
    paragraphs = [
        format_html("{} {}: {}", said, _maker(names.get(key), ask), _places(places))
        for (said, key), places in grouped.items()
    ]
    return {"kind": "warn", "paragraphs": paragraphs} if paragraphs else None


def _maker(named: Named | None, ask: Ask) -> SafeString | str:
    if named is None:
        return ""
    shown = link(named, ask)
    return format_html('<a href="{url}">{label}</a>', **shown) if shown["url"] else shown["label"]


def _places(places: Iterable[tuple[str, str]]) -> SafeString:
    return format_html_join(
        SafeString(", "),
        "{}",
        (
            (format_html('<a href="{}"><span>{}</span></a>', url, label) if url else label,)
            for label, url in places
        ),
    )


def over_time(part: Part, anchors: Mapping[str, str], reader: Reader) -> Item | None:
    """The wordings with their days, and the amendments of which no wording is held, as one table, oldest first."""
    made = {one.made_by for one in part.wordings}
    rows = [(one.period.began_on, _wording_row(one, anchors, reader)) for one in part.wordings]
    rows += [
        (one.since, _amendment_row(one, reader))
        for one in part.amendments
        if not one.rewords or one.made_by not in made
    ]
    if not rows:
        return None
    columns = [_("Days"), _("Wording or amendment"), _("Made by")]
    return {
        "caption": _("Wordings and amendments over time"),
        "caption_hidden": True,
        "columns": [{"label": label} for label in columns],
        "rows": [cells for _began, cells in sorted(rows, key=lambda row: sort_key(row[0]))],
    }


def _wording_row(one: Wording, anchors: Mapping[str, str], reader: Reader) -> list[Item]:
    words = ", ".join((str(Language(one.language).label), str(TextStanding(one.standing).label)))
    maker = _("the original wording") if one.made_by is None else ""
    return [
        {"began_on": one.period.began_on, "ended_on": one.period.ended_on},
        {"text": words, "url": f"#{anchors[one.id]}", "lead": True},
        {"text": maker} if maker else _maker_cell(one.made_by or 0, reader),
    ]


def _amendment_row(one: Amending, reader: Reader) -> list[Item]:
    what = {
        AmendmentEffect.INSERTS: _("inserted"),
        AmendmentEffect.REPEALS: _("repealed"),
        AmendmentEffect.RENUMBERS: _("renumbered"),
    }.get(AmendmentEffect(one.effect), _("amended; not yet consolidated"))
    days = {"date": one.since} if one.since else {"text": _("entry into force not known")}
    return [days, {"text": what, "lead": True}, _maker_cell(one.made_by, reader)]


def _maker_cell(key: int, reader: Reader) -> Item:
    named = reader.names.get(key)
    shown = link(named, reader.ask) if named else {"label": "", "url": ""}
    return {"text": shown["label"], "url": shown["url"]}
