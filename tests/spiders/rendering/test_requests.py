"""What is remembered of a visit's answers."""

from __future__ import annotations

from spiders.pages.fetch import Fetch
from spiders.rendering.requests import Answers
from tests.portals.pagers import HOST, answer


def test_an_answer_is_found_by_method_address_and_body() -> None:
    answers = Answers()
    form = Fetch(f"{HOST}/api", method="POST", form=(("page", "1"),))
    data = Fetch(f"{HOST}/api", method="POST", data=b'{"page": 1}', headers=(("content-type", "application/json"),))
    for fetch in (form, data, Fetch(f"{HOST}/api")):
        assert answers.get(fetch) is None
        answers.put(answer(fetch, fetch.address))
        assert answers.get(fetch) is not None
    assert answers.get(Fetch(f"{HOST}/api", method="POST", form=(("page", "2"),))) is None
    answers.forget(form)
    assert answers.get(form) is None
    assert answers.get(Fetch(f"{HOST}/api#part")) is not None


def test_the_oldest_answers_go_first() -> None:
    answers = Answers(most=250)
    for number in range(5):
        answers.put(answer(Fetch(f"{HOST}/{number}"), "x" * 100))
    assert [answers.get(Fetch(f"{HOST}/{number}")) is not None for number in range(5)] == [False] * 3 + [True] * 2
