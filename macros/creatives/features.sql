{# Every rule that reads a creative's text. `text` is lower case with single spaces between words.
   The rules are cues, not a reading of the text: common phrases of English, German, French and Spanish ads. #}

{% macro has_question(text) -%}
    {{ regexp_contains(text, '[?？؟]') }}
{%- endmacro %}

{% macro has_number(text) -%}
    {{ regexp_contains(text, '\\p{Nd}') }}
{%- endmacro %}

{# A currency sign beside a digit, or a digit before a currency's name. #}
{% macro has_price(text) -%}
    {{ regexp_contains(text, '\\p{Sc} ?[0-9]|[0-9] ?(\\p{Sc}|(usd|eur|gbp|chf|dollars?|euros?|pounds?)($|[^\\p{L}]))') }}
{%- endmacro %}

{% macro has_discount(text) -%}
    {{ has_phrase(text, [
        '([0-9]+ ?(%|percent)|\\p{Sc}[0-9.,]+) (off|discount)', 'save (up to )?\\p{Sc}?[0-9][0-9.,]*', 'half[- ]price',
        'discount(s|ed)?', 'coupons?', 'promo codes?', '(on|flash|summer|winter|holiday|clearance|big) sale',
        'rabatte?', '[0-9]+ ?% (sparen|günstiger)', 'soldes', 'réductions?', 'rebajas', 'descuentos?',
    ]) }}
{%- endmacro %}

{% macro has_free_shipping(text) -%}
    {{ has_phrase(text, [
        'free ([a-z]+ )?(shipping|delivery)', '(shipping|delivery) is free', 'ships free',
        'versandkostenfrei', 'kostenloser versand', 'gratis[- ]?versand', 'livraison (gratuite|offerte)', 'envío (gratis|gratuito)',
    ]) }}
{%- endmacro %}

{% macro has_free_trial(text) -%}
    {{ has_phrase(text, [
        'free ([a-z0-9-]+ )?trial', 'try ([a-z]+ )?(for )?free', '[0-9]+[- ]day trial', 'free for [0-9]+ (days?|weeks?|months?)',
        '(kostenlos|gratis) testen', 'essai gratuit', 'essayez gratuitement', 'prueba (gratis|gratuita)',
    ]) }}
{%- endmacro %}

{% macro has_urgency(text) -%}
    {{ has_phrase(text, [
        'today only', 'last (chance|call|day|days)', 'hurry', 'limited[- ]time', 'ends (today|tonight|tomorrow|soon)',
        'only [0-9]+ (left|(hours?|days?|minutes?) left)', 'expires? (today|tonight|tomorrow|soon)', 'while (stocks?|supplies) lasts?', 'don.t miss( out)?', 'final hours', 'act (now|fast)',
        'nur (noch )?heute', 'letzte chance', 'dernière chance', 'derniers jours', 'última oportunidad', 'solo hoy',
    ]) }}
{%- endmacro %}

{% macro has_social_proof(text) -%}
    {{ has_phrase(text, [
        '(loved|trusted|recommended) by', 'top[- ]rated', 'best[- ]?sell(er|ers|ing)', 'award[- ]winning', 'as seen (on|in)',
        '[0-9][0-9.,]*[km]?\\+? ((happy|satisfied) )?(customers|users|people|teams|companies|reviews|ratings)',
        '[0-9]([.,][0-9])?[- ]stars?', 'testimonials?', 'customer (reviews?|stories)', 'customers say',
        'kundenbewertungen', 'zufriedene kunden', 'avis clients', 'clients satisfaits', 'opiniones de clientes',
    ]) }}
{%- endmacro %}

{% macro has_call_to_action(text) -%}
    {{ has_phrase(text, [
        '(shop|buy|order|book|call|apply|register|download|install|subscribe|join|start|try|watch) (it |us )?(now|today|here|free)',
        '(shop|order|book|request|get|download) (the|a|an|your) (sale|collection|demo|call|sample|trial|free|guide|quote|set|kit)',
        'sign up', '(learn|read) more', 'find out more', 'get (started|yours)', 'discover (more|how|our|the|your)', 'claim your',
        'jetzt (kaufen|bestellen|entdecken|testen|sichern|anmelden)', 'mehr erfahren',
        'en savoir plus', 'achetez', 'commandez', 'découvrez', 'essayez', 'profitez', 'inscrivez-vous',
        '(compra|pide|reserva|prueba|regístrate|descarga) (ya|ahora|hoy|gratis)', 'más información', 'descubre',
    ]) }}
{%- endmacro %}

{# Flags, pictographs, dingbats, and the selector that asks for a picture. #}
{% macro has_emoji(text) -%}
    {{ regexp_contains(text, '[\\x{1F1E6}-\\x{1FAFF}\\x{2600}-\\x{27BF}\\x{2B50}\\x{2B55}\\x{FE0F}]') }}
{%- endmacro %}

{% macro is_second_person(text) -%}
    {{ has_phrase(text, [
        'you', 'yours?', 'yourself', 'dich', 'dir', 'dein(e|en|em|er|es)?', 'vous', 'votre', 'vos', 'tú', 'tus?', 'usted',
    ]) }}
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

{# Words that are frequent in one language and rare in the others compared here. #}
{% macro stop_words(language) %}
    {{ return({
        'de': 'der|die|das|und|ist|für|mit|nicht|ein|eine|auf|von|zu|jetzt|ihre?|dein|deine|sie|wir|bei|im|zum',
        'en': 'the|and|is|are|for|with|you|your|our|of|to|now|get|this|that|from|how|we|free|shop|it|by|all|not',
        'es': 'el|los|las|y|es|con|tus?|su|por|ahora|más|del|al|gratis|qué|nuestr[ao]s?|lo|hoy|para|una|sin',
        'fr': 'le|les|des|et|est|avec|vous|votre|vos|du|pour|sur|au|aux|nos|notre|dans|ce|une|sans|la',
        'it': 'il|gli|di|è|e|per|tu[oa]|della|dei|ora|più|nel|che|nostr[aoi]|scopri|sono|con|una|senza|la',
        'nl': 'het|een|en|voor|je|jouw|met|van|niet|nu|bij|op|onze|dat|zijn|ook|wij|naar|de',
        'pt': 'os|e|é|seu|sua|você|para|mais|da|não|agora|uma|noss[ao]s?|um|ao|em|sem|já|suas?',
    }[language]) }}
{% endmacro %}

{# How many words of a text are stop words of a language. Doubled spaces let neighbouring words both count. #}
{% macro count_stop_words(text, language) -%}
    {{ regexp_count("' ' || replace(" ~ text ~ ", ' ', '  ') || ' '", '[^\\p{L}](' ~ stop_words(language) ~ ')[^\\p{L}]') }}
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

{# Whether a text holds one of some phrases, as whole words. #}
{% macro has_phrase(text, phrases) -%}
    {{ regexp_contains(text, '(^|[^\\p{L}\\p{N}])(' ~ phrases | join('|') ~ ')($|[^\\p{L}\\p{N}])') }}
{%- endmacro %}
