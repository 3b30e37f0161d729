"""Pages in scripts whose words hold signs that are no letters by themselves."""

from datetime import date

from corpus.cleaning import clean_text
from corpus.cleaning.letters import WORD


def test_vowel_signs_belong_to_their_word() -> None:
    assert WORD.findall("मेयर ने पुल, नदी।") == ["मेयर", "ने", "पुल", "नदी"]


def test_a_page_in_hindi_has_title_author_and_date() -> None:
    title = "नए पुल का उद्घाटन हुआ, शहर के लोगों को जाम से राहत"
    text = (
        "मेयर ने बुधवार को नदी पर बने नए पुल का उद्घाटन किया। पुल की लंबाई दो किलोमीटर है।\n\n"
        "लोगों ने कहा कि वे इस पुल का कई साल से इंतज़ार कर रहे थे।"
    )
    cleaned = clean_text(f"{title}\n\nअनिल शर्मा\n26 जनवरी 2022\n\n{text}")
    assert (cleaned.title, cleaned.author, cleaned.published) == (title, "अनिल शर्मा", date(2022, 1, 26))
    assert cleaned.text == text
