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
