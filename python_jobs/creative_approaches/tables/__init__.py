"""The typed border: every table that the jobs read or write, declared once.

A test compares the job tables with the dbt source `jobs`, and the model tables with the models' contracts. How older
job tables become these is in `migrations`; dbt reads it from a macro that `for_dbt` writes.
"""

# By star, so that a new table is declared in one place.
from creative_approaches.tables.jobs import *  # noqa: F403
from creative_approaches.tables.models import *  # noqa: F403
from creative_approaches.tables.table import *  # noqa: F403
