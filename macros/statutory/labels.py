"""The words for what the register says."""

from __future__ import annotations

from .coverage import Met
from .register import Duty, OnWebsite

DUTY_WORDS = {Duty.MUST: "Must have", Duty.SHOULD: "Should have"}
MET_WORDS = {Met.MET: "Here", Met.PART: "Here in part", Met.MISSING: "Not here"}
WEBSITE_WORDS = {
    OnWebsite.MUST: "Must be on the website",
    OnWebsite.SHOULD: "Should be on the website",
    OnWebsite.AVAILABLE: "Open to the public; the website is one way",
    OnWebsite.NONE: "No duty to publish found",
}
