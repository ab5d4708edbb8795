{%- set keys = ['annotator', 'compared_with', 'attribute', 'value', 'other_value'] %}

with

readings as (

    select * from {{ ref('int_annotators__traits') }}

),

overrides as (

    select * from {{ ref('stg_seeds__trait_overrides') }}

),

first_readings as (

    select * from readings
    where reading_number = 1

),

compared as (

    select
        first_readings.annotator,
        'people' as compared_with,
        first_readings.attribute,
        first_readings.value,
        overrides.value as other_value
    from first_readings
    inner join overrides
        on
            first_readings.content_hash = overrides.content_hash
            and first_readings.attribute = overrides.attribute
    union all
    select
        first_readings.annotator,
        'second_reading' as compared_with,
        first_readings.attribute,
        first_readings.value,
        readings.value as other_value
    from first_readings
    inner join readings
        on
            first_readings.annotator = readings.annotator
            and first_readings.content_hash = readings.content_hash
            and first_readings.attribute = readings.attribute
    where readings.reading_number = 2
    union all
    select
        first_readings.annotator,
        other_readings.annotator as compared_with,
        first_readings.attribute,
        first_readings.value,
        other_readings.value as other_value
    from first_readings
    inner join first_readings as other_readings
        on
            first_readings.content_hash = other_readings.content_hash
            and first_readings.attribute = other_readings.attribute
    where first_readings.annotator <> other_readings.annotator

),

final as (

    select
        {{ surrogate_key(keys) }} as trait_confusion_id,
        annotator,
        compared_with,
        attribute,
        value,
        other_value,
        value = other_value as is_same,
        count(*) as contents
    from compared
    group by
        annotator,
        compared_with,
        attribute,
        value,
        other_value

)

select * from final
