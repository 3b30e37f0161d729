"""The teacher: a small MPNet with random weights on the reader's own windows."""

import json
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer
from transformers import MPNetConfig, MPNetModel

from embeddings.encoder import MINILM
from embeddings.training.features import Feature
from embeddings.training.network import pad
from embeddings.training.teacher import SPECIAL, TeacherNetwork, ask, teach
from embeddings.training.train import Recipe, Trainer
from embeddings.windows import Windower

TOKENIZER = MINILM / "tokenizer.json"
OWN = {"[CLS]": 0, "[PAD]": 1, "[SEP]": 2, "[UNK]": 3}  # MPNet's ids of what it has in another place


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """MPNet's vocabulary: four tokens of its own, then the reader's."""
    folder = tmp_path_factory.mktemp("mpnet")
    torch.manual_seed(0)
    config = MPNetConfig(hidden_size=24, num_hidden_layers=3, num_attention_heads=2, intermediate_size=32)
    MPNetModel(config, add_pooling_layer=False).save_pretrained(folder)
    rows = json.loads(TOKENIZER.read_text(encoding="utf-8"))
    shifted = {word: index + len(SPECIAL) for word, index in rows["model"]["vocab"].items()}
    rows["model"]["vocab"] = {**{SPECIAL[word]: index for word, index in OWN.items()}, **shifted}
    rows["added_tokens"] = []
    rows["post_processor"] = None
    (folder / "tokenizer.json").write_text(json.dumps(rows), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def features() -> list[Feature]:
    windower = Windower(Tokenizer.from_file(str(TOKENIZER)))
    cut = windower.cut("How much?", [""] * 2, ["The bridge cost 412 million euros.", "It opened."])
    return [Feature(windows[0], ((0, 1.0),), ((0, 1.0),)) for windows in cut]


def test_it_reads_the_same_words_under_its_own_ids(weights: Path, features: list[Feature]) -> None:
    teacher = TeacherNetwork(weights, TOKENIZER)
    tokens, mask, segments = pad([feature.window for feature in features])
    known = {index: word for word, index in Tokenizer.from_file(str(TOKENIZER)).get_vocab().items()}
    own = Tokenizer.from_file(str(weights / "tokenizer.json"))
    ids = torch.tensor([[own.token_to_id(SPECIAL.get(known[i], known[i])) for i in row] for row in tokens.tolist()])
    assert ids[1].tolist()[-1] == OWN["[PAD]"]
    expected = teacher.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
    torch.testing.assert_close(teacher.encode(tokens, mask, segments), expected)


def test_what_it_says_is_in_the_order_asked_and_only_of_the_text(weights: Path, features: list[Feature]) -> None:
    teacher = TeacherNetwork(weights, TOKENIZER)
    both = ask(teacher, features, tokens=1000)
    alone = [ask(teacher, [feature], tokens=1000)[0] for feature in features]
    for feature, said, lone in zip(features, both, alone, strict=True):
        places = {0, *range(feature.window.first, feature.window.first + len(feature.window.offsets))}
        for ends, again in zip(said, lone, strict=True):
            assert set(dict(ends)) <= places
            assert sum(chance for _, chance in ends) == pytest.approx(1, abs=0.01)
            assert dict(ends) == pytest.approx(dict(again), abs=0.01)


def test_the_target_is_a_mean_of_both(features: list[Feature]) -> None:
    taught = teach(features[0], ((0, 0.3), (8, 0.2)), ((9, 0.5),), share=0.5)
    assert dict(taught.starts) == pytest.approx({0: 0.8, 8: 0.2})
    assert dict(taught.ends) == pytest.approx({0: 0.5, 9: 0.5})


def test_its_lowest_layers_do_not_learn(weights: Path, features: list[Feature], tmp_path: Path) -> None:
    teacher = TeacherNetwork(weights, TOKENIZER, dropout=0.1, frozen=2)
    before = {name: value.clone() for name, value in teacher.state_dict().items()}
    recipe = Recipe(passes=1.0, warm_up=0.1, average_from=1.0, rounded_from=1.0, batch_tokens=20)
    Trainer(teacher, recipe, tmp_path / "checkpoint.pt").run(lambda _: features * 4, lambda _: None, lambda _: None)
    changed = {name for name, value in teacher.state_dict().items() if not torch.equal(value, before[name])}
    assert {name.partition("layer.")[2][:1] for name in changed} == {"2", ""}
    assert not any("embeddings" in name for name in changed)
