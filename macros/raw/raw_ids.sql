{# A raw identifier in the one form in which ids of both tables meet: without blanks around it and invisible characters in
   it, and without the decimals that a whole number got on its way. Null where nothing is left, where a program wrote a word
   for null, or where digits were lost. #}
{% macro raw_id(expression, type_class) -%}
    {%- set text = dbt.cast(expression, dbt.type_string()) -%}
    {%- if type_class == 'text' -%}
        {#- Most ids need no care, and one look tells. -#}
        {%- set id -%}
            case
                when not {{ regexp_contains(text, '[^0-9A-Za-z_]|^$|^' ~ null_words() ~ '$') }} then {{ text }}
                when not {{ regexp_contains(text, digits_lost()) }}
                    then nullif({{ regexp_replace_all(visible(text), '^(?:([0-9]+)[.]0+|' ~ null_words() ~ ')$', '\\1') }}, '')
            end
        {%- endset -%}
    {%- elif type_class == 'decimal' -%}
        {%- set id = regexp_replace_all(text, '[.]0+$', '') -%}
    {%- elif type_class in ('float', 'real') -%}
        {#- Below 2^53 whole floats are exact, below 2^24 those of 32 bits. -#}
        {%- set largest = 9007199254740991 if type_class == 'float' else 16777215 -%}
        {%- set id -%}
            case
                when {{ expression }} between -{{ largest }} and {{ largest }} and {{ expression }} = floor({{ expression }})
                    then {{ dbt.cast(dbt.cast(expression, dbt.type_bigint()), dbt.type_string()) }}
            end
        {%- endset -%}
    {%- else -%}
        {%- set id = text -%}
    {%- endif -%}
    {{ 'lower(' ~ id ~ ')' if var('ids_ignore_case') else id }}
{%- endmacro %}

{# The id of an account: also without the prefixes of var account_id_prefixes. #}
{% macro raw_account_id(expression, type_class) -%}
    {%- set id = raw_id(expression, type_class) -%}
    {%- if type_class == 'text' and var('account_id_prefixes') -%}
        {%- set prefixes = [] -%}
        {%- for prefix in var('account_id_prefixes') -%}
            {%- do prefixes.append(modules.re.escape(prefix | lower if var('ids_ignore_case') else prefix)) -%}
        {%- endfor -%}
        {%- set id = 'nullif(' ~ regexp_replace_all(id, '^(' ~ prefixes | join('|') ~ ')', '') ~ ", '')" -%}
    {%- endif -%}
    {{ id }}
{%- endmacro %}

{# RE2 pattern of what programs write for null. #}
{% macro null_words() %}
    {{ return('(?i:nan|none|null|undefined|[(<](?:null|none|na|not set)[)>]|#?n/a|[\\\\]n|--)') }}
{% endmacro %}

{# RE2 pattern of a long number that a spreadsheet has cut to its first digits: 1.2021E+17, 1,2021E+17. #}
{% macro digits_lost() %}
    {{ return('^[^0-9A-Za-z]*[0-9]+([.,][0-9]+[eE][+]?|[eE][+])[0-9]+[^0-9A-Za-z]*$') }}
{% endmacro %}
