"""`learn --counts` and `--learned`: what repeats in a corpus is evidence for the classifier, and prose is not lost by it."""

from __future__ import annotations

import json
import pickle
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from laws import check_laws
from test_learning import observed, prose

from seedclean import Cleaner
from seedclean.batch.fingerprint import fingerprint, rules_digest
from seedclean.learning import counts
from seedclean.learning.learn import LearnOptions, counted, learn
from seedclean.model.document import Source
from seedclean.model.errors import InputError, PackError
from seedclean.packs.registry import PackOptions
from seedclean.packs.repetition import EVERYWHERE, Repeat, parse_counts
from seedclean.pipeline import examine
