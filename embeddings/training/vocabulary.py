"""The reader's vocabulary: that of BERT without its rarest words, whose room the layers need.

Their pieces are in the vocabulary, so that such a word is still read, in two or three tokens.
"""

import json
from pathlib import Path

from tokenizers import Tokenizer
from torch import nn

from embeddings.training.network import SpanNetwork

RARE = 27_000
"""BERT lists words from the frequent to the rare; from this one on they go, and the places it leaves unused."""


def trim_vocabulary(network: SpanNetwork, source: Path) -> Tokenizer:
    """Take the rare words out of the network, in place, and return the tokenizer that goes with it.

    `source` is the `tokenizer.json` that the network was trained with.
    """
    rows = json.loads(source.read_text(encoding="utf-8"))
    words = sorted(rows["model"]["vocab"].items(), key=lambda item: item[1])
    kept = [(word, index) for word, index in words if index < RARE and not word.startswith("[unused")]
    numbers = {word: number for number, (word, _) in enumerate(kept)}
    rows["model"]["vocab"] = numbers
    for token in rows["added_tokens"]:
        token["id"] = numbers[token["content"]]
    for word, token in rows["post_processor"]["special_tokens"].items():
        token["ids"] = [numbers[word]]
    table = network.encoder.embeddings.word_embeddings
    table.weight = nn.Parameter(table.weight.detach()[[index for _, index in kept]])
    table.num_embeddings = len(kept)
    return Tokenizer.from_str(json.dumps(rows))
