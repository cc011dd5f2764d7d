{# The types of columns of the input: how the text of such a column is read (macros/reading/).
   column_kinds()['date'] -> 'A day, written in any of these ways.' #}
{% macro column_kinds() %}
  {{ return({
    'id': 'Any text that names one thing, the same in every table; `17850.0` is `17850` in a column where all numbers are so written.',
    'text': 'Any text, without the blanks around it.',
    'time': 'Date and time: `2023-05-31 23:06:04 -0700`, `31.12.2023 10:00`, `May 31, 2023`, `12/31/20`, `20230531T230604Z`, seconds
      since 1970, days of a spreadsheet. Without an offset it is on the clock of the setting `time_zone`.',
    'date': 'A day, written in any of these ways.',
    'number': 'A number or an amount: `12.50`, `12,50`, `$1,234.50`, `Rs. 1,23,456`, `(3.00)`.',
    'whole': 'A whole number: `7`, `7.0`.',
    'flag': '`true`, `yes`, `1`, `on` and the like, or `false`, `no`, `0`, `off`.',
    'status': 'A state of an order, in any spelling of the seed `order_statuses`; `pending` waits for its payment, and whether that is a
      sale says the setting `pending_is_sale`.',
    'vector': 'A list of numbers: `[0.5, 1]`.',
    'hidden': 'Any text; a keyed hash of it is kept, never the text, and it is the same however the text is written (case, blanks, order of words, `St.`).',
  }) }}
{% endmacro %}
