"""What pages print around a text, told by its words: menus, captions, notices, titles of other texts."""

from __future__ import annotations

import re

#: Words after which titles of other texts follow.
_LEADING = (
    *(
        "read also",
        "read more",
        "read next",
        "see also",
        "also read",
        "more on this topic",
        "more on the topic",
    ),
    *("related", "most read", "most popular", "latest news", "other news", "recommended"),
    *("читайте также", "читать также", "читать далее", "смотрите также", "см. также", "материалы по теме"),
    *("новости по теме", "по теме", "другие новости", "последние новости", "еще новости", "ещё новости"),
    *("популярное", "рекомендуем"),
)
#: Words that begin a block of furniture, whatever follows.
_BEGINNING = (
    *(
        "share:",
        "share this",
        "share on",
        "share via",
        "follow us",
        "subscribe",
        "sign up",
        "back to the top",
    ),
    *(
        "back to top",
        "back to list",
        "back to news",
        "go to top",
        "skip to",
        "photo:",
        "photo by",
        "photo credit",
    ),
    *("photo courtesy", "photo from", "photo ©", "photos:", "video:", "caption:", "image:", "©", "copyright"),
    *("all rights reserved", "tags:", "tag:", "topics:", "keywords:", "category:", "categories:"),
    *("we use cookies", "this site uses cookies", "this website uses cookies", "our site uses cookies"),
    *("by continuing to", "advertisement", "leave a comment", "views:", "download pdf", "download the"),
    *(
        "source:",
        "text size",
        "e-mail:",
        "email:",
        "tel.:",
        "tel:",
        "phone:",
        "press service:",
        "press contact",
    ),
    *("any use of materials", "any use of the materials", "when using materials", "when quoting"),
    *(
        "поделиться",
        "поделитесь",
        "подписывайтесь",
        "подписаться",
        "подпишитесь",
        "следите за",
        "распечатать",
    ),
    *(
        "версия для",
        "наверх",
        "вернуться",
        "к списку",
        "в начало",
        "фото:",
        "фото ©",
        "фотографии:",
        "фотография:",
    ),
    *("фото пресс", "видео:", "снимок:", "все права защищены", "теги:", "метки:", "рубрика:", "рубрики:"),
    *(
        "ключевые слова:",
        "наш сайт использует",
        "сайт использует",
        "этот сайт использует",
        "мы используем cookie",
    ),
    *("мы используем файлы", "продолжая пользоваться", "продолжая использовать", "оставить комментарий"),
    *(
        "просмотров",
        "количество просмотров",
        "предыдущая",
        "следующая",
        "скачать",
        "источник:",
        "размер шрифта",
    ),
    *(
        "тел.",
        "телефон",
        "при использовании",
        "при цитировании",
        "при перепечатке",
        "использование материалов",
    ),
    *("перепечатка", "подпись к фото"),
)
#: Blocks that are furniture where they say nothing else, but for a number.
_ALONE = (
    *(
        "share",
        "print",
        "print version",
        "home",
        "menu",
        "search",
        "log in",
        "login",
        "accept",
        "accept all",
        "tags",
    ),
    *(
        "previous",
        "next",
        "previous article",
        "next article",
        "comments",
        "comment",
        "cookies",
        "advertisement",
    ),
    *(
        "top",
        "english",
        "русский",
        "рус",
        "eng",
        "en",
        "ru",
        "contacts",
        "news",
        "newsletter",
        "views",
        "copy link",
    ),
    *(
        "печать",
        "главная",
        "меню",
        "поиск",
        "войти",
        "принять",
        "принять все",
        "реклама",
        "комментарии",
        "новости",
    ),
    *(
        "пресс-центр",
        "контакты",
        "версия для печати",
        "комментариев",
        "просмотров",
        "просмотры",
        "ещё",
        "еще",
    ),
)
_LEADS_ON = re.compile(rf"(?:{'|'.join(map(re.escape, _LEADING))})(?![\w-])", re.I)
_NOTICE = re.compile(
    rf"(?:{'|'.join(map(re.escape, (*_LEADING, *_BEGINNING)))})(?![\w-])"
    rf"|(?:[\d ()]*(?:{'|'.join(map(re.escape, _ALONE))})[\d ()]*[.:!…]?$)|\(c\) ?\d{{4}}|(?:https?://|www\.)\S+$",
    re.I,
)
_SEPARATOR = re.compile(r"\s?[|›»→•]\s|\s[/·>—]\s")
_SENTENCE = re.compile(r"[.!?…][»”\"’')\]]*$")
_LONGEST = 400
_LONGEST_PART = 45


def is_furniture(words: str) -> bool:
    """Whether a block is furniture of a page and no part of its text."""
    return len(words) <= _LONGEST and bool(_NOTICE.match(words) or _is_menu(words))


def announces_others(words: str) -> bool:
    """Whether titles of other texts follow a block."""
    return _LEADS_ON.match(words) is not None


def _is_menu(words: str) -> bool:
    """Whether a line is a row of links: short pieces with marks between them, and no sentence."""
    pieces = _SEPARATOR.split(words)
    short = all(len(piece) <= _LONGEST_PART for piece in pieces)
    return len(pieces) > 2 and short and "«" not in words and _SENTENCE.search(words) is None
