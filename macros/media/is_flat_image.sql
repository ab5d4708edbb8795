{# Whether an image has so little detail (a card, a logo on one colour, a smooth gradient) that its 64-bit hashes would
   match everything. quality: share of the picture that has detail, 0 to 1. #}
{% macro is_flat_image(quality) -%}
    {{ quality }} < {{ image_limits().flat_below }}
{%- endmacro %}
