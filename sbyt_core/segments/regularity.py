"""Rule 2, regularity: profit alone does not tie a client to us.

An A that buys in less than half of its months and unevenly (CV above 1) goes to B. A client that rule 1 did not make an
A goes to C when it has two documents or fewer, or when one document is more than half of its sales. A measure that is
missing moves nobody.
"""

from __future__ import annotations

import numpy as np

from sbyt_core.segments.criteria import Criteria
from sbyt_core.segments.model import A, B, C
from sbyt_core.segments.ranking import Ranking


def irregular(ranking: Ranking, criteria: Criteria, part: slice) -> np.ndarray:
    """Whose purchases are rare and uneven, in a part of the ranking."""
    return (ranking.active_share[part] < criteria.min_active_share) & (ranking.cv[part] > criteria.max_cv)


def episodic(ranking: Ranking, criteria: Criteria, part: slice) -> np.ndarray:
    """Who bought once or twice, or most of it in one document, in a part of the ranking."""
    few = ranking.documents[part] <= criteria.few_documents
    return few | (ranking.largest_document_share[part] > criteria.one_document_share)


def apply_regularity(ranking: Ranking, criteria: Criteria, classes: np.ndarray) -> np.ndarray:
    """Classes after rule 2; `classes` are those of rule 1, A first."""
    if not criteria.regularity:
        return classes
    after = classes.copy()
    end_a = int(np.searchsorted(classes, A, side="right"))
    top, rest = slice(0, end_a), slice(end_a, None)
    after[top][irregular(ranking, criteria, top)] = B
    after[rest][episodic(ranking, criteria, rest)] = C
    return after
