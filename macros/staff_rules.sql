{# A time that somebody wrote into staff_rules, on the shop's clock -> UTC; null where it is none.
   time_of_staff('starts_at') on '2024-12-01', '2024-12-01 08:00' -> 2024-12-01 00:00:00, 08:00:00 (a shop in UTC) #}
{% macro time_of_staff(column) -%}
  {%- set pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$" -%}
  {%- set local = "try_cast(replace(nullif(regexp_extract(" ~ column ~ ", '" ~ pattern ~ "', 0), ''), 'T', ' ') as timestamp)" -%}
  {{ from_local_time(local) }}
{%- endmacro %}

{# Stops the build where a staff rule is wrong, in a sentence for each: what people asked for would silently not be done. A
   post-hook of int_staff_rules. #}
{% macro stop_if_staff_rules_are_wrong() %}
  {% if execute and flags.WHICH in ['build', 'run'] and not flags.EMPTY %}
    {% set told = [] %}
    {% for rule, mistake in run_query('select rule, mistake from ' ~ this ~ ' where mistake is not null order by 1 nulls first, 2').rows %}
      {% do told.append('staff_rules: ' ~ ('rule `' ~ rule ~ '`: ' if rule else '') ~ mistake ~ '.') %}
    {% endfor %}
    {% if told %}
      {% do exceptions.raise_compiler_error(
        told | unique | join('\n') ~ '\nNo list was made: mend seeds/reference/staff_rules.csv, or take the '
        ~ ('rule' if told | length == 1 else 'rules') ~ ' out.'
      ) %}
    {% endif %}
  {% endif %}
{% endmacro %}
