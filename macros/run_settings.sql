{# The settings of this run, name -> [kind, value]: as dbt_project.yml has them, or the caller; one that differs between sources as
   several. Dates become text, for JSON. run_settings()['segment_count'] -> ['integer from 2 or null', none] #}
{% macro run_settings() %}
  {% set settings = {} %}
  {% set kinds = var('setting_kinds') %}
  {# of several systems the one to be told of: the first that there is not #}
  {% set system = (systems() | reject('in', var('source_tables')) | list + systems())[0] %}
  {# who sets the kinds by mistake is told so by the check #}
  {% for name, kind in (kinds.items() if kinds is mapping else []) %}
    {% set value = {'source_system': system, 'raw_path': raw_path() | string}.get(name, var(name, none)) %}
    {% set kind = kind | string | replace('one of source_tables', 'one of ' ~ var('source_tables') | join(', ')) %}
    {% if value is mapping and name in settings_of_sources() %}
      {% for source, own in value.items() %}
        {% do settings.update({name ~ ' of ' ~ source: [kind, own]}) %}
      {% endfor %}
    {% else %}
      {% do settings.update({name: [kind, value | string if value.isoformat is defined else value]}) %}
    {% endif %}
  {% endfor %}
  {{ return(settings) }}
{% endmacro %}
