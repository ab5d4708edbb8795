{# The four bands of 16 bits of a 64-bit hash: which of them, and by how many bits it is shifted. #}
{% macro hash_bands() %}
    {% for band in range(4) %}
    select {{ band }} as band, {{ 16 * band }} as shift
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
{% endmacro %}


{# The masks that turn a band into each value within one bit of it, itself included. #}
{% macro one_bit_masks() %}
    select 0 as mask
    {% for bit in range(16) %}
    union all
    select {{ 2 ** bit }}
    {% endfor %}
{% endmacro %}
