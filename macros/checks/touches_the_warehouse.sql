{# Whether this command reads or writes tables. dbt renders hooks for compile, docs and list too; those must not query. #}
{% macro touches_the_warehouse() %}
    {{ return(execute and flags.WHICH in ('build', 'run', 'seed', 'snapshot', 'test')) }}
{% endmacro %}
