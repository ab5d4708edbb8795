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
        {{ count_stop_words('ad_text', 'da') }} as danish_words,
        {{ count_stop_words('ad_text', 'de') }} as german_words,
        {{ count_stop_words('ad_text', 'en') }} as english_words,
        {{ count_stop_words('ad_text', 'es') }} as spanish_words,
        {{ count_stop_words('ad_text', 'fr') }} as french_words,
        {{ count_stop_words('ad_text', 'it') }} as italian_words,
        {{ count_stop_words('ad_text', 'nl') }} as dutch_words,
        {{ count_stop_words('ad_text', 'no') }} as norwegian_words,
        {{ count_stop_words('ad_text', 'pl') }} as polish_words,
        {{ count_stop_words('ad_text', 'pt') }} as portuguese_words,
        {{ count_stop_words('ad_text', 'sv') }} as swedish_words,
        {{ count_stop_words('ad_text', 'tr') }} as turkish_words
    from texts

),

final as (

    select
        version_key,
        length(ad_text) as text_length,
        {{ count_words('ad_text') }} as word_count,
        {{ has_cue('ad_text', 'question') }} as has_question,
        {{ has_cue('ad_text', 'number') }} as has_number,
        {{ has_cue('ad_text', 'price') }} as has_price,
        {{ has_cue('ad_text', 'percent') }} as has_percent,
        {{ has_cue('ad_text', 'date') }} as has_date,
        {{ has_cue('ad_text', 'occasion') }} as has_occasion,
        {{ has_cue('ad_text', 'rating') }} as has_rating,
        {{ has_cue('ad_text', 'user_count') }} as has_user_count,
        {{ has_cue('ad_text', 'emoji') }} as has_emoji,
        script,
        case
            when script = 'latin'
                then {{ language_of_most_words([
                    ('da', 'danish_words'),
                    ('de', 'german_words'),
                    ('en', 'english_words'),
                    ('es', 'spanish_words'),
                    ('fr', 'french_words'),
                    ('it', 'italian_words'),
                    ('nl', 'dutch_words'),
                    ('no', 'norwegian_words'),
                    ('pl', 'polish_words'),
                    ('pt', 'portuguese_words'),
                    ('sv', 'swedish_words'),
                    ('tr', 'turkish_words'),
                ]) }}
            else {{ language_of_script('script', 'ad_text') }}
        end as language
    from scripted

)

select * from final
