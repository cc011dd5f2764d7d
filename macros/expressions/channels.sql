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

{# Whether a channel says nothing of who sent the visit: it never takes the credit from one that does. #}
{% macro is_direct(channel) -%}
  {{ channel }} in ('direct', 'unknown')
{%- endmacro %}

{# Who orders without a name is the device; no customer's id has a blank at its end. #}
{% macro person_of_device(visitor_id) -%}
  {{ visitor_id }} || ' '
{%- endmacro %}

{# Rows with the names of all channels that the seeds know; with_spellings: and with the other names that they have. #}
{% macro named_channels(with_spellings=false) -%}
  (
    select {{ plain_words('channel') }} as known_channel from {{ ref('channel_rules') }}
    union
    select {{ plain_words('meaning') }} as known_channel
    from {{ ref('channel_words') }} where kind in ('order_channel', 'order_system', 'channel') and meaning <> 'web'
    {%- if with_spellings %}
    union
    select {{ plain_words('spelling') }} as known_channel from {{ ref('channel_words') }} where kind = 'channel'
    {%- endif %}
  )
{%- endmacro %}
