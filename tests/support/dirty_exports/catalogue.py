"""Every kind of dirt, alone and two at once, from a seed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from tests.support.dirty_exports import days, ids, numbers, rows, texts
from tests.support.dirty_exports.export import Apply, Export, clean_export
from tests.support.dirty_exports.reports import CONTRACT, REPORTS, as_report, platform_of


@dataclass(frozen=True)
class Dirt:
    """One kind of dirt.

    needs : what the clean export has to be like for it, see clean_export.  in_reports : whether an ad report can have
    it and be told from a right one, though its rows add up.
    """

    name: str
    group: str
    apply: Apply
    needs: dict[str, Any] = field(default_factory=dict)
    in_reports: bool = True

    @property
    def is_only_writing(self) -> bool:
        return "is_only_writing" in vars(self.apply)


def _dirts() -> Iterator[Dirt]:
    yield Dirt("clean", "clean", lambda export, rng: None)

    def of_rows(name: str, apply: Apply, in_reports: bool = True) -> Dirt:
        return Dirt(name, "rows", apply, in_reports=in_reports)

    for column in rows.BREAKDOWNS:
        yield of_rows(f"a row for each {column}", rows.finer(column))
    yield of_rows("two rows with equal numbers", rows.finer_with_equal_numbers)
    yield of_rows("finer rows without the column", rows.finer_without_the_column)
    yield of_rows("equal rows that are two facts", rows.equal_rows_that_are_two_facts)
    yield of_rows("loaded twice", rows.loaded_twice)
    yield of_rows("loaded twice at other times", rows.loaded_twice_at_other_times)
    yield of_rows("loaded twice with rounding", rows.loaded_twice_with_rounding, in_reports=False)
    for name, column, change in (
        ("accounts with act_", "account_id", lambda id_: f"act_{id_}"),
        ("platforms in capitals", "platform", str.upper),
        ("no campaigns", "campaign_id", lambda _: None),
        ("other names of campaigns", "campaign_id", lambda id_: f"c{id_}"),
        ("no currency", "currency_code", lambda _: None),
        ("no accounts", "account_id", lambda _: None),
    ):
        yield of_rows(f"loaded twice, once with {name}", rows.loaded_twice_by_two_programs(column, change))
    yield of_rows("overlapping files", rows.overlapping_files)
    yield of_rows("restated", rows.restated)
    yield of_rows("restated downwards", rows.restated_downwards)
    for older, newer in (("9", "10"), ("2026-04-01 23:00:00", "2026-04-02T06:00:00")):
        yield of_rows(
            f"versions {older} and {newer}", rows.versions_in_text(older, newer, have_an_order=True), in_reports=False
        )
    for older, newer in (("31.03.2026", "01.04.2026"), ("v9", "v10")):
        yield of_rows(
            f"versions {older} and {newer}", rows.versions_in_text(older, newer, have_an_order=False), in_reports=False
        )
    yield of_rows("a row for each age, all of one version", rows.finer_in_one_version, in_reports=False)
    yield of_rows("versions without an id", rows.versions_without_an_id, in_reports=False)
    yield of_rows("one row restated", rows.one_row_restated, in_reports=False)
    yield of_rows("subtotals", rows.with_subtotals)
    yield of_rows("a total at the end", rows.with_a_total_at_the_end)
    yield of_rows("in two campaigns", rows.in_two_campaigns)
    for column in ("source_relation", "source_file"):
        yield of_rows(f"loaded twice by {column}", rows.loaded_by_two_connections(column))
    yield of_rows("campaigns as floats", ids.campaigns_as_floats)

    large = {"spend_from": 800, "spend_to": 90_000}
    for form in numbers.FORMATS:
        yield Dirt(f"spend as {form}", "numbers", numbers.text("spend", form), large)
    for column, form in (
        ("impressions", "1,234.50"),
        ("impressions", "1'234.50"),
        ("impressions", "1.25e1"),
        ("clicks", "12.50%"),
        ("clicks", "12.50k"),
        ("conversions_value", "1.234,50"),
        ("conversions_value", "$12.50"),
    ):
        yield Dirt(f"{column} as {form}", "numbers", numbers.text(column, form), large)
    for column in ("spend", "impressions", "clicks", "conversions_value"):
        yield Dirt(f"{column} as 1.234", "numbers", numbers.thousands_with_dots(column), large)
        yield Dirt(f"no {column}", "numbers", numbers.no_number(column))
    for column in ("impressions", "clicks"):
        yield Dirt(f"{column} as 12.000", "numbers", numbers.thousands_with_dots(column, unit=1000), large)
    yield Dirt("null spend", "numbers", numbers.null_spend)
    for column, type_, value in (
        ("impressions", "hugeint", "9223372036854775807"),
        ("impressions", "hugeint", "9223372036854775808"),
        ("clicks", "ubigint", "18446744073709551615"),
        ("spend", "decimal(38, 2)", "1e29"),
        ("spend", "double", "1e29"),
        ("spend", "double", "nan"),
        ("spend", "double", "inf"),
        ("spend", "varchar", "99999999999999999999999999999.99"),
        ("conversions", "double", "-inf"),
        ("conversions_value", "float", "nan"),
        ("impressions", "double", "1e300"),
        ("clicks", "varchar", "9223372036854775807"),
    ):
        yield Dirt(f"{column} of {value} ({type_})", "numbers", numbers.too_large(column, type_, value))
    for column in ("impressions", "clicks"):
        yield Dirt(f"half of {column}", "numbers", numbers.half_a_count(column))
    for column, type_ in (
        ("spend", "double"),
        ("spend", "float"),
        ("spend", "decimal(38, 9)"),
        ("impressions", "double"),
        ("impressions", "hugeint"),
        ("clicks", "decimal(20, 4)"),
        ("conversions", "integer"),
        ("spend", "json"),
    ):
        yield Dirt(f"{column} in {type_}", "numbers", numbers.of_type(column, type_))
    yield Dirt("millions in float", "numbers", numbers.money_in_32_bits, {"spend_from": 10**6, "spend_to": 10**7})
    yield Dirt("numbers in plain text", "numbers", numbers.plain_text)
    yield Dirt("numbers in text with blanks", "numbers", numbers.text_with_blanks)
    yield Dirt("counts in text with .0", "numbers", numbers.whole_numbers_as_floats_in_text)
    for name in ("cost_micros", "spend_in_micro_dollar", "billed_charge_local_micro", "costMicros"):
        yield Dirt(f"micros called {name}", "numbers", numbers.micros_in_a_column_of_that_name(name))
    yield Dirt("micros without a word", "numbers", numbers.micros_without_a_word)
    yield Dirt("one row in micros", "numbers", numbers.one_row_in_micros)
    yield Dirt("micros as they should be", "numbers", numbers.micros_as_they_should_be)
    yield Dirt("credits and refunds", "numbers", numbers.credits_and_refunds)
    for kind in ("clicks_without_impressions", "clicks_above_impressions", "negative_counts"):
        yield Dirt(kind.replace("_", " "), "numbers", numbers.impossible_counts(kind))

    for name in ids.INVISIBLE:
        yield Dirt(f"ids with {name}", "ids", ids.invisible(name))
    yield Dirt("ids with U+200E inside", "ids", ids.invisible("U+200E", inside=True))
    yield Dirt("ids with soft hyphen inside", "ids", ids.invisible("soft hyphen", inside=True))
    for one, other in (
        ("decimal(38, 9)", "varchar"),
        ("varchar", "decimal(38, 9)"),
        ("bigint", "varchar"),
        ("varchar", "double"),
        ("double", "bigint"),
        ("hugeint", "decimal(20, 2)"),
        ("ubigint", "varchar"),
    ):
        yield Dirt(f"ids in {one} and {other}", "ids", ids.of_types(one, other))
    for suffix in (".0", ".00", ".000000000", ".0 "):
        yield Dirt(f"ids with {suffix!r}", "ids", ids.float_text(suffix))
    yield Dirt("accounts with act_", "ids", ids.prefix("act_"))
    yield Dirt("accounts with customers/", "ids", ids.prefix("customers/"))
    yield Dirt("accounts with urn:li:sponsoredAccount:", "ids", ids.prefix("urn:li:sponsoredAccount:"))
    yield Dirt("accounts with dashes", "ids", ids.google_dashes)
    yield Dirt("ids in capitals on one side", "ids", ids.upper_case_on_one_side, {"letters": True})
    yield Dirt("ids that differ in case", "ids", ids.ids_that_differ_in_case_alone, {"letters": True})
    yield Dirt("ids that differ in a leading zero", "ids", ids.ids_that_differ_in_a_leading_zero)
    yield Dirt("leading zeros lost", "ids", ids.leading_zeros_lost_on_one_side)
    for form in ids.LOSSES:
        yield Dirt(f"ids as {form}, both sides", "ids", ids.digits_lost(form, both=True))
    for form in ("1.2021E+17", "1,2021E+17", "float, as a whole number"):
        yield Dirt(f"ids as {form}, one side", "ids", ids.digits_lost(form, both=False))
    for column in ("campaign_id", "account_id"):
        yield Dirt(f"{column} as 1.2021E+17", "ids", ids.digits_lost_of_groups(column))
    yield Dirt("ids of 17 digits in floats, both sides", "ids", ids.floats(both=True))
    yield Dirt("ids of 17 digits in floats, one side", "ids", ids.floats(both=False))
    for digits in (9, 12):
        for both in (True, False):
            sides = "both sides" if both else "one side"
            yield Dirt(
                f"ids of {digits} digits in 32-bit floats, {sides}",
                "ids",
                ids.floats(both, "float"),
                {"digits": digits},
            )
    for missing in (None, "", " ", "null", "nan", "None", "(not set)", "0", "-1", "--"):
        yield Dirt(f"ids that are {missing!r}", "ids", ids.missing(missing))
    yield Dirt("null ids of some ads", "ids", ids.null_ids_of_most_ads)
    yield Dirt("no accounts in the metrics", "ids", ids.missing_accounts(both=False))
    yield Dirt("no accounts", "ids", ids.missing_accounts(both=True))
    yield Dirt("unknown ads", "ids", ids.unknown_ads)
    yield Dirt("another platform name", "ids", ids.another_platform_name)
    yield Dirt("platforms in capitals", "ids", ids.platform_in_capitals)
    yield Dirt("old versions of creatives", "ids", ids.old_versions_of_creatives)

    yield Dirt("no text in an account", "texts", texts.none_in_an_account)
    yield Dirt("edited once", "texts", texts.edited(1))
    yield Dirt("edited twice", "texts", texts.edited(2))
    yield Dirt("several texts at once", "texts", texts.several_at_once)
    yield Dirt("edited in another zone", "texts", texts.edited_in_another_zone)
    for form in ("22.06.2026", "yesterday", "2026-02-30"):
        yield Dirt(f"edited on {form}", "texts", texts.edited_on_no_plain_day(form))
    for zone in ("Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland"):
        yield Dirt(f"edited after midnight in {zone}", "texts", texts.edited_after_midnight(zone))
    for value in ("infinity", "9999-12-31 00:00:00", "-infinity"):
        yield Dirt(f"a text of {value}", "texts", texts.updated_on_no_day(value))

    yield Dirt("currencies in small letters", "currency", ids.currencies_in_small_letters)
    yield Dirt("no currency", "currency", ids.no_currency)
    yield Dirt("currencies with invisible signs", "currency", ids.currencies_with_invisible_signs)
    for code in (None, "€", "Euro"):
        yield Dirt(f"currencies that are {code!r} in some rows", "currency", ids.no_currency_in_some_rows(code))

    for form in days.FORMATS:
        yield Dirt(f"days as {form}", "days", days.written(form))
    for type_, form in (("bigint", "20260309"), ("bigint", "1773014400"), ("double", "46090"), ("integer", "46090")):
        yield Dirt(f"days as {form} in {type_}", "days", days.of_type(type_, form))
    for type_, form in (
        ("varchar", "{day}"),
        ("varchar", "{day} 00:00:00"),
        ("varchar", "{day}T00:00:00"),
        ("varchar", " {day} "),
        ("timestamp", "{day} 00:00:00"),
        ("timestamp", "{day} 23:59:59.999"),
        ("timestamp_ns", "{day} 12:00:00"),
    ):
        yield Dirt(f"days as {form} in {type_}", "days", days.plain(type_, form))
    for zone in ("Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland", "Asia/Kolkata", "UTC"):
        yield Dirt(f"midnight in {zone}", "days", days.midnight(zone, "timestamptz"))
    for type_ in ("timestamp", "varchar"):
        yield Dirt(f"midnight without its zone ({type_})", "days", days.midnight_without_its_zone(type_))
    for season, first_day in (("spring", date(2026, 3, 23)), ("autumn", date(2025, 10, 20))):
        dirt = days.midnight_without_its_zone("timestamp", "Europe/London", first_day)
        yield Dirt(f"midnight in London without its zone in {season}", "days", dirt)
    half = days.midnight_without_its_zone("timestamp", every=2)
    yield Dirt("midnight without its zone in half of the ads", "days", half)
    yield Dirt("midnight in Berlin, read in UTC", "days", days.midnight_of_another_zone("UTC", "Europe/Berlin"))
    zones = ("Europe/Berlin", "Asia/Tokyo")
    yield Dirt("midnight in two zones", "days", days.midnight_of_another_zone("Europe/Berlin", *zones))
    yield Dirt("midnight in text with an offset", "days", days.midnight("Europe/Berlin", "varchar"))
    yield Dirt("midnight in text with Z", "days", days.midnight_in_text("%Y-%m-%dT%H:%M:%SZ"))
    yield Dirt("midnight in text with UTC", "days", days.midnight_in_text("%Y-%m-%d %H:%M:%S UTC"))
    yield Dirt("midnight in text with +0000", "days", days.midnight_in_text("%Y-%m-%dT%H:%M:%S%z"))
    for day in days.IMPOSSIBLE:
        yield Dirt(f"a day of {day}", "days", days.impossible(day))
    for day in ("2099-01-01", "9999-12-31", "1970-01-01", "0000-00-00", "2026-02-30", "", "today", "Total", "infinity"):
        yield Dirt(f"a day of {day!r} in text", "days", days.impossible_text(day))
    yield Dirt("no day", "days", days.without_a_day)
    for type_ in ("timestamp", "varchar"):
        yield Dirt(f"hours in the day ({type_})", "days", days.hours(type_))
    yield Dirt("the newest days", "days", days.yesterday_and_today)
    yield Dirt("a week ahead", "days", days.a_week_ahead)


DIRTS = list(_dirts())
# Rows come last, since they count on what the others made, and before what is only written in another way. Others that
# change the columns of rows do not go together with them.
_ORDER = ("numbers", "texts", "ids", "currency", "days", "rows")
_APART = {("days", "rows"), ("numbers", "rows")}


@dataclass(frozen=True)
class Case:
    """An export with its dirts, in a layout; the seed makes it again."""

    seed: int
    dirts: tuple[Dirt, ...]
    layout: str = CONTRACT

    @property
    def name(self) -> str:
        return " + ".join(dirt.name for dirt in self.dirts) + (f", {self.layout}" if self.layout != CONTRACT else "")

    def export(self) -> Export:
        rng = Random(self.seed)
        needs: dict[str, Any] = {"platform": platform_of(self.layout)}
        for dirt in self.dirts:
            needs |= dirt.needs
        export = clean_export(rng, **needs)
        for dirt in self.dirts:
            dirt.apply(export, rng)
        if self.layout != CONTRACT:
            as_report(export, self.layout)
        return export


def singles() -> Iterator[Case]:
    """Each kind of dirt once in the layout of the contract, and once in that of an ad report."""
    for seed, dirt in enumerate(DIRTS):
        yield Case(seed, (dirt,))
        if dirt.in_reports:
            yield Case(seed, (dirt,), REPORTS[seed % len(REPORTS)])


def pairs(number: int, seed: int = 0) -> Iterator[Case]:
    """Two kinds at once, of two groups, in any layout."""
    rng = Random(seed)
    while number:
        one, other = sorted(rng.sample(DIRTS[1:], 2), key=lambda dirt: (dirt.is_only_writing, _ORDER.index(dirt.group)))
        if one.group != other.group and (one.group, other.group) not in _APART:
            number -= 1
            layout = rng.choice([CONTRACT, rng.choice(REPORTS)]) if one.in_reports and other.in_reports else CONTRACT
            yield Case(10_000 + rng.randrange(10**6), (one, other), layout)
