{# A time on a source's clock -> UTC. In the hour that a clock shows twice it is the first turn. Without `source` each row says in
   source_name whose clock it is. #}
{% macro from_time_zone(local, source=none) -%}
  {%- if zones_of(source) | length > 1 -%}
  case source_name
    {%- for each in sources() %} when {{ sql_text(each['name']) }} then {{ in_zone(local, time_zone(each)) }}{% endfor %} end
  {%- else -%}
  {{ in_zone(local, zones_of(source)[0]) }}
  {%- endif -%}
{%- endmacro %}

{# The zones of the clocks of a source, or of all. #}
{% macro zones_of(source=none) %}
  {% set zones = [] %}
  {% for each in ([source] if source else sources()) %}
    {% do zones.append(time_zone(each)) %}
  {% endfor %}
  {{ return(zones | unique | list) }}
{% endmacro %}

{% macro in_zone(local, zone) -%}
  {{ local if zone == 'UTC' else first_turn(local, zone) }}
{%- endmacro %}
