"""Why a model has no result for an input, as tables store it."""

from enum import StrEnum


class Unanswered(StrEnum):
    """REFUSED : the input is, and would be again.

    FAULTY_ANSWER : each answer was faulty, or none came while another input was answered; the next run asks again.
    """

    REFUSED = "refused"
    FAULTY_ANSWER = "faulty_answer"
