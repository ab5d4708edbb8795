{# The aspect ratios that ads are made in, by the width for a height of one. #}
{% macro aspect_ratios() %}
    {{ return({'9:16': 9 / 16, '2:3': 2 / 3, '4:5': 4 / 5, '1:1': 1, '16:9': 16 / 9, '1.91:1': 1.91}) }}
{% endmacro %}


{# Which of them a picture has: within 3%, so that 1080 x 1081 is square; other for none, null without a size. #}
{% macro aspect_ratio(width, height) %}
    case
        {% for name, ratio in aspect_ratios().items() %}
            when {{ width }} between {{ (ratio * 0.97) | round(4) }} * {{ height }} and {{ (ratio * 1.03) | round(4) }} * {{ height }} then '{{ name }}'
        {% endfor %}
        when {{ width }} is not null then 'other'
    end
{% endmacro %}
