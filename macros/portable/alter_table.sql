{# Statements that change a table's columns by the given actions of one kind; none where there is no action. #}
{% macro alter_table(relation, actions) %}
    {{ return(adapter.dispatch('alter_table', 'creative_approaches')(relation, actions)) }}
{% endmacro %}

{# Action that renames a column, also where another run does so at the same time. #}
{% macro rename_column(from, to) %}
    {{ return(adapter.dispatch('rename_column', 'creative_approaches')(from, to)) }}
{% endmacro %}
