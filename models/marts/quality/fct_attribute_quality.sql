{%- set fewest_creatives = 30 %}
{%- set annotator = dbt.string_literal(dbt.escape_single_quotes(var('annotator'))) %}

with

readings as (

    select * from {{ ref('int_annotators__traits') }}

),

annotators as (

    select * from {{ source('jobs', 'annotators') }}

),

confusion as (

    select * from {{ ref('fct_trait_confusion') }}

),

trait_pairs as (

    select * from {{ ref('fct_trait_pairs') }}

),

read as (

    select
        annotator,
        attribute,
        count(*) as contents,
        sum(case when value = 'unclear' then 1 else 0 end) as unclear_contents
    from readings
    where reading_number = 1
    group by
        annotator,
        attribute

),

compared as (

    select
        annotator,
        attribute,
        is_same,
        contents,
        case
            when compared_with in ('people', 'second_reading') then compared_with
            else 'other_annotators'
        end as kind
    from confusion

),

counted as (

    select
        annotator,
        attribute,
        kind,
        sum(contents) as contents,
        sum(case when is_same then contents else 0 end) as same_contents
    from compared
    group by
        annotator,
        attribute,
        kind

),

agreements as (

    select
        annotator,
        attribute,
        kind,
        cast(contents as {{ dbt.type_bigint() }}) as contents,
        {{ safe_divide('same_contents', 'contents') }} as agreement,
        {{ wilson_bound('same_contents', 'contents', '-') }} as agreement_low,
        {{ wilson_bound('same_contents', 'contents', '+') }} as agreement_high
    from counted

),

pairs as (

    select
        attribute,
        value,
        other_attribute,
        other_value,
        sum(creatives) as creatives
    from trait_pairs
    where
        creatives > 0
        and value not in ('unclear', 'unread')
        and other_value not in ('unclear', 'unread')
    group by
        attribute,
        value,
        other_attribute,
        other_value

),

-- Each value of the one goes with one value of the other, and the reverse.
redundant as (

    select
        attribute,
        other_attribute
    from pairs
    group by
        attribute,
        other_attribute
    having
        count(*) = count(distinct value)
        and count(*) = count(distinct other_value)
        and count(*) > 1
        and sum(creatives) >= {{ fewest_creatives }}

),

redundant_both_ways as (

    select
        attribute,
        other_attribute
    from redundant
    union all
    select
        other_attribute as attribute, -- noqa: RF04
        attribute as other_attribute
    from redundant

),

same_as as (

    select
        attribute,
        {{ dbt.listagg('other_attribute', "', '", 'order by other_attribute') }} as other_attributes
    from redundant_both_ways
    group by attribute

),

final as (

    select
        {{ surrogate_key(['read.annotator', 'read.attribute']) }} as attribute_quality_id,
        read.annotator,
        annotators.model,
        annotators.backend,
        annotators.taxonomy_version,
        read.annotator = {{ annotator }} as is_used,
        read.attribute,
        read.contents,
        {{ safe_divide('read.unclear_contents', 'read.contents') }} as unclear_share,
        coalesce(people.contents, 0) as people_contents,
        people.agreement as people_agreement,
        people.agreement_low as people_agreement_low,
        people.agreement_high as people_agreement_high,
        coalesce(repeated.contents, 0) as repeated_contents,
        repeated.agreement as repeated_agreement,
        repeated.agreement_low as repeated_agreement_low,
        repeated.agreement_high as repeated_agreement_high,
        coalesce(other_annotators.contents, 0) as others_contents,
        other_annotators.agreement as others_agreement,
        other_annotators.agreement_low as others_agreement_low,
        other_annotators.agreement_high as others_agreement_high,
        case when read.annotator = {{ annotator }} then same_as.other_attributes end as always_agrees_with
    from read
    inner join annotators
        on read.annotator = annotators.annotator
    left join agreements as people
        on
            read.annotator = people.annotator
            and read.attribute = people.attribute
            and people.kind = 'people'
    left join agreements as repeated
        on
            read.annotator = repeated.annotator
            and read.attribute = repeated.attribute
            and repeated.kind = 'second_reading'
    left join agreements as other_annotators
        on
            read.annotator = other_annotators.annotator
            and read.attribute = other_annotators.attribute
            and other_annotators.kind = 'other_annotators'
    left join same_as
        on read.attribute = same_as.attribute

)

select * from final
