{# Words as lists of them are compared: lower case, one blank between them: plain_words("'Paid_Social '") -> 'paid social' #}
{% macro plain_words(text) -%}
  nullif(trim({{ replace_all('lower(' ~ text ~ ')', '[ _+-]+', ' ') }}), '')
{%- endmacro %}

{# What a link says of who sent the visit: the column of the input, else the parameter of the landing page: told_by_link('source') #}
{% macro told_by_link(what) -%}
  coalesce(
    {{ said_of_sender('campaign_' ~ what) }},
    {{ said_of_sender(decoded(url_parameter('tagged_page', '(?:utm|mtm|pk)_' ~ ('campaign' if what == 'name' else what)))) }}
  )
{%- endmacro %}

{# A text on who sent a visit in lower case, null where it says that it does not know. One with an address is nobody's business. #}
{% macro said_of_sender(text) -%}
  case
    when lower(trim({{ text }})) in (
      '', '-', '(direct)', 'direct', '(none)', 'none', '(not set)', '(not provided)', '(data deleted)', '<other>', 'null', 'undefined'
    ) then null
    when {{ has_at_sign(text) }} then '(withheld)'
    else lower(trim({{ text }}))
  end
{%- endmacro %}
