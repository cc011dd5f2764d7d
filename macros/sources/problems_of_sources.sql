{# What is wrong with the choice of sources itself, a sentence each; a system that there is not is said by the check of settings.
   problems_of_sources() on [shopify=/a, shopify=/b] -> ['source_system: shopify is named twice; …'] #}
{% macro problems_of_sources() %}
  {% set told, found = [], sources() %}
  {% set names = found | map(attribute='name') | list %}
  {% for source in found if found | length > 1 or ':' in source['name'] %}
    {% if not modules.re.match('^[a-z0-9_]+(:[a-z0-9_]+)?$', source['name']) %}
      {% do told.append('source_system: expected names such as shopify or shopify:uk, in small letters, digits and _, found ' ~ source['name']) %}
    {% elif source['name'] in names[:loop.index0] %}
      {% do told.append('source_system: ' ~ source['name'] ~ ' is named twice; give each a name of its own, such as '
        ~ source['system'] ~ ':uk=PATH and ' ~ source['system'] ~ ':us=PATH') %}
    {% elif source['name'] == source['system'] and sources_of(source['system']) | length > 1 %}
      {% do told.append('source_system: ' ~ source['name'] ~ ' is read twice, and named once; give each a name of its own, such as '
        ~ source['system'] ~ ':uk=PATH and ' ~ source['system'] ~ ':us=PATH') %}
    {% elif source['system'] == 'demo' %}
      {% do told.append('source_system: the made shop, demo, is read alone; `customer-insight demo` writes it as files') %}
    {% elif not source['raw_path'] %}
      {% do told.append('source_system: of several sources each needs the path of its files, found none for ' ~ source['name']
        ~ '; give it as ' ~ source['name'] ~ '=PATH') %}
    {% endif %}
  {% endfor %}
  {% for name in settings_of_sources() if var(name) is mapping %}
    {% for source in var(name) if source not in names %}
      {% do told.append(name ~ ': ' ~ source ~ ' is no source of this run; the sources are ' ~ names | join(', ')) %}
    {% endfor %}
  {% endfor %}
  {{ return(told) }}
{% endmacro %}

{# The settings that may differ between sources. #}
{% macro settings_of_sources() %}
  {{ return(['time_zone', 'date_order', 'decimal_mark', 'currency']) }}
{% endmacro %}
