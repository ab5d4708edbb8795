{# dbt takes any key in --vars silently: a misspelt one would leave the default in force. Where this project is a package,
   the other keys may be vars of another project. #}
{% macro refuse_unknown_settings(given, known) %}
    {% set ours = 'creative_approaches' %}
    {% set names = given.get(ours, {}).keys() | list %}
    {% if project_name == ours %}
        {% do names.extend(given.keys() | reject('eq', ours)) %}
        {# Of dbt_project.yml a macro cannot see the keys; that a var is set it can. #}
        {% for name in removed_settings() if var.has_var(name) %}
            {% do names.append(name) %}
        {% endfor %}
    {% endif %}
    {% for name in names if name not in known %}
        {% if name in removed_settings() %}
            {% do exceptions.raise_compiler_error(
                "Var " ~ name ~ " is no setting any more: its value is fixed, docs/decisions.md says why. Take it out of --vars or"
                ~ " dbt_project.yml."
            ) %}
        {% endif %}
        {% set match = closest_name(name, known) %}
        {% do exceptions.raise_compiler_error(
            "--vars holds '" ~ name ~ "', which is not a setting." ~ (" Did you mean '" ~ match ~ "'?" if match else "")
            ~ " The settings are: " ~ known | sort | join(', ') ~ "."
        ) %}
    {% endfor %}
{% endmacro %}
