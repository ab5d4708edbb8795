{# Whether an image has so little detail that its perceptual hashes are noise and would match everything.
   quality: standard deviation of the grey values, 0 to 127.5. Below 2 an eye sees one colour. #}
{% macro is_flat_image(quality) -%}
    {{ quality }} < 2
{%- endmacro %}
