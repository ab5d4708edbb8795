{# Every pair of 64-bit values of a relation (distinct, not null, in column hash_value) that differ in at most
   max_distance bits: hash_value < near_hash_value, distance. by: a column whose values have pairs of their own, such as
   the kind of a hash; it comes along.

   By the pigeonhole principle, as in multi-index hashing (Norouzi, Punjani and Fleet, https://arxiv.org/abs/1307.2982):
   if the bits are dealt to bands and each band has a radius, then two values within the sum of (radius + 1), less one,
   differ in one band at least by no more than its radius. So every pair meets where a band of the one equals that of
   the other with at most so many bits flipped, and no other pairs need looking at. Bits are dealt like cards, not cut
   in blocks: the plain border that many pictures have would make all bits of a block equal. #}
{% macro near_hash_pairs(values, max_distance, by=none) %}
    {% set bands = hash_bands(max_distance) %}
    with

    {% for band in bands %}
        bits_{{ loop.index }} as (

            {% for bit in band.bits %}
                select cast({{ bit }} as {{ dbt.type_bigint() }}) as bit
                {% if not loop.last %}union all{% endif %}
            {% endfor %}

        ),

        -- Up to {{ band.radius }} bits of the band.
        flips_{{ loop.index }} as (

            select cast(0 as {{ dbt.type_bigint() }}) as flipped

            {% if band.radius >= 1 %}
                union all

                select bit as flipped
                from bits_{{ loop.index }}
            {% endif %}

            {% if band.radius >= 2 %}
                union all

                select bits.bit | other_bits.bit as flipped
                from bits_{{ loop.index }} as bits
                inner join bits_{{ loop.index }} as other_bits
                    on bits.bit < other_bits.bit
            {% endif %}

        ),

        met_{{ loop.index }} as (

            select
                {% if by %}probes.{{ by }},{% endif %}
                probes.hash_value,
                banded.hash_value as near_hash_value
            from (
                select
                    {% if by %}numbers.{{ by }},{% endif %}
                    numbers.hash_value,
                    {{ bitwise_xor('numbers.hash_value & ' ~ dbt.cast(band.mask, dbt.type_bigint()), 'flips.flipped') }} as band_bits
                from {{ values }} as numbers
                cross join flips_{{ loop.index }} as flips
            ) as probes
            inner join (
                select
                    {% if by %}{{ by }},{% endif %}
                    hash_value,
                    hash_value & cast({{ band.mask }} as {{ dbt.type_bigint() }}) as band_bits
                from {{ values }}
            ) as banded
                on
                    probes.band_bits = banded.band_bits
                    {% if by %}and probes.{{ by }} = banded.{{ by }}{% endif %}
            where
                probes.hash_value < banded.hash_value
                and {{ bit_count_xor('probes.hash_value', 'banded.hash_value') }} <= {{ max_distance }}

        ),
    {% endfor %}

    met as (

        {% for band in bands %}
            select * from met_{{ loop.index }}
            {% if not loop.last %}union distinct{% endif %}
        {% endfor %}

    )

    select
        {% if by %}{{ by }},{% endif %}
        hash_value,
        near_hash_value,
        {{ bit_count_xor('hash_value', 'near_hash_value') }} as distance
    from met
{% endmacro %}


{# The bands for a distance: each with its bits as signed numbers, their mask, and its radius of 2 at most. Wider bands
   hold fewer values that are alike by chance, so there are as few as that radius allows, and three at least. #}
{% macro hash_bands(max_distance) %}
    {% set needed = max_distance + 1 %}
    {% set count = [3, (needed + 2) // 3] | max %}
    {% set bands = [] %}
    {% for number in range(count) %}
        {% set radius = needed // count + (1 if number < needed % count else 0) - 1 %}
        {# A band of radius -1 may differ in every bit, and is no help. #}
        {% if radius >= 0 %}
            {% set bits = [] %}
            {% for bit in range(number, 64, count) %}
                {% do bits.append(2 ** bit if bit < 63 else -(2 ** 63)) %}
            {% endfor %}
            {% do bands.append({'bits': bits, 'mask': bits | sum, 'radius': radius}) %}
        {% endif %}
    {% endfor %}
    {{ return(bands) }}
{% endmacro %}
