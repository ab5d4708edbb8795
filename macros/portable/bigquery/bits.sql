{% macro bigquery__bitwise_xor(left_bits, right_bits) -%}
    (({{ left_bits }}) ^ ({{ right_bits }}))
{%- endmacro %}
