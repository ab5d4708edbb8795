{# When images are flat, and when they are the same. docs/near-duplicates.md has the figures that these were chosen by.
   fine_distance: bits of 512 that the fine hashes of one picture may differ by: of a pair, and of an image and its leader.
   flat_below: share of an image that has detail, below which it is flat: a card, a logo on one colour, a gradient.
   flat_fine_distance: bits of 512 that the fine hashes of one flat image may differ by.
   flat_colour_difference: of 255, that the mean colours of one flat image may differ by in each channel.
   frame_distance: bits of 256 that the fine pHashes of two frames of one scene may differ by. #}
{% macro image_limits() %}
    {{ return({
        'fine_distance': 150,
        'flat_below': 0.14,
        'flat_fine_distance': 24,
        'flat_colour_difference': 6,
        'frame_distance': 70,
    }) }}
{% endmacro %}
