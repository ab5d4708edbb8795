{# Whether two images are one picture by their fine hashes, and by colour where either is flat. #}
{% macro is_same_picture(is_flat, fine_distance, colour_difference) -%}
    {{ fine_distance }} <= case
        when {{ is_flat }} then {{ var('flat_image_max_fine_distance') }}
        else {{ var('image_theme_max_fine_distance') }}
    end
    and (not {{ is_flat }} or {{ colour_difference }} <= {{ var('flat_image_max_colour_difference') }})
{%- endmacro %}
