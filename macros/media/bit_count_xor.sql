{# The Hamming distance of two int64 expressions, in bits. #}
{% macro bit_count_xor(left_bits, right_bits) -%}
    cast(bit_count({{ bitwise_xor(left_bits, right_bits) }}) as {{ dbt.type_bigint() }})
{%- endmacro %}
