"""Questions in other languages are told from English ones and from names."""

import pytest

from rag.english.foreign import is_foreign


@pytest.mark.parametrize(
    "text",
    [
        "Warum ist der Hafen geschlossen?",
        "qui a ouvert le port",
        "¿Cuándo abrió el puerto?",
        "Perché il porto è chiuso?",
        "Quando o porto vai abrir?",
        "Hoeveel mensen werken er in de haven?",
        "Varför är hamnen stängd?",
        "Dlaczego port jest zamknięty?",
        "Почему закрыт порт?",
        "港口为什么关闭？",
        "لماذا أغلق الميناء؟",
    ],
)
def test_other_languages(text: str) -> None:
    assert is_foreign(text)


@pytest.mark.parametrize(
    "text",
    [
        "Why is the port of Le Havre closed?",
        "le havre port closed",
        "Marine Le Pen",
        "Olaf Scholz Emmanuel Macron",
        "Rio de Janeiro floods",
        "port?",
        "is it open",
        "was he there",
        "42",
        "Die Welt",
        "Côte d'Ivoire election date",
    ],
)
def test_english_and_names_in_any_language(text: str) -> None:
    assert not is_foreign(text)
