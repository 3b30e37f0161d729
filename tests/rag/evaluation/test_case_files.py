"""Case files: what is read, and how mistakes are named."""

import json
from pathlib import Path

import pytest

from rag.errors import CaseFileError
from rag.evaluation.case_files import read_cases, write_template
from rag.evaluation.cases import Case, case_record
from rag.question import Kind, Turn


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_text(text, encoding=encoding)
    return path


def problems(path: Path) -> list[str]:
    """Return the mistakes found, without the path that each begins with."""
    with pytest.raises(CaseFileError) as caught:
        read_cases(path)
    assert all(problem.startswith(str(path)) for problem in caught.value.problems)
    return [problem.removeprefix(str(path)) for problem in caught.value.problems]


def test_json_lines(tmp_path: Path) -> None:
    rows = [
        {
            "id": "a",
            "question": " Who won? ",
            "answers": ["Ann", 7, " "],
            "article": "x",
            "evidence": ["Ann won.", "By 7."],
        },
        {"id": 2, "question": "Who lost?", "answers": [], "article": None, "mood": "glum"},
        {
            "id": "c",
            "question": "Who drew?",
            "article": ["x", "y", "x"],
            "evidence": [["One."], [], ["Two.", "Three."]],
        },
    ]
    path = write(tmp_path / "cases.jsonl", "\n\n".join(map(json.dumps, rows)))
    assert read_cases(path) == [
        Case("a", "Who won?", ("Ann", "7"), ("x",), (("Ann won.", "By 7."),)),
        Case("2", "Who lost?", ()),
        Case("c", "Who drew?", None, ("x", "y"), (("One.",), ("Two.", "Three."))),
    ]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    cases = [
        Case("a", "Who won?", ("Ann",), ("x",), (("Ann won.",),)),
        Case("b", "Who lost?", ()),
        Case("c", "Who drew?", None, ("x", "y"), (("One.",), ("Two.", "Three."))),
        Case("d", "hello", (), kind=Kind.HELP, contains=("Ask",), lacks=("Ann", "won")),
    ]
    path = write(tmp_path / "cases.jsonl", "\n".join(json.dumps(case_record(case)) for case in cases))
    assert read_cases(path) == cases


def test_a_word_for_the_sort_of_case_that_is_no_kind_is_left_alone(tmp_path: Path) -> None:
    lines = ['{"id": "a", "question": "Who won?", "kind": "sport"}', '{"id": "b", "question": "Who?", "kind": 3}']
    assert [case.kind for case in read_cases(write(tmp_path / "cases.jsonl", "\n".join(lines)))] == [None, None]


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "cp1252"), ("\t", "utf-16"), (",", "utf-8-sig")]
)
def test_csv_in_the_encodings_and_with_the_delimiters_of_spreadsheets(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    rows = [
        ["ID", "Question", "answers", "article", "evidence"],
        ["a", "Wer gewann das Spiel in Köln, überraschend?", "Jörg | Jörg Müller", "x", '"[""Jörg gewann.""]"'],
        ["", "Wer verlor das Spiel in Köln für Bayern München?", "", "", ""],
        ["c", '"Zwei\nZeilen für Käthe"', '"[""Ja | Nein""]"', "", "Sie sagte: größer geht es nicht. | Dann ging sie."],
    ]
    quoted = [[f'"{cell}"' if delimiter in cell and cell[0] != '"' else cell for cell in row] for row in rows]
    path = write(tmp_path / "cases.csv", "\r\n".join(map(delimiter.join, quoted)), encoding)
    first, second, third = read_cases(path)
    assert first == Case("a", rows[1][1], ("Jörg", "Jörg Müller"), ("x",), (("Jörg gewann.",),))
    assert (second.question, second.answers, second.articles) == (rows[2][1], (), ())
    assert third.question == "Zwei\nZeilen für Käthe"
    assert third.answers == ("Ja | Nein",)
    assert third.evidence == (("Sie sagte: größer geht es nicht.", "Dann ging sie."),)


JSON_LINES = """{"question": "Who won?", "answer": "Ann"}
{"question": "Who lost?", "answer": ["Ben", "B."]}
{"question": "Who came?", "answer": ""}
{"question": "Who left?", "answers": "Eve", "answer": "Ivy"}"""
TABLE = 'question,answer\nWho won?,Ann\nWho lost?,"[""Ben"", ""B.""]"\nWho came?,\nWho left?,Eve\n'


@pytest.mark.parametrize(("name", "text"), [("cases.jsonl", JSON_LINES), ("cases.csv", TABLE)])
def test_answer_and_a_single_text_stand_for_answers(tmp_path: Path, name: str, text: str) -> None:
    answers = [case.answers for case in read_cases(write(tmp_path / name, text))]
    assert answers == [("Ann",), ("Ben", "B."), (), ("Eve",)]


def test_a_csv_without_the_column_answers_has_no_gold(tmp_path: Path) -> None:
    (case,) = read_cases(write(tmp_path / "cases.csv", "question\nWho won?\n"))
    assert (case.question, case.answers) == ("Who won?", None)


def test_cases_without_ids_are_called_after_their_questions(tmp_path: Path) -> None:
    one = read_cases(write(tmp_path / "one.jsonl", '{"question": "Who won?"}\n{"question": "Who lost?"}\n'))
    two = read_cases(write(tmp_path / "two.csv", "question\nWho lost?\nWho won?\n"))
    assert [case.id for case in one] == [case.id for case in reversed(two)]
    assert len({case.id for case in one}) == 2


def test_a_question_that_is_asked_twice_is_two_cases(tmp_path: Path) -> None:
    first, second = read_cases(write(tmp_path / "cases.jsonl", '{"question": "Who won?"}\n' * 2))
    assert (second.question, second.id) == ("Who won?", f"{first.id}-2")


def test_all_mistakes_of_json_lines_are_named_at_once(tmp_path: Path) -> None:
    lines = [
        '{"question": "Who won?", "answer": {"text": "Ann"}}',
        '{"question": "Who won?", ',
        "[1]",
        '{"id": "a", "question": "?", "answers": [""], "answer": 1}',
        '{"id": "a", "questions": "Who won?"}',
        '{"id": "b", "question": "Who won?", "answers": [], "evidence": ["Ann won."]}',
        '{"id": "c", "question": "Who won?", "answers": [{"text": "Ann"}]}',
        '{"id": "d", "question": "?"}',
        '{"id": "e", "question": "Who won?"}',
        '{"id": "e", "question": "Who lost?"}',
    ]
    found = problems(write(tmp_path / "cases.jsonl", "\n".join(lines)))
    assert found == [
        ", line 1, key 'answer': '{\"text\": \"Ann\"}': input should be a valid list",
        ', line 2: \'{"question": "Who won?", \' is not JSON (Expecting property name enclosed in double quotes:'
        " line 1 column 26 (char 25))",
        ', line 3: \'[1]\' is not an object such as {"question": "..."}',
        ", line 4, key 'answers[0]': '': string should have at least 1 character",
        ", line 5, key 'questions': is not known; 'question' is",
        ", line 5, key 'question': is missing",
        ", line 6, key 'evidence': is given, though 'answers' is empty, which means that there is none",
        ", line 7, key 'answers[0]': '{\"text\": \"Ann\"}': input should be a valid string",
        ", line 8, key 'question': '?' is not a question yet: write at least 2 letters or digits",
        ", line 10, key 'id': 'e' is also the id of line 9",
    ]


def test_mistakes_in_a_csv_are_named_by_line_and_column(tmp_path: Path) -> None:
    text = 'id,question,answers\na,Who won?,"[""Ann"""\nb,"Two\nlines",x,y\nc,,Ann\nd,Who lost?,"[""""]"\n'
    assert problems(write(tmp_path / "cases.csv", text)) == [
        ", line 2, column 'answers': '[\"Ann\"' begins like a JSON list and is none"
        " (Expecting ',' delimiter: line 1 column 7 (char 6))",
        ", line 4: has 4 cells, and the header has 3",
        ", line 5, column 'question': '' is not a question yet: write at least 2 letters or digits",
        ", line 6, column 'answers[0]': '': string should have at least 1 character",
    ]


def test_mistakes_in_the_header_are_named_once(tmp_path: Path) -> None:
    text = "questoin,anser,id,id\nWho won?,Ann,1,2\nWho lost?,Ben,3,4\n"
    assert problems(write(tmp_path / "cases.csv", text)) == [
        ", line 1, column 'anser': is not known; 'answer' is",
        ", line 1, column 'questoin': is not known; 'question' is",
        ", line 1, column 'question': is missing",
        ", line 1, column 'id': stands twice",
    ]


def test_half_a_surrogate_pair_is_not_text(tmp_path: Path) -> None:
    (problem,) = problems(write(tmp_path / "cases.jsonl", '{"question": "Who won?", "answers": ["\\ud83d"]}'))
    assert "key 'answers[0]'" in problem


@pytest.mark.parametrize(
    ("name", "text"), [("cases.csv", "question\n\n"), ("cases.txt", "Who won?"), ("cases.csv", '"a')]
)
def test_files_without_cases_are_refused(tmp_path: Path, name: str, text: str) -> None:
    assert len(problems(write(tmp_path / name, text))) == 1


def test_the_templates_are_case_files(tmp_path: Path) -> None:
    for name in ("cases.jsonl", "cases.csv"):
        write_template(tmp_path / name)
    lines, table = read_cases(tmp_path / "cases.jsonl"), read_cases(tmp_path / "cases.csv")
    assert lines[:2] == table
    assert [case.has_gold for case in lines] == [True, True, False]
    for name in ("cases.csv", "cases.txt", "missing/cases.csv"):
        with pytest.raises(CaseFileError, match=name):
            write_template(tmp_path / name)


TALKS = Turn("Who led the talks?", "Ann.")


def test_a_case_may_have_a_history(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "question": "And when?", "history": [" Who led the talks? ", {"question": "Where?", "note": 1}]},
        {"id": "b", "question": "And when?", "history": [{"question": "Who led the talks?", "answer": " Ann. "}]},
        {"id": "c", "question": "And when?", "history": None},
    ]
    cases = read_cases(write(tmp_path / "cases.jsonl", "\n".join(map(json.dumps, rows))))
    assert cases == [
        Case("a", "And when?", history=(Turn("Who led the talks?"), Turn("Where?"))),
        Case("b", "And when?", history=(TALKS,)),
        Case("c", "And when?"),
    ]
    again = write(tmp_path / "again.jsonl", "\n".join(json.dumps(case_record(case)) for case in cases))
    assert read_cases(again) == cases


def test_a_history_in_a_table(tmp_path: Path) -> None:
    text = (
        "id,question,history\na,And when?,Who led the talks? | Where?\n"
        'b,And when?,"[{""question"": ""Who led the talks?"", ""answer"": ""Ann.""}]"\nc,And when?,\n'
    )
    assert [case.history for case in read_cases(write(tmp_path / "cases.csv", text))] == [
        (Turn("Who led the talks?"), Turn("Where?")), (TALKS,), (),
    ]  # fmt: skip


def test_one_question_after_two_histories_is_two_cases(tmp_path: Path) -> None:
    lines = ['{"question": "When?"}', '{"question": "When?", "history": ["Who won?"]}']
    first, second = read_cases(write(tmp_path / "cases.jsonl", "\n".join(lines)))
    assert first.id != second.id
    assert not second.id.startswith(first.id)  # not told apart by their lines


def test_mistakes_in_a_history_are_named(tmp_path: Path) -> None:
    lines = [
        '{"question": "And when?", "history": "Who won?"}',
        '{"question": "And when?", "history": ["?", {"answer": "Ann."}]}',
        '{"question": "And when?", "history": ["?", "Who won?", {"question": "x"}]}',
        '{"question": "And when?", "histroy": ["Who won?"]}',
        '{"question": "And when?", "history": [{"question": "Who won?", "answer": ["Ann"]}]}',
    ]
    assert problems(write(tmp_path / "cases.jsonl", "\n".join(lines))) == [
        ", line 1, key 'history': 'Who won?': input should be a valid list",
        ", line 2, key 'history[1].question': is missing",
        ", line 3, key 'history[0].question': '?' is not a question yet: write at least 2 letters or digits",
        ", line 3, key 'history[2].question': 'x' is not a question yet: write at least 2 letters or digits",
        ", line 4, key 'histroy': is not known; 'history' is",
        ", line 5, key 'history[0].answer': '[\"Ann\"]': input should be a valid string",
    ]
