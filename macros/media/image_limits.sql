{# When images are plain, and when they are the same. docs/near-duplicates.md has the figures that these were chosen by.
   fine_distance: bits of 512 that the fine hashes of one picture may differ by: of a pair, and of an image and its leader.
   flat_below: share of an image that has detail, below which it is flat: a card, a logo on one colour, a gradient.
   plain_from: share of an image in its few commonest colours, from which it is plain, as a flat one is: drawn, not photographed.
   flat_word_distance: bits of 64 that one word of the fine pHashes of one flat image differs by at most.
   colour_difference: of 255, that the mean colours of one plain image may differ by in each channel.
   tone_difference, cell_colour_difference: levels of 31, that no cell of one plain image differs by more than.
   plain_fine_distance: bits of 512, beyond which no tone of one plain image differs by more than one level.
   detail_distance: bits of 256 that the hashes of the box with the detail of one such image may differ by.
   frame_distance: bits of 256 that the fine pHashes of two frames of one scene may differ by. #}
{% macro image_limits() %}
    {{ return({
        'fine_distance': 150,
        'flat_below': 0.14,
        'plain_from': 0.67,
        'flat_word_distance': 6,
        'colour_difference': 12,
        'tone_difference': 2,
        'cell_colour_difference': 2,
        'detail_distance': 28,
        'plain_fine_distance': 40,
        'frame_distance': 70,
    }) }}
{% endmacro %}
