{# A time of an entry's texts as text that staging reads at one look: on the clock of the setting time_zone where that wrote it, else in
   UTC; a time with an offset of its own is in UTC. mapped_time('ordered_at', entry) -> case … end #}
{% macro mapped_time(name, entry) %}
  {% set reading, order, zone = entry['date_reading'], entry['date_order'], time_zone(entry['source']) %}
  {% set in_utc = "" if zone == 'UTC' else " || 'Z'" %}
  {% if 'since 1970' in order %}
    {{ return(plain_time(time_of_number(name, reading, entry['source'])) ~ in_utc) }}
  {% elif order.startswith('days') %}
    {% set number = "try_cast(" ~ name ~ " as decimal(30, 9))" %}
    {% set local, minutes = from_epoch_microseconds("cast(round((" ~ number ~ " - 25569) * 86400, 0) as bigint) * 1000000"), 'cast(null as int)' %}
  {% else %}
    {% set local, minutes = local_time_of_text(name, reading), minutes_ahead(name) %}
  {% endif %}
  {% if entry['time_zone'] in ['', zone] %}
    {% set here = plain_time(local) %}
  {% else %}
    {% set here = plain_time(first_turn(local, entry['time_zone'])) ~ in_utc %}
  {% endif %}
  {% set usual = usual_time(name, order) %}
  {% if usual %}
    {# how nearly all are written: to look for anything else takes many times as long #}
    {% set zoned = usual if entry['time_zone'] in ['', zone] else first_turn(usual, entry['time_zone']) %}
    {% set here_of_usual = plain_time(zoned) ~ ('' if entry['time_zone'] in ['', zone] else in_utc) %}
    {% set first = "when " ~ name ~ " like '__.__.____%' or " ~ name ~ " like '__/__/____%' or " ~ name ~ " like '__-__-____%' then coalesce(" ~ here_of_usual ~ ", " %}
    {% set rest = "case when " ~ minutes ~ " is null then " ~ here ~ " else " ~ plain_time(local ~ " - " ~ minutes ~ " * interval '1 minute'") ~ in_utc ~ " end" %}
    {{ return("case " ~ first ~ rest ~ ") else " ~ rest ~ " end") }}
  {% endif %}
  {{ return("case when " ~ minutes ~ " is null then " ~ here ~ " else " ~ plain_time(local ~ " - " ~ minutes ~ " * interval '1 minute'") ~ in_utc ~ " end") }}
{% endmacro %}
