"""Forms: what they send as they stand, or as a script fills them. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import html

from spiders.pages.fetch import Fetch
from spiders.pages.ground import Ground, matching
from spiders.scripts.values import OWN_FORM, Effect, Ref
from spiders.words.numbers import whole


def submitted(ref: Ref, told: list[Effect], element: html.HtmlElement, ground: Ground) -> Fetch | None:
    """The request of a form as the script has filled it."""
    form = _form(ref, element)
    if form is None:
        return None
    fields, action = fields_of(form), form.get("action") or ""
    select = next(element.iterancestors("select"), None) if element.tag == "option" else None
    if select is not None and select.get("name"):
        fields[str(select.get("name"))] = element.get("value") or ""
    for effect in told:
        if effect.kind != "set":
            continue
        target: Ref = effect.more
        if target.part == "@action":
            action = str(effect.value)
        elif name := _field_name(target, form):
            fields[name] = str(effect.value)
    return form_request(form, fields, ground, action)


def form_request(
    form: html.HtmlElement, fields: dict[str, str], ground: Ground, action: str | None = None
) -> Fetch | None:
    """The request that `form` sends with these fields, in the charset of its page."""
    url = ground.join(action or form.get("action") or ground.address)
    if url is None:
        return None
    if (form.get("method") or "get").lower() == "post":
        return Fetch(url, method="POST", form=tuple(fields.items()), charset=ground.charset)
    return Fetch(with_query(url.partition("?")[0], tuple(fields.items()), ground.charset))


def fields_of(form: html.HtmlElement) -> dict[str, str]:
    """What a form sends as it stands: hidden and filled fields, and what its selectors show."""
    fields: dict[str, str] = {}
    for field in form.iter("input", "select", "textarea"):
        name, kind = field.get("name"), (field.get("type") or "text").lower()
        if not name or kind in ("submit", "button", "reset", "image", "file", "password"):
            continue
        if field.tag == "select":
            options = list(field.iter("option"))
            shown = next((one for one in options if one.get("selected") is not None), *options[:1] or (None,))
            fields[name] = (shown.get("value") or "") if shown is not None else ""
        elif kind not in ("checkbox", "radio") or field.get("checked") is not None:
            fields[name] = field.get("value") or ""
    return fields


def _form(ref: Ref, element: html.HtmlElement) -> html.HtmlElement | None:
    """The form that a script means: by number, name or selector; the one around `element` where nothing else fits."""
    root = element.getroottree().getroot()
    forms = list(root.iter("form"))
    called = ref.name.removeprefix("form:")
    if ref.name == OWN_FORM:
        return next(element.iterancestors("form"), None)
    if ref.name.startswith("form:"):
        if (number := whole(called)) is not None:
            return forms[number] if number < len(forms) else None
        return next((form for form in forms if called in (form.get("name"), form.get("id"))), None)
    found = [one for one in matching(root, ref.name) if one.tag == "form"]
    return found[0] if found else next(element.iterancestors("form"), None)


def _field_name(target: Ref, form: html.HtmlElement) -> str | None:
    """The name under which a field is sent that a script calls by name, id or selector."""
    if target.part:
        return target.part
    called: str = target.name.lstrip("#").removeprefix("form:")
    for field in form.iter("input", "select", "textarea"):
        if called in (field.get("id"), field.get("name")):
            return str(field.get("name") or "") or None
    return next((str(one.get("name")) for one in matching(form, target.name) if one.get("name")), None)


def with_query(url: str, fields: Iterable[tuple[str, str]], charset: str) -> str:
    query = Fetch(url, form=tuple(fields), charset=charset).body.decode()
    return url if not query else f"{url}{'&' if '?' in url else '?'}{query}"
