"""One register over several schools: each policy stands there as in its own school's register, on any day."""

from dataclasses import replace
from datetime import date

import pytest
from support.models import policy

from macros.model import PolicyId, PolicyStatus
from macros.reviews import exports, register, rollup, status

POLICIES = {
    "cycle": policy("2021-12", 12),
    "stated": policy("2021-12", 12, stated="autumn 2026"),
    "once": policy(None, None, stated="2026-03"),
    "undated": policy(None, None),
    "draft": policy("2021-12", 12, status=PolicyStatus.DRAFT),
    "withdrawn": policy("2021-12", 12, status=PolicyStatus.WITHDRAWN),
    "approved": policy("2025-12", 12, status=PolicyStatus.APPROVED),
}


@pytest.mark.parametrize("today", [date(2022, 11, 2), date(2026, 3, 31), date(2026, 4, 1), date(2026, 11, 24)])
def test_each_policy_stands_as_in_its_own_register(guide, today):
    named = {PolicyId(key): replace(one, id=PolicyId(key), title=key) for key, one in POLICIES.items()}
    published = exports.document(guide, register.rows(replace(guide, policies=named, built_on=date(2026, 11, 24))))
    found = {one.policy: (one.state, one.due_on) for one in rollup.rows([published], today)}
    standing = {key: status.standing(one, today) for key, one in POLICIES.items()}
    assert found == {key: (now.status, now.due_on) for key, now in standing.items()}
