{# How words of pictures are compared; a test holds it against core/media/formats/local_features.py.
   version: of the features that are compared.
   mirror_mask: what turns a word into that of the mirrored picture.
   least_shared: words that two pictures share at least to be looked at closely. A patch has two words, so that three
   are two patches.
   points_of_drawings, agreement_of_drawings: what two drawings need to be formats of one. Of 300 drawings, which were
   60 kinds, no two different ones agreed in more than 0.75. #}
{% macro picture_words() %}
    {{ return({
        'version': 1,
        'mirror_mask': 2825300760,
        'least_shared': 3,
        'points_of_drawings': 15,
        'agreement_of_drawings': 0.97,
    }) }}
{% endmacro %}
