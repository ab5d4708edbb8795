{# Of a model that is built period by period, the rows that its last build replaced. #}
{% test unique_combination(model, columns) %}

select
    {{ columns | join(', ') }},
    count(*) as duplicates
from {{ replaced_rows(model) }}
group by {{ columns | join(', ') }}
having count(*) > 1

{% endtest %}
