"""What BigQuery would say to a statement, from Google's own analyzer and without a server.

The analyzer resolves names, functions and types against a catalog of tables. It takes more than BigQuery does, so rules
of our own come on top; refusals_catalogue lists what they hold. Not seen: quotas, permissions, and the values in the
tables. Refused though BigQuery takes them: DECLARE and other scripting, query parameters, AI functions.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

import zetasql.types as zetasql
from zetasql.core.exceptions import ServerError, StatusCode

from tests.support.googlesql.alter_rules import alter_offences, columns_of_layout, new_columns
from tests.support.googlesql.engine import local_service
from tests.support.googlesql.rules import offences
from tests.support.googlesql.size import TABLE, Size, as_view, size_of, size_problems
from tests.support.googlesql.text_rules import text_offences


class Column(NamedTuple):
    name: str
    type: str


@dataclass(frozen=True)
class Problem:
    """Why BigQuery would refuse a text, and in which of its lines, where that is known."""

    message: str
    line: int | None = None


@dataclass(frozen=True)
class Query:
    """columns : what it returns, none if the analyzer refused it.  size : with the views and CTEs that it names."""

    columns: tuple[Column, ...]
    problems: tuple[Problem, ...]
    size: Size = TABLE


@dataclass(frozen=True)
class Script:
    """statements : their kinds (Merge, CreateTable), up to the one that was refused."""

    statements: tuple[str, ...]
    problems: tuple[Problem, ...]


class Checker:
    """Analyzes statements against the tables that it was told of."""

    def __init__(self) -> None:
        self._tables: dict[str, tuple[Column, ...]] = {}
        self._sizes: dict[str, Size] = {}  # of views
        self._layouts: dict[str, set[str]] = {}  # columns of the partitions and clusters of tables
        self._unsent: set[str] = set()  # tables that the analyzer does not know yet, or not as they are now
        self._catalog: int | None = None

    def add_view(self, relation: str, query: Query) -> None:
        """Make a view of a query known, or change it."""
        self.add_table(relation, query.columns)
        self._sizes[_unquoted(relation)] = as_view(query.size)

    def add_table(self, relation: str, columns: Iterable[Column]) -> None:
        """Make a table known, or change it. Raises ValueError for a type that BigQuery does not have."""
        self._sizes.pop(_unquoted(relation), None)
        # One column of each name: the analyzer refuses a table with two, whose query has a problem of its own.
        distinct = {column.name.lower(): column for column in columns if not column.name.startswith("$")}
        known = tuple(Column(c.name, type_name(c.type)) for c in distinct.values())
        if self._tables.get(_unquoted(relation)) == known:
            return
        self._tables[_unquoted(relation)] = known
        self._unsent.add(_unquoted(relation))

    def close(self) -> None:
        """Give back what the analyzer keeps for this catalog. It is sent again with the next statement."""
        if self._catalog is not None:
            local_service().unregister_catalog(registered_id=self._catalog)
            self._catalog = None

    def columns(self, relation: str) -> tuple[Column, ...]:
        return self._tables[_unquoted(relation)]

    def query(self, sql: str) -> Query:
        """What a SELECT returns. A column that the query gives no name has one that starts with a dollar sign."""
        text = _unquoted(sql)
        tables = tuple(
            (relation, columns, self._size(relation)) for relation, columns in self._tables.items() if relation in text
        )
        if (sql, tables) not in _QUERIES:
            _QUERIES[sql, tables] = self._query(sql)
        return _QUERIES[sql, tables]

    def script(self, sql: str) -> Script:
        """DML, DDL, queries and transactions, one after another. Tables that they create are known from then on."""
        statements: list[str] = []
        problems = list(_text_problems(sql))
        try:
            for statement in self.trees(sql):
                statements.append(type(statement).__name__.removeprefix("Resolved").removesuffix("Stmt"))
                size = size_of(statement, sql, self._size)
                problems.extend(_problems(statement, sql, size))
                if isinstance(statement, zetasql.ResolvedAlterTableStmt):
                    problems.extend(self._alter(statement, sql))
                self._learn(statement, size)
        except ServerError as error:
            problems.append(_problem(error, sql))
        return Script(tuple(statements), tuple(problems))

    def tree(self, sql: str) -> Any:
        """The analyzer's tree of a statement. Raises ServerError for one that BigQuery would refuse."""
        return self._analyze(sql).resolved_statement

    def trees(self, sql: str) -> Iterator[Any]:
        """The analyzer's tree of each statement of a script. Raises ServerError at one that BigQuery would refuse."""
        end = len(sql.rstrip().encode())
        start = 0
        while start < end:
            response = self._analyze(sql, start)
            yield response.resolved_statement
            start = response.resume_byte_position

    def _alter(self, statement: Any, sql: str) -> Iterator[Problem]:
        """Change what is known of a table, and say what BigQuery would refuse of the statement."""
        relation = ".".join(statement.name_path)
        for offence in alter_offences(statement, self._layouts.get(relation, set())):
            yield Problem(offence.message, sql.encode()[: offence.byte].count(b"\n") + 1)
        columns = {column.name: column.type for column in self._tables[relation]}
        self.add_table(relation, (Column(*column) for column in new_columns(statement, columns, _name_of).items()))

    def _learn(self, statement: Any, size: Size) -> None:
        """Make a table or view known that a statement creates."""
        if isinstance(statement, zetasql.ResolvedCreateTableStmtBase):
            columns = (Column(column.name, _name_of(column.type)) for column in statement.column_definition_list)
            self.add_table(".".join(statement.name_path), columns)
            self._layouts[".".join(statement.name_path)] = columns_of_layout(statement)
        elif isinstance(statement, zetasql.ResolvedCreateViewBase):
            self.add_view(".".join(statement.name_path), Query(_returned(statement), (), size))

    def _query(self, sql: str) -> Query:
        in_text = tuple(_text_problems(sql))
        try:
            statement = self.tree(sql)
        except ServerError as error:
            return Query((), (*in_text, _problem(error, sql)))
        size = size_of(statement, sql, self._size)
        return Query(_returned(statement), (*in_text, *_problems(statement, sql, size)), size)

    def _size(self, relation: str) -> Size:
        return self._sizes.get(relation, TABLE)

    def _analyze(self, sql: str, start: int | None = None) -> Any:
        """The analyzer's answer to a statement, or to the one that starts at a byte of a script."""
        text = _unquoted(sql.encode()[start:].decode())
        known = tuple((relation, columns) for relation, columns in self._tables.items() if relation in text)
        if (sql, start, known) not in _ANSWERS:
            # Sent once and kept by the analyzer: building its list of functions takes longer than most statements.
            if any(relation in text for relation in self._unsent):
                self.close()
            if self._catalog is None:
                self._catalog = _register(self._tables)
                self._unsent.clear()
            place = zetasql.ParseResumeLocation(input=sql, byte_position=start)
            what = {"sql_statement": sql} if start is None else {"parse_resume_location": place}
            answer = local_service().analyze(options=_options(), registered_catalog_id=self._catalog, **what)
            _ANSWERS[sql, start, known] = answer
        return _ANSWERS[sql, start, known]


# What was asked before, because most models compile to the same text whatever the settings are.
_QUERIES: Final[dict[tuple[str, tuple[tuple[str, tuple[Column, ...], Size], ...]], Query]] = {}


# The trees, of which a script is read in each shape of the project, and what a statement costs after its check.
_ANSWERS: Final[dict[tuple[Any, ...], Any]] = {}


def type_name(text: str) -> str:
    """BigQuery's own name of a type, without the precision that a column of it may have: numeric(38, 9) is NUMERIC.

    Raises ValueError where BigQuery has no such type.
    """
    return _name_of(_type(text))


@cache
def _type(text: str) -> Any:
    # The analyzer reads type names itself, with their parameters and what is nested in them.
    try:
        response = local_service().analyze(
            options=_options(), registered_catalog_id=_no_tables(), sql_expression=f"CAST(NULL AS {text})"
        )
    except ServerError as error:
        raise ValueError(f"BigQuery has no type {text!r}") from error
    return response.resolved_expression.type


def _name_of(type_: Any) -> str:
    kinds = zetasql.TypeKind
    if type_.type_kind == kinds.TYPE_ARRAY:
        return f"ARRAY<{_name_of(type_.array_type.element_type)}>"
    if type_.type_kind == kinds.TYPE_RANGE:
        return f"RANGE<{_name_of(type_.range_type.element_type)}>"
    if type_.type_kind == kinds.TYPE_STRUCT:
        return f"STRUCT<{', '.join(map(_field, type_.struct_type.field))}>"
    if type_.type_kind == kinds.TYPE_DOUBLE:
        return "FLOAT64"
    return str(kinds(type_.type_kind).name.removeprefix("TYPE_"))


def _field(field: Any) -> str:
    # Quoted, because the name of a field may be a word of SQL.
    name = f"`{field.field_name}` " if field.field_name else ""
    return name + _name_of(field.field_type)


# Features of the open analyzer that BigQuery does not have.
_NOT_IN_BIGQUERY: Final = (
    *("AGGREGATE_FILTERING", "ALLOW_SLASH_PATHS", "ARRAY_AGGREGATION_FUNCTIONS", "ARRAY_EQUALITY"),
    *("ARRAY_FIND_FUNCTIONS", "ARRAY_GREATEST_LEAST", "ARRAY_ORDERING", "ARRAY_ZIP"),
    *("BITWISE_AGGREGATE_BYTES_SIGNATURES", "CAST_DIFFERENT_ARRAY_TYPES", "DML_RETURNING", "DOT_PRODUCT"),
    *("ENABLE_MEASURES", "EXPERIMENTAL_MODULES", "FIRST_AND_LAST_N", "FOR_UPDATE", "INLINE_LAMBDA_ARGUMENT"),
    *("INSERT_ON_CONFLICT_CLAUSE", "JSON_TYPE_COMPARISON", "L1_NORM", "L2_NORM", "LATERAL_JOIN"),
    *("LIMIT_OFFSET_EXPRESSIONS", "LITERAL_CONCATENATION", "MANHATTAN_DISTANCE", "MULTILEVEL_AGGREGATION"),
    *("MULTILEVEL_AGGREGATION_ON_UDAS", "MULTIWAY_UNNEST", "NULLIFZERO_ZEROIFNULL", "PI_FUNCTIONS", "PROTO_MAPS"),
    *("SQL_GRAPH", "STRUCT_POSITIONAL_ACCESSOR", "TIMESTAMP_NANOS", "TIMESTAMP_PICOS", "TIMESTAMP_PRECISION"),
    *("TOKENIZED_SEARCH", "UUID_TYPE", "WITH_RECURSIVE_DEPTH_MODIFIER"),
)


@cache
def _options() -> Any:
    """A message: to make one of its object takes longer than to analyze a short statement."""
    return zetasql.AnalyzerOptions(
        language_options=language_options(),
        error_message_mode=zetasql.ErrorMessageMode.ERROR_MESSAGE_ONE_LINE,
        parse_location_record_type=zetasql.ParseLocationRecordType.PARSE_LOCATION_RECORD_FULL_NODE_SCOPE,
    ).to_proto()


@cache
def language_options() -> Any:
    """GoogleSQL as BigQuery speaks it."""
    missing = {zetasql.LanguageFeature[f"FEATURE_{name}"] for name in _NOT_IN_BIGQUERY}
    released = local_service().get_language_options(maximum_features=True).enabled_language_features
    # The analyzer's makers still call this one unfinished.
    released = [*released, zetasql.LanguageFeature.FEATURE_ALTER_COLUMN_SET_DATA_TYPE]
    return zetasql.LanguageOptions(
        enabled_language_features=[feature for feature in released if feature not in missing],
        product_mode=zetasql.ProductMode.PRODUCT_EXTERNAL,
        reserved_keywords=["QUALIFY"],
    )


@cache
def _no_tables() -> int:
    return _register({})


def _register(tables: Mapping[str, tuple[Column, ...]]) -> int:
    """Give the analyzer a catalog of these tables, and get the number that it knows it by."""
    return int(local_service().register_catalog(simple_catalog=_catalog(tables)).registered_id)


def _catalog(tables: Mapping[str, tuple[Column, ...]]) -> Any:
    root = zetasql.SimpleCatalog(
        name="root",
        builtin_function_options=_functions(),
        custom_function=[_by_function("max_by"), _by_function("min_by")],
        named_type=_integer_names(),
    )
    for relation, columns in tables.items():
        *path, name = relation.split(".")
        place = root
        for part in path:
            place = _inner_catalog(place, part)
        place.table.append(_table(name, relation, columns))
        # `project.dataset.table` in one pair of backticks is one name to the analyzer.
        if path:
            root.table.append(_table(relation, relation, columns))
    return root


@cache
def _table(name: str, relation: str, columns: tuple[Column, ...]) -> Any:
    described = [zetasql.SimpleColumn(name=c.name, type=_type(c.type), is_writable_column=True) for c in columns]
    return zetasql.SimpleTable(name=name, full_name=relation, column=described).to_proto()


@cache
def _functions() -> Any:
    return zetasql.ZetaSQLBuiltinFunctionOptions(language_options=language_options()).to_proto()


def _inner_catalog(outer: Any, name: str) -> Any:
    for inner in outer.catalog:
        if inner.name == name:
            return inner
    outer.catalog.append(zetasql.SimpleCatalog(name=name))
    return outer.catalog[-1]


def _by_function(name: str) -> Any:
    """MAX_BY and MIN_BY are BigQuery's own."""
    kinds = zetasql.SignatureArgumentKind
    once = zetasql.FunctionArgumentTypeOptions(cardinality=zetasql.FunctionEnums.ArgumentCardinality.REQUIRED)
    value, by = (
        zetasql.FunctionArgumentType(kind=kind, options=once) for kind in (kinds.ARG_TYPE_ANY_1, kinds.ARG_TYPE_ANY_2)
    )
    signature = zetasql.FunctionSignature(argument=[value, by], return_type=value)
    aggregate = zetasql.FunctionEnums.Mode.AGGREGATE
    return zetasql.Function(name_path=[name], group="bigquery", mode=aggregate, signature=[signature])


def _integer_names() -> list[Any]:
    """BigQuery's other names for INT64."""
    int64 = zetasql.Type(type_kind=zetasql.TypeKind.TYPE_INT64)
    names = ("INT", "SMALLINT", "INTEGER", "BIGINT", "TINYINT", "BYTEINT")
    return [zetasql.SimpleCatalog.NamedType(name=name, type=int64) for name in names]


def _unquoted(relation: str) -> str:
    return relation.replace("`", "")


def _returned(statement: Any) -> tuple[Column, ...]:
    return tuple(Column(column.name, _name_of(column.column.type)) for column in statement.output_column_list)


def _text_problems(sql: str) -> Iterator[Problem]:
    text = sql.encode()
    for message, byte in text_offences(sql):
        yield _problem_in_line(message, sql, text[:byte].count(b"\n") + 1)


def _problems(statement: Any, sql: str, size: Size) -> Iterator[Problem]:
    text = sql.encode()
    for message, byte in offences(statement, text, _refusal):
        yield _problem_in_line(message, sql, text[:byte].count(b"\n") + 1)
    for message in size_problems(size):
        yield Problem(message)


@cache
def _refusal(expression: str) -> str | None:
    """The error that BigQuery would end with when it computes a constant. None if it cannot be computed here."""
    service = local_service()
    prepared = None
    try:
        prepared = service.prepare(sql=expression, options=_options(), registered_catalog_id=_no_tables()).prepared
        service.evaluate(prepared_expression_id=prepared.prepared_expression_id)
    except ServerError as error:
        return _text(error) if error.code == StatusCode.OUT_OF_RANGE else None
    finally:
        if prepared:
            service.unprepare(prepared_expression_id=prepared.prepared_expression_id)
    return None


def _problem(error: ServerError, sql: str) -> Problem:
    text = _text(error)
    at = re.search(r" \[at (\d+):\d+\]", text)
    return _problem_in_line(text[: at.start()], sql, int(at[1])) if at else Problem(text)


def _problem_in_line(message: str, sql: str, line: int) -> Problem:
    return Problem(f"{message}, in: {sql.splitlines()[line - 1].strip()[:100]}", line)


def _text(error: ServerError) -> str:
    """The whole message in one line; the package's own `message` ends with the first line."""
    return " ".join(error.raw_error.partition("Message: ")[2].split())
