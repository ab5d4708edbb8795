{# A select: pairs of images that were not compared yet by the features of today, with what is compared of both. The
   relation has content_sha256, neighbour_sha256, the smaller one first, and is_mirrored. #}
{% macro pairs_with_features(pairs) %}
    select
        {{ pairs }}.content_sha256,
        {{ pairs }}.neighbour_sha256,
        {{ pairs }}.is_mirrored,
        contents.features,
        neighbours.features as neighbour_features
    from {{ pairs }}
    inner join {{ source('jobs', 'image_features') }} as contents
        on
            {{ pairs }}.content_sha256 = contents.content_sha256
            and contents.features_version = {{ picture_words().version }}
    inner join {{ source('jobs', 'image_features') }} as neighbours
        on
            {{ pairs }}.neighbour_sha256 = neighbours.content_sha256
            and neighbours.features_version = {{ picture_words().version }}
    left join {{ source('jobs', 'image_pairs') }} as compared
        on
            {{ pairs }}.content_sha256 = compared.content_sha256
            and {{ pairs }}.neighbour_sha256 = compared.neighbour_sha256
            and compared.features_version = {{ picture_words().version }}
    where compared.content_sha256 is null
{% endmacro %}
