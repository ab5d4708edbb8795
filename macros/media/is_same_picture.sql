{# Whether two images are one picture: by their fine hashes, and where either is plain, by their layouts and colours as
   well.
   What all cards of one template have in common makes their hashes alike, and one cell that differs makes two of them. #}
{% macro is_same_picture(left_alias, right_alias) -%}
    (
        {{ fine_hash_distance(left_alias, right_alias) }} <= {{ image_limits().fine_distance }}
        and (
            not ({{ left_alias }}.is_plain or {{ right_alias }}.is_plain)
            or (
                {{ colour_difference(left_alias, right_alias) }} <= {{ image_limits().colour_difference }}
                and {{ detail_distance(left_alias, right_alias) }} <= {{ image_limits().detail_distance }}
                and {{ cell_difference(left_alias, right_alias, tone_columns()) }} <= case
                    -- A faint sign on a shape changes few tones, and many bits; another contrast does the reverse.
                    when {{ fine_hash_distance(left_alias, right_alias) }} <= {{ image_limits().plain_fine_distance }}
                        then {{ image_limits().tone_difference }}
                    else 1
                end
                and {{ cell_difference(left_alias, right_alias, colour_columns()) }} <= {{ image_limits().cell_colour_difference }}
            )
        )
    )
{%- endmacro %}
