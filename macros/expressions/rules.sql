{# What is known of a rule, in the select list, from a struct of the learned step or a table: rule_measures('r.rule') #}
{% macro rule_measures(rule) -%}
  {%- for column, type in {
    'antecedent_length': 'int', 'consequent_length': 'int',
    'support_count': 'bigint', 'antecedent_support_count': 'bigint', 'consequent_support_count': 'bigint',
    'antecedent_support': 'double', 'consequent_support': 'double', 'support': 'double',
    'confidence': 'double', 'confidence_ci_low': 'double', 'confidence_ci_high': 'double',
    'lift': 'double', 'representativity': 'double', 'leverage': 'double', 'conviction': 'double',
    'zhangs_metric': 'double', 'jaccard': 'double', 'certainty': 'double', 'kulczynski': 'double',
    'p_value': 'double', 'q_value': 'double', 'is_redundant': 'boolean',
  }.items() %}
    cast({{ rule }}.{{ column }} as {{ type }}) as {{ column }}{{ ',' if not loop.last }}
  {%- endfor %}
{%- endmacro %}

{# The rules of a learned model, one row each, best first: rules_of_lists('ml_category_rules', 'C') -> rule_id 'C0000000001', … #}
{% macro rules_of_lists(model_name, letter) -%}
select
    '{{ letter }}' || lpad(cast(r.rule.rule_code as string), 10, '0') as rule_id,
    r.rule.antecedent as antecedent_codes,
    r.rule.consequent as consequent_codes,
    {{ rule_measures('r.rule') }},
    r.run_id
from (select run_id, {{ explode('rules') }} as rule from {{ ref(model_name) }}) as r
{%- endmacro %}

{# Both sides of rules, one row for each code: sides_of_rules('int_category_rules', 'category_code') #}
{% macro sides_of_rules(model_name, code) -%}
  {%- for side in ['antecedent', 'consequent'] %}
    select rule_id, '{{ side }}' as side, {{ explode(side ~ '_codes') }} as {{ code }} from {{ ref(model_name) }}
    {{ 'union all' if not loop.last }}
  {%- endfor %}
{%- endmacro %}
