with

creatives as (

    select * from {{ ref('int_creatives__contents') }}

),

texts as (

    select
        version_key,
        lower(coalesce(array_to_string([headline, description], ' '), '')) as ad_text
    from creatives

),

scripted as (

    select
        version_key,
        ad_text,
        {{ script('ad_text') }} as script,
        {{ count_stop_words('ad_text', 'de') }} as german_words,
        {{ count_stop_words('ad_text', 'en') }} as english_words,
        {{ count_stop_words('ad_text', 'es') }} as spanish_words,
        {{ count_stop_words('ad_text', 'fr') }} as french_words,
        {{ count_stop_words('ad_text', 'it') }} as italian_words,
        {{ count_stop_words('ad_text', 'nl') }} as dutch_words,
        {{ count_stop_words('ad_text', 'pt') }} as portuguese_words
    from texts

),

final as (

    select
        version_key,
        length(ad_text) as text_length,
        {{ count_words('ad_text') }} as word_count,
        {{ has_question('ad_text') }} as has_question,
        {{ has_number('ad_text') }} as has_number,
        {{ has_price('ad_text') }} as has_price,
        {{ has_discount('ad_text') }} as has_discount,
        {{ has_free_shipping('ad_text') }} as has_free_shipping,
        {{ has_free_trial('ad_text') }} as has_free_trial,
        {{ has_urgency('ad_text') }} as has_urgency,
        {{ has_social_proof('ad_text') }} as has_social_proof,
        {{ has_call_to_action('ad_text') }} as has_call_to_action,
        {{ has_emoji('ad_text') }} as has_emoji,
        {{ is_second_person('ad_text') }} as is_second_person,
        script,
        case
            when script = 'latin'
                then {{ language_of_most_words([
                    ('de', 'german_words'),
                    ('en', 'english_words'),
                    ('es', 'spanish_words'),
                    ('fr', 'french_words'),
                    ('it', 'italian_words'),
                    ('nl', 'dutch_words'),
                    ('pt', 'portuguese_words'),
                ]) }}
            else {{ language_of_script('script', 'ad_text') }}
        end as language
    from scripted

)

select * from final
