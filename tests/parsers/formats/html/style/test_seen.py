"""What a person reads of a cell: hidden text left out, marks raised, deletions struck, the undecidable unreadable."""

from __future__ import annotations

import pytest

from tests.parsers.formats.html.style.cells import UNREADABLE, cell, page, seen

HIDDEN = {
    "font-size:0": "<span class=q>7</span>31",
    "font-size:1px": "<span class=q>7</span>31",
    "font:0/0 serif": "<span class=q>7</span>31",
    "visibility:hidden": "<b class=q>7</b>31",
    "opacity:0": "<i class=q>7</i>31",
    "opacity:1%": "<i class=q><u>7</u></i>31",
    "filter:opacity(0)": "<i class=q>7</i>31",
    "color:white": "<span class=q>7</span>31",
    "color:transparent": "<span class=q>7</span>31",
    "color:#0000": "<span class=q>7</span>31",
    "color:rgb(255 255 255 / .9)": "<span class=q>7</span>31",
    "color:hwb(0 100% 0%)": "<span class=q>7</span>31",
    "background:#123;color:#123": "<span class=q>7</span>31",
    "color:#444;background:currentcolor": "<span class=q>7</span>31",
    "-webkit-text-fill-color:#fff": "<span class=q>7</span>31",
    "position:absolute;left:-3000px": "<span class=q>7</span>31",
    "position:absolute;right:9999px": "<span class=q>7</span>31",
    "position:absolute;top:calc(-100px * 30)": "<span class=q>7</span>31",
    "position:fixed;bottom:200em": "<span class=q>7</span>31",
    "position:relative;left:-200em": "<span class=q>7</span>31",
    "position:absolute;inset:-9999px auto auto 0": "<span class=q>7</span>31",
    "position:absolute;clip:rect(1px,1px,1px,1px)": "<span class=q>7</span>31",
    "clip-path:circle(0)": "<span class=q>7</span>31",
    "clip-path:polygon(0 0,0 0,0 0)": "<span class=q>7</span>31",
    "display:inline-block;width:0;overflow:hidden": "<span class=q>7</span>31",
    "display:inline-block;max-width:0%;overflow:clip": "<span class=q>7</span>31",
    "float:left;height:1px;overflow:hidden": "<span class=q>7</span>31",
    "display:inline-block;transform:scaleY(0)": "<span class=q>7</span>31",
    "display:inline-block;scale:0": "<span class=q>7</span>31",
    "display:inline-block;transform:rotateY(90deg)": "<span class=q>7</span>31",
    "display:inline-block;transform:matrix(0,0,0,0,0,0)": "<span class=q>7</span>31",
    "display:inline-block;translate:-5000px": "<span class=q>7</span>31",
    "display:inline-block;text-indent:-9999px": "<span class=q>7</span>31",
    "display:inline-block;margin-left:-9999px": "<span class=q>7</span>31",
    "display:inline-block;content-visibility:hidden": "<span class=q>7</span>31",
    "display:table-column": "<span class=q>7</span>31",
    "zoom:.05": "<span class=q>7</span>31",
}


@pytest.mark.parametrize("style", HIDDEN)
@pytest.mark.parametrize("by", ["class", "attribute"])
def test_what_nobody_sees_is_no_part_of_a_number(style: str, by: str) -> None:
    inner = HIDDEN[style]
    if by == "attribute":
        assert seen(inner.replace("class=q", f'style="{style}"')) == "31"
    else:
        assert seen(inner, f".q{{{style}}}") == "31"


SHOWN = [
        "opacity:.8", "font-size:0;font-size:14px", "color:#fff;background:#005", "visibility:visible",
        "display:inline-block;width:80px;overflow:hidden", "height:0;overflow:hidden", "width:0;overflow:hidden",
        "transform:scale(0)", "text-indent:-9999px", "clip:rect(0,0,0,0)", "left:-9999px", "display:contents",
        "display:inline-block;height:0", "position:relative;left:2px", "transform:none", "filter:grayscale(1)",
        "color:bogus", "display:none!imporant", "visibilty:hidden", "opacity:0;opacity:1", "text-decoration:underline",
        "letter-spacing:2px", "direction:rtl", "clip-path:none", "content-visibility:hidden", "opacity:none",
]  # fmt: skip
"""Half of these look like ways to hide; browsers apply none of them to a part of a line, or not at all."""


@pytest.mark.parametrize("style", SHOWN)
def test_what_is_seen_stays(style: str) -> None:
    assert seen(f'<span style="{style}">731</span>') == "731"
    assert seen("<span class=q>731</span>", f".q{{{style}}}") == "731"


@pytest.mark.parametrize(
    ("inner", "css", "text"),
    [
        ("31<sup>2</sup>", "", "31²"),
        ("31<sub>2</sub>", "", "31₂"[:2] + "²"),
        ("31<span class=q>2</span>", ".q{vertical-align:super}", "31²"),
        ("31<span class=q>2</span>", ".q{vertical-align:40%;font-size:8px}", "31²"),
        ("31<span class=q>2</span>", ".q{position:relative;top:-6px;font-size:9px}", "31²"),
        ("31<span class=q>2</span>", ".q{display:inline-block;transform:translateY(-40%)}", "31²"),
        ("31<span class=q>2</span>", ".q{font-variant-position:super}", "31²"),
        ("31<span class=q>2</span>", ".q{vertical-align:text-top;font-size:.6em}", "31²"),
        ("<s>4</s>31", "", "4̶31"),
        ("<span class=q><b>4</b></span>31", ".q{text-decoration:red line-through}", "4̶31"),
        ("<span class=q>4</span>31", ".q{text-decoration-line:underline line-through}", "4̶31"),
        ("<del>4</del><ins>31</ins>", "", "4̶31"),
        ("<s class=q>4</s>31", ".q{text-decoration:none}", "431"),
        ("<span class=q><b style='display:inline-block'>4</b></span>31", ".q{text-decoration:line-through}", "431"),
        ("<ruby>31<rt>2</rt></ruby>", "", "31²"),
        ("<ruby>31<rp>(</rp><rt>2</rt><rp>)</rp></ruby>", "", "31²"),
        ("<bdo dir=rtl>13</bdo>", "", "31"),
        ("<span class=q>13</span>", ".q{unicode-bidi:bidi-override;direction:rtl}", "31"),
        ("<span dir=rtl>31</span>", "", "31"),
    ],
)
def test_marks_and_deletions_join_no_number(inner: str, css: str, text: str) -> None:
    assert seen(inner, css) == text


@pytest.mark.parametrize(
    "inner", ["<sup>31</sup>", "<sub><b>31</b></sub>", "<span style='position:relative;top:5px'>31</span>"]
)
def test_a_number_that_is_raised_as_a_whole_is_a_number(inner: str) -> None:
    assert seen(inner) == "31"


@pytest.mark.parametrize(
    ("inner", "css"),
    [
        ("<i class=q>1</i><i class=q>3</i>", ".q{float:right}"),
        ("<span class=q><i>1</i><i>3</i></span>", ".q{display:inline-flex;flex-direction:row-reverse}"),
        ("<span class=q><i style='order:1'>1</i><i>3</i></span>", ".q{display:inline-flex}"),
        ("7<b class=q>31</b>", ".q{position:absolute;left:0;background:#fff}"),
        ("31<b class=q></b>", "td{position:relative}.q{position:absolute;inset:0 50% 0 0;background:white}"),
        ("<i class=q>7</i>31", ".q{position:relative}.q::before{content:'';position:absolute;border-top:1px solid}"),
        ("<i class=q>7</i>31", ".q{background:linear-gradient(transparent 49%,red 49% 51%,transparent 51%)}"),
        ("7<i class=q>31</i>", ".q{margin-left:-9px}"),
        ("<i class=q>7</i>31", ".q{margin-right:-9px}"),
        ("<i class=q>7</i>31", ".q{position:relative;top:30px}"),
        ("<i class=q>7</i>31", ".q{color:#e4e4e4}"),
        ("<i class=q>7</i>31", ".q{opacity:.1}"),
        ("<i class=q>7</i>31", ".q{font-size:4px}"),
        ("<i class=q>7</i>31", ".q{font-size:10px}"),
        ("7<small><small>31</small></small>", ""),
        ("<i class=q>7</i>31", ".q{-webkit-text-security:disc}"),
        ("<i class=q>731</i>", ".q{-webkit-text-security:disc}"),
        ("<i class=q>731</i>", ".q{display:inline-block;transform:rotate(180deg)}"),
        ("<i class=q>731</i>", ".q{display:inline-block;transform:scaleX(-1)}"),
        ("<i class=q>731</i>", ".q{clip-path:inset(0 60% 0 0)}"),
        ("<i class=q>731</i>", ".q{display:inline-block;width:8px;overflow:hidden}"),
        ("<i class=q>731</i>", ".q{letter-spacing:-1em}"),
        ("<i class=q>731</i>", ".q{font-family:Wingdings}"),
        ("<i class=q>731</i>", "@font-face{font-family:zz;src:url(data:font/woff2;base64,AA)}.q{font-family:zz}"),
        ("<i class=q>731</i>", ".q{filter:blur(4px)}"),
        ("<i class=q>731</i>", ".q{mask-image:url(x.png)}"),
        ("<i class=q>7</i>31", ".q{mso-hide:all}"),
        ("731", "td::first-letter{font-size:0}"),
        ("731", "td{color:#eee;background:#eee}td::first-line{color:#000}"),
        ("<i class=q>7</i>31", ".q::after{content:counter(x)}"),
        ("<bdo dir=rtl>1<b>3</b></bdo>", ""),
        ("7<img src=3.png>", ""),
        ("7<svg><text>31</text></svg>", ""),
        ("<i class=q>7</i>31", ".q{opacity:0;animation:appear 1s forwards}"),
        ("<i style='color:color-mix(in srgb, white 99%, black)'>7</i>31", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_unreadable(inner: str, css: str) -> None:
    assert seen(inner, css) is UNREADABLE


@pytest.mark.parametrize(
    ("inner", "css", "text"),
    [
        ("", "td:nth-child(2)::before{content:'31'}", "31"),
        ("1", "td+td::before{content:'3'}", "31"),
        ("31", "td::after{content:'件'}", "31件"),
        ("31", "td::before{content:attr(data-label) '：'}", "31"),
        ("31", "td::before{content:'7';display:none}", "31"),
        ("31", "td::before{content:none}td::after{content:''}", "31"),
        ("31", ".z::before{content:'7'}", "31"),
    ],
)
def test_what_a_style_sheet_prints_is_read(inner: str, css: str, text: str) -> None:
    assert seen(inner, css, attributes="data-label=自然人") == text


def test_colour_is_that_of_the_row_the_cell_or_the_page() -> None:
    inner = "<font color=#224466>7</font>31"
    assert seen(inner, row="bgcolor=#224466", attributes="style='color:#fff'") == "31"
    assert seen(inner, attributes="bgcolor='224466' style='color:#fff'") == "31"
    assert seen(inner, "body{background:#224466}td{color:white}") == "31"
    assert seen(inner) == "731"
    assert seen("31", "body{background:#224466}td{color:white}") == "31"


def test_ground_that_is_a_picture_hides_nothing_for_certain() -> None:
    assert seen("<font color=white>7</font>31", attributes="background=a.png") is UNREADABLE
    assert seen("31", attributes="background=a.png style='color:#fff'") == "31"


def test_where_a_part_of_the_style_is_kept_elsewhere_colour_alone_proves_nothing() -> None:
    link = "<link rel=stylesheet href=/a.css>"
    assert seen("<font color=white>31</font>", head=link) == "31"
    assert seen("<font color=white>7</font>31", head=link) is UNREADABLE
    assert seen("<span class=a>7</span><span class=b>31</span>", head=link) is UNREADABLE
    assert seen("<span class=a>7</span><span class=a>31</span>", head=link) == "731"
    assert seen("<span class=a>731</span>", head=link) == "731"


def test_children_may_be_seen_where_their_parents_are_not() -> None:
    assert seen("<span style='visibility:hidden'>7<b style='visibility:visible'>31</b></span>") == "31"
    assert seen("<span style='font-size:0'>7<b style='font-size:12px'>31</b></span>") == "31"
    assert seen("<span style='opacity:0'>7<b style='opacity:1'>9</b></span>31") == "31"
    assert seen("<span style='display:none'>7<b style='display:inline'>9</b></span>31") == "31"


def test_elements_that_browsers_do_not_show() -> None:
    for hidden in (
        "<dialog>7</dialog>", "<template>7</template>", "<noscript>7</noscript>", "<noembed>7</noembed>",
        "<span hidden>7</span>", "<span popover>7</span>", "<input type=hidden value=7>", "<script>7</script>",
        "<span hidden=until-found style='display:block'>7</span>", "<datalist>7</datalist>",
        "<details><summary></summary>7</details>",
    ):  # fmt: skip
        assert str(seen(f"{hidden}31")).strip() == "31", hidden
    assert seen("<span hidden class=q>31</span>", ".q{display:inline}") == "31"


def test_a_line_of_its_own_joins_no_number() -> None:
    assert seen("<span style='display:block'>7</span>31") == "7\n31"


def test_a_table_of_which_nothing_is_seen_is_hidden_as_a_whole() -> None:
    """A script shows it, where the page has no other; what is hidden within it stays so."""
    for css in ("table{visibility:hidden}", "table{opacity:0}", "body{font-size:0}", "div{height:0;overflow:hidden}"):
        data = page("<s style='display:none'>7</s>31", css).replace("甲".encode(), "本年新收".encode())
        assert cell(data.replace(b"<table>", b"<div><table>")).text == "31"


@pytest.mark.parametrize("tag", ["meter", "progress", "audio"])
def test_what_only_old_browsers_print(tag: str) -> None:
    assert seen(f"<{tag}>4<b>5</b></{tag}>31") == "31"


@pytest.mark.parametrize(
    ("inner", "css"),
    [
        ("<i class=x>4</i>31", ".x{color:rgb(from white r g b)}"),
        ("<i class=x>4</i>31", ".x{color:contrast-color(black)}"),
        ("<b class=x>31</b>", ".x{background:#000;-webkit-background-clip:text;color:transparent}"),
        ("<p class=x><b>31</b>4</p>", ".x{width:60px;overflow:hidden} b{display:inline-block;width:60px}"),
        ("<b dir=rtl><bdi>1</bdi><bdi>8</bdi></b>", ""),
        ("<ol><li value=31></li></ol>", ""),
    ],
)
def test_what_cannot_be_decided(inner: str, css: str) -> None:
    assert seen(inner, css) is UNREADABLE


def test_letters_of_strokes_alone_are_seen() -> None:
    assert seen("<b class=x>31</b>", ".x{-webkit-text-fill-color:transparent;-webkit-text-stroke:1px #000}") == "31"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<rp>7</rp>31", "31"),
        ("<datalist><option>7</datalist>31", "31"),
        ("<video>31</video>", UNREADABLE),
        ("<audio controls>31</audio>", UNREADABLE),
        ("<iframe>31</iframe>", UNREADABLE),
        ("<canvas>31</canvas>", UNREADABLE),
        ("<meter value=31></meter>", UNREADABLE),
        ("<progress value=31>31</progress>", UNREADABLE),
        ("<select multiple><option>3<option>1</select>", UNREADABLE),
        ("<select size=2><option>3<option>1</select>", UNREADABLE),
        ("<select><option selected>7<option selected>31</select>", "31"),
        ("<select><option disabled>7<option>31</select>", "31"),
        ("<select><option label=31>7</select>", "31"),
        ("<input type=tel value=31>", "31"),
        ("<input type=hidden value=31>", ""),
        *(
            (f"<input type={name} value=31>", UNREADABLE)
            for name in ("password", "submit", "checkbox", "range", "Date")
        ),
    ],
)
@pytest.mark.parametrize("has_style", [False, True])
def test_fields_and_fallbacks_are_read_as_browsers_show_them(inner: str, text: object, has_style: bool) -> None:
    data = page(inner)
    found = cell(data if has_style else data.replace(b"<style></style>", b""))
    assert (found.text.replace("\n", " ") if found.readable else UNREADABLE) == (
        "3 1" if text is UNREADABLE and "<option>" in inner else text
    )
