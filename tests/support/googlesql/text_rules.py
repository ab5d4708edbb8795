"""What BigQuery refuses of a text that the analyzer takes, or drops while it reads: looked for in the words alone."""

from collections.abc import Iterator, Sequence

from sqlglot.dialects.bigquery import BigQuery
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from tests.support.googlesql.tree import Offence

# https://cloud.google.com/bigquery/quotas
MAX_STATEMENT = 1024 * 1024  # characters

_NO_WORDS = (TokenType.STRING, TokenType.RAW_STRING, TokenType.BYTE_STRING, TokenType.IDENTIFIER, TokenType.NUMBER)
_DDL = ("CREATE", "DROP", "ALTER")


def text_offences(sql: str) -> Iterator[Offence]:
    """Of a statement or a script. A text that cannot be cut into words is left to the analyzer."""
    if len(sql) > MAX_STATEMENT:
        too_long = f"The query is too large ({len(sql) / 1024:.2f}K characters)"
        yield Offence(f"{too_long}. The maximum standard SQL query length is 1024.00K characters")
        return
    try:
        tokens = BigQuery().tokenize(sql)
    except SqlglotError:
        return
    statements = _statements(tokens)
    for offence, token in (*_casts(tokens), *_declarations(statements), *_transactions(statements)):
        yield Offence(offence, len(sql[: token.start].encode()))


def _casts(tokens: Sequence[Token]) -> Iterator[tuple[str, Token]]:
    for number, token in enumerate(tokens[:-1]):
        if _word(token) in ("CAST", "SAFE_CAST") and tokens[number + 1].token_type == TokenType.L_PAREN:
            parameter = _parameter_of_a_cast(tokens[number + 1 :])
            if parameter:
                yield "Parameterized types are not allowed in CAST expressions", parameter


def _parameter_of_a_cast(tokens: Sequence[Token]) -> Token | None:
    """The parenthesis after the name of the type, or of a type inside of it. The tokens start after CAST."""
    depth = 0
    is_type = False
    for token in tokens:
        if token.token_type == TokenType.L_PAREN:
            if is_type:
                return token
            depth += 1
        elif token.token_type == TokenType.R_PAREN:
            depth -= 1
            if depth == 0:
                return None
        elif depth == 1 and _word(token) in ("AS", "FORMAT"):
            is_type = _word(token) == "AS"
    return None


def _declarations(statements: Sequence[Sequence[Token]]) -> Iterator[tuple[str, Token]]:
    is_start = True
    for statement in statements:
        first = _word(statement[0])
        if first == "DECLARE" and not is_start:
            yield "Variable declarations are allowed only at the start of a block or script", statement[0]
        is_start = first == "DECLARE" if is_start else _begins_a_block(statement)


def _transactions(statements: Sequence[Sequence[Token]]) -> Iterator[tuple[str, Token]]:
    begun: Token | None = None
    for statement in statements:
        first = _word(statement[0])
        if first == "BEGIN" and not _begins_a_block(statement):
            if begun:
                yield "Transactions cannot be nested", statement[0]
            begun = statement[0]
        elif first in ("COMMIT", "ROLLBACK"):
            begun = None
        elif begun and first in _DDL and not {"TEMP", "TEMPORARY"} & {_word(token) for token in statement[:5]}:
            message = (
                "DDL statements are not supported in a transaction, except for those creating or droping temporary "
                "tables or temporary functions"
            )
            yield message, statement[0]
    if begun:
        yield "A transaction that is not committed is rolled back at the end of the query", begun


def _begins_a_block(statement: Sequence[Token]) -> bool:
    """BEGIN alone, or with TRANSACTION, begins a transaction. The two words are one token."""
    return statement[0].text.upper() == "BEGIN" and len(statement) > 1


def _statements(tokens: Sequence[Token]) -> list[list[Token]]:
    statements: list[list[Token]] = [[]]
    for token in tokens:
        if token.token_type == TokenType.SEMICOLON:
            statements.append([])
        else:
            statements[-1].append(token)
    return [statement for statement in statements if statement]


def _word(token: Token) -> str:
    """The word of SQL that a token is or begins with."""
    return "" if token.token_type in _NO_WORDS else token.text.upper().partition(" ")[0]
