{# The bits in which two int64 expressions differ. #}
{% macro bitwise_xor(left_bits, right_bits) %}
    {{ return(adapter.dispatch('bitwise_xor', 'creative_approaches')(left_bits, right_bits)) }}
{% endmacro %}
