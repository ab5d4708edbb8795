{# The columns that hold the fine hashes of an image: twice 256 bits in words of 64. #}
{% macro fine_hash_columns() %}
    {{ return([
        'fine_dhash_1', 'fine_dhash_2', 'fine_dhash_3', 'fine_dhash_4',
        'fine_phash_1', 'fine_phash_2', 'fine_phash_3', 'fine_phash_4',
    ]) }}
{% endmacro %}


{# Bits of 512 in which the fine hashes of two images differ. Unrelated pictures differ in about half of them. Added up in
   halves: a chain of eight sums is nested too deeply for the parser of BigQuery's SQL that tests run. #}
{% macro fine_hash_distance(left_alias, right_alias) -%}
    {%- set words = [] -%}
    {%- for column in fine_hash_columns() -%}
        {%- do words.append(bit_count_xor(left_alias ~ '.' ~ column, right_alias ~ '.' ~ column)) -%}
    {%- endfor -%}
    (({{ words[0] }} + {{ words[1] }}) + ({{ words[2] }} + {{ words[3] }}))
    + (({{ words[4] }} + {{ words[5] }}) + ({{ words[6] }} + {{ words[7] }}))
{%- endmacro %}


{# How sure a match is: 1 for equal fine hashes, 0 where they differ in half of their bits, as unrelated pictures do. #}
{% macro fine_hash_confidence(fine_distance) -%}
    greatest(0, 1 - ({{ fine_distance }}) / 256.0)
{%- endmacro %}
