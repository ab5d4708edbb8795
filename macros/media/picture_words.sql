{# How words of pictures are compared; a test holds it against core/media/local_features.py.
   version: of the features that are compared.
   mirror_mask: what turns a word into that of the mirrored picture.
   least_shared: words that two pictures share at least to be looked at closely. A patch has two words, so that three
   are two patches. #}
{% macro picture_words() %}
    {{ return({'version': 1, 'mirror_mask': 2825300760, 'least_shared': 3}) }}
{% endmacro %}
