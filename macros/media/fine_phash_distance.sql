{# The bits in which the 256-bit perceptual hashes of two rows differ, 0 to 256. #}
{% macro fine_phash_distance(left_name, right_name) -%}
    {%- for word in range(1, 5) -%}
    {{ bit_count_xor(left_name ~ '.fine_phash_' ~ word, right_name ~ '.fine_phash_' ~ word) }}
    {%- if not loop.last %} + {% endif -%}
    {%- endfor -%}
{%- endmacro %}
