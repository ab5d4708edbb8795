{# dbt takes any key in --vars silently: a misspelt one would leave the default in force.
   Known are the settings that sources and exposures list under config.meta.settings. #}
{% macro refuse_unknown_settings(given) %}
    {% set known = [] %}
    {% for node in graph.sources.values() | list + graph.exposures.values() | list %}
        {% do known.extend(node.config.get('meta', {}).get('settings', {}).keys()) %}
    {% endfor %}
    {# A mapping under the project's name holds settings of this project only. #}
    {% set names = given.keys() | reject('eq', project_name) | list + given.get(project_name, {}).keys() | list %}
    {% for name in names if name not in known %}
        {% set match = closest_name(name, known) %}
        {% do exceptions.raise_compiler_error(
            "--vars holds '" ~ name ~ "', which is not a setting." ~ (" Did you mean '" ~ match ~ "'?" if match else "")
            ~ " The settings are: " ~ known | unique | sort | join(', ') ~ "."
        ) %}
    {% endfor %}
{% endmacro %}
