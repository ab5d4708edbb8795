{# What not_null is for one column. Of a model that is built period by period, the rows that its last build replaced. #}
{% test never_null(model, columns) %}

select {{ columns | join(', ') }}
from {{ replaced_rows(model) }}
where {{ columns | join(' is null or ') }} is null

{% endtest %}
