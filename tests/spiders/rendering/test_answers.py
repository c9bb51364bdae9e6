"""What is remembered of a visit's answers."""

from __future__ import annotations

from spiders.pages.fetch import Fetch
from spiders.rendering.answers import Answers
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


def test_the_newest_answer_counts_and_one_of_a_bad_moment_is_none() -> None:
    answers, fetch = Answers(), Fetch(f"{HOST}/api")
    answers.put(answer(fetch, '{"rows": [1]}'))
    answers.put(answer(fetch, '{"rows": [2]}'))
    held = answers.get(fetch)
    assert held is not None
    assert held.text == '{"rows": [2]}'
    answers.put(answer(fetch, '{"success": false, "msg": "系统繁忙，请稍后再试"}'))
    assert answers.get(fetch) is None


def test_one_request_whatever_it_is_written_as() -> None:
    answers = Answers()
    answers.put(answer(Fetch(f"{HOST}/api", method="POST", form=(("page", "1"),)), "[]"))
    headers = (("content-type", "application/x-www-form-urlencoded; charset=UTF-8"), ("x-requested-with", "X"))
    assert answers.get(Fetch(f"{HOST}/api", "script", method="POST", data=b"page=1", headers=headers)) is not None
