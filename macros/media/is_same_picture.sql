{# Whether two images are one picture by their fine hashes, and by colour where either is flat. #}
{% macro is_same_picture(is_flat, fine_distance, colour_difference) -%}
    {{ fine_distance }} <= case
        when {{ is_flat }} then {{ image_limits().flat_fine_distance }}
        else {{ image_limits().fine_distance }}
    end
    and (not {{ is_flat }} or {{ colour_difference }} <= {{ image_limits().flat_colour_difference }})
{%- endmacro %}
