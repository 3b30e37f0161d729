"""Sentences and passages: where they begin and end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.documents import Document

from corpus.article import Article, Passage
from corpus.passages import MAX_SENTENCE_CHARACTERS, PassageSplitter, split_article, split_sentences

WORDS = (
    "Russia",
    "demanded",
    "NATO",
    "U.S.",
    "Mr.",
    "3.5",
    '"No,"',
    "he",
    "said.",
    "Why?",
    "End.",
    "\n",
    "\n\n",
    " ",
    "é",
)
news = st.lists(st.sampled_from(WORDS), max_size=400).map(" ".join)
texts = st.one_of(news, st.text(max_size=300), st.text(alphabet=" .\n\tAa\u2028\u00a0", max_size=200))
articles = texts.filter(lambda text: any(map(str.isalnum, text)) and "\0" not in text).map(lambda t: Article(text=t))


@pytest.mark.parametrize(
    "sentences",
    [
        ["The U.S. ambassador met Mr. Smith on Jan. 26 in St. Petersburg.", "He left at 5 p.m. on Tuesday."],
        ["J. K. Rowling paid $3.5 million.", "The rate rose 0.75 percent.", "Prices rose 8.6% in May."],
        ["Prices rose in the U.S.", "The Fed raised rates."],
        ["Vladimir V. Putin spoke.", "So did Sergey V. Lavrov."],
        ['"We will not yield," he said.', '"Never!"', 'She asked: "Why?" and left.'],
        ["“There is no change,” Blinken said.", "“There will be none.”", "He left."],
        ["Is it so?", "Yes!", "It is...", "He paused."],
        ["Lt. Gen. Smith met Lt. Col. Vindman.", "Gov. Newsom and Sen. Warren did not."],
        ["He works for the U.N. in New York.", "The No. 2 official, Dr. Jones, does not."],
        [
            "It fell in strong gusts.",
            "A large tree fell in the 19th century.",
            "Napoleon took the call.",
        ],
        ["The rate is 5 per cent.", "A year ago, Apple Inc. said, it was 3 per cent.", "Gov. Newsom (D-Calif.) left."],
    ],
    ids=lambda sentences: sentences[0][:20],
)
def test_sentences_end_where_they_end(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


def test_offsets_leave_out_the_space_around() -> None:
    assert split_sentences("  One is here.  Two is there. \n") == [(2, 14), (16, 29)]


def test_a_headline_without_full_stop_is_a_sentence_of_its_own() -> None:
    text = "Talks end without result\n\nThe talks ended. Nothing came of them."
    assert [text[start:end] for start, end in split_sentences(text)] == [
        "Talks end without result",
        "The talks ended.",
        "Nothing came of them.",
    ]


def test_lines_wrapped_by_hand_are_one_sentence() -> None:
    text = "The talks\nin Geneva ended\nwithout result. A second\nround follows."
    assert [text[start:end] for start, end in split_sentences(text)] == [
        "The talks\nin Geneva ended\nwithout result.",
        "A second\nround follows.",
    ]


def test_in_a_text_with_long_lines_a_line_break_ends_a_sentence() -> None:
    long = f"{'word ' * 30}end."
    text = f"Short headline\n{long}"
    assert [text[start:end] for start, end in split_sentences(text)] == ["Short headline", long]


def test_a_sentence_without_end_is_cut_between_words() -> None:
    text = "abcd " * 1_000
    pieces = split_sentences(text)
    assert pieces == [(0, 1_999), (2_000, 3_999), (4_000, 4_999)]


def test_a_word_without_end_is_cut_anywhere() -> None:
    assert split_sentences("x" * 4_500) == [(0, 2_000), (2_000, 4_000), (4_000, 4_500)]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u2028"])
def test_blank_text_has_no_sentences(text: str) -> None:
    assert split_sentences(text) == []


@given(texts)
def test_sentences_hold_every_letter_once_and_in_order(text: str) -> None:
    offsets = split_sentences(text)
    assert all(left[1] <= right[0] for left, right in pairwise(offsets))
    assert "".join("".join(text[start:end] for start, end in offsets).split()) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in offsets)
    assert all(end - start <= MAX_SENTENCE_CHARACTERS for start, end in offsets)


@given(articles, st.integers(1, 60))
def test_passages_hold_every_sentence_once_and_in_order(article: Article, words: int) -> None:
    passages = split_article(article, words)
    offsets = [(p.start + start, p.start + end) for p in passages for start, end in p.sentences]
    assert offsets == split_sentences(article.text)
    assert all(article.text[p.start : p.end] == p.text and p.article_id == article.id for p in passages)
    assert all(p.sentences[0][0] == 0 and p.sentences[-1][1] == len(p.text) for p in passages)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=120))
def test_passages_have_about_as_many_words_as_asked_for(lengths: list[int]) -> None:
    article = Article(text=" ".join(" ".join(["Word", *["word"] * (n - 1)]) + "." for n in lengths))
    sizes = [len(passage.text.split()) for passage in split_article(article, 150)]
    share = sum(lengths) / max(1, round(sum(lengths) / 150))
    assert all(abs(size - share) <= 40 for size in sizes)  # half a sentence of at most 40 words at either end


def test_an_article_is_shared_out_evenly() -> None:
    article = Article(text=" ".join(f"Sentence {number} has just these ten words in it here." for number in range(31)))
    passages = split_article(article, 150)
    assert [len(passage.sentences) for passage in passages] == [15, 16]


def test_a_passage_says_where_it_stands() -> None:
    article = Article(text="One is here. Two is there.", id="a")
    assert split_article(article, 3) == [
        Passage("a", 0, 12, "One is here.", ((0, 12),)),
        Passage("a", 13, 26, "Two is there.", ((0, 13),)),
    ]


@given(st.lists(texts, max_size=4))
def test_langchain_documents_get_exact_start_indexes(contents: list[str]) -> None:
    documents = [Document(text, metadata={"number": number}) for number, text in enumerate(contents)]
    found = [
        (piece.metadata["number"], piece.metadata["start_index"], piece.page_content)
        for piece in PassageSplitter(words=5).split_documents(documents)
    ]
    assert all(contents[number][start : start + len(text)] == text for number, start, text in found)
    assert [text for *_, text in found] == [text for page in contents for text in PassageSplitter(5).split_text(page)]
    assert all(left[:2] < right[:2] for left, right in pairwise(found))


def test_start_indexes_are_exact_where_a_passage_repeats() -> None:
    text = "One is here. One is here. One is here."
    pieces = PassageSplitter(words=3).split_documents([Document(text)])
    assert [piece.metadata["start_index"] for piece in pieces] == [0, 13, 26]


def test_a_blank_page_has_no_passages() -> None:
    assert PassageSplitter().split_documents([Document("  \n ")]) == []
