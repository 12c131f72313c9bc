"""Plain text from the HTML that calendar programs put into their texts, in time proportional to its length."""

import re
from collections.abc import Iterator
from html import unescape

# The html.parser of older Python takes the square of the length for some broken markup.
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<hidden>script|style|head|title)\b.*?(?:</(?P=hidden)\s*+>|\Z)"
    r"|<(?P<close>/?)(?P<tag>[a-z][a-z0-9]{0,20})\b(?P<attributes>[^<>]*+)>"
    r"|<[!?][^<>]*+>",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = "a b i u p br hr div span em strong font table tbody td tr th ul ol li body html head meta img h1 h2 h3 h4 pre"
_LOOKS_LIKE_HTML = re.compile(
    rf"</?(?:{'|'.join(_TAGS.split())}|script|style|title)(?:\s[^<>]*+)?/?>|<!--|<(?:script|style|iframe|svg)\b",
    re.IGNORECASE,
)
_NEW_LINE = {"br", "p", "div", "tr", "li", "ul", "ol", "table", "hr", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
_ADDRESS = re.compile(r"""\shref\s*+=\s*+["']?(https?://[^"'\s<>]++)""", re.IGNORECASE)
# int() refuses such digits with an error of its own.
_ENDLESS_NUMBER = re.compile("&#(?:[0-9]{8,}|x[0-9a-f]{8,});?", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n]+")
_MANY_LINES = re.compile(r"\n{3,}")


def plain_from_html(text: str) -> str:
    """Return text without markup, links with their address behind them; text without markup is returned as it is."""
    if not _LOOKS_LIKE_HTML.search(text):
        return text
    plain = "".join(_pieces(text))
    return _MANY_LINES.sub("\n\n", "\n".join(line.strip() for line in plain.split("\n"))).strip()


def _pieces(text: str) -> Iterator[str]:
    # Google mixes line breaks with markup: they count where nothing else breaks lines.
    keeps_lines = not re.search(r"<(?:br|p|div)\b", text, re.IGNORECASE)
    address, linked, end = "", "", 0
    for token in _TOKEN.finditer(text):
        words = _words(text[end : token.start()], keeps_lines)
        linked, end = linked + words[:1_000] if address else "", token.end()
        yield words
        tag = (token["tag"] or "").lower()
        if tag == "a":
            yield f" ({address})" if address and address not in linked else ""
            address, linked = "" if token["close"] else _address(token["attributes"]), ""
        elif tag in _NEW_LINE:
            yield "\n"
    yield _words(text[end:], keeps_lines)


def _words(text: str, keeps_lines: bool) -> str:
    text = unescape(_ENDLESS_NUMBER.sub("\N{REPLACEMENT CHARACTER}", text)).replace("\N{NO-BREAK SPACE}", " ")
    return text if keeps_lines else _BLANKS.sub(" ", text)


def _address(attributes: str) -> str:
    match = _ADDRESS.search(attributes)
    return unescape(_ENDLESS_NUMBER.sub("", match[1])) if match else ""
