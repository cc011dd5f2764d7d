{% macro support_messages_input() %}
  {{ return({
    'one_row': 'a message to customer service',
    'columns': {
      'message_id*': ['id', 'The message.'],
      'sent_at*': ['time', 'When it was sent.'],
      'message_text*': ['text', 'What was written.'],
      'customer_id': ['id', 'Who wrote it.'],
      'channel': ['text', 'How it came: e-mail, chat, a letter.'],
      'intent': ['text', 'What it was about, where somebody has sorted it.'],
      'reply_text': ['text', 'What was answered.'],
    },
  }) }}
{% endmacro %}
