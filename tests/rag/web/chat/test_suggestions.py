"""Further questions: made from names and days, and kept only where they are answered with something new."""

from dataclasses import replace

from rag.answer import Answer, Quote, Status
from rag.web.chat.suggestions import MAX_TRIED, list_candidates, suggest_questions
from tests.rag.web.samples import make_answer

TEXT = (
    "NATO Secretary General Jens Stoltenberg said no. Stoltenberg warned Moscow on 17 December 2021. He said more. The"
    " White House told reporters on 3 March 2022 that it agreed. Blinken added nothing. On 3 March 2022 it rained."
)


def test_candidates_name_each_speaker_and_day_once() -> None:
    assert list_candidates([TEXT]) == [
        ("What did Jens Stoltenberg say?", "Stoltenberg"),
        ("What happened on 17 December 2021?", "17 December 2021"),
        ("What did the White House say?", "House"),
        ("What happened on 3 March 2022?", "3 March 2022"),
        ("What did Blinken say?", "Blinken"),
    ]
    assert list_candidates(["It rained. He said so."]) == []


def make_reply(text: str, start: int, status: Status = Status.ANSWERED) -> Answer:
    quotes = (Quote("a1", start, start + len(text), text, 1, 0.9),) if status is not Status.NOT_FOUND else ()
    return replace(make_answer(), quotes=quotes, status=status)


def test_only_sure_and_new_answers_about_the_subject_are_kept() -> None:
    replies = {
        "What did Jens Stoltenberg say?": make_reply("Stoltenberg said no.", 500),
        "What happened on 17 December 2021?": make_reply("Stoltenberg said no.", 500),
        "What did the White House say?": make_reply("The White House agreed.", 600, Status.UNSURE),
        "What happened on 3 March 2022?": make_reply("It rained.", 700),
        "What did Blinken say?": make_reply("", 0, Status.NOT_FOUND),
    }
    answer = make_answer(TEXT)
    assert list(suggest_questions(answer, replies.__getitem__)) == ["What did Jens Stoltenberg say?"]
    shown = replace(answer, quotes=make_reply("Stoltenberg said no.", 500).quotes)
    assert list(suggest_questions(shown, replies.__getitem__)) == []


def test_no_more_is_tried_than_has_to_be_and_nothing_that_was_asked() -> None:
    text = " ".join(f"On {day} May 2022 it rained." for day in range(1, 20))
    tried: list[str] = []

    def ask(question: str) -> Answer:
        tried.append(question)
        return make_reply(f"On {question[17:-1]} it rained.", 1000 + len(tried))

    answer = replace(make_answer(text.ljust(80)), question="What happened on 1 May 2022?")
    days = [f"What happened on {day} May 2022?" for day in (2, 3, 4)]
    assert list(suggest_questions(answer, ask)) == days == tried
    tried.clear()
    list(suggest_questions(answer, lambda question: tried.append(question) or make_reply("", 0, Status.NOT_FOUND)))
    assert len(tried) == MAX_TRIED
