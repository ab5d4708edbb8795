{# Stands for all that is kept of a creative. #}
{% macro record_hash() -%}
    {{ surrogate_key(['headline', 'description', 'tags', 'format', 'placement', 'image_uri', 'video_uri']) }}
{%- endmacro %}

{# What is older and newer than any day that counts: plain days, because a join by days that may be null is no hash join. #}
{% macro earliest_day() -%}
    date '0001-01-01'
{%- endmacro %}

{% macro latest_day() -%}
    date '9999-12-31'
{%- endmacro %}

{# When the run began (UTC). #}
{% macro time_of_run() -%}
    {{ dbt.cast("'" ~ run_started_at.strftime('%Y-%m-%d %H:%M:%S.%f') ~ "'", dbt.type_timestamp()) }}
{%- endmacro %}

{# Statement that keeps the records that a build of int_creatives__records has found. #}
{% macro keep_creative_records(found) %}
    {% set columns = [
        'creative_key', 'creative_id', 'platform', 'account_id', 'headline', 'description', 'tags', 'format', 'placement',
        'image_uri', 'video_uri', 'valid_from', 'recorded_at'
    ] | join(', ') %}
    insert into {{ source('jobs', 'creative_records').render() }} ({{ columns }})
    select {{ columns }} from {{ found }}
    where not is_kept
{% endmacro %}
