"""What is true: three accounts, their approaches, and what becomes of each over fourteen weeks."""

from tests.support.demo_data import copy_outdoor as outdoor
from tests.support.demo_data import copy_skincare as skincare
from tests.support.demo_data import copy_software as software
from tests.support.demo_data.account import WEEKS, Account, Fate, Rates, Variant, improving, peaked, steady

SPLIT, MERGE = 6, 9
TRIAL_PAUSE, TRIAL_RETURN = 7, 10
FOUNDER_END, GIFT_START = 9, 7


def _between(count: int, first: int = 0, end: int = WEEKS) -> tuple[int, ...]:
    return tuple(count if first <= week < end else 0 for week in range(WEEKS))


def _outside(count: int, first: int, end: int) -> tuple[int, ...]:
    return tuple(0 if first <= week < end else count for week in range(WEEKS))


def _own(name: str) -> tuple[tuple[int, str], ...]:
    return ((0, name),)


OUTDOOR = Account(
    account_id="act_10482277",
    platform="facebook_ads",
    currency="USD",
    id_prefix="2384",
    products=outdoor.PRODUCTS,
    campaigns=("cmp_fh_prospecting", "cmp_fh_retargeting", "cmp_fh_summer", "cmp_fh_core"),
    noise_tags=("evergreen", "q3-push", "carousel-v2", "retargeting", "us-west", "lookalike-3", "new-hook"),
    formats=(("image", 0.55), ("carousel", 0.25), ("video", 0.20)),
    placements=(("feed", 0.5), ("stories", 0.2), ("reels", 0.2), ("in_feed", 0.1)),
    pictures=(0, 1, 2, 3, 4, 5, 6),
    daily_impressions=3900.0,
    cost_per_mille=8.4,
    order_value=78.0,
    variants=(
        Variant(
            "testimonial",
            outdoor.TESTIMONIAL,
            _between(15),
            _own("testimonial"),
            (("testimonial", 0.88), ("quote-card", 0.7), ("lifestyle", 0.3)),
            pictures=(0, 1),
        ),
        Variant(
            "discount_code",
            outdoor.DISCOUNT_CODE,
            _between(15),
            _own("discount_code"),
            (("promo", 0.9), ("price-card", 0.75)),
            turnover=0.14,
            quiet=SPLIT,
            pictures=(2, 3),
        ),
        Variant(
            "discount_both",
            outdoor.DISCOUNT_BOTH,
            _between(4, 0, SPLIT),
            _own("discount_code"),
            (("promo", 0.95), ("price-card", 0.7)),
            turnover=0.15,
            pictures=(2, 3),
        ),
        Variant(
            "deadline_early",
            outdoor.DISCOUNT_BOTH._replace(descriptions=outdoor.DEADLINE.descriptions),
            (4, 4, 5, 5, 5, 5, 5, 4, 3, 3, 2, 2, 1, 1),
            ((0, "discount_code"), (SPLIT, "discount_deadline")),
            (("promo", 0.7), ("timer-overlay", 0.7)),
            turnover=0.08,
            quiet=SPLIT,
            pictures=(2, 3),
        ),
        Variant(
            "deadline",
            outdoor.DEADLINE,
            (0, 0, 0, 0, 0, 0, 9, 10, 11, 12, 12, 13, 13, 14),
            _own("discount_deadline"),
            (("countdown", 0.9), ("timer-overlay", 0.7)),
            turnover=0.12,
            pictures=(3, 6),
        ),
        Variant(
            "how_to",
            outdoor.HOW_TO,
            _between(14),
            _own("how_to"),
            (("tutorial", 0.87), ("motion-graphics", 0.65)),
            pictures=(4, 5),
        ),
        Variant(
            "founder_story",
            outdoor.FOUNDER,
            _between(12, 0, FOUNDER_END),
            _own("founder_story"),
            (("brand-film", 0.86), ("behind-the-scenes", 0.7)),
            pictures=(5, 0),
        ),
        Variant(
            "spec_sheet",
            outdoor.SPEC,
            _between(14),
            _own("spec_sheet"),
            (("product-shot", 0.9), ("studio", 0.7)),
            pictures=(1, 6),
        ),
        Variant(
            "seasonal_gift",
            outdoor.GIFT,
            (0, 0, 0, 0, 0, 0, 0, 9, 11, 13, 14, 14, 14, 14),
            _own("seasonal_gift"),
            (("occasion", 0.88), ("flatlay", 0.65)),
            pictures=(1, 4),
        ),
    ),
    rates={
        "testimonial": Rates(steady(0.0142), 0.034),
        "discount_code": Rates(steady(0.0171), 0.041),
        "discount_deadline": Rates(steady(0.0203), 0.037),
        "how_to": Rates(improving(0.0096), 0.021),
        "founder_story": Rates(steady(0.0088), 0.017),
        "spec_sheet": Rates(peaked(0.0081, 10), 0.029),
        "seasonal_gift": Rates(steady(0.0129), 0.033),
    },
)

SKINCARE = Account(
    account_id="7093311845",
    platform="tiktok_ads",
    currency="EUR",
    id_prefix="1779",
    products=skincare.PRODUCTS,
    campaigns=("1801_lumeo_prospecting", "1802_lumeo_remarketing", "1803_lumeo_launch"),
    noise_tags=("spark-ads", "hook-test", "q3-push", "always-on", "v2", "eu-core", "lookalike"),
    formats=(("video", 0.5), ("image", 0.38), ("carousel", 0.12)),
    placements=(("in_feed", 0.6), ("feed", 0.15), ("stories", 0.15), ("search", 0.1)),
    pictures=(7, 8, 9, 10, 11, 12),
    daily_impressions=5200.0,
    cost_per_mille=5.1,
    order_value=41.0,
    variants=(
        Variant(
            "unboxing",
            skincare.UNBOXING,
            _between(14),
            _own("unboxing"),
            (("ugc", 0.9), ("handheld", 0.7)),
            turnover=0.15,
            quiet=MERGE,
            pictures=(7, 8),
        ),
        Variant(
            "routine",
            skincare.ROUTINE,
            (11, 11, 11, 11, 11, 11, 11, 10, 8, 0, 0, 0, 0, 0),
            ((0, "routine"), (MERGE, "unboxing")),
            (("creator-collab", 0.9), ("bathroom-set", 0.7)),
            pictures=(8, 9),
        ),
        Variant(
            "routine_late",
            skincare.UNBOX_ROUTINE._replace(headlines=skincare.ROUTINE.headlines),
            (0, 0, 0, 0, 0, 0, 0, 2, 4, 4, 4, 3, 3, 3),
            ((0, "routine"), (MERGE, "unboxing")),
            (("creator-collab", 0.6), ("bathroom-set", 0.25), ("ugc", 0.5), ("handheld", 0.3)),
            turnover=0.1,
            pictures=(8, 9),
        ),
        Variant(
            "unbox_routine",
            skincare.UNBOX_ROUTINE,
            _between(5, MERGE),
            _own("unboxing"),
            (("ugc", 0.95), ("creator-collab", 0.8), ("handheld", 0.7)),
            turnover=0.15,
            pictures=(7, 9),
        ),
        Variant(
            "social_proof",
            skincare.SOCIAL_PROOF,
            _between(15),
            _own("social_proof"),
            (("stat-card", 0.87), ("motion-graphics", 0.65)),
            pictures=(10, 11),
        ),
        Variant(
            "problem_question",
            skincare.QUESTION,
            _between(15),
            _own("problem_question"),
            (("close-up", 0.88), ("talking-head", 0.65)),
            pictures=(9, 12),
        ),
        Variant(
            "free_trial",
            skincare.TRIAL,
            _outside(13, TRIAL_PAUSE, TRIAL_RETURN),
            _own("free_trial"),
            (("sampling", 0.87), ("product-shot", 0.65)),
            turnover=0.15,
            pictures=(11, 7),
        ),
        Variant(
            "comparison",
            skincare.COMPARISON,
            _between(14),
            _own("comparison"),
            (("split-screen", 0.86), ("label-shot", 0.65)),
            pictures=(10, 12),
        ),
    ),
    rates={
        "unboxing": Rates(steady(0.0152), 0.024),
        "routine": Rates(steady(0.0131), 0.021),
        "social_proof": Rates(improving(0.0098), 0.027),
        "problem_question": Rates(peaked(0.0089, 11), 0.019),
        "free_trial": Rates(steady(0.0187), 0.052),
        "comparison": Rates(steady(0.0113), 0.029),
    },
)

SOFTWARE = Account(
    account_id="415-220-9037",
    platform="google_ads",
    currency="USD",
    id_prefix="6601",
    products=software.PRODUCTS,
    campaigns=("tb_generic_search", "tb_display"),
    noise_tags=("rsa", "remarketing", "q3-push", "smb", "enterprise", "brand", "us-east", "v2"),
    formats=(("image", 0.7), ("carousel", 0.1), ("video", 0.2)),
    placements=(("search", 0.6), ("in_feed", 0.2), ("feed", 0.2)),
    pictures=(13, 14),
    daily_impressions=2600.0,
    cost_per_mille=31.0,
    order_value=190.0,
    variants=(
        Variant(
            "live_demo",
            software.DEMO,
            _between(9),
            _own("live_demo"),
            (("sales-led", 0.9), ("people", 0.7)),
            pictures=(13,),
        ),
        Variant(
            "replace_manual_work",
            software.SWITCH,
            _between(10),
            _own("replace_manual_work"),
            (("pain-point", 0.88), ("ui-shot", 0.7)),
            pictures=(14,),
        ),
    ),
    rates={
        "live_demo": Rates(steady(0.031), 0.026),
        "replace_manual_work": Rates(improving(0.024), 0.031),
    },
)

ACCOUNTS = (OUTDOOR, SKINCARE, SOFTWARE)

FATES = (
    Fate("testimonial", OUTDOOR.account_id, "steady"),
    Fate("discount_code", OUTDOOR.account_id, "splitting", SPLIT, "discount_deadline"),
    Fate("how_to", OUTDOOR.account_id, "improving", WEEKS - 6),
    Fate("founder_story", OUTDOOR.account_id, "ending", FOUNDER_END),
    Fate("spec_sheet", OUTDOOR.account_id, "peaked", 10),
    Fate("seasonal_gift", OUTDOOR.account_id, "starting_late", GIFT_START),
    Fate("routine", SKINCARE.account_id, "merging", MERGE, "unboxing"),
    Fate("social_proof", SKINCARE.account_id, "improving", WEEKS - 6),
    Fate("problem_question", SKINCARE.account_id, "peaked", 11),
    Fate("free_trial", SKINCARE.account_id, "pausing", TRIAL_PAUSE),
    Fate("free_trial", SKINCARE.account_id, "coming_back", TRIAL_RETURN),
    Fate("comparison", SKINCARE.account_id, "steady"),
    Fate("live_demo", SOFTWARE.account_id, "steady"),
    Fate("replace_manual_work", SOFTWARE.account_id, "improving", WEEKS - 6),
)
