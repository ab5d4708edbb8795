{# The largest difference of two images' mean colours in one channel, 0 to 255. #}
{% macro colour_difference(left_alias, right_alias) -%}
    greatest(
        abs({{ left_alias }}.mean_red - {{ right_alias }}.mean_red),
        abs({{ left_alias }}.mean_green - {{ right_alias }}.mean_green),
        abs({{ left_alias }}.mean_blue - {{ right_alias }}.mean_blue)
    )
{%- endmacro %}


{# Number of the cell that a colour value lies in, or that it reaches by the tolerance in the direction of sign.
   A cell is twice as wide as the tolerance. #}
{% macro colour_cell(mean, sign=none) -%}
    {%- set tolerance = image_limits().colour_difference -%}
    cast(floor(({{ mean }}{% if sign %} + {{ sign }} * {{ tolerance }}{% endif %}) / {{ 2 * tolerance }}) as {{ dbt.type_bigint() }})
{%- endmacro %}
