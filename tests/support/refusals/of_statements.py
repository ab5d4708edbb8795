"""Refusals of statements that create or change tables, and of scripts, each with a planted statement."""

from typing import Final

from tests.support.refusals.entry import CREATIVES, DOCS, GITHUB, Entry, Planted

NEW: Final = "`test`.`ads`.`new_table`"
PARTITION: Final = "PARTITION BY expression must be DATE(<timestamp_column>)"
PREFIX: Final = "Field names are not allowed to start with the (case-insensitive) prefixes"
DDL: Final = (
    "DDL statements are not supported in a transaction, except for those creating or droping temporary tables or "
    "temporary functions"
)


def _views(levels: int) -> str:
    first = f"CREATE VIEW `test`.`ads`.`v1` AS SELECT id FROM {CREATIVES};"
    others = (
        f"CREATE VIEW `test`.`ads`.`v{n}` AS SELECT id FROM `test`.`ads`.`v{n - 1}`;" for n in range(2, levels + 1)
    )
    return f"{first}{''.join(others)}SELECT id FROM `test`.`ads`.`v{levels}`"


OF_STATEMENTS: Final = (
    Entry(
        "DDL in a transaction",
        DDL,
        f"{GITHUB}/estuary/connectors/issues/283",
        Planted(
            f"BEGIN TRANSACTION; CREATE TABLE {NEW} (id STRING); COMMIT TRANSACTION;",
            DDL,
            f"CREATE TABLE {NEW} (id STRING); BEGIN TRANSACTION; DELETE FROM {NEW} WHERE TRUE; COMMIT TRANSACTION;",
            only_by_rule=True,
        ),
    ),
    Entry(
        "nested transactions",
        "A query can contain multiple transactions, but they cannot be nested",
        f"{DOCS}/transactions#transaction_scope",
        Planted(
            "BEGIN TRANSACTION; BEGIN TRANSACTION; COMMIT TRANSACTION;",
            "Transactions cannot be nested",
            "BEGIN TRANSACTION; COMMIT TRANSACTION; BEGIN TRANSACTION; COMMIT TRANSACTION;",
            only_by_rule=True,
        ),
    ),
    Entry(
        "transaction without commit",
        "If the query ends before COMMIT, BigQuery rolls the transaction back, and the query succeeds",
        f"{DOCS}/transactions#transaction_scope",
        Planted(
            f"BEGIN TRANSACTION; DELETE FROM {CREATIVES} WHERE TRUE;",
            "A transaction that is not committed is rolled back",
            f"BEGIN TRANSACTION; DELETE FROM {CREATIVES} WHERE TRUE; COMMIT TRANSACTION;",
            only_by_rule=True,
        ),
    ),
    Entry(
        "declaration after a statement",
        "Variable declarations are allowed only at the start of a block or script",
        f"{DOCS}/reference/standard-sql/procedural-language#declare",
        Planted(
            "SELECT 1 AS x; DECLARE y INT64;",
            "Variable declarations are allowed only at the start of a block or script",
            "SELECT 1 AS x; SELECT 2 AS y;",
        ),
    ),
    Entry(
        "change without a condition",
        "DELETE must have a WHERE clause",
        f"{GITHUB}/sqlalchemy/sqlalchemy/issues/6505",
        Planted(f"DELETE FROM {CREATIVES}", "DELETE must have a WHERE clause", f"DELETE FROM {CREATIVES} WHERE TRUE"),
    ),
    Entry(
        "partition by texts",
        f"{PARTITION}, a DATE column, ...",
        f"{GITHUB}/googleapis/python-bigquery-sqlalchemy/issues/1056",
        Planted(
            f"CREATE TABLE {NEW} (id STRING, day DATE) PARTITION BY id",
            PARTITION,
            f"CREATE TABLE {NEW} (id STRING, day DATE) PARTITION BY day",
            only_by_rule=True,
        ),
    ),
    Entry(
        "partition by a timestamp",
        f"{PARTITION}, a DATE column, ...",
        f"{GITHUB}/dbt-labs/dbt-bigquery/issues/486",
        Planted(
            f"CREATE TABLE {NEW} (seen TIMESTAMP) PARTITION BY seen",
            PARTITION,
            f"CREATE TABLE {NEW} (seen TIMESTAMP) PARTITION BY DATE(seen)",
            only_by_rule=True,
        ),
    ),
    Entry(
        "two partition columns",
        "BigQuery accepts one partition expression",
        f"{GITHUB}/ibis-project/ibis/pull/11593",
        Planted(
            f"CREATE TABLE {NEW} (a DATE, b DATE) PARTITION BY a, b",
            "Only a single PARTITION BY expression is supported",
            f"CREATE TABLE {NEW} (a DATE, b DATE) PARTITION BY a CLUSTER BY b",
            only_by_rule=True,
        ),
    ),
    Entry(
        "five cluster columns",
        "Up to four top-level columns are allowed",
        f"{GITHUB}/GoogleCloudPlatform/magic-modules/pull/2077",
        Planted(
            f"CREATE TABLE {NEW} (a STRING, b STRING, c STRING, d STRING, e STRING) CLUSTER BY a, b, c, d, e",
            "Clustering takes 4 columns, not 5",
            f"CREATE TABLE {NEW} (a STRING, b STRING, c STRING, d STRING) CLUSTER BY a, b, c, d",
            only_by_rule=True,
        ),
    ),
    Entry(
        "cluster by floats",
        "CLUSTER BY expression may not be a floating point type",
        f"{DOCS}/clustered-tables#cluster_column_types",
        Planted(
            f"CREATE TABLE {NEW} (ctr FLOAT64) CLUSTER BY ctr",
            "CLUSTER BY expression may not be a floating point type",
            f"CREATE TABLE {NEW} (ctr NUMERIC) CLUSTER BY ctr",
        ),
    ),
    Entry(
        "cluster by an array",
        "Clustering columns are top-level columns that are not repeated",
        f"{DOCS}/clustered-tables#limitations",
        Planted(
            f"CREATE TABLE {NEW} (tags ARRAY<STRING>) CLUSTER BY tags",
            "CLUSTER BY takes no arrays",
            f"CREATE TABLE {NEW} (tags STRING) CLUSTER BY tags",
            only_by_rule=True,
        ),
    ),
    Entry(
        "column added as required",
        "Adding a REQUIRED column to an existing table schema causes an error",
        f"{DOCS}/managing-table-schemas#add_an_empty_column",
        Planted(
            f"ALTER TABLE {CREATIVES} ADD COLUMN IF NOT EXISTS people INT64 NOT NULL",
            "Adding a REQUIRED column to a table that exists is refused: people",
            f"ALTER TABLE {CREATIVES} ADD COLUMN people INT64, ADD COLUMN IF NOT EXISTS id STRING",
            only_by_rule=True,
        ),
    ),
    Entry(
        "column added with a default",
        "A default value is set for a column that is there, and holds for rows that come later",
        f"{DOCS}/default-values#set_default_values",
        Planted(
            f"ALTER TABLE {CREATIVES} ADD COLUMN IF NOT EXISTS people INT64 DEFAULT 1",
            "A column is added without a default value, which is set after it: people",
            f"ALTER TABLE {CREATIVES} ADD COLUMN people INT64; UPDATE {CREATIVES} SET people = 1 WHERE people IS NULL",
            only_by_rule=True,
        ),
    ),
    Entry(
        "column of a partition or cluster dropped",
        "Columns that a table is partitioned or clustered by cannot be renamed or dropped",
        f"{GITHUB}/supabase/etl/pull/981",
        Planted(
            f"CREATE TABLE {NEW} (id STRING, day DATE) PARTITION BY day; ALTER TABLE {NEW} DROP COLUMN IF EXISTS day",
            "Columns of partitions and clusters cannot be renamed or dropped: day",
            f"CREATE TABLE {NEW} (id STRING, day DATE) PARTITION BY day; ALTER TABLE {NEW} DROP COLUMN IF EXISTS id",
            only_by_rule=True,
        ),
    ),
    Entry(
        "column renamed among other changes",
        "ALTER TABLE does not support combining DROP COLUMN with RENAME COLUMN",
        f"{DOCS}/reference/standard-sql/data-definition-language#alter_table_rename_column_statement",
        Planted(
            f"ALTER TABLE {CREATIVES} RENAME COLUMN id TO key, DROP COLUMN IF EXISTS place",
            "does not support combining DROP COLUMN with RENAME COLUMN",
            f"ALTER TABLE {CREATIVES} RENAME COLUMN id TO key; ALTER TABLE {CREATIVES} DROP COLUMN IF EXISTS place",
        ),
    ),
    Entry(
        "type that becomes narrower",
        "ALTER TABLE ALTER COLUMN SET DATA TYPE requires that the existing column type is assignable to the new type",
        f"{DOCS}/reference/standard-sql/data-definition-language#alter_column_set_data_type_statement",
        Planted(
            f"ALTER TABLE {CREATIVES} ALTER COLUMN ctr SET DATA TYPE INT64",
            "requires that the existing column type (FLOAT64) is assignable to the new type (INT64)",
            f"ALTER TABLE {CREATIVES} ALTER COLUMN clicks SET DATA TYPE FLOAT64",
        ),
    ),
    Entry(
        "prefix of a column's name",
        f'Invalid field name "_file_name". {PREFIX} _PARTITION, _TABLE_, _FILE_, _ROW_TIMESTAMP, __ROOT__ and '
        "_COLIDENTIFIER",
        f"{GITHUB}/dbt-labs/dbt-external-tables/issues/175",
        Planted(
            f"CREATE TABLE {NEW} (_file_name STRING)",
            f'Invalid field name "_file_name". {PREFIX}',
            f"CREATE TABLE {NEW} (file_name STRING)",
            only_by_rule=True,
        ),
    ),
    Entry(
        "characters of a column's name",
        "Fields must contain only letters, numbers, and underscores, start with a letter or underscore, and be at most "
        "300 characters long",
        f"{GITHUB}/metabase/metabase/issues/17918",
        Planted(
            f"CREATE TABLE {NEW} (`{'c' * 301}` STRING)",
            "be at most 300 characters long",
            f"CREATE TABLE {NEW} (`{'c' * 300}` STRING)",
            only_by_rule=True,
        ),
    ),
    Entry(
        "column without a name",
        "CREATE TABLE columns must be named, but column 1 has no name",
        f"{GITHUB}/EqualExperts/dbt-unit-testing/pull/96",
        Planted(
            f"CREATE TABLE {NEW} AS SELECT COUNT(*) FROM {CREATIVES}",
            "CREATE TABLE columns must be named, but column 1 has no name",
            f"CREATE TABLE {NEW} AS SELECT COUNT(*) AS n FROM {CREATIVES}",
        ),
    ),
    Entry(
        "labels of a table",
        'Label value "..." has invalid characters: lower case, digits, _ and -, 63 characters, 64 labels',
        f"{GITHUB}/dbt-labs/dbt-core/issues/3612",
        Planted(
            f"CREATE TABLE {NEW} (id STRING) OPTIONS (labels = [('team', 'Growth Marketing')])",
            'Label value "Growth Marketing" has invalid characters.',
            f"CREATE TABLE {NEW} (id STRING) OPTIONS (labels = [('team', 'growth-marketing')])",
            only_by_rule=True,
        ),
    ),
    Entry(
        "description of a column",
        "The description for field ... is too long. The maximum length is 1024 characters.",
        f"{GITHUB}/stellar/stellar-dbt-public/pull/63",
        Planted(
            f"CREATE TABLE {NEW} (id STRING OPTIONS (description = '{'d' * 1025}'))",
            "The description for field id is too long. The maximum length is 1024 characters.",
            f"CREATE TABLE {NEW} (id STRING OPTIONS (description = '{'d' * 1024}'))",
            only_by_rule=True,
        ),
    ),
    Entry(
        "description of a table",
        "Descriptions can be at most 16384 characters long.",
        f"{GITHUB}/cloudquery/cloudquery/pull/19208",
        Planted(
            f"CREATE TABLE {NEW} (id STRING) OPTIONS (description = '{'d' * 16_385}')",
            "The maximum length is 16384 characters.",
            f"CREATE TABLE {NEW} (id STRING) OPTIONS (description = '{'d' * 16_384}')",
            only_by_rule=True,
        ),
    ),
    Entry(
        "views of views",
        "Too many nested views. Only 16 levels of nested views are allowed",
        f"{GITHUB}/fivetran/dbt_zendesk_source/issues/65",
        Planted(_views(17), "Only 16 levels of nested views are allowed", _views(16), only_by_rule=True),
    ),
)
