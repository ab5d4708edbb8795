"""Refusals and limits that a test of its own holds, or that cannot touch us for a reason in docs/decisions.md."""

from typing import Final

from tests.support.refusals.entry import DOCS, GITHUB, QUOTAS, ByTest, Entry, Reasoned

ELSEWHERE: Final = (
    Entry(
        "lists of a Parquet file",
        "Without enableListInference a list is loaded as a record of records, and a REPEATED column stays empty",
        f"{DOCS}/loading-data-cloud-storage-parquet#list_logical_type",
        ByTest("bigquery/test_warehouse.py::test_a_load_names_its_types_and_infers_lists_into_a_table_that_expires"),
    ),
    Entry(
        "decimals of a Parquet file",
        "Without a schema a decimal becomes NUMERIC, BIGNUMERIC or STRING, whichever of decimalTargetTypes holds it",
        f"{DOCS}/reference/rest/v2/Job#jobconfigurationload",
        ByTest("bigquery/test_sql.py::test_each_column_of_a_load_has_a_type_of_its_own"),
    ),
    Entry(
        "types of a seed",
        "A load job's schema takes plain type names: precision and scale are fields of their own",
        f"{DOCS}/reference/rest/v2/tables#tablefieldschema",
        ByTest("bigquery/test_googlesql.py::test_a_wrong_type_of_a_seed_is_found"),
    ),
    Entry(
        "labels of a job",
        'Label value "..." has invalid characters: lower case, digits, _ and -, 63 characters, 64 labels',
        f"{GITHUB}/apache/airflow/issues/39567",
        ByTest("bigquery/test_server.py::test_labels_that_bigquery_refuses_are_refused"),
    ),
    Entry(
        "identifier of a job",
        "Letters, numbers, underscores and dashes, 1,024 characters at most",
        f"{DOCS}/reference/rest/v2/JobReference",
        ByTest("bigquery/test_server.py::test_an_identifier_of_a_job_that_bigquery_refuses_is_refused"),
    ),
    Entry(
        "descriptions of the project",
        "What dbt writes with persist_docs: 1,024 characters of a column, 16,384 of a table",
        f"{GITHUB}/cal-itp/data-infra/issues/3336",
        ByTest("bigquery/test_googlesql.py::test_a_description_that_bigquery_refuses_is_found"),
    ),
    Entry(
        "length with all views",
        "12 MB of resolved query, with the text of all views that it names",
        QUOTAS,
        ByTest("bigquery/test_googlesql.py::test_the_largest_statements_stay_far_from_the_limits"),
    ),
    Entry(
        "changes of a table's columns",
        "Exceeded rate limits: too many table update operations for this table. Five in ten seconds, also those of "
        "columns that are there",
        f"{GITHUB}/dataform-co/dataform/issues/2025",
        ByTest("bigquery/test_migrations.py::test_no_table_is_altered_more_often_than_bigquery_takes"),
    ),
    Entry(
        "columns that were just changed",
        "INFORMATION_SCHEMA may not show a change of a schema yet; the method tables.get does",
        f"{DOCS}/managing-table-schemas",
        ByTest("bigquery/test_migrations.py::test_current_tables_cost_one_query"),
    ),
    Entry(
        "transactions that meet",
        "Transaction is aborted due to concurrent update against table",
        f"{GITHUB}/elementary-data/elementary/issues/1109",
        ByTest("bigquery/test_warehouse.py::test_a_transaction_that_met_another_is_tried_again_as_a_new_job"),
    ),
    Entry(
        "several source rows for a row",
        "UPDATE/MERGE must match at most one source row for each target row",
        f"{GITHUB}/dbt-labs/dbt-core/issues/1599",
        ByTest("duckdb/test_changes.py::test_two_new_rows_of_one_key_are_refused"),
    ),
    Entry(
        "partitions of a job",
        "Too many partitions produced by query, allowed 4000, query produces at least 4001 partitions",
        f"{GITHUB}/fivetran/dbt_zendesk/issues/39",
        Reasoned(),
    ),
    Entry("partitions of a table", "10,000 partitions of a table", QUOTAS, Reasoned()),
    Entry(
        "changes of one table at once",
        "Too many DML statements outstanding against table, limit is 20; two of them run at a time",
        f"{GITHUB}/googleapis/nodejs-bigquery/issues/843",
        Reasoned(),
    ),
    Entry(
        "changes of one table in a transaction",
        "Later statements of a transaction see what earlier ones changed, and 100,000 partitions may be modified",
        f"{DOCS}/transactions",
        Reasoned(),
    ),
    Entry(
        "tables changed in a transaction",
        "A transaction cannot mutate data in more than 100 tables",
        f"{DOCS}/transactions#limitations",
        Reasoned(),
    ),
    Entry("columns of a table", "10,000 columns in a table, a query result or a view", QUOTAS, Reasoned()),
    Entry("levels of records", "15 levels of nested records", f"{GITHUB}/airbytehq/airbyte/issues/14668", Reasoned()),
    Entry("tables of a query", "1,000 tables referenced by a query, after full expansion", QUOTAS, Reasoned()),
    Entry("changes of a table in a day", "1,500 load jobs of a table in a day", QUOTAS, Reasoned()),
    Entry("time of a query", "6 hours for a query or a statement", QUOTAS, Reasoned()),
    Entry("query parameters", "10,000 parameters and 10 MB of a request", QUOTAS, Reasoned()),
    Entry(
        "recursive queries",
        "A recursive CTE has reached the maximum number of iterations: 500",
        f"{DOCS}/recursive-ctes#iteration_limits",
        Reasoned(),
    ),
    Entry(
        "another partitioning",
        "Cannot replace a table with a different partitioning spec. Instead, DROP the table, and then recreate it.",
        f"{GITHUB}/dataform-co/dataform/issues/590",
        Reasoned(),
    ),
    Entry(
        "rows that were just streamed",
        "UPDATE or DELETE statement over table would affect rows in the streaming buffer, which is not supported",
        f"{DOCS}/data-manipulation-language#limitations",
        Reasoned(),
    ),
    Entry(
        "dry runs and sessions",
        "A dry run says nothing of a script's later statements, and a session ends after 24 hours of inactivity",
        f"{DOCS}/sessions-intro#session_limitations",
        Reasoned(),
    ),
    Entry(
        "tables that expire",
        "A default expiration of the dataset deletes tables; in the sandbox it is 60 days",
        f"{DOCS}/sandbox#limits",
        Reasoned(),
    ),
    Entry(
        "grouping by arrays",
        "Grouping by expressions of type ARRAY is not allowed, until 2025",
        f"{GITHUB}/goccy/bigquery-emulator/issues/487",
        Reasoned(),
    ),
)
