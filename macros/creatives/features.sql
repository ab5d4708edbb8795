{# Every rule that reads a creative's text. `text` is lower case with single spaces between words. #}

{# Whether a text shows a cue of python_jobs/creative_approaches/wording/cues.py. #}
{% macro has_cue(text, name) -%}
    {{ regexp_contains(text, cue_pattern(name)) }}
{%- endmacro %}

{% macro is_short_text(text_length) -%}
    {{ text_length }} between 1 and 40
{%- endmacro %}

{% macro is_long_text(text_length) -%}
    {{ text_length }} > 120
{%- endmacro %}

{# The first script other than Latin that has two letters in a row, because brand names are Latin everywhere. #}
{% macro script(text) -%}
    case
        when {{ regexp_contains(text, '[\\p{Han}\\p{Hiragana}\\p{Katakana}]{2}') }} then 'cjk'
        when {{ regexp_contains(text, '\\p{Hangul}{2}') }} then 'hangul'
        when {{ regexp_contains(text, '\\p{Cyrillic}{2}') }} then 'cyrillic'
        when {{ regexp_contains(text, '\\p{Arabic}{2}') }} then 'arabic'
        when {{ regexp_contains(text, '\\p{Hebrew}{2}') }} then 'hebrew'
        when {{ regexp_contains(text, '\\p{Greek}{2}') }} then 'greek'
        when {{ regexp_contains(text, '\\p{Devanagari}{2}') }} then 'devanagari'
        when {{ regexp_contains(text, '\\p{Thai}{2}') }} then 'thai'
        when {{ regexp_contains(text, '\\p{Latin}') }} then 'latin'
        when {{ regexp_contains(text, '\\p{L}') }} then 'other'
        else 'none'
    end
{%- endmacro %}

{# The language of a text in a script that one language, or one of two, writes nearly alone in ads. #}
{% macro language_of_script(script, text) -%}
    case
        when {{ script }} = 'cjk' and {{ regexp_contains(text, '[\\p{Hiragana}\\p{Katakana}]') }} then 'ja'
        when {{ script }} = 'cjk' then 'zh'
        when {{ script }} = 'hangul' then 'ko'
        when {{ script }} = 'cyrillic' and {{ regexp_contains(text, '[іїєґ]') }} then 'uk'
        when {{ script }} = 'cyrillic' then 'ru'
        when {{ script }} = 'arabic' and {{ regexp_contains(text, '[پچژگ]') }} then 'fa'
        when {{ script }} = 'arabic' then 'ar'
        when {{ script }} = 'hebrew' then 'he'
        when {{ script }} = 'greek' then 'el'
        when {{ script }} = 'devanagari' then 'hi'
        when {{ script }} = 'thai' then 'th'
        else 'und'
    end
{%- endmacro %}

{# How many words of a text are stop words of a language. Doubled spaces let neighbouring words both count. #}
{% macro count_stop_words(text, language) -%}
    {{ regexp_count("' ' || replace(" ~ text ~ ", ' ', '  ') || ' '", '[^\\p{L}](' ~ stop_words()[language] ~ ')[^\\p{L}]') }}
{%- endmacro %}

{# The language with the most stop words; 'und' (undetermined) where there are none, or where two languages tie. #}
{% macro language_of_most_words(counts) -%}
    case
        {%- for language, words in counts %}
            {%- set others = counts | map('last') | reject('eq', words) | join(', ') %}
            when {{ words }} > greatest({{ others }}) then '{{ language }}'
        {%- endfor %}
            else 'und'
    end
{%- endmacro %}

{# Words have a letter or a digit. A script that puts no spaces between words counts each run as one word. #}
{% macro count_words(text) -%}
    {{ regexp_count(text, '[^ ]*[\\p{L}\\p{N}][^ ]*') }}
{%- endmacro %}
