{# The settings of this run, name -> [kind, value]: as dbt_project.yml has them, or the caller. Dates become text, for JSON.
   run_settings()['segment_count'] -> ['integer from 2 or null', none] #}
{% macro run_settings() %}
  {% set settings = {} %}
  {% set kinds = var('setting_kinds') %}
  {# who sets the kinds by mistake is told so by the check #}
  {% for name, kind in (kinds.items() if kinds is mapping else []) %}
    {% set value = {'source_system': source_system(), 'raw_path': raw_path() | string}.get(name, var(name, none)) %}
    {% set kind = kind | string | replace('one of source_tables', 'one of ' ~ var('source_tables') | join(', ')) %}
    {% do settings.update({name: [kind, value | string if value.isoformat is defined else value]}) %}
  {% endfor %}
  {{ return(settings) }}
{% endmacro %}
