{# The columns that hold what an image looks like in cells. The job's core/media/layout.py says how they are packed. #}
{% macro tone_columns() %}
    {{ return(['tones_1', 'tones_2', 'tones_3', 'tones_4', 'tones_5', 'tones_6', 'tones_7', 'tones_8', 'tones_9', 'tones_10', 'tones_11', 'tones_12']) }}
{% endmacro %}


{% macro colour_columns() %}
    {{ return(['colours_1', 'colours_2', 'colours_3', 'colours_4']) }}
{% endmacro %}


{% macro detail_hash_columns() %}
    {{ return(['detail_dhash_1', 'detail_dhash_2', 'detail_dhash_3', 'detail_dhash_4']) }}
{% endmacro %}


{# Bits of 256 in which two images differ in the box that holds their detail. #}
{% macro detail_distance(left_alias, right_alias) -%}
    {%- for column in detail_hash_columns() -%}
        {{ bit_count_xor(left_alias ~ '.' ~ column, right_alias ~ '.' ~ column) }}
        {%- if not loop.last %} + {% endif -%}
    {%- endfor -%}
{%- endmacro %}


{# The largest difference of two images in one cell of these columns, 0 to 31: each has twelve cells of 5 bits. #}
{% macro cell_difference(left_alias, right_alias, columns) -%}
    greatest(
        {%- for column in columns -%}
            {%- for shift in range(0, 60, 5) %}
                abs((({{ left_alias }}.{{ column }} >> {{ shift }}) & 31) - (({{ right_alias }}.{{ column }} >> {{ shift }}) & 31))
                {%- if not loop.last %},{% endif -%}
            {%- endfor -%}
            {%- if not loop.last %},{% endif -%}
        {%- endfor %}
    )
{%- endmacro %}
