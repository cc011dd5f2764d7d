{# Stops the run before anything is built when a setting or the raw input is not what it must be, with every problem in
   one message. on-run-start calls it; `customer-insight check` looks at the rows, too.
   Building commands read every byte of csv files to see that they are UTF-8; the others look at the outside only. #}
{% macro check_input() %}
  {% if not execute %}
    {{ return('') }}
  {% endif %}
  {% set request = {
    'sources': [],
    'systems': raw_tables_of_other_systems(),
    'settings': run_settings(),
    'known': var('source_tables').keys() | list + ['source_tables'],
    'given': invocation_args_dict.get('vars', {}).keys() | list,
    'full': flags.WHICH in ['build', 'run'],
    'source_problems': source_problems(),
  } %}
  {% for source in sources() %}
    {% do request['sources'].append(dict(raw_input_request(source), source_system=source['system'])) %}
  {% endfor %}
  {% set answer = fromjson(ask_plugin('check_raw_input', request)) %}
  {% if answer['problems'] %}
    {% do exceptions.raise_compiler_error('The input cannot be read:\n' ~ answer['problems']) %}
  {% endif %}
  {{ return('') }}
{% endmacro %}
