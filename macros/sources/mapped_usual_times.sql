{# A text of day, month and year with all their digits, in the usual ways of an order; null where it is written otherwise. #}
{% macro usual_time(text, order) %}
  {% set start, formats = {'day_first': '%d-%m-%Y', 'month_first': '%m-%d-%Y'}.get(order), [] %}
  {% for sign in ['.', '/', '-'] if start %}
    {% for clock in [' %H:%M:%S', ' %H:%M', ''] %}
      {% do formats.append(sql_text(start.replace('-', sign) ~ clock)) %}
    {% endfor %}
  {% endfor %}
  {{ return('try_strptime(' ~ text ~ ', [' ~ formats | join(', ') ~ '])' if formats else '') }}
{% endmacro %}

{# A timestamp as text, with parts of a second where it has some: '2024-01-07 08:48:00' #}
{% macro plain_time(instant) %}
  {{ return("replace(strftime(" ~ instant ~ ", '%Y-%m-%d %H:%M:%S.%f'), '.000000', '')") }}
{% endmacro %}
