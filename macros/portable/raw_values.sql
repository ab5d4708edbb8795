{# What kind of type a column has, by its name in the catalogue: text, integer, decimal, float, day, clock (a point of time
   without a zone) or moment (one with a zone). #}
{% macro type_class(dtype) %}
    {{ return(adapter.dispatch('type_class', 'creative_approaches')(dtype)) }}
{% endmacro %}

{# A cast that gives null where the value does not fit. #}
{% macro cast_or_null(expression, type) %}
    {{ return(adapter.dispatch('cast_or_null', 'creative_approaches')(expression, type)) }}
{% endmacro %}

{# A value of any type as text, for comparing. #}
{% macro any_as_text(expression) %}
    {{ return(adapter.dispatch('any_as_text', 'creative_approaches')(expression)) }}
{% endmacro %}

{# The date on which a point of time with a zone falls in a time zone. #}
{% macro date_in_zone(moment, zone) %}
    {{ return(adapter.dispatch('date_in_zone', 'creative_approaches')(moment, zone)) }}
{% endmacro %}

{# The time of day of a point of time with a zone in a time zone, as text: 23:00. #}
{% macro time_in_zone(moment, zone) %}
    {{ return(adapter.dispatch('time_in_zone', 'creative_approaches')(moment, zone)) }}
{% endmacro %}

{# The type of a point of time with a zone. #}
{% macro type_moment() %}
    {{ return(adapter.dispatch('type_moment', 'creative_approaches')()) }}
{% endmacro %}

{# A raw value as a timestamp of this warehouse, in UTC. #}
{% macro utc_timestamp(expression, type_class) %}
    {{ return(adapter.dispatch('utc_timestamp', 'creative_approaches')(expression, type_class)) }}
{% endmacro %}
