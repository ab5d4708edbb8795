{# What orders rows of one day, creative, campaign and currency, the one that counts first: the newest by var
   raw_metrics_version, if rows are versions; then the fullest, because platforms restate a day upwards as late events
   arrive. #}
{% macro newest_first() -%}
    {%- if raw_metrics_grain() == 'versions' %}
                source_version desc nulls last,
    {%- endif %}
                coalesce(impressions, 0) desc,
                coalesce(spend, 0) desc,
                coalesce(clicks, 0) desc,
                coalesce(conversions, 0) desc,
                coalesce(conversions_value, 0) desc,
                reach desc nulls last
{%- endmacro %}

{# The column that says which version is the newest, for raw_metrics; none where rows are no versions. #}
{% macro source_version() %}
    {{ return({'source_version': adapter.quote(var('raw_metrics_version'))} if raw_metrics_grain() == 'versions' else {}) }}
{% endmacro %}

{# Condition: a row is added up with the others of its key, whatever their rank. Rows without an id are of several
   creatives, and so no versions of each other. #}
{% macro adds_up() -%}
    {{ 'true' if raw_metrics_grain() == 'finer' else 'creative_id is null' }}
{%- endmacro %}
