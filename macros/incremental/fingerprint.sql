{# What a model's rows are made by, as one value: the code of the model and of every model that it is made of, the macros
   of this project that they call, directly or not, the names of the raw tables, and the settings that all this reads. #}
{% macro fingerprint(node) %}
    {% set code = {} %}
    {% do collect_code(graph.nodes[node.unique_id], code) %}
    {% set settings = {} %}
    {% for name in modules.re.findall("var\\('(\\w+)'", code.values() | join) %}
        {% do settings.update({name: var(name)}) %}
    {% endfor %}
    {{ return(local_md5(tojson([code, settings], sort_keys=true))) }}
{% endmacro %}

{# Adds the code of a node, of its macros and of its parents to a mapping, each by its id. #}
{% macro collect_code(node, code) %}
    {% if node.unique_id not in code %}
        {% do code.update({node.unique_id: node.get('raw_code') or node.relation_name}) %}
        {% set depends_on = node.get('depends_on', {}) %}
        {% do collect_macros(depends_on.get('macros', []), code) %}
        {% for id in depends_on.get('nodes', []) %}
            {% do collect_code(graph.nodes[id] if id in graph.nodes else graph.sources[id], code) %}
        {% endfor %}
    {% endif %}
{% endmacro %}

{# window_start decides how much is read, and not what a row is. dbt's graph does not hold macros; its context does. #}
{% macro collect_macros(ids, code) %}
    {% for id in ids if id not in code %}
        {% set package, name = id.split('.')[1:] %}
        {% if package == 'creative_approaches' and name != 'window_start' %}
            {% set macro = context[package][name].macro %}
            {% do code.update({id: macro.macro_sql}) %}
            {% do collect_macros(macro.depends_on.macros, code) %}
        {% endif %}
    {% endfor %}
{% endmacro %}
