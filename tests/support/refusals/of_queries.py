"""Refusals of what a query computes, each with a planted statement."""

from typing import Final

from tests.support.refusals.entry import CREATIVES, DOCS, GITHUB, STAGED, Entry, Planted

CAST: Final = "Parameterized types are not allowed in CAST expressions"
EQUALITY: Final = "cannot be used without a condition that is an equality of fields from both sides of the join"
COMPLEX: Final = "Not enough resources for query planning - too many subqueries or query is too complex"
_DOUBLINGS: Final = 8  # each reads the one before it twice


def _doubled(times: int) -> str:
    """A query whose last CTE comes to two to the power of so many table reads."""
    steps = [f"c0 AS (SELECT id FROM {CREATIVES})"]
    steps += [f"c{n} AS (SELECT a.id FROM c{n - 1} AS a JOIN c{n - 1} AS b USING (id))" for n in range(1, times + 1)]
    return f"WITH {', '.join(steps)} SELECT id FROM c{times}"


OF_QUERIES: Final = (
    Entry(
        "cast with parameters",
        CAST,
        f"{GITHUB}/OHDSI/SqlRender/issues/309",
        Planted(
            f"SELECT CAST(clicks AS NUMERIC(38, 9)) AS clicks FROM {CREATIVES}",
            CAST,
            f"SELECT CAST(clicks AS NUMERIC) AS clicks FROM {CREATIVES}",
            only_by_rule=True,
        ),
    ),
    Entry(
        "cast of null with parameters",
        f"{CAST}: what dbt sends for a contract",
        f"{GITHUB}/OHDSI/SqlRender/issues/309",
        Planted("SELECT CAST(NULL AS BIGNUMERIC(40, 9)) AS x", CAST, "SELECT CAST(NULL AS BIGNUMERIC) AS x", True),
    ),
    Entry(
        "safe cast with parameters",
        CAST,
        f"{GITHUB}/tobymao/sqlglot/pull/924",
        Planted(
            f"SELECT SAFE_CAST(id AS STRING(10)) AS id FROM {CREATIVES}",
            CAST,
            f"SELECT SAFE_CAST(spend AS STRING FORMAT '9.99') AS id FROM {CREATIVES}",
            only_by_rule=True,
        ),
    ),
    Entry(
        "cast with parameters inside of a type",
        CAST,
        f"{GITHUB}/tobymao/sqlglot/pull/924",
        Planted(
            f"SELECT CAST(tags AS ARRAY<STRING(10)>) AS tags FROM {CREATIVES}",
            CAST,
            f"SELECT CAST(tags AS ARRAY<STRING>) AS tags FROM {CREATIVES}",
            only_by_rule=True,
        ),
    ),
    Entry(
        "outer join without equality",
        f"LEFT OUTER JOIN {EQUALITY}",
        f"{GITHUB}/OHDSI/Achilles/issues/532",
        Planted(
            f"SELECT a.id FROM {CREATIVES} AS a LEFT JOIN {STAGED} AS b ON a.day < b.day",
            f"LEFT OUTER JOIN {EQUALITY}",
            f"SELECT a.id FROM {CREATIVES} AS a LEFT JOIN {STAGED} AS b ON a.id = b.id AND a.day < b.day",
            only_by_rule=True,
        ),
    ),
    Entry(
        "full join by fields of both sides",
        f"FULL OUTER JOIN {EQUALITY}",
        f"{GITHUB}/trilogy-data/pytrilogy/pull/649",
        Planted(
            f"SELECT a.id FROM {CREATIVES} AS a FULL JOIN {STAGED} AS b ON COALESCE(a.id, b.id) = b.id",
            f"FULL OUTER JOIN {EQUALITY}",
            f"SELECT a.id FROM {CREATIVES} AS a FULL JOIN {STAGED} AS b ON COALESCE(a.id, '') = COALESCE(b.id, '')",
            only_by_rule=True,
        ),
    ),
    Entry(
        "subquery in a join condition",
        "Unsupported subquery with table in join predicate",
        f"{GITHUB}/spiceai/spiceai/issues/9954",
        Planted(
            f"SELECT a.id FROM {CREATIVES} AS a JOIN {STAGED} AS b "
            f"ON a.id = b.id AND a.day = (SELECT MAX(day) FROM {STAGED})",
            "Unsupported subquery with table in join predicate",
            f"SELECT a.id FROM {CREATIVES} AS a JOIN {STAGED} AS b ON a.id = b.id "
            f"WHERE a.day = (SELECT MAX(day) FROM {STAGED})",
            only_by_rule=True,
        ),
    ),
    Entry(
        "correlated subquery",
        "Correlated subqueries that reference other tables are not supported unless they can be de-correlated",
        f"{GITHUB}/jOOQ/jOOQ/issues/11842",
        Planted(
            f"SELECT id FROM {CREATIVES} AS a WHERE EXISTS (SELECT 1 FROM {STAGED} AS b WHERE b.day <= a.day)",
            "Correlated subqueries that reference other tables are not supported",
            f"SELECT id FROM {CREATIVES} AS a WHERE EXISTS (SELECT 1 FROM {STAGED} AS b WHERE b.day = a.day)",
            only_by_rule=True,
        ),
    ),
    Entry(
        "too complex",
        f"Resources exceeded during query execution: {COMPLEX}",
        f"{GITHUB}/Velir/dbt-ga4/issues/97",
        Planted(_doubled(_DOUBLINGS), COMPLEX, _doubled(_DOUBLINGS - 1), only_by_rule=True),
    ),
    Entry(
        "statement length",
        "The query is too large. The maximum standard SQL query length is 1024.00K characters",
        f"{GITHUB}/airbytehq/airbyte/issues/36303",
        Planted(f"SELECT 1 AS x /*{'x' * 2**20}*/", "The query is too large", f"SELECT 1 AS x /*{'x' * 2**16}*/", True),
    ),
    Entry(
        "null in an array",
        "Array cannot have a null element; error in writing field",
        f"{GITHUB}/GoogleCloudPlatform/security-analytics/pull/46",
        Planted(
            f"SELECT ARRAY_AGG(id) AS ids FROM {CREATIVES}",
            "Array cannot have a null element",
            f"SELECT ARRAY_AGG(id IGNORE NULLS) AS ids FROM {CREATIVES}",
            only_by_rule=True,
        ),
    ),
    Entry(
        "arrays of arrays",
        "The argument to ARRAY_AGG must not be an array type",
        f"{GITHUB}/ibis-project/ibis/issues/10553",
        Planted(
            f"SELECT ARRAY_AGG(tags) AS tags FROM {CREATIVES}",
            "The argument to ARRAY_AGG must not be an array type",
            f"SELECT ARRAY_AGG(STRUCT(tags)) AS tags FROM {CREATIVES}",
        ),
    ),
    Entry(
        "window partition by floats",
        "Partitioning by expressions of type FLOAT64 is not allowed",
        f"{GITHUB}/lightdash/lightdash/issues/27050",
        Planted(
            f"SELECT SUM(clicks) OVER (PARTITION BY ctr) AS clicks FROM {CREATIVES}",
            "Partitioning by expressions of type FLOAT64 is not allowed",
            f"SELECT SUM(clicks) OVER (PARTITION BY spend) AS clicks FROM {CREATIVES}",
        ),
    ),
    Entry(
        "grouping by JSON",
        "Grouping by expressions of type JSON is not allowed",
        f"{DOCS}/reference/standard-sql/data-types#groupable_data_types",
        Planted(
            f"SELECT raw, COUNT(*) AS n FROM {CREATIVES} GROUP BY raw",
            "Grouping by expressions of type JSON is not allowed",
            f"SELECT TO_JSON_STRING(raw) AS raw, COUNT(*) AS n FROM {CREATIVES} GROUP BY 1",
        ),
    ),
    Entry(
        "count of distinct JSON",
        "Aggregate functions with DISTINCT cannot be used with arguments of type JSON",
        f"{GITHUB}/DalgoT4D/webapp/issues/948",
        Planted(
            f"SELECT COUNT(DISTINCT raw) AS n FROM {CREATIVES}",
            "Aggregate functions with DISTINCT cannot be used with arguments of type JSON",
            f"SELECT COUNT(DISTINCT TO_JSON_STRING(raw)) AS n FROM {CREATIVES}",
        ),
    ),
    Entry(
        "distinct geography",
        "Column of type GEOGRAPHY cannot be used in SELECT DISTINCT",
        f"{DOCS}/reference/standard-sql/data-types#groupable_data_types",
        Planted(
            f"SELECT DISTINCT place FROM {CREATIVES}",
            "of type GEOGRAPHY cannot be used in SELECT DISTINCT",
            f"SELECT DISTINCT ST_ASTEXT(place) AS place FROM {CREATIVES}",
        ),
    ),
    Entry(
        "order by an array",
        "ORDER BY does not support expressions of type ARRAY<STRING>",
        f"{GITHUB}/metabase/metabase/issues/15731",
        Planted(
            f"SELECT id FROM {CREATIVES} ORDER BY tags",
            "ORDER BY does not support expressions of type ARRAY<STRING>",
            f"SELECT id FROM {CREATIVES} ORDER BY ARRAY_LENGTH(tags)",
        ),
    ),
    Entry(
        "distinct values in another order",
        "An aggregate function that has both DISTINCT and ORDER BY arguments can only ORDER BY expressions that are "
        "arguments to the function",
        f"{GITHUB}/EvgSkv/logica/issues/209",
        Planted(
            f"SELECT STRING_AGG(DISTINCT id, ',' ORDER BY day) AS ids FROM {CREATIVES}",
            "can only ORDER BY expressions that are arguments to the function",
            f"SELECT STRING_AGG(DISTINCT id, ',' ORDER BY id) AS ids FROM {CREATIVES}",
        ),
    ),
    Entry(
        "distinct rows in another order",
        "ORDER BY clause expression references column which is not visible after SELECT DISTINCT",
        f"{GITHUB}/jOOQ/jOOQ/issues/11835",
        Planted(
            f"SELECT DISTINCT id FROM {CREATIVES} ORDER BY day",
            "which is not visible after SELECT DISTINCT",
            f"SELECT DISTINCT id FROM {CREATIVES} ORDER BY id",
        ),
    ),
    Entry(
        "range of several keys",
        "A RANGE-based window with OFFSET boundaries must have exactly one ORDER BY key",
        f"{DOCS}/reference/standard-sql/window-function-calls#def_window_frame",
        Planted(
            f"SELECT SUM(clicks) OVER (ORDER BY clicks, ctr RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS n "
            f"FROM {CREATIVES}",
            "must have exactly one ORDER BY key",
            f"SELECT SUM(clicks) OVER (ORDER BY clicks RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS n "
            f"FROM {CREATIVES}",
        ),
    ),
    Entry(
        "date and timestamp compared",
        "No matching signature for operator < for argument types: DATE, TIMESTAMP",
        f"{GITHUB}/dbt-labs/dbt-utils/issues/801",
        Planted(
            f"SELECT id FROM {CREATIVES} WHERE day < seen",
            "No matching signature for operator < for argument types: DATE, TIMESTAMP",
            f"SELECT id FROM {CREATIVES} WHERE day < DATE(seen)",
        ),
    ),
    Entry(
        "difference of dates as a number",
        "Invalid cast from INTERVAL to INT64: a date minus a date is an INTERVAL",
        f"{DOCS}/reference/standard-sql/operators#datetime_subtraction",
        Planted(
            f"SELECT CAST(day - DATE '2026-01-05' AS INT64) AS days FROM {CREATIVES}",
            "Invalid cast from INTERVAL to INT64",
            f"SELECT DATE_DIFF(day, DATE '2026-01-05', DAY) AS days FROM {CREATIVES}",
        ),
    ),
    Entry(
        "division by zero",
        "division by zero",
        f"{GITHUB}/ibis-project/ibis/issues/1390",
        Planted("SELECT 1 / 0 AS x", "division by zero", "SELECT SAFE_DIVIDE(1, 0) AS x", only_by_rule=True),
    ),
    Entry(
        "overflow",
        "int64 overflow",
        f"{DOCS}/reference/standard-sql/operators#arithmetic_operators",
        Planted(
            "SELECT 4294967296 * 4294967296 AS x",
            "int64 overflow",
            "SELECT 4294967296 * 2147483647 AS x",
            only_by_rule=True,
        ),
    ),
    Entry(
        "regular expression",
        "Cannot parse regular expression: invalid perl operator: (?=",
        f"{GITHUB}/google/re2/issues/413",
        Planted(
            f"SELECT REGEXP_CONTAINS(id, r'a(?=b)') AS x FROM {CREATIVES}",
            "Cannot parse regular expression: invalid perl operator: (?=",
            f"SELECT REGEXP_CONTAINS(id, r'a(?:b)') AS x FROM {CREATIVES}",
            only_by_rule=True,
        ),
    ),
    Entry(
        "pattern of LIKE",
        "LIKE pattern ends with a backslash",
        f"{DOCS}/reference/standard-sql/operators#like_operator",
        Planted(
            f"SELECT id FROM {CREATIVES} WHERE id LIKE 'a%\\\\'",
            "LIKE pattern ends with a backslash",
            f"SELECT id FROM {CREATIVES} WHERE id LIKE r'a\\%'",
            only_by_rule=True,
        ),
    ),
    Entry(
        "two columns of one name",
        "Duplicate column names in the result are not supported. Found duplicate(s): id, whatever their case",
        f"{GITHUB}/mozilla/mozanalysis/issues/140",
        Planted(
            f"SELECT id, day AS ID FROM {CREATIVES}",
            "Duplicate column names in the result are not supported. Found duplicate(s): id",
            f"SELECT id, day AS id_ FROM {CREATIVES}",
            only_by_rule=True,
        ),
    ),
)
