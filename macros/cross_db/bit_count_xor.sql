{# The Hamming distance of two int64 columns, in bits. #}
{% macro bit_count_xor(left_bits, right_bits) %}
    {{ return(adapter.dispatch('bit_count_xor', 'creative_approaches')(left_bits, right_bits)) }}
{% endmacro %}

{% macro default__bit_count_xor(left_bits, right_bits) -%}
    cast(bit_count(xor({{ left_bits }}, {{ right_bits }})) as int64)
{%- endmacro %}

{% macro bigquery__bit_count_xor(left_bits, right_bits) -%}
    cast(bit_count({{ left_bits }} ^ {{ right_bits }}) as int64)
{%- endmacro %}
