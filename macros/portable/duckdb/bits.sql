{% macro duckdb__bitwise_xor(left_bits, right_bits) -%}
    xor({{ left_bits }}, {{ right_bits }})
{%- endmacro %}
