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
